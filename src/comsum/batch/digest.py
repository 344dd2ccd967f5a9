"""`digest.html`: one page for a folder of briefs, complete in itself, that works from disk with no network.

Everything is written as HTML here, escaped, so that the page reads and prints without its script; the script only
hides what a filter does not want. A content policy with the script's own hash keeps any other from running.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from comsum.batch.index import briefs_there
from comsum.batch.plan import Job
from comsum.output import write_atomically

NAME = "digest.html"
WHOLE = 300  # releases, the newest, are shown with all their sentences; of the others the brief is a click away
_GROUPS = {"person": "person", "place": "place", "country": "place", "event": "kind"}
_CHIPS = ("person", "place", "event")
_MOST_CHIPS = 12


@dataclass(frozen=True)
class _Item:
    """One release of the digest; `page` is what the reader opens, relative to the digest."""

    brief: dict[str, Any]
    page: str

    @property
    def date(self) -> str:
        """The date the release states, else the latest whole date it names; empty when there is none."""
        stated = self.brief["source"].get("date")
        named = (fact["value"].split("/")[0] for fact in self.brief["facts"] if fact["kind"] == "date")
        return str(stated or max((one for one in named if _is_date(one)), default=""))

    @property
    def title(self) -> str:
        """The English title, else the name of the file."""
        title = self.brief["title"]
        return str(title["target"] if title else self.brief["source"]["name"])

    def labels(self, group: str) -> list[str]:
        """The labels of the facts that one filter looks at, each once."""
        found = (_short(fact) for fact in self.brief["facts"] if _GROUPS.get(fact["kind"]) == group)
        return list(dict.fromkeys(found))


def _short(fact: dict[str, Any]) -> str:
    """What to filter by: of an event its kind alone, without its place and date."""
    label = str(fact["label"])
    return label.split(" · ", maxsplit=1)[0] if fact["kind"] == "event" else label


def _is_date(value: str) -> bool:
    return len(value) >= 4 and value[:4].isdigit()


def write_digest(jobs: Iterable[Job], output: Path) -> int:
    """Write digest.html of the briefs that are there; return their number. Raises OutputError."""
    items = [_Item(brief, _page(job, output)) for job, brief in briefs_there(jobs)]
    items.sort(key=lambda item: item.brief["source"]["name"])
    items.sort(key=lambda item: item.date, reverse=True)
    write_atomically(output / NAME, render_digest(items), force=True)
    return len(items)


def _page(job: Job, output: Path) -> str:
    """The form to be read, when there is one, else the JSON."""
    for suffix in (".html", ".md", ".brief.txt", ".json"):
        path = job.target.with_name(job.target.name + suffix)
        if path.is_file():
            break
    return quote(path.relative_to(output).as_posix(), errors="surrogateescape")


def render_digest(items: Sequence[_Item]) -> str:
    """The page as text."""
    style, script = _asset("digest.css"), _asset("digest.js")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Digest of {len(items)} releases</title>",
        f"<style>{style}</style>\n</head>\n<body>",
        f'<header>\n<h1>Digest</h1>\n<p id="count" role="status">{len(items)} releases</p>',
        _timeline(items),
        _filters(items),
        "</header>\n<main>",
        *(_article(item, number) for number, item in enumerate(items)),
        f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _asset(name: str) -> str:
    return files("comsum.batch").joinpath("data", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _timeline(items: Sequence[_Item]) -> str:
    """A button a month, as high as it has releases; pressed, it shows these alone."""
    months = Counter(item.date[:7] for item in items if item.date)
    most = max(months.values(), default=1)
    bars = (
        f'<li><button type="button" data-month="{escape(month)}" aria-pressed="false" '
        f'title="{escape(month)}: {count}"><meter min="0" max="{most}" value="{count}">{count}</meter>'
        f"<span>{escape(month)}</span> <b>{count}</b></button></li>"
        for month, count in sorted(months.items(), reverse=True)
    )
    return f'<nav aria-label="Timeline"><ul class="timeline">{"".join(bars)}</ul></nav>' if months else ""


def _filters(items: Sequence[_Item]) -> str:
    boxes = [
        f'<label>{label}<select data-filter="{group}"><option value="">all</option>{_options(items, group)}</select></label>'
        for group, label in (("person", "Person"), ("place", "Place"), ("kind", "Kind"))
    ]
    boxes += [
        '<label>From<input type="date" data-from></label>',
        '<label>To<input type="date" data-to></label>',
        '<label>Words<input type="search" data-words></label>',
    ]
    reset = '<button type="reset">Show all</button>'
    return f'<form id="filters" aria-label="Filters">{"".join(boxes)}{reset}</form>'


def _options(items: Sequence[_Item], group: str) -> str:
    counts = Counter(label for item in items for label in item.labels(group))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "".join(f'<option value="{escape(label)}">{escape(label)} ({count})</option>' for label, count in ranked)


def _article(item: _Item, number: int) -> str:
    brief = item.brief
    values = {group: json.dumps(item.labels(group), ensure_ascii=False) for group in ("person", "place", "kind")}
    data = "".join(f' data-{group}="{escape(value)}"' for group, value in values.items())
    date = f'<time datetime="{escape(item.date)}">{escape(item.date)}</time>' if item.date else "<span>no date</span>"
    name = f'<a href="{escape(item.page)}">{escape(brief["source"]["name"])}</a>'
    summary = "".join(
        f"<p>{escape(one['text'])} <small>{_references(one['rests_on'], number, whole=number < WHOLE)}</small></p>"
        for one in brief["summary"]
    )
    marks = _marks(brief)
    body = f'<ul class="chips">{"".join(_chips(brief))}</ul>' + (_sentences(brief, number) if number < WHOLE else "")
    return (
        f'<article data-date="{escape(item.date)}"{data}>\n<h2>{escape(item.title)}</h2>'
        f'<p class="meta">{date} · {name}{marks}</p>{summary}{body}</article>'
    )


def _references(ids: Sequence[int], number: int, *, whole: bool) -> str:
    return " ".join(f'<a href="#r{number}s{one}">[{one}]</a>' if whole else f"[{one}]" for one in ids)


def _marks(brief: dict[str, Any]) -> str:
    errors = sum(check["severity"] == "error" for check in brief["checks"])
    warnings = len(brief["checks"]) - errors
    said = [
        f"{count} {word}{'s' * (count != 1)}" for count, word in ((errors, "error"), (warnings, "warning")) if count
    ]
    return f' · <strong class="marks">{", ".join(said)}</strong>' if said else " · all checks passed"


def _chips(brief: dict[str, Any]) -> Iterator[str]:
    found = dict.fromkeys(
        (_GROUPS[f["kind"]], _short(f)) for kind in _CHIPS for f in brief["facts"] if f["kind"] == kind
    )
    for group, label in list(found)[:_MOST_CHIPS]:
        chip = f'<button type="button" data-chip="{group}" data-value="{escape(label)}">{escape(label)}</button>'
        yield f'<li class="{group}">{chip}</li>'


def _sentences(brief: dict[str, Any], number: int) -> str:
    rows = "".join(
        f'<tr id="r{number}s{one["id"]}"><th scope="row">{one["id"]}</th><td lang="fr">{escape(one["source"])}</td>'
        f"<td>{escape(one['target'])}{_warned(one)}</td></tr>"
        for one in brief["sentences"]
    )
    head = '<thead><tr><th scope="col">No.</th><th scope="col">French</th><th scope="col">English</th></tr></thead>'
    return f"<details><summary>French and English</summary><table>{head}<tbody>{rows}</tbody></table></details>"


def _warned(sentence: dict[str, Any]) -> str:
    kinds = ", ".join(dict.fromkeys(sentence["checks"]))
    return f' <strong class="marks">! {escape(kinds)}</strong>' if kinds else ""
