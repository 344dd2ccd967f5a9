"""Pairs for the summarize prompt: the French as it stands, the English with what a summary can do without cut.

The English of a pair is trimmed by its syntax: what stands before the main clause for connection or courtesy, what
stands in brackets, relative clauses between commas, enumerations after *as well as* or *including*, participles at
the end. Who, what, when and where, which stand in the main clause, stay. Trimming comes after sentinels are set, so
that the model learns that it may leave a sentinel out with the clause that held it, and only so.
"""

from __future__ import annotations

import re

SHORTEST, LONGEST = 0.35, 0.88  # of the words may be left; more is no summary, less is a fragment
FEWEST_WORDS = 5
SHORT_ALREADY = 14  # words; a sentence this short is learnt as it is

_VERB = r"(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|shall|does|do|did)\b"
_OPENING = (
    r"(?:In (?:this|that) (?:regard|respect|context|connection|spirit|way|case)|Moreover|Furthermore|In addition|However|"
    r"Therefore|Finally|Lastly|Firstly|Secondly|Thirdly|First of all|Indeed|Of course|Consequently|Nevertheless|"
    r"That is why|For (?:this|that) reason|At the same time|On (?:the other|this) (?:hand|occasion)|As you know|"
    r"In (?:fact|short|conclusion|general|particular)|Similarly|Equally|Also|Mr President|Madam President|"
    r"Ladies and gentlemen|Commissioner|(?:I|We) (?:believe|think|feel|know|am convinced|hope) that|"
    r"(?:I|We) (?:would|should) (?:also )?like to (?:say|stress|point out|emphasi[sz]e) that)"
)
_LISTING = r"(?:as well as|(?:and )?in particular|including|such as|(?:and )?(?:more )?especially|notably|particularly)"
_INSERTED = (
    r"(?:however|therefore|moreover|of course|indeed|in my (?:opinion|view)|for example|for instance|too|"
    r"Mr President|Madam President|Commissioner|ladies and gentlemen)"
)
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s*\([^()]*\)",
        rf"^{_OPENING},?\s+",
        r"^(?:While|Although|Whereas|Given|Despite|Following|With a view to|In the course of|During) [^,;]{8,}, (?=\w)",
        rf", (?:which|who|whose|where) [^,;.]{{8,}}, (?={_VERB})",
        r", (?:which|who|whose|where|whereby) [^;.]{8,}(?=\.$)",
        rf",? {_LISTING} [^,;.]{{4,}}(?=[,.])",
        r", (?:while |thereby |thus |whilst )?(?!accord|follow|dur|regard|concern|includ)[a-z]+ing [^;.]{8,}(?=\.$)",
        r" - [^-]{8,} - ",
        rf", {_INSERTED},?(?= )",
        r" (?:very |most )?(?:sincerely|warmly|clearly|simply|obviously|certainly|really|truly|also|once again)(?= )",
    )
)


def shorten(english: str) -> str | None:
    """Return the short form of one English sentence, sentinels in it or not.

    The sentence itself when it is short already; None when nothing or too much would go.
    """
    words = len(english.split())
    if words <= SHORT_ALREADY:
        return english if words >= FEWEST_WORDS else None
    short = english
    for pattern in _CUTS:
        short = pattern.sub(" ", short)
    short = _tidied(short)
    left = len(short.split())
    torn = short.count('"') % 2 != english.count('"') % 2
    return short if left >= FEWEST_WORDS and SHORTEST * words <= left <= LONGEST * words and not torn else None


def _tidied(text: str) -> str:
    text = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s{2,}", " ", text)).strip(" ,;")
    return text[:1].upper() + text[1:]
