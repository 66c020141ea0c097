"""The people screen: a grid of people and what is known of them, to write in."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from commonplace.analysis.participants import attribute_names, participants, people_where
from commonplace.domain.attributes import Attribute
from commonplace.project import Project
from commonplace.tui import actions
from commonplace.tui.actions import Where
from commonplace.tui.screens.people.attributes import AttributeEditor
from commonplace.tui.screens.people.joining import Joiner
from commonplace.tui.screens.people.lines import People
from commonplace.tui.screens.people.reading import PeopleReader
from commonplace.tui.screens.room import counted
from commonplace.tui.screens.study import export, split_filter
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.grid import Grid
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet


class PeopleScreen(AttributeEditor, Joiner, PeopleReader):
    """People and their attributes."""

    NAME = "people"
    CSS_PATH: ClassVar[Any] = ["people.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.PEOPLE) if binding.key != "enter"
    ]
    AUTO_FOCUS = "Grid"

    def places(self) -> tuple[Where, ...]:
        return (Where.PEOPLE, Where.APP)

    def body(self) -> ComposeResult:
        yield FilterLine("words; role=practitioner and wave=1")
        with Vertical(id="grid"):
            yield Heading("People", id="title")
            yield Grid(empty="nobody yet: whoever is interviewed in a transcript is listed here")
        with Vertical(id="person"):
            yield Heading("In these transcripts", id="who")
            yield Sheet(id="labels")

    # What is listed

    def ask(self) -> None:
        words, where = split_filter(self.query_one(FilterLine).value)

        def query(project: Project) -> tuple[People, str]:
            return _people(project, where), words

        self.question("people", query, lambda found: self._known(*found))

    def _known(self, people: People, words: str) -> None:
        self.people, self.words = people, words
        self.show_lines()

    def lines_shown(self) -> None:
        people = len({line.person for line in self.shown})
        title = counted(people, "person").replace("persons", "people")
        if self.apart:
            title += f", {counted(len(self.shown), 'label')}"
        if self.marked:
            title += f" · {len(self.marked)} marked"
        before, after = self.listed.hidden
        sides = [f"← {before} more" if before else "", f"{after} more →" if after else ""]
        self.query_one("#title", Heading).show(title, "  ".join(side for side in sides if side))
        self._show_person()

    @on(Grid.ColumnMoved)
    @on(Grid.Highlighted)
    def _moved(self) -> None:
        self.lines_shown()

    def _show_person(self) -> None:
        line, heading = self.line, self.query_one("#who", Heading)
        sheet = self.query_one("#labels", Sheet)
        if line is None:
            heading.show("In these transcripts")
            sheet.show([])
            return
        person = line.participant.person
        attribute = self.attribute_at()
        heading.show(person.name, _kind(attribute) if attribute else "")
        names = self.people.documents
        sheet.show(
            [
                Content.assemble(
                    (safe(names.get(document, "")), "$text" if document == line.document else ""),
                    ("  as ", "$text-muted"),
                    (safe(label or "(nobody named)"), "bold"),
                    (f"  {counted(words, 'word')}", "$text-muted"),
                    (
                        "  "
                        + safe(
                            ", ".join(
                                f"{name} {value}"
                                for name, value in person.in_document.get(document, {}).items()
                            )
                        ),
                        "$accent",
                    ),
                )
                for document, label, words in line.participant.labels
            ]
            or [Content.assemble(("speaks in no transcript", "$text-muted"))]
        )

    # Looking through it

    def action_by_transcript(self) -> None:
        line = self.line
        self.apart = not self.apart
        self.marked.clear()
        self.show_lines()
        if line is not None:
            place = next((p for p, each in enumerate(self.shown) if each.person == line.person), 0)
            self.listed.move_to(place)
        self.say(
            "by transcript: what is set holds there alone"
            if self.apart
            else "by person: what is set holds everywhere"
        )

    def action_sort(self) -> None:
        self.sort_by(self.listed.place)

    @on(Grid.TitlePressed)
    def _title_pressed(self, event: Grid.TitlePressed) -> None:
        self.sort_by(event.place)

    def sort_by(self, place: int) -> None:
        """Sorts by a column, downwards if it is sorted by it upwards."""
        names = self.names
        if not names:
            return
        self.down = names[place] == self.sort and not self.down
        self.sort = names[place]
        self.show_lines()

    def action_mark(self) -> None:
        line = self.line
        if line is not None:
            self.marked.symmetric_difference_update({line.key})
            self.listed.reload()
            self.listed.move_to(self.listed.cursor + 1)
            self.lines_shown()

    def action_mark_all(self) -> None:
        keys = {line.key for line in self.shown}
        self.marked = set() if keys <= self.marked else keys
        self.show_lines()

    def action_export(self) -> None:
        _, where = split_filter(self.query_one(FilterLine).value)
        export(self, "people.csv", lambda project: participants(project, where))


def _people(project: Project, where: str) -> People:
    known = project.attributes.all()
    return People(
        people_where(project, where, codings=True),
        dict(project.connection.execute("SELECT id, name FROM documents")),
        {name: known[name] for name in attribute_names(project)},
    )


def _kind(attribute: Attribute) -> str:
    """What an attribute is, in words."""
    said = f"{attribute.name}: {attribute.kind}"
    return said if attribute.declared else f"{said} (guessed; y sets it)"
