"""What a reader of a file format brings home."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Extract:
    """Text, its paragraphs set apart by blank lines, and what the file says of itself (`date` as ISO 8601)."""

    text: str
    title: str | None = None
    author: str | None = None
    url: str | None = None
    date: str | None = None


class Refusal(Exception):  # noqa: N818 - no defect: the file is not what it should be
    """The file cannot be read; the message completes `NAME: `."""


def paragraphs(parts: list[str]) -> str:
    """Join what stands apart."""
    return "\n\n".join(part.strip() for part in parts if part.strip())
