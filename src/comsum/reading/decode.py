"""From bytes to text, whatever the encoding.

Encodings are tried in the order in which they are sure: byte-order marks, the zeros of UTF-16, UTF-8, UTF-8 with strays
of cp1252, then what charset-normalizer finds, which separates cp1252 from mac-roman and refuses binaries.
"""

from __future__ import annotations

import codecs

from comsum.errors import NotTextError, UsageError

MIXED = "utf-8 and cp1252"
FEWEST_WIDE = 3  # letters in UTF-8 that make it no chance
FEWEST_BYTES = 16  # of UTF-16 without a mark
_WIDE_SHARE = 0.8  # of every second byte is zero in French of two bytes a letter; no other text has so many
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Turn bytes into text; return it with the name of the encoding. Raises NotTextError, or UsageError for no encoding."""
    if encoding:
        return _decode_as(data, name, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name, codec)
    if wide := _unmarked_wide(data[:4096]):
        return _decode_as(data, name, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detect(data, name)
    if "\0" in text:
        raise NotTextError(f"{name}: this is a binary file, not text")
    return text, "utf-8"


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows in its zeros: every second byte, before or after the letters."""
    if len(data) < FEWEST_BYTES:
        return None
    before, after = data[0::2], data[1::2]
    if before.count(0) >= _WIDE_SHARE * len(before) and not after.count(0):
        return "utf-16-be"
    return "utf-16-le" if after.count(0) >= _WIDE_SHARE * len(after) and not before.count(0) else None


def _decode_as(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except LookupError as error:
        raise UsageError(f"--encoding {encoding}: no such encoding; try utf-8, cp1252 or latin-1") from error
    except UnicodeDecodeError as error:
        raise NotTextError(
            f"{name}: not valid {encoding} (byte {error.start}); leave --encoding out to detect it"
        ) from error


def _detect(data: bytes, name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    if b"\0" in data[:4096]:
        raise NotTextError(f"{name}: this is a binary file, not text")
    if (mixed := _mixed(data)) is not None:
        return mixed, MIXED
    best = from_bytes(data, cp_isolation=["cp1252", "latin_1", "mac_roman", "cp850"]).best()
    if best is None or _control_share(str(best)) > 0.02:
        raise NotTextError(f"{name}: this is not text in any encoding we know; name it with --encoding")
    # Western pages are cp1252 in practice; the detector's near-twins decode French alike.
    return str(best), "cp1252" if best.encoding in ("cp1252", "latin_1") else best.encoding


def _mixed(data: bytes) -> str | None:
    """A file put together from two: UTF-8 with bytes of cp1252 in it; None when what looks like UTF-8 may be chance."""
    stray: list[int] = []

    def as_cp1252(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        stray.append(error.start)
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    codecs.register_error("comsum-mixed", as_cp1252)
    text = data.decode("utf-8", "comsum-mixed")
    wide = sum(character > "\x7f" for character in text) - len(stray)
    return text if wide >= FEWEST_WIDE and wide >= len(stray) / 20 else None


def _control_share(text: str) -> float:
    controls = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f")
    return controls / max(1, len(text))
