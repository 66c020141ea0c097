"""Times in a transcript: clock stamps such as `[00:01:23]`, tape counters such as `1.05`."""

from __future__ import annotations

import re

CLOCK = r"(?:\d{1,2}:[0-5]?\d:[0-5]?\d(?:[.,:]\d{1,3})?|\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?)(?!\d|:\d)"
"""Hours, minutes and seconds, or minutes and seconds, with a decimal part or without."""

_BRACKETED = rf"[\[(<{{]\s?{CLOCK}(?:\s?(?:-->|[-–—])\s?{CLOCK})?\s?[\])>}}]"
_BARE = rf"{CLOCK}(?:\s?(?:-->|[-–—])\s?{CLOCK})?"

STAMP = rf"(?:{_BRACKETED}|{_BARE})"
"""A clock time or a range of two, in brackets or without; it has no groups."""

CLOCK_ONLY = re.compile(CLOCK)

STAMP_AT = re.compile(STAMP)

COUNTER_AT = re.compile(r"(\d{1,3})\.[ ]?([0-5]\d)(?=\t|[ ]{2,}|[ ]?\n|[ ](?=\S))")
"""Minutes and seconds on a tape counter, at the start of a paragraph."""

_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_OF_DAY = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
DATED_AT = re.compile(
    rf"(?P<bracket>\[)?(?:{_DATE},?\s{_OF_DAY}|{_OF_DAY},\s{_DATE})(?(bracket)\]|[ ]-)"
    r"[ \u200e]+(?:~\s?)?",
    re.IGNORECASE,
)
"""A date and a time of day in front of a message, as chats are exported."""

_NUMBER = re.compile(r"\d+")
_FIRST_CLOCK = re.compile(CLOCK)


def seconds(stamp: str) -> float:
    """The first time in `stamp`, in seconds; 0 when there is none."""
    clock = _FIRST_CLOCK.search(stamp)
    if clock is None:
        return 0.0
    whole, decimals = clock[0], ""
    if (point := max(whole.rfind("."), whole.rfind(","))) >= 0:
        whole, decimals = whole[:point], whole[point + 1 :]
    parts = [int(number) for number in _NUMBER.findall(whole)]
    if len(parts) == 4:  # frames, of which the rate is not known
        parts.pop()
    total = 0.0
    for part in parts:
        total = total * 60 + part
    return round(total + float(f"0.{decimals or 0}"), 3)
