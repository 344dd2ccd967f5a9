"""Numbers, amounts and percentages: French figures read, English ones written.

French groups thousands by spaces or points and marks decimals by a comma; *milliard* is an English billion and
*billion* a trillion (long scale). A number's value is a decimal string, with its unit when it has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from text_to_num import alpha2digit

from comsum.terms.entity import Entity
from comsum.wordlists import alternatives

_SPACE = r"[ \u00a0\u202f\u2009]"
_FIGURE = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?"
_SCALES = {"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_SCALES |= {"billion": 10**12, "billions": 10**12}
_ENGLISH_SCALES = {10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}
_UNITS = {
    "francs CFA": ("CFA francs", "XOF"),
    "FCFA": ("CFA francs", "XOF"),
    "F CFA": ("CFA francs", "XOF"),
    "euros": ("euros", "EUR"),
    "euro": ("euro", "EUR"),
    "€": ("euros", "EUR"),
    "dollars américains": ("US dollars", "USD"),
    "dollars US": ("US dollars", "USD"),
    "dollars": ("dollars", "USD"),
    "%": ("%", "%"),
    "pour cent": ("per cent", "%"),
    "km": ("km", "km"),
    "kilomètres": ("kilometres", "km"),
    "hectares": ("hectares", "ha"),
    "tonnes": ("tonnes", "t"),
}
_UNIT = alternatives(_UNITS)
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?P<figure>{_FIGURE})(?:{_SPACE}(?P<scale>{'|'.join(_SCALES)}))?"
    rf"(?:{_SPACE}?(?:de{_SPACE}|d')?(?P<unit>{_UNIT})(?!\w))?(?![\w])(?!/\d)"
)
# *22 milliards 500 millions de francs CFA*
_TWO_SCALES = re.compile(
    rf"(?<![\w.,/-])(?P<billions>\d{{1,3}}){_SPACE}milliards?{_SPACE}(?:et{_SPACE})?(?P<millions>\d{{1,3}}){_SPACE}millions?"
    rf"(?:{_SPACE}(?:de{_SPACE}|d')?(?P<unit>{_UNIT}))?(?!\w)"
)
_ORDINAL = re.compile(r"(?<!\w)(\d+)(?:e|è|ème|eme|ième|er|ère|re|nd|nde)(?!\w)")
_ROMAN_CENTURY = re.compile(r"(?<!\w)([XVI]+)e siècle")
_WORD = (
    r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
    r"cinquante|soixante|septante|huitante|octante|nonante|cents?|mille)"
)
# Numbers of several words, or of one before *millions*: a small model loses some of them.
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?P<words>{_WORD}(?:(?:-|{_SPACE}|-et-|{_SPACE}et{_SPACE}){_WORD})*(?P<ordinal>(?:-|{_SPACE}|-et-|{_SPACE}et{_SPACE})"
    rf"(?:un|deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz|treiz|quatorz|quinz|seiz|vingt|cent|mill)ième)?)"
    rf"(?:{_SPACE}\((?P<again>\d+)\))?"
    rf"(?:{_SPACE}(?P<scale>millions?|milliards?|billions?))?(?:{_SPACE}(?:de{_SPACE}|d')?(?P<unit>{_UNIT}))?(?![\w-])",
    re.IGNORECASE,
)
_COLLECTIVES = {"dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40}
_COLLECTIVES |= {"cinquantaine": 50, "soixantaine": 60, "centaine": 100}
_ABOUT = re.compile(
    rf"\b[Uu]ne{_SPACE}(?P<about>{'|'.join(_COLLECTIVES)})(?:{_SPACE}de(?={_SPACE})|(?!\w|{_SPACE}d['’]))"
)


def find_numbers(text: str) -> Iterator[Entity]:
    """Yield numbers with their scale and unit, and ordinals, in figures or in several words; some overlap."""
    for match in _NUMBER.finditer(text):
        yield _amount(match, parse_figure(match["figure"]), _SCALES.get(match["scale"] or "", 1))
    for match in _TWO_SCALES.finditer(text):
        yield _amount(match, Decimal(match["billions"]) + Decimal(match["millions"]) / 1000, 10**9)
    for match in _ORDINAL.finditer(text):
        yield _entity(match, ordinal(int(match[1])), match[1])
    yield from _numbers_in_words(text)
    for match in _ABOUT.finditer(text):
        about = _COLLECTIVES[match["about"].lower()]
        yield _entity(match, f"about {about}", str(about))


def _amount(match: re.Match[str], value: Decimal, scale: int) -> Entity:
    """A number with the unit that the match found, if any."""
    name, code = _UNITS.get(match["unit"] or "", ("", ""))
    amount = format((value * scale).normalize(), "f")
    return _entity(match, _english(value, scale, name), f"{amount} {code}".strip())


def _entity(match: re.Match[str], english: str, value: str) -> Entity:
    return Entity("number", match.start(), match.end(), match.group(), english, value)


def _numbers_in_words(text: str) -> Iterator[Entity]:
    """Yield *soixante-douze (72)*, *soixante et unième* and *deux cents millions d'euros*, in figures."""
    for match in _IN_WORDS.finditer(text):
        value = _value_of(match["words"])
        several = match["scale"] or not match["words"].isalpha()
        is_name = match.start() and match["words"][0].isupper()  # *les Vingt-Sept*
        if value is None or is_name or not several or match["again"] not in (None, str(value)):
            continue
        if match["ordinal"]:
            yield _entity(match, ordinal(value), str(value))
        else:
            yield _amount(match, Decimal(value), _SCALES.get((match["scale"] or "").lower(), 1))


def _value_of(words: str) -> int | None:
    """The number that French words are, all of them together; None when they are two numbers or none."""
    figure = re.fullmatch(r"(\d+)(?:e|ème)?", alpha2digit(words.lower(), "fr", 0))
    return int(figure[1]) if figure else None


def parse_figure(figure: str) -> Decimal:
    """Read a French figure: `1 234,5` and `1.234,5` are 1234.5; `3.8` cannot be French and stays 3.8."""
    figure = re.sub(_SPACE, "", figure)
    return Decimal(re.sub(r"\.(?=\d{3}(?:\D|$))", "", figure).replace(",", "."))


def ordinal(number: int) -> str:
    """Write an English ordinal: 1st, 2nd, 3rd, 11th, 263rd."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _english(value: Decimal, scale: int, unit: str) -> str:
    figure = f"{value:,}" if value >= 10_000 or value != value.to_integral() else str(value)
    if 1000 <= value < 10_000 and unit:
        figure = f"{value:,}"
    words = [figure] if scale == 1 else [figure, _ENGLISH_SCALES[scale]]
    return "".join([" ".join(words), unit]) if unit == "%" else " ".join([*words, unit] if unit else words)
