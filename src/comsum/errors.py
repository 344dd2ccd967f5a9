"""Everything comsum raises on purpose.

ComsumError                 something a user can act on; its text is one line
├── UsageError              wrong options or values                            exit 2
│   └── ConfigurationError  a malformed recipe, glossary, prompt or settings   exit 2
├── InputError              a source that cannot be read                       exit 66
│   ├── NotTextError        binary, or in no encoding we know
│   ├── EmptyInputError     nothing in it
│   └── NotFrenchError      text, but in another language                      exit 1
├── OutputError             a result that cannot be written                    exit 1
└── ModelError              a checkpoint that is missing or broken             exit 69
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process answers; part of the contract and pinned by tests."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    CHECK_FAILED = 3
    NO_INPUT = 66
    NO_MODEL = 69
    INTERRUPTED = 130


class ComsumError(Exception):
    """Base of all errors a user may see; `exit_code` is what a single run ends with."""

    exit_code = ExitCode.SOME_FAILED


class UsageError(ComsumError):
    """Wrong options or values."""

    exit_code = ExitCode.USAGE


class ConfigurationError(UsageError):
    """A file that steers comsum (recipe, glossary, prompt, settings) is malformed."""


class InputError(ComsumError):
    """A source that cannot be found or read."""

    exit_code = ExitCode.NO_INPUT


class NotTextError(InputError):
    """The bytes are no text in any encoding we know."""


class EmptyInputError(InputError):
    """There is nothing to translate."""


class NotFrenchError(InputError):
    """The text is in another language than French."""

    exit_code = ExitCode.SOME_FAILED


class OutputError(ComsumError):
    """A result could not be written."""


class ModelError(ComsumError):
    """The checkpoint asked for is missing, broken or of the wrong kind."""

    exit_code = ExitCode.NO_MODEL
