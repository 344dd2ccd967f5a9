"""Everything comsum raises on purpose.

ComsumError                 something a user can act on; its text is one line
├── UsageError              wrong options or values                            exit 2
│   └── ConfigurationError  a malformed recipe, glossary, prompt or settings   exit 2
├── InputError              a source that cannot be read                       exit 66
│   ├── NotTextError        binary, or in no encoding we know
│   ├── EmptyInputError     nothing in it
│   └── NotFrenchError      text, but in another language                      exit 1
├── OutputError             a result that cannot be written                    exit 1
│   └── NoRoomError         the disk, or what one may use of it, is full
├── ShortOfMemoryError      a release that does not fit into memory            exit 1
├── UnexpectedError         a defect that one release brought out              exit 1
└── ModelError              a checkpoint that is missing, broken or too large  exit 69
"""

from __future__ import annotations

from enum import IntEnum

_SIGNS_OF_SHORTAGE = ("out of memory", "allocate memory", "bad_alloc", "bad alloc")


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


class NoRoomError(OutputError):
    """The disk, or what one may use of it, is full: nothing more can be written."""


class ShortOfMemoryError(ComsumError):
    """There is not enough memory for a release."""


class UnexpectedError(ComsumError):
    """A defect of comsum or of a library; its cause is the exception."""


class ModelError(ComsumError):
    """The checkpoint asked for is missing, broken, of the wrong kind or too large for the memory."""

    exit_code = ExitCode.NO_MODEL


def told(error: Exception, name: str = "") -> ComsumError:
    """The error as one that a user may see; `name` is the release that met it."""
    place = f"{name}: " if name else ""
    if is_shortage(error):
        return ShortOfMemoryError(
            f"{place}not enough memory for this; lower --threads, take --engine ct2, or refuse such files by --max-bytes"
        )
    if isinstance(error, ComsumError):
        return error
    return UnexpectedError(f"{place}unexpected {type(error).__name__}: {error}; --debug shows where")


def is_shortage(error: BaseException | None) -> bool:
    """Tell whether memory ran out: torch and CTranslate2 say so in the text of a RuntimeError, or in that of its cause."""
    if error is None:
        return False
    said = str(error).lower()
    by_library = isinstance(error, RuntimeError) and any(sign in said for sign in _SIGNS_OF_SHORTAGE)
    return isinstance(error, MemoryError) or by_library or is_shortage(error.__cause__)
