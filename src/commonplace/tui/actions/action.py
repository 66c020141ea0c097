"""What an action is: something a person can do, with its keys, its label and its help."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Where(StrEnum):
    """Where an action can be taken, as the help names it."""

    APP = "Everywhere"
    READER = "Moving and selecting"
    CODE = "Coding"
    SHELF = "On the transcripts"
    CODEBOOK = "On the codebook"
    REVIEW = "Review"
    AUDIT = "Blind audit"
    AUDITED = "What an audit found"
    QUOTES = "Quotes"
    VERSION = "Editing a quote for print"
    THEMES = "Themes"
    BOOK = "The codebook"
    ENTRY = "On the entry of a code"
    WRITING = "Writing in an entry"
    PASSAGES = "On the passages of a code"
    READING = "Reading again"
    PEOPLE = "People"
    IMPORT = "Importing"
    COLUMNS = "On the columns of a table"
    AGREEMENT = "Agreement"
    SETTLING = "Settling a disagreement"


class Action(NamedTuple):
    """Something a person can do.

    `act` is the method `action_…` that does it, on the application for `Where.APP` and else on
    the screen; empty for what a widget does by itself. `bar` is its rank in the footer, 1 the
    first to be shown; 0 keeps it out.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: Where
    act: str = ""
    bar: int = 0
    written: str = ""
    """The keys as documents write them, where joining `keys` would not read well."""
    palette: bool = True
    """Whether the palette offers it; not where it only makes sense as a key."""

    @property
    def shown(self) -> str:
        """The keys as people read them."""
        return self.written or " ".join(_shown(key) for key in self.keys)

    @property
    def first(self) -> str:
        """The key that the footer shows."""
        return self.written or _shown(self.keys[0])


def _shown(key: str) -> str:
    """`F1` for `f1`; names of arrows as arrows; characters as they are."""
    names = {"up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "esc"}
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    last = names.get(last, last)
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, last])
