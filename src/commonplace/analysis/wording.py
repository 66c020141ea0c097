"""Words and phrases as they are looked for: case, accents and kinds of apostrophe aside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from commonplace.analysis.filters import FilterError

TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word as it is counted on its own: letters and digits, `don't` and `well-being` being one."""

_MARKS = "[\u0300-\u036f]*"
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_BETWEEN = r"[\W_]+"


def fold(text: str) -> str:
    """`text` as it is compared, code point for code point: offsets stay what they are."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold, text))


@cache
def _fold(character: str) -> str:
    if character == "’":
        return "'"
    plain = unicodedata.normalize("NFD", character)[0].lower()
    return plain if len(plain) == 1 else character


@lru_cache(maxsize=64)
def pattern(term: str) -> re.Pattern[str]:
    """What finds a word or phrase in folded text; `*` stands for any letters or none.

    Whole words only; between the words of a phrase anything but letters and digits may stand.
    Raises `FilterError` for a term without a letter or digit.
    """
    words = [word for word in fold(term).split() if any(map(str.isalnum, word))]
    if not words:
        raise FilterError(f"there is no word to look for in '{term}'")
    return re.compile(_BEFORE + _BETWEEN.join(map(_word, words)) + _MARKS + _AFTER)


def _word(word: str) -> str:
    """The pattern of one word, without punctuation at its ends."""
    first = next(place for place, c in enumerate(word) if c.isalnum() or c == "*")
    last = next(place for place, c in reversed([*enumerate(word)]) if c.isalnum() or c == "*")
    return r"[^\W_]*".join(map(re.escape, word[first : last + 1].split("*")))


def as_search(term: str) -> str | None:
    """A full-text query that every turn with the term answers; None where only looking helps."""
    asked = []
    for word in term.replace('"', " ").split():
        start, star, rest = word.partition("*")
        if star and rest:
            continue
        if any(map(str.isalnum, start)):
            asked.append(word if star else f'"{start}"')
    return " ".join(asked) or None
