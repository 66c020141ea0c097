"""What all parts of the people screen share: the lines, which are marked, where the cursor is."""

from __future__ import annotations

from commonplace.domain.attributes import Attribute
from commonplace.tui.screens.people.lines import (
    NAME,
    Line,
    LineRows,
    People,
    columns,
    fixed,
    lines,
    ordered,
)
from commonplace.tui.screens.study import Study
from commonplace.tui.session import Session
from commonplace.tui.widgets.grid import Grid


class PeopleGrid(Study):
    """Holds what is listed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.people = People((), {}, {})
        self.words = ""
        """The words that the filter asks for."""
        self.shown: list[Line] = []
        self.marked: set[str] = set()
        """Keys of lines."""
        self.apart = False
        """Whether there is a line for each label in each transcript."""
        self.sort, self.down = NAME, False

    @property
    def listed(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def names(self) -> list[str]:
        """The columns by name."""
        before, after = fixed(apart=self.apart)
        return [*before, *self.people.attributes, *after]

    @property
    def line(self) -> Line | None:
        """The line that the cursor is on."""
        place = self.listed.cursor
        return self.shown[place] if place < len(self.shown) else None

    @property
    def chosen(self) -> list[Line]:
        """The marked lines, or else the one that the cursor is on."""
        marked = [line for line in self.shown if line.key in self.marked]
        line = self.line
        return marked or ([line] if line is not None else [])

    def attribute_at(self) -> Attribute | None:
        """The attribute in whose column the cursor is."""
        names, place = self.names, self.listed.place
        return self.people.attributes.get(names[place]) if place < len(names) else None

    def show_lines(self) -> None:
        """Lists what is known, in order."""
        if self.sort not in self.names:
            self.sort, self.down = NAME, False
        found = lines(self.people, self.words, apart=self.apart)
        self.shown = ordered(found, self.sort, down=self.down)
        self.marked &= {line.key for line in self.shown}
        self.listed.marks = self.marked
        self.listed.show_table(
            columns(found, self.people, self.sort, down=self.down, apart=self.apart),
            LineRows(self.shown, self.names),
        )
        self.lines_shown()

    def lines_shown(self) -> None:
        """Other lines are listed, or the cursor is elsewhere."""

    def need_attribute(self) -> Attribute | None:
        """The attribute at the cursor, saying so when it is in another column."""
        attribute = self.attribute_at()
        if attribute is None:
            self.say("Go to the column of an attribute first: ← →, or + adds one.", trouble=True)
        return attribute
