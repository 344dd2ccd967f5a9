"""Text to the pieces a model knows and back, without transformers: what a converted model carries in its folder.

`pieces.json` tells which of two kinds of tokenizer stands beside it: one `tokenizer.json` for both languages, or a
SentencePiece model for each.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

PIECES = "pieces.json"
TOKENIZER = "tokenizer.json"
SPM = ("source.spm", "target.spm")


class Pieces(Protocol):
    """One model's tokenizer."""

    def encode(self, text: str) -> list[str]:
        """Pieces of a text as the encoder takes them, end and language marks included."""
        ...

    def decode(self, pieces: Sequence[str]) -> str:
        """The text that the decoder's pieces spell, marks left out."""
        ...


class FastPieces:
    """A `tokenizer.json`, which adds its marks itself."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / TOKENIZER))

    def encode(self, text: str) -> list[str]:
        """See Pieces."""
        # By their ids: an added token that takes the space before it is told with that space in `tokens`.
        return [self._tokenizer.id_to_token(one) for one in self._tokenizer.encode(text).ids]

    def decode(self, pieces: Sequence[str]) -> str:
        """See Pieces."""
        ids = [self._tokenizer.token_to_id(piece) for piece in pieces]
        return str(self._tokenizer.decode([one for one in ids if one is not None]))


class SentencePieces:
    """Two SentencePiece models, and the marks set around the source's pieces."""

    def __init__(self, folder: Path, before: Sequence[str], after: Sequence[str], marks: Sequence[str]) -> None:
        from sentencepiece import SentencePieceProcessor

        self._source, self._target = (SentencePieceProcessor(model_file=str(folder / name)) for name in SPM)
        self._before, self._after, self._marks = list(before), list(after), frozenset(marks)

    def encode(self, text: str) -> list[str]:
        """See Pieces."""
        return [*self._before, *self._source.encode(text, out_type=str), *self._after]

    def decode(self, pieces: Sequence[str]) -> str:
        """See Pieces."""
        return str(self._target.decode([piece for piece in pieces if piece not in self._marks]))


def read_pieces(folder: Path) -> tuple[Pieces, dict[str, Any]]:
    """The tokenizer of a converted model, and what else its `pieces.json` says. Raises OSError or ValueError."""
    told = json.loads((folder / PIECES).read_text(encoding="utf-8"))
    if told["kind"] == "fast":
        return FastPieces(folder), told
    return SentencePieces(folder, told["before"], told["after"], told["marks"]), told
