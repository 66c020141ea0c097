"""A transcript's speech and an edited quote, taken apart into words, marks and brackets.

A word is a run of letters, digits and combining marks; an apostrophe belongs to it between two of
them, and `.`, `,` or `:` between two digits. Each run of signs that are read aloud (`£`, `%`, `+`)
is a word of its own, as is a minus sign before a figure. Everything else is punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from commonplace.domain.published.vocabulary import NOISES, UNHEARD
from commonplace.domain.sentences import written_sentences
from commonplace.domain.span import Span

APOSTROPHES = "'’‘ʼ`´＇"
SENTENCE_OPENS = frozenset('.!?…:"“‘«(')
"""Behind one of these a word may begin with a capital or without, as the sentence needs."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
"""Letters that a PDF may have drawn as one."""

_SIGNS = "%&@#"
_HYPHENS = "-‐‑−"
_KEPT_FORMATS = "\u00ad\u200c\u200d"
"""Soft hyphen and joiners: they belong to words and show nothing."""

_WORD = re.compile(r"[wd](?:[wdi]|a(?=[wd])|(?<=d)p(?=d))*|s+|(?<![wdh])h(?=d)")
_MARK = re.compile(
    r"\[\s*(?:…|\.\s?\.\s?\.)[\s.…]*\]|\(\s*(?:…|\.\s?\.\s?\.)[\s.…]*\)|…|\.\s?\.\s?\.(?:\s?\.)*"
)
_BRACKET = re.compile(r"\[[^\[\]]*\]")
_REMARK = re.compile(r"\[[^\[\]\n]*\]|\([^()\n]{1,40}\)")
_PIECE = re.compile(
    r"(?P<mark>Ee*)"
    r"|(?P<noise>Rr*)"
    r"|(?P<joined>(?:[wd][wdia]*)?(?:\[B*[wd][wdia]*)+(?:\[B*)?|[wd][wdia]*\[B*)"
    r"|(?P<bracket>\[B*)"
    rf"|(?P<word>{_WORD.pattern})"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one speaker says in a turn, as far as a quote holds it: a span of the stored text.

    `speaker` tells speakers apart and is never shown.
    """

    span: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was said, or a transcriber's `[remark]`; `start` and `end` in the stored text."""

    start: int
    end: int
    exact: str
    """As written, composed (NFC), apostrophes straight."""
    turn: int
    """Number among the stretches of speech that were given."""
    speaker: str
    sentence: tuple[int, int]
    """Turn and number of its sentence."""
    opens: bool
    """Whether its first letter may be a capital for its place alone."""
    set_off: bool
    """Whether punctuation stands between it and the word before, or nothing was said before."""
    glued: bool
    """Whether no white space stands between it and the word before."""
    cut: bool
    """Whether a dash or an ellipsis behind it says that it was broken off."""
    remark: str = ""
    """Of a remark `noise` or `other`; empty for a word."""

    @property
    def folded(self) -> str:
        """Without regard to capitals."""
        return self.exact.casefold()

    @property
    def relaxed(self) -> str:
        """Without regard to a capital at the beginning."""
        return lower_first(self.exact)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an edited quote; `start` and `end` are code points in it.

    `kind` is `word`, `mark` (something was left out), `bracket` (words the editor put in) or
    `joined`: a word with letters put in by bracket, `want[ed]`, of which `head` and `tail` are what
    stands outside.
    """

    kind: str
    start: int
    end: int
    exact: str = ""
    opens: bool = False
    head: str = ""
    tail: str = ""
    inside: str = ""
    """The words in its brackets."""

    @property
    def relaxed(self) -> str:
        """Without regard to a capital at the beginning."""
        return lower_first(self.exact)


def lower_first(word: str) -> str:
    """The word with its first letter small."""
    return word[:1].lower() + word[1:]


def normal(word: str) -> str:
    """Composed, with straight apostrophes and without what cannot be seen."""
    if word.isascii() and "`" not in word:
        return word
    folded = "".join(
        "'" if c in APOSTROPHES else "-" if c in _HYPHENS else c
        for c in word
        if c not in _KEPT_FORMATS
    )
    return unicodedata.normalize("NFC", folded.translate(_LIGATURES))


_SHAPES = {
    **dict.fromkeys(APOSTROPHES, "a"),
    **dict.fromkeys(_HYPHENS, "h"),
    **dict.fromkeys(".,:", "p"),
    **dict.fromkeys(_KEPT_FORMATS, "i"),
    **dict.fromkeys(_SIGNS, "s"),
}
_SHAPES_OF_CATEGORIES = {"L": "w", "M": "w", "N": "d", "S": "s"}


@cache
def _shape(character: str) -> str:
    category = unicodedata.category(character)[0]
    return _SHAPES.get(character) or _SHAPES_OF_CATEGORIES.get(category, " ")


def shape_of(text: str) -> str:
    """A letter for each code point that says what part it can have in a word."""
    return "".join(map(_shape, text))


def words_of(text: str) -> list[str]:
    """The folded words of a short text."""
    shape = shape_of(text)
    return [normal(text[m.start() : m.end()]).casefold() for m in _WORD.finditer(shape)]


def hidden(text: str) -> list[int]:
    """Where characters stand that cannot be seen and can make text read otherwise."""
    return [
        place
        for place, c in enumerate(text)
        if c not in "\n\t" + _KEPT_FORMATS and unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs")
    ]


def said(text: str, speech: Sequence[Spoken]) -> list[Word]:
    """The words of these stretches of speech, in order."""
    words: list[Word] = []
    for turn, spoken in enumerate(speech):
        words += _turn(text[spoken.span.start : spoken.span.end], turn, spoken)
    return words


def _turn(text: str, turn: int, spoken: Spoken) -> Iterator[Word]:
    shape = shape_of(text)
    found = [(m.start(), m.end(), "") for m in _WORD.finditer(shape)]
    remarks = [(*m.span(), kind) for m in _REMARK.finditer(text) if (kind := _remark(m[0]))]
    if remarks:
        inside = [any(s <= start < e for s, e, _ in remarks) for start, _, _ in found]
        found = [each for each, covered in zip(found, inside, strict=True) if not covered]
        found = sorted(found + remarks)
    ends = [span.end for span in written_sentences(text)]
    sentence, last = 0, 0
    for place, (start, end, remark) in enumerate(found):
        while sentence + 1 < len(ends) and ends[sentence] <= start:
            sentence += 1
        between = text[last:start]
        yield Word(
            spoken.span.start + start,
            spoken.span.start + end,
            " ".join(text[start:end].split()) if remark else normal(text[start:end]),
            turn,
            spoken.speaker,
            (turn, sentence),
            opens=place == 0 or not SENTENCE_OPENS.isdisjoint(between),
            set_off=place == 0 or _sets_off(between),
            glued=place > 0 and not any(map(str.isspace, between)),
            cut=_is_cut(text, end),
            remark=remark,
        )
        last = end


def _remark(text: str) -> str:
    """What kind of remark of the transcriber a bracket is; empty when it holds speech."""
    words = set(words_of(text))
    if words and words <= NOISES:
        return "noise"
    if text.startswith("[") or not words.isdisjoint(UNHEARD):
        return "other"
    return ""


def _sets_off(between: str) -> bool:
    """Whether there is punctuation between two words, other than what ties them together."""
    if not any(map(str.isspace, between)):
        return any(c not in _HYPHENS and c not in APOSTROPHES for c in between)
    return any(not c.isspace() and c not in APOSTROPHES for c in between)


def _is_cut(text: str, end: int) -> bool:
    """Whether an ellipsis follows at once, or a dash and then no further word."""
    if text.startswith(("…", "..."), end):
        return True
    following = text[end : end + 3]
    dashes = following[: len(following) - len(following.lstrip("-‐‑–—"))]
    if not dashes:
        return False
    rest = following[len(dashes) :]
    return dashes != dashes.strip("–—") or not rest or rest[0].isspace()


def edited(text: str) -> list[Piece]:
    """The parts of an edited quote, in order."""
    shape = list(shape_of(text))
    for match in _MARK.finditer(text):
        shape[match.start() : match.end()] = "E" + "e" * (len(match[0]) - 1)
    for match in _BRACKET.finditer(text):
        if shape[match.start()] != "E":
            shape[match.start() : match.end()] = "[" + "B" * (len(match[0]) - 1)
    for match in _REMARK.finditer(text):
        if match[0].startswith("(") and _remark(match[0]) == "noise":
            shape[match.start() : match.end()] = "R" + "r" * (len(match[0]) - 1)
    pieces: list[Piece] = []
    for match in _PIECE.finditer("".join(shape)):
        between = text[pieces[-1].end if pieces else 0 : match.start()]
        opens = (
            not pieces
            or pieces[-1].kind in ("mark", "bracket")
            or not SENTENCE_OPENS.isdisjoint(between)
        )
        pieces.append(_piece(str(match.lastgroup), text, match.start(), match.end(), opens))
    return pieces


def _piece(kind: str, text: str, start: int, end: int, opens: bool) -> Piece:
    whole = text[start:end]
    if kind in ("word", "noise"):
        exact = normal(whole) if kind == "word" else " ".join(whole.split())
        return Piece("word", start, end, exact, opens)
    if kind == "mark":
        return Piece(kind, start, end)
    inside = " ".join(found[1:-1] for found in _BRACKET.findall(whole))
    if kind == "bracket":
        return Piece(kind, start, end, inside=inside)
    outside = normal(_BRACKET.sub("", whole))
    capital = re.fullmatch(r"\[([^\W\d_])\](.+)", whole)
    if capital is not None and "[" not in capital[2]:
        return Piece("word", start, end, normal(capital[1] + capital[2]), True)
    if not words_of(inside):
        return Piece("word", start, end, outside, opens)
    head, tail = normal(whole[: whole.index("[")]), normal(whole[whole.rindex("]") + 1 :])
    return Piece(kind, start, end, normal(re.sub(r"[\[\]]", "", whole)), opens, head, tail, inside)


def hollow(text: str) -> list[tuple[int, int]]:
    """Where square brackets stand that hold nothing and are no mark: `[]`, `[..]`."""
    found = [match.span() for match in re.finditer(r"\[[\s.]*\]", text)]
    return [(start, end) for start, end in found if not _MARK.fullmatch(text[start:end])]


def unpaired(text: str) -> list[int]:
    """Where square brackets stand that have no partner, or lie in one another."""
    covered = [False] * len(text)
    for match in _BRACKET.finditer(text):
        covered[match.start() : match.end()] = [True] * len(match[0])
    return [place for place, c in enumerate(text) if c in "[]" and not covered[place]]
