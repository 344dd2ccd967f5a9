"""comsum: French official communiqués in, English briefs out, offline.

>>> import comsum
>>> brief = comsum.brief("Le Ministre a effectué une visite à Moscou.")  # doctest: +SKIP
>>> brief.translation, brief.summary, brief.facts, brief.checks  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comsum._version import __version__
from comsum.brief import Brief, Check, Fact, Sentence, Source, Span, SummarySentence, Title
from comsum.errors import (
    ComsumError,
    ConfigurationError,
    EmptyInputError,
    ExitCode,
    InputError,
    ModelError,
    NotFrenchError,
    NotTextError,
    OutputError,
    UsageError,
)

if TYPE_CHECKING:
    from comsum.pipeline import Options


def brief(text: str, *, name: str = "text", options: Options | None = None) -> Brief:
    """Make the brief of one release given as text. Loads the model each time; for many, keep a `Briefer`.

    Raises EmptyInputError, NotFrenchError or ModelError.
    """
    from comsum.pipeline import Briefer, Options
    from comsum.reading.document import document_from_bytes

    return Briefer(options or Options()).brief(document_from_bytes(text.encode(), name))


__all__ = [
    "Brief",
    "Check",
    "ComsumError",
    "ConfigurationError",
    "EmptyInputError",
    "ExitCode",
    "Fact",
    "InputError",
    "ModelError",
    "NotFrenchError",
    "NotTextError",
    "OutputError",
    "Sentence",
    "Source",
    "Span",
    "SummarySentence",
    "Title",
    "UsageError",
    "__version__",
    "brief",
]
