"""Bytes to text: byte order marks, UTF-8, UTF-16, else the 8-bit encoding that fits best.

Nothing but line ends (CRLF and CR become LF) and the byte order mark is changed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from commonplace.readers.errors import ReadError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF; give it the ending .pdf"),
    (
        b"PK\x03\x04",
        "a zip file, as Word and Excel files are; give it its own ending",
    ),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file; save it as .docx without a password"),
    (b"{\\rtf", "rich text; give it the ending .rtf"),
    (b"SQLite format 3\x00", "a database; use `commonplace open` or `commonplace convert`"),
    (b"\x89PNG", "a picture; only its text can be read"),
    (b"\xff\xd8\xff", "a picture; only its text can be read"),
    (b"ID3", "a sound file; only a transcript of it can be read"),
)
_ENDS = "\u2028\u2029\x85"
_OTHER_ENDS = dict.fromkeys(map(ord, _ENDS), "\n")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b") + b"\x7f"
_SAMPLE = 256 * 1024
_TEXT_AT_MOST = 64 * 1024 * 1024
"""Bytes: some ten million words."""
_LINES_AT_MOST = 500_000


class Decoded(NamedTuple):
    """A text with LF line ends and without a byte order mark, and what was used to read it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text in `data`. Raises `ReadError` when it is empty or no text at all."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{name} is not a text file: it is {what}")
    if len(data) > _TEXT_AT_MOST:
        raise ReadError(
            f"{name} has {len(data) // 1024**2} MB of text, more than the "
            f"{_TEXT_AT_MOST // 1024**2} MB a transcript may have; split it"
        )
    text, used, notes = _decode(data, name)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _LINES_AT_MOST:
        raise ReadError(
            f"{name} has {text.count(chr(10))} lines, more than the {_LINES_AT_MOST} a transcript "
            "may have; split it"
        )
    if not text or text.isspace():
        raise ReadError(f"{name} is empty: there is nothing but white space in it")
    return Decoded(text, used, notes)


def with_line_feeds(text: str) -> str:
    """The text with LF where it has other line ends: of Unicode (U+2028, U+2029) and old
    mainframes (NEL). For finding turns: positions are the same, and what is stored keeps them."""
    return text.translate(_OTHER_ENDS) if any(each in text for each in _ENDS) else text


def _decode(data: bytes, name: str) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    if b"\0" in data and (wide := _utf16_without_mark(data)):
        return Decoded(data.decode(wide), wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_junk(data, name, allowed=0.02)
        return _mixed_utf8(data) or _eight_bit(data)
    _refuse_junk(data, name, allowed=0.1)
    return Decoded(text, "utf-8")


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _mixed_utf8(data) or _eight_bit(data)
        raise ReadError(
            f"{name} begins like {encoding.upper()} but is broken at byte {error.start}; "
            "save it again as UTF-8"
        ) from error


def _refuse_junk(data: bytes, name: str, *, allowed: float) -> None:
    """Control characters are rare in text; in other files they are everywhere."""
    controls = _controls(data)
    if controls > allowed * len(data):
        raise ReadError(
            f"{name} is not a text file: {controls} of its {len(data)} bytes are control "
            "characters; export the transcript as .txt, .docx, .vtt or .srt"
        )


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 by where the zero bytes stand: Latin text has one in every pair, on one side."""
    if len(data) % 2:
        return None
    pairs = len(data) // 2
    even, odd = data[0::2].count(0), data[1::2].count(0)
    line_ends = data.count(b"\n\0") + data.count(b" \0"), data.count(b"\0\n") + data.count(b"\0 ")
    for encoding, zeros, others, ends in (
        ("utf-16-le", odd, even, line_ends[0]),
        ("utf-16-be", even, odd, line_ends[1]),
    ):
        latin = zeros > 0.7 * pairs and others < 0.05 * pairs
        other_script = others == 0 and 0 < zeros <= 2 * ends and not _is_likely_utf8(data)
        if latin or other_script:
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _is_likely_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _controls(data) <= 0.1 * len(data)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _mixed_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few stray bytes in it: those alone are read as Windows-1252."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = re.findall("[\udc80-\udcff]", text)
    whole = sum(1 for character in text if character > "\x7f") - len(stray)
    if whole < 4 * len(stray):
        return None
    repaired = re.sub("[\udc80-\udcff]", lambda match: _windows(match[0]), text)
    count = f"{len(stray)} bytes that are" if len(stray) > 1 else "1 byte that is"
    note = f"UTF-8 with {count} not; read as Windows-1252, please check the accents"
    return Decoded(repaired, "utf-8 with windows-1252", (note,))


def _windows(escaped: str) -> str:
    return _from_cp1252(bytes([ord(escaped) - 0xDC00]))


def _from_cp1252(data: bytes) -> str:
    """Windows-1252 as browsers read it: the five bytes it leaves out become controls."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252")
            for byte in data
        )


def _eight_bit(data: bytes) -> Decoded:
    text = _from_cp1252(data)
    if _reads_like_western_text(text):
        return Decoded(text, "windows-1252")
    guess = _guess(data)
    if guess is not None:
        note = f"read as {guess.encoding}, a guess from its letters; please check the accents"
        return Decoded(guess.text, guess.encoding, (note,))
    note = "read as windows-1252 for want of a better guess; please check the accents"
    return Decoded(text, "windows-1252", (note,))


_ODD = re.compile(
    r"[a-zß-öø-ÿ][ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŠŽŸ][a-zß-öø-ÿ]"  # a capital in mid-word
    r"|[À-ÖØ-öø-ÿŠŽšžŸ]{3}"  # runs of accented letters
    r"|(?<=[^\W\d_])[\xa1-\xa9\xab-\xaf\xb1-\xb6\xb8-\xbf×÷ƒ†‡‰ˆ˜¨¸¬¤¦](?=[^\W\d_])"  # signs
    r"|[\x80-\x9f]"
)


def _reads_like_western_text(text: str) -> bool:
    """Whether what is not ASCII is punctuation, or letters where Western spelling puts them.

    General detectors guess badly from the handful of curly quotes that English transcripts
    hold, so this question comes first.
    """
    high = sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    odd = len(_ODD.findall(text))
    return odd <= 0.02 * high


def _guess(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(sample).best()
    if best is None:
        return None
    try:
        return Decoded(data.decode(best.encoding), best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
