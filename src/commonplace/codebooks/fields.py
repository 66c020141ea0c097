"""The fields of a code in any file: their names, limits, and one way to tidy what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

TEXTS = ("definition", "include", "exclude", "anchor", "near_miss")
"""The fields that hold prose, in the order in which files list them."""

MAX_DEPTH = 50
"""Levels of codes; deeper nesting is a broken or hostile file."""

MAX_CODES = 20_000

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def tidy(text: str) -> str:
    """Prose as it is kept: line ends LF, no white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str) -> str:
    """A name or keyword as it is kept: one line, single spaces, no control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def tidy_keywords(keywords: Iterable[str]) -> tuple[str, ...]:
    """Keywords on one line each, without empty and repeated ones (case aside), in order."""
    kept: dict[str, str] = {}
    for keyword in keywords:
        word = one_line(keyword)
        if word:
            kept.setdefault(word.casefold(), word)
    return tuple(kept.values())


def tidy_color(color: str) -> str | None:
    """`#rrggbb` for a colour in three or six hexadecimal digits, '' for none, None for neither."""
    color = color.strip()
    if not color:
        return ""
    if not _COLOR.fullmatch(color):
        return None
    return color if len(color) == 7 else "#" + "".join(2 * digit for digit in color[1:])


def tidy_flag(word: str) -> bool | None:
    """Whether a word for yes or no, or none, says yes; None when it is neither."""
    word = word.strip().casefold()
    if word in ("true", "yes", "y", "1", "x", "on"):
        return True
    return False if word in ("", "false", "no", "n", "0", "off") else None


def join_keywords(keywords: Iterable[str]) -> str:
    r"""Keywords in one cell, `;` between them; a `;` inside one is written `\;`."""
    return "; ".join(word.replace("\\", "\\\\").replace(";", "\\;") for word in keywords)


def split_keywords(cell: str) -> tuple[str, ...]:
    r"""The keywords in a cell. A backslash stands for itself unless before `;` or another."""
    words = re.findall(r"(?:\\[\\;]|[^;])+", cell)
    return tidy_keywords(re.sub(r"\\([\\;])", r"\1", word) for word in words)
