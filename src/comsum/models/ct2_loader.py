"""A checkpoint that transformers has loaded, as CTranslate2's converter wants it.

Its own loaders serve every family but ours: the bundled model's decoder starts from a token of its own, not from
nothing, and knows fewer pieces than its encoder.
"""

from __future__ import annotations

from typing import Any

from ctranslate2.converters.transformers import BartLoader, M2M100Loader, TransformersConverter

from comsum.models.registry import Checkpoint

# What CTranslate2 asks of BART's configuration and transformers 5 no longer keeps in it.
_BART = {"normalize_before": False, "normalize_embedding": True}


class CheckpointConverter(TransformersConverter):  # type: ignore[misc]  # untyped
    """Converts what is loaded already, so that weights are read one way only: ours."""

    def __init__(self, checkpoint: Checkpoint, tokenizer: Any, model: Any) -> None:
        super().__init__(str(checkpoint.folder))
        self._tokenizer, self._model = tokenizer, model
        _as_before(model.config)

    def load_model(self, *_: Any, **__: Any) -> Any:
        """The model that is loaded already."""
        return self._model

    def load_tokenizer(self, *_: Any, **__: Any) -> Any:
        """The tokenizer that is loaded already."""
        return self._tokenizer

    def _load(self) -> Any:
        kind = self._model.config.model_type
        if kind == "marian" and not self._starts_from_nothing():
            return _TwoVocabularies()(self._model, self._tokenizer)
        if kind == "m2m_100" and not self._tokenizer.is_fast:
            return _LanguagesLast()(self._model, self._tokenizer)
        return super()._load()

    def _starts_from_nothing(self) -> bool:
        """Marian's own models start from `<pad>`, whose embedding is zero."""
        config = self._model.config
        return bool(config.decoder_start_token_id == config.pad_token_id)


def _as_before(config: Any) -> None:
    """Say in a configuration of transformers 5 what CTranslate2 reads there in one of transformers 4."""
    if config.model_type == "bart":
        for name, value in _BART.items():
            if not hasattr(config, name):
                setattr(config, name, value)
    if config.model_type in ("t5", "mt5"):  # tied embeddings meant scaled outputs; now all say they are tied
        config.tie_word_embeddings = bool(getattr(config, "scale_decoder_outputs", False))


class _TwoVocabularies(BartLoader):  # type: ignore[misc]  # untyped
    """Marian with a decoder whose pieces are the first of the encoder's."""

    def get_model_spec(self, model: Any) -> Any:
        model.config.normalize_before = model.config.normalize_embedding = False
        return super().get_model_spec(model)

    def get_vocabulary(self, model: Any, tokenizer: Any) -> list[str]:
        tokens: list[str] = super().get_vocabulary(model, tokenizer)
        self._target_size = model.config.decoder_vocab_size
        return tokens

    def set_vocabulary(self, spec: Any, tokens: list[str]) -> None:
        spec.register_source_vocabulary(tokens)
        spec.register_target_vocabulary(tokens[: self._target_size])


class _LanguagesLast(M2M100Loader):  # type: ignore[misc]  # untyped
    """M2M100 keeps its languages after its pieces, where the tokenizer of transformers 5 no longer lists them."""

    def get_vocabulary(self, model: Any, tokenizer: Any) -> list[str]:
        told = tokenizer.convert_ids_to_tokens(list(range(model.config.vocab_size)))
        known: dict[str, None] = {}
        for place, token in enumerate(told):
            known[f"madeupword{place}" if token in known else token] = None
        return list(known)
