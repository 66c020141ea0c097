"""Short windows within speech that nobody punctuated, as machines transcribe it.

A person talks on for minutes without a full stop. What is longer than `LONGEST` words is cut into
windows of some `AIMED` words where the speaker seems to draw breath: at a pause or a comma, before
a conjunction, beside a sound of hesitation, at a line end; where there is none of these, anywhere
between two words. Scripts that leave no space between words count two or more signs as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from commonplace.domain.span import Span

LONGEST = 60
"""Words that a sentence may have and stay whole."""
SHORTEST, AIMED, WIDEST = 18, 25, 32
"""Words of a window."""
LEAST_LEFT, MOST_LEFT = 15, 36
"""Words of what is left at the end."""

_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
UNSPACED = f"[{_HAN}{_UNSPACED}]"
"""A sign of a script without spaces between words, as a regular expression."""

_UNSPACED_SIGN = re.compile(UNSPACED)
_WORD = re.compile(
    rf"[{_HAN}]{{1,2}}[，、；：…—]*|[{_UNSPACED}]{{1,6}}|[^\s{_HAN}{_UNSPACED}]{{1,24}}"
)

_DRAWING_BREATH = re.compile(
    r"""although|and|because|but|cause|cos|however|if|or|plus|since|so|then|though|unless|until
      | when|whereas|which|while""",
    re.VERBOSE,
)
_SOUNDS = re.compile(r"ah|e[hr]|erm|hm+|mhm|mm+|uh|uhm|um+|well|yeah")
_SIGNS = "'’‘\"“”()[],.;:…–—-"
_PAUSES = ("…", "...", ";", ":", "–", "—", " -", "]", ")", "；", "：")
_COMMAS = (",", "，", "、")

_UNFIT, _INSIDE_WORD = -2, -1
_BETWEEN_WORDS, _LINE_END, _CONJUNCTION, _COMMA, _PAUSE = range(5)
"""How good a joint is."""

_Word = tuple[int, int]


def count_words(text: str) -> int:
    """How many words there are, also where the script leaves no space between them."""
    if text.isascii():
        return len(text.split())
    return sum(1 for _ in _WORD.finditer(text))


def windows(
    text: str, sentence: Span, inside: Callable[[int], bool] = lambda _: False
) -> Iterator[Span]:
    """The sentence whole, or, if it is too long, as windows in order, white space between them.

    Every code point of it that is not white space is in exactly one. `inside` says of a place
    whether it should rather not be a joint, as in a transcriber's remark.
    """
    if len(sentence) < 2 * LONGEST:  # words and the spaces between them
        yield sentence
        return
    words = (match.span() for match in _WORD.finditer(text, sentence.start, sentence.end))
    ahead = deque(islice(words, LONGEST + 1))
    start, longest = sentence.start, LONGEST
    while len(ahead) > longest:
        longest = MOST_LEFT
        count = _joint(text, ahead, inside)
        yield Span(start, ahead[count - 1][1])
        start = ahead[count][0]
        for _ in range(count):
            ahead.popleft()
        ahead.extend(islice(words, WIDEST + LEAST_LEFT - len(ahead)))
    yield Span(start, sentence.end)


def _joint(text: str, words: deque[_Word], inside: Callable[[int], bool]) -> int:
    """After how many of the words to cut: at the best joint, the one nearest to `AIMED`."""
    counts = range(SHORTEST, min(WIDEST, len(words) - LEAST_LEFT) + 1)
    return max(
        counts,
        key=lambda count: (
            _worth(text, words[count - 1], words[count], inside),
            -abs(count - AIMED),
        ),
    )


def _worth(text: str, before: _Word, after: _Word, inside: Callable[[int], bool]) -> int:
    """How good a joint the place between two words is."""
    if inside(before[1]) or (before[1] == after[0] and _clings(text, after[0])):
        return _UNFIT
    last, following = text[before[0] : before[1]], text[after[0] : after[1]]
    if f" {last}".endswith(_PAUSES) or following[0] in "[(–—…":
        return _PAUSE
    if last.endswith(_COMMAS):
        return _COMMA
    if before[1] == after[0]:
        return _BETWEEN_WORDS if _UNSPACED_SIGN.match(last) else _INSIDE_WORD
    return _by_words(last, following, "\n" in text[before[1] : after[0]])


def _by_words(last: str, following: str, broken: bool) -> int:
    """The same, going by the words; `broken` when a line ends there."""
    last, following = last.strip(_SIGNS).casefold(), following.strip(_SIGNS).casefold()
    if _DRAWING_BREATH.fullmatch(following) or _SOUNDS.fullmatch(following):
        return _CONJUNCTION
    return _LINE_END if broken or _SOUNDS.fullmatch(last) else _BETWEEN_WORDS


def _clings(text: str, place: int) -> bool:
    """Whether the sign there forms one with that before it."""
    sign = text[place]
    return (
        unicodedata.category(sign) in ("Mn", "Mc", "Me", "Sk", "Cf") or text[place - 1] == "\u200d"
    )
