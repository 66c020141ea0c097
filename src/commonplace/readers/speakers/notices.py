"""Lines that nobody speaks: ends of tapes, page numbers, where the transcript comes from."""

from __future__ import annotations

import re

_THING = (
    r"(?:side|tape|cassette|disc|disk|dvd|cd|reel|recording|interview|transcript|transcription"
    r"|audio|file|session)s?"
)
_WHICH = r"(?:no\.?|number|#|[a-h]|[ivx]{1,4}|\d{1,3}|one|two|three|four|first|second|side|the)"
_NOTICE = re.compile(
    rf"\W*(?:(?:the\s)?(?:end|start|beginning|continuation|continued|cont(?:inue)?d?)\W+(?:of|on)?"
    rf"\W*)?(?:(?:the|this|first|second|third)\W+)?{_THING}"
    rf"(?:\W+(?:{_WHICH}|{_THING}|of|ends?|ended|starts?|started|begins?|stops?|stopped|paused?"
    r"|resumes?|resumed|continues?|continued|concluded?|changed|turned|over|off|on|runs|out))*\W*"
    r"|\W*end\W*|\W*\d{0,3}\W*transcribed by .{0,60}|\W*page\s\d{1,4}(?:\sof\s\d{1,4})?\W*",
    re.IGNORECASE,
)
NOTICE_LENGTH = 80
"""Longer lines are no notices (code points)."""


def is_notice(line: str) -> bool:
    """Whether a line or short paragraph is such a notice: `END OF SIDE A`, `[Tape 2, side 1]`.

    A sentence that only mentions the tape is none: a notice has no other words in it, and is
    in capitals, in brackets, or begins with a capital and has no more than one full stop.
    """
    line = line.strip()
    if not line or len(line) > NOTICE_LENGTH or "?" in line:
        return False
    first = line[0]
    if not (first.isupper() or first in "[(-–—*=_#"):
        return False
    return _NOTICE.fullmatch(line) is not None


def page_number(line: str) -> int | None:
    """The number, when the line holds a bare one (`13`, `- 13 -`) that could be a page's."""
    match = re.fullmatch(r"[-–—\s]*(\d{1,3})[-–—\s]*", line)
    return int(match[1]) if match else None
