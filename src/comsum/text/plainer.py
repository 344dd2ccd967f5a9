"""Formulas of communiqués said plainly, for the model's eyes only (data/plainer.tsv).

The French that is shown, checked and read for facts is never changed; sentinels are never lost.
"""

from __future__ import annotations

import functools
import re

from comsum.wordlists import data_lines

_SENTINEL = re.compile(r"<x\d+>")
# *Prend note de …*: in resolutions a verb stands without its subject, and a small model takes it for anything but a verb.
_VERBS = (
    r"prend (?:note|acte)|(?:ré)?affirme|réitère|rappelle|souligne|constate|(?:se )?félicite|salue|condamne|exprime|"
    r"décide|invite|prie|appelle|exhorte|encourage|engage|se déclare|se dit|déplore|regrette|adopte|approuve|autorise|"
    r"recommande|exige|remercie|rend hommage|insiste|reconnaît|accueille|lance un appel|présente|nomme|instruit|souhaite|"
    r"proclame|dénonce|rejette|fait sien(?:ne)?|s'engage|(?:note|demande|adresse|relève|charge)(?! d[eu' ]| \w*ale\b)"
)
_BARE_VERB = re.compile(rf"(?:{_VERBS})(?= )", re.IGNORECASE)
_GIVEN_SUBJECT = re.compile(r"(?:It|He|She) (?=[a-z<])")


@functools.cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (line.split("\t") for line in data_lines("comsum.text", "plainer.tsv"))
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rows)


def plainer(text: str) -> str:
    """Return the text with its formulas in plainer words; a rule that would lose a sentinel is not used.

    >>> plainer("Ils ont animé une conférence.")
    'Ils ont tenu une conférence.'
    """
    for pattern, replacement in _rules():
        new = pattern.sub(replacement, text)
        if sorted(_SENTINEL.findall(new)) == sorted(_SENTINEL.findall(text)):
            text = new
    return with_subject(text)


def with_subject(text: str) -> str:
    """Give a sentence that begins with its verb a subject, which `without_subject` takes from the English again.

    >>> with_subject("Prend note du rapport")
    'Il prend note du rapport'
    """
    return f"Il {text[0].lower()}{text[1:]}" if _BARE_VERB.match(text) else text


def without_subject(french: str, english: str) -> str:
    """Take the pronoun away where the French begins with its verb."""
    return _GIVEN_SUBJECT.sub("", english, count=1) if _BARE_VERB.match(french) else english
