from __future__ import annotations

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import comsum
from comsum import errors
from tests.conftest import ROOT


def test_all_is_sorted_and_complete() -> None:
    assert comsum.__all__ == sorted(comsum.__all__)
    public = {name for name, value in vars(comsum).items() if not name.startswith("_") and not inspect.ismodule(value)}
    public -= {"TYPE_CHECKING", "Any", "annotations", "import_module"}
    assert public | comsum._LATER.keys() == set(comsum.__all__) - {"__version__"}
    assert all(getattr(comsum, name).__module__ == module for name, module in comsum._LATER.items())
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = comsum.nothing


def test_the_documented_examples_are_true() -> None:
    found = doctest.testmod(comsum)
    assert found.attempted >= 6
    assert found.failed == 0


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = "import comsum, sys; print(sorted({'torch', 'transformers', 'ctranslate2', 'comsum.pipeline'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_every_error_is_in_the_tree_of_the_docstring() -> None:
    classes = [
        value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, errors.ComsumError)
    ]
    assert len(classes) >= 9
    for one in classes:
        assert one.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("OK", 0),
        ("SOME_FAILED", 1),
        ("USAGE", 2),
        ("CHECK_FAILED", 3),
        ("NO_INPUT", 66),
        ("NO_MODEL", 69),
        ("INTERRUPTED", 130),
    ],
)
def test_exit_codes_are_pinned(name: str, code: int) -> None:
    assert errors.ExitCode[name] == code


def test_only_the_command_line_prints() -> None:
    allowed = {"cli.py", "commands.py"}
    for path in (ROOT / "src" / "comsum").rglob("*.py"):
        if path.name in allowed or "training" in path.parts:
            continue
        names = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "print" not in names, path


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_the_bundled_weights_are_safetensors_only() -> None:
    names = {path.suffix for path in Path(ROOT / "src" / "comsum" / "models" / "bundled").iterdir()}
    assert not names & {".bin", ".pt", ".pkl", ".ckpt"}
