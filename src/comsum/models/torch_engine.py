"""The reference engine: Hugging Face transformers on torch.

Imported only when a model is really needed, since torch takes seconds to load. No network, no remote code,
safetensors only, float32 on a CPU (half precision is many times slower there).
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Sequence
from typing import Any

from comsum.errors import ModelError
from comsum.models.registry import Checkpoint, verify
from comsum.models.search import SCORE_DIGITS, Decoding, Hypothesis, batches, longest_output
from comsum.models.threads import physical_cores

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

BATCH_TOKENS = 3000


class TorchEngine:
    """Runs a checkpoint in the Hugging Face layout with `generate`."""

    name = "torch"

    def __init__(self, checkpoint: Checkpoint, *, threads: int | None = None) -> None:
        """Load tokenizer and weights. Raises ModelError when they are missing or broken."""
        import torch

        torch.set_num_threads(threads or physical_cores())
        self._torch = torch
        self._lock = threading.Lock()  # tokenizer and generation keep state
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._tokenizer, model = load_pretrained(checkpoint)
        self._model: Any = model.eval().to(self._device)
        self.max_tokens = token_limit(model.config)
        self.knows_sentinels = knows_sentinels(self._tokenizer)
        self._target = target = checkpoint.family.target
        self._first = {"forced_bos_token_id": self._tokenizer.convert_tokens_to_ids(target)} if target else {}

    def count_tokens(self, text: str) -> int:
        """Length of a text in the model's tokens, the end token included."""
        with self._lock:
            return len(self._tokenizer(text)["input_ids"])

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        """Decode prompts in batches of like length; results in the order of the prompts."""
        lengths = [self.count_tokens(prompt) for prompt in prompts]
        results: list[list[Hypothesis]] = [[] for _ in prompts]
        for batch in batches(lengths, BATCH_TOKENS // max(1, decoding.beams // 2)):
            with self._lock:
                decoded = self._decode([prompts[place] for place in batch], decoding)
            for place, hypotheses in zip(batch, decoded, strict=True):
                results[place] = hypotheses
        return results

    def _decode(self, prompts: list[str], decoding: Decoding) -> list[list[Hypothesis]]:
        inputs = self._tokenizer(prompts, return_tensors="pt", padding=True, return_token_type_ids=False)
        inputs = inputs.to(self._device)
        with self._torch.inference_mode(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            output = self._model.generate(
                **inputs,
                **self._first,
                num_beams=decoding.beams,
                num_return_sequences=decoding.candidates,
                max_new_tokens=longest_output(inputs["input_ids"].shape[1], self.max_tokens),
                no_repeat_ngram_size=decoding.no_repeat,
                repetition_penalty=decoding.repetition_penalty,
                do_sample=False,
                early_stopping=True,
                return_dict_in_generate=True,
                output_scores=True,
            )
        texts = self._tokenizer.batch_decode(output.sequences, skip_special_tokens=True)
        scores = self._scores(output, decoding)
        found = [
            Hypothesis(text.removeprefix(self._target).strip(), round(score, SCORE_DIGITS))
            for text, score in zip(texts, scores, strict=True)
        ]
        size = decoding.candidates
        return [found[start : start + size] for start in range(0, len(found), size)]

    def _scores(self, output: Any, decoding: Decoding) -> list[float]:
        """Mean log probability per generated token of each sequence.

        Beam search returns just that; `compute_transition_scores` cannot be used for greedy search here, since it
        takes the decoder's vocabulary to be as large as the encoder's.
        """
        if decoding.beams > 1:
            return [float(score) for score in output.sequences_scores]
        steps = self._torch.stack(output.scores, 1).log_softmax(-1)
        chosen = output.sequences[:, -steps.shape[1] :]
        real = chosen != self._tokenizer.pad_token_id
        logs = steps.gather(-1, chosen[..., None])[..., 0].masked_fill(~real, 0.0)
        return [float(score) for score in logs.sum(1) / real.sum(1).clamp_min(1)]


def load_pretrained(checkpoint: Checkpoint) -> tuple[Any, Any]:
    """Tokenizer and model, in float32. Raises ModelError when they are missing, broken or not what they were."""
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    verify(checkpoint)
    folder, source = checkpoint.folder, checkpoint.family.source
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, **({"src_lang": source} if source else {})
        )
        model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, use_safetensors=True, trust_remote_code=False
        )
    except Exception as error:  # libraries raise what they like for a broken file: OSError, KeyError, SafetensorError …
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(f"{folder}: the checkpoint cannot be loaded ({first})") from error
    return tokenizer, model


def token_limit(config: Any) -> int:
    """The most tokens that a model of this configuration takes; T5 names no limit and was trained with 512."""
    return min(int(getattr(config, "max_position_embeddings", None) or 512), 1024)


def knows_sentinels(tokenizer: Any) -> bool:
    """Tell whether the vocabulary has comsum's sentinels."""
    vocabulary = tokenizer.get_vocab()
    return "<x0>" in vocabulary and "<x15>" in vocabulary
