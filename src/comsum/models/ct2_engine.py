"""The fast engine: CTranslate2 on int8 weights, without torch. Needs the extra `comsum[fast]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comsum.errors import ModelError
from comsum.models.ct2_convert import QUANTIZATION, converted
from comsum.models.pieces import read_pieces
from comsum.models.registry import Checkpoint
from comsum.models.search import SCORE_DIGITS, Decoding, Hypothesis, batches, longest_output
from comsum.models.threads import physical_cores

BATCH_TOKENS = 1000  # small enough that a document's sentences keep every core busy


class CT2Engine:
    """Runs a checkpoint that was converted into the cache."""

    name = f"ct2-{QUANTIZATION}"

    def __init__(self, checkpoint: Checkpoint, *, threads: int | None = None) -> None:
        """Load the converted model, converting it first when need be. Raises ModelError."""
        import ctranslate2

        folder = converted(checkpoint)
        gpu = ctranslate2.get_cuda_device_count() > 0
        try:
            self._pieces, told = read_pieces(folder)
            self._model: Any = ctranslate2.Translator(
                str(folder),
                device="cuda" if gpu else "cpu",
                inter_threads=1 if gpu else threads or physical_cores(),
                intra_threads=1,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"{folder}: the converted model cannot be loaded ({error}); delete this folder") from error
        self._target = [told["target"]] if told["target"] else []
        self.knows_sentinels = bool(told["knows_sentinels"])
        self.max_tokens = int(told["max_tokens"])

    def count_tokens(self, text: str) -> int:
        """Length of a text in the model's tokens, the end token included."""
        return len(self._pieces.encode(text))

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        """Decode prompts in batches of like length, one batch a core; results in the order of the prompts."""
        sources = [self._pieces.encode(prompt) for prompt in prompts]
        places = batches([len(source) for source in sources], BATCH_TOKENS)
        running = [self._begin([sources[place] for place in batch], decoding) for batch in places]
        results: list[list[Hypothesis]] = [[] for _ in prompts]
        for batch, waiting in zip(places, running, strict=True):
            for place, one in zip(batch, waiting, strict=True):
                results[place] = self._hypotheses(one.result())
        return results

    def _begin(self, sources: list[list[str]], decoding: Decoding) -> list[Any]:
        longest = max(len(source) for source in sources)
        waiting: list[Any] = self._model.translate_batch(
            sources,
            target_prefix=[self._target] * len(sources) if self._target else None,
            beam_size=decoding.beams,
            num_hypotheses=decoding.candidates,
            no_repeat_ngram_size=decoding.no_repeat,
            repetition_penalty=decoding.repetition_penalty,
            max_decoding_length=longest_output(longest, self.max_tokens),
            max_input_length=0,  # never cut silently; the translator has cut at clauses
            return_scores=True,
            asynchronous=True,
        )
        return waiting

    def _hypotheses(self, result: Any) -> list[Hypothesis]:
        return [
            Hypothesis(self._pieces.decode(pieces).strip(), round(score, SCORE_DIGITS))
            for pieces, score in zip(result.hypotheses, result.scores, strict=True)
        ]
