"""Settings from files: `comsum.toml` in the working folder over the user's own; flags and COMSUM_* come before both."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comsum.errors import ConfigurationError

FILE_NAME = "comsum.toml"


def settings_files() -> list[Path]:
    """The files that may hold settings, the stronger last."""
    from platformdirs import user_config_path

    return [user_config_path("comsum") / "config.toml", Path(FILE_NAME)]


def load_settings(known: Iterable[str], paths: Iterable[Path] | None = None) -> dict[str, Any]:
    """Read and join settings files; keys are option names. Raises ConfigurationError naming file and key."""
    names = set(known)
    settings: dict[str, Any] = {}
    for path in settings_files() if paths is None else paths:
        if not path.is_file():
            continue
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{path}: {error}") from error
        for key, value in content.items():
            option = key.replace("-", "_")
            if option not in names:
                raise ConfigurationError(f"{path}: unknown setting {key!r}; known are {', '.join(sorted(names))}")
            settings[option] = _beside(path, value) if option == "glossary" else value
    return settings


def _beside(path: Path, value: object) -> list[str]:
    """Glossaries of a settings file are found from its folder; one may stand without a list."""
    names = value if isinstance(value, list) else [value]
    return [str(path.parent / str(name)) for name in names]
