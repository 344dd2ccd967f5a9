"""The reference engine: Hugging Face transformers on torch.

Imported only when a model is really needed, since torch takes seconds to load. No network, no remote code,
safetensors only, float32 on a CPU (half precision is many times slower there).
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comsum.errors import ModelError
from comsum.models.translator import Decoding, Hypothesis

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

GROWTH = 1.6  # English tokens allowed per French token, plus a few; official English is about as long
EXTRA_TOKENS = 12
BATCH_TOKENS = 3000
SCORE_DIGITS = 2  # what else is in a batch moves the fourth digit


class TorchEngine:
    """Runs a checkpoint in the Hugging Face layout with `generate`."""

    name = "torch"

    def __init__(self, folder: Path, *, family: str = "bundled", threads: int | None = None) -> None:
        """Load tokenizer and weights from `folder`. Raises ModelError when they are missing or broken."""
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        transformers.logging.disable_progress_bar()
        if threads:
            torch.set_num_threads(threads)
        self._torch = torch
        self.family = family
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                folder, dtype=torch.float32, local_files_only=True, use_safetensors=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: the checkpoint cannot be loaded ({str(error).splitlines()[0]})") from error
        self._model: Any = model.eval().to(self._device)
        self.max_tokens = int(getattr(model.config, "max_position_embeddings", 512))
        vocabulary = self._tokenizer.get_vocab()
        self.knows_sentinels = "<x0>" in vocabulary and "<x15>" in vocabulary

    def count_tokens(self, text: str) -> int:
        """Length of a text in the model's tokens, the end token included."""
        return len(self._tokenizer(text)["input_ids"])

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        """Decode prompts in batches of like length; results in the order of the prompts."""
        lengths = [self.count_tokens(prompt) for prompt in prompts]
        order = sorted(range(len(prompts)), key=lambda place: lengths[place])
        results: list[list[Hypothesis]] = [[] for _ in prompts]
        for batch in _batches(order, lengths, BATCH_TOKENS // max(1, decoding.beams // 2)):
            for place, hypotheses in zip(batch, self._decode([prompts[p] for p in batch], decoding), strict=True):
                results[place] = hypotheses
        return results

    def _decode(self, prompts: list[str], decoding: Decoding) -> list[list[Hypothesis]]:
        inputs = self._tokenizer(prompts, return_tensors="pt", padding=True, return_token_type_ids=False)
        inputs = inputs.to(self._device)
        longest = inputs["input_ids"].shape[1]
        with self._torch.inference_mode(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            output = self._model.generate(
                **inputs,
                num_beams=decoding.beams,
                num_return_sequences=decoding.candidates,
                max_new_tokens=min(self.max_tokens - 1, int(GROWTH * longest) + EXTRA_TOKENS),
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
            Hypothesis(text.strip(), round(score, SCORE_DIGITS)) for text, score in zip(texts, scores, strict=True)
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


def _batches(order: Sequence[int], lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Group places, sorted by length, so that each padded batch has at most `tokens` tokens."""
    groups: list[list[int]] = []
    for place in order:
        if groups and (len(groups[-1]) + 1) * lengths[place] <= tokens:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
