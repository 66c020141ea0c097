"""What the check of an edited quote finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commonplace.domain.span import Span


class Fault(StrEnum):
    """Why an edited quote does not say what was said."""

    CHANGED = "changed"
    """A word stands outside brackets that was not the word."""
    ADDED = "added"
    """A word stands outside brackets that was not said."""
    ORDER = "order"
    """Words were said, but elsewhere."""
    UNMARKED = "unmarked"
    """Words were left out and nothing says so."""
    PUNCTUATION = "punctuation"
    """A question or an exclamation was made, or a question unmade."""
    BRACKET = "bracket"
    """A square bracket has no partner, or stands in another."""
    HIDDEN = "hidden"
    """A character that cannot be seen."""
    EMPTY = "empty"
    """No word of it was said."""
    LENGTH = "length"
    """It, or what was said, is too long to be checked."""


class Concern(StrEnum):
    """What may have changed the meaning, though every edit is marked."""

    NEGATION = "negation"
    HEDGE = "hedge"
    SPEAKER = "speaker"
    JOINED = "joined"


class Why(StrEnum):
    """Why words of the transcript are not in the edited quote."""

    OMISSION = "omission"
    REPLACED = "replaced"
    FILLER = "filler"
    REPEAT = "repeat"
    OTHERS = "others"
    """Somebody else says them before the quoted speaker begins or after they end."""
    UNMARKED = "unmarked"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said so that it can be put right.

    `at` is where in the edited quote, `[start, end)` in code points, empty where something is
    missing; `span` is the place in the stored text, if there is one.
    """

    fault: Fault
    message: str
    at: tuple[int, int]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """One thing to look at again; `at` and `span` as in `Problem`."""

    concern: Concern
    message: str
    at: tuple[int, int]
    span: Span


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the stored text whose words are not in the edited quote, and where in it they
    would stand (code points)."""

    span: Span
    why: Why
    at: int


@dataclass(frozen=True, slots=True)
class Check:
    """What was found. `kept` are pairs of the same word in the edited quote and in the text."""

    problems: tuple[Problem, ...]
    warnings: tuple[Warning, ...]
    dropped: tuple[Dropped, ...]
    kept: tuple[tuple[tuple[int, int], Span], ...]

    @property
    def ok(self) -> bool:
        """Whether undoing the marked edits gives back what was said."""
        return not self.problems
