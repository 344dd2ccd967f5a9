"""comsum: French official communiqués in, English briefs out, offline.

One release at a time:

>>> import comsum
>>> made = comsum.brief("Le Ministre des Affaires étrangères s'est rendu à Moscou le 10 novembre 2021.")
>>> [fact.label for fact in made.facts if fact.kind in ("place", "date")]
['Moscow', '10 November 2021']
>>> made.failed, made.sentences[0].source
(False, "Le Ministre des Affaires étrangères s'est rendu à Moscou le 10 novembre 2021.")

Many, with one loaded model, which threads may share. `stream` takes them as they come and gives briefs in their order:

>>> briefer = comsum.Briefer(comsum.Options(limits=comsum.Limits(sentences=1)))
>>> for one in briefer.stream(["La délégation a quitté Niamey le 3 mai 2022.", "The meeting was held on Monday in Paris."]):
...     print([fact.label for fact in one.facts] if isinstance(one, comsum.Brief) else type(one).__name__)
['Niamey', '3 May 2022']
NotFrenchError

From a file, by its encoding, as the command reads it: `briefer.brief(comsum.read_file(path))`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    from comsum.pipeline import Briefer, Options
    from comsum.reading.document import Document, read_file
    from comsum.summary import Limits
    from comsum.terms.glossary import Glossary, read_glossaries

# What costs time to import, and where it is: fetched when first asked for, so that `import comsum` is quick.
_LATER = {
    "Briefer": "comsum.pipeline",
    "Document": "comsum.reading.document",
    "Glossary": "comsum.terms.glossary",
    "Limits": "comsum.summary",
    "Options": "comsum.pipeline",
    "read_file": "comsum.reading.document",
    "read_glossaries": "comsum.terms.glossary",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def brief(text: str, *, name: str = "text", options: Options | None = None) -> Brief:
    """Make the brief of one release given as text. Loads the model each time; for many, keep a `Briefer`.

    Raises EmptyInputError, NotFrenchError or ModelError.
    """
    from comsum.pipeline import Briefer, Options
    from comsum.reading.document import document_from_text

    return Briefer(options or Options()).brief(document_from_text(text, name))


__all__ = [
    "Brief",
    "Briefer",
    "Check",
    "ComsumError",
    "ConfigurationError",
    "Document",
    "EmptyInputError",
    "ExitCode",
    "Fact",
    "Glossary",
    "InputError",
    "Limits",
    "ModelError",
    "NotFrenchError",
    "NotTextError",
    "Options",
    "OutputError",
    "Sentence",
    "Source",
    "Span",
    "SummarySentence",
    "Title",
    "UsageError",
    "__version__",
    "brief",
    "read_file",
    "read_glossaries",
]
