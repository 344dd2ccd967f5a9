"""Prompts: text files, one folder a task and one file a model family, with `{text}` where the French goes.

Lines that begin with `#` are comments. They are read at run time, so that a user can change them without touching
code (`--prompts DIR`), and their hash is part of the signature.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from comsum.errors import ConfigurationError

PLACE = "{text}"


@dataclass(frozen=True)
class Prompt:
    """A template for one task; `fill` puts a text in."""

    template: str

    def fill(self, text: str) -> str:
        """Return the prompt with `text` in its place."""
        return self.template.replace(PLACE, text)

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits naming the template."""
        return hashlib.sha256(self.template.encode()).hexdigest()[:8]


def parse_prompt(content: str, name: str) -> Prompt:
    """Read a prompt file's content. Raises ConfigurationError naming `name` when `{text}` is not there once."""
    template = "\n".join(line for line in content.splitlines() if not line.startswith("#")).strip("\n")
    if template.count(PLACE) != 1:
        raise ConfigurationError(f"{name}: a prompt holds {PLACE} exactly once")
    return Prompt(template)


def load_prompt(task: str, family: str, override: Path | None = None) -> Prompt:
    """Load `<task>/<family>.txt`: from the user's folder when it has one, else ours. Raises ConfigurationError."""
    relative = Path(task) / f"{family}.txt"
    if override is not None:
        if not override.is_dir():
            raise ConfigurationError(f"{override}: no such folder of prompts")
        if (override / relative).is_file():
            return parse_prompt((override / relative).read_text(encoding="utf-8"), str(override / relative))
    return parse_prompt(_shipped(relative).read_text(encoding="utf-8"), f"prompts/{relative}")


def _shipped(relative: Path) -> Path:
    """Prompts stand at the top of a checkout and inside the package of an installed wheel."""
    packaged = Path(str(files("comsum"))) / "prompts" / relative
    if packaged.is_file():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "prompts" / relative
    if checkout.is_file():
        return checkout
    raise ConfigurationError(f"no prompt {relative}; give a folder with one as --prompts")
