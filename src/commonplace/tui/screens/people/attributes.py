"""Writing in cells, and adding, typing, renaming and removing attributes."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content

from commonplace.domain.attributes import Attribute, Kind
from commonplace.domain.people import OF_ONE_TRANSCRIPT
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.people.grid import PeopleGrid
from commonplace.tui.screens.people.lines import NAME, Line, known_values
from commonplace.tui.widgets.grid import Grid
from commonplace.tui.widgets.reader.cells import safe
from commonplace.workflows.describe_people import Described, Target, set_attributes


class AttributeEditor(PeopleGrid):
    """What a person does to attributes and their values."""

    @on(Grid.Pressed)
    def action_edit(self) -> None:
        chosen, attribute = self.chosen, self.attribute_at()
        if not chosen:
            return
        if attribute is not None:
            self._edit(chosen, attribute)
        elif self.names[self.listed.place] == NAME:
            self._rename_person(self.line or chosen[0])
        else:
            self.say(
                f"{self.names[self.listed.place]} follow from the transcripts: "
                "j joins people, t takes a label apart",
                trouble=True,
            )

    def _edit(self, chosen: Sequence[Line], attribute: Attribute) -> None:
        targets = [target(line, attribute.name) for line in chosen]
        if any(each is None for each in targets):
            self.say(
                f"{attribute.name} is a matter of single transcripts here: w lists them, then e",
                trouble=True,
            )
            return
        if len(chosen) == 1:
            self.listed.move_to_key(chosen[0].key)
        people = len({line.person for line in chosen})
        who = chosen[0].name if len(chosen) == 1 else f"{people} people"
        values = {line.cells[attribute.name] for line in chosen}

        def answered(said: dialogs.Said | None) -> None:
            if said is None or values == {said.value}:
                return
            wanted = [each for each in targets if each is not None]
            self._write(wanted, attribute.name, said, who)

        self.app.push_screen(
            dialogs.CellDialog(
                f"{attribute.name} of {who}",
                attribute,
                values.pop() if len(values) == 1 else "",
                known_values(self.shown, attribute.name),
                self.listed.cell_region(),
            ),
            answered,
        )

    def _write(self, targets: list[Target], name: str, said: dialogs.Said, who: str) -> None:
        def write(project: Project) -> Described:
            return set_attributes(project, targets, {name: said.value}, new_values=said.new)

        def written(done: Described) -> None:
            doubts = " ".join(done.doubts)
            value = done.values[name]
            what = f"{name} {value}" if value else f"nothing as {name}"
            self.say(f"{who}: {what} — u undoes" + (f". {doubts}" if doubts else ""))

        self.session.write(write, written)

    # Attributes

    def action_new_attribute(self) -> None:
        def answered(name: str | None) -> None:
            if name is None:
                return
            if any(known.casefold() == name.casefold() for known in self.people.attributes):
                self.say(f"there is an attribute {name} already", trouble=True)
                return
            self._ask_kind(Attribute(name, Kind.TEXT))

        self.app.push_screen(
            dialogs.Prompt("New attribute", about="Such as nation, age, role.", hint="its name"),
            answered,
        )

    def action_type(self) -> None:
        attribute = self.need_attribute()
        if attribute is not None:
            self._ask_kind(attribute)

    def _ask_kind(self, attribute: Attribute) -> None:
        kinds = [attribute.kind, *(kind for kind in Kind if kind is not attribute.kind)]
        about = {
            Kind.TEXT: "anything",
            Kind.NUMBER: "42 or 4.5",
            Kind.DATE: "2026-03-31, 2026-03 or 2026",
            Kind.CHOICE: "one of a list",
        }

        def chosen(place: int | None) -> None:
            if place is None:
                return
            if kinds[place] is Kind.CHOICE:
                self._ask_choices(attribute)
            else:
                self._declare(attribute.name, kinds[place])

        self.app.push_screen(
            dialogs.Choose(
                f"{attribute.name} is",
                [
                    Content.assemble((f"{kind:<8}", "bold"), (about[kind], "$text-muted"))
                    for kind in kinds
                ],
                about="Values that do not fit are refused from then on.",
            ),
            chosen,
        )

    def _ask_choices(self, attribute: Attribute) -> None:
        known = attribute.choices or known_values(self.shown, attribute.name)

        def answered(text: str | None) -> None:
            if text is not None:
                values = [value.strip() for value in text.split(";") if value.strip()]
                self._declare(attribute.name, Kind.CHOICE, values)

        self.app.push_screen(
            dialogs.Prompt(
                f"{attribute.name} is one of",
                about="The values in order, with ; between.",
                value="; ".join(known),
                hint="Wales; Scotland; England",
            ),
            answered,
        )

    def _declare(self, name: str, kind: Kind, choices: Sequence[str] = ()) -> None:
        self.session.write(
            lambda project: project.attributes.declare(name, kind, choices),
            lambda made: self.say(f"{made.name} is a {made.kind} — u undoes"),
        )

    def action_rename(self) -> None:
        attribute, line = self.attribute_at(), self.line
        if attribute is None:
            if line is not None:
                self._rename_person(line)
            return

        def answered(name: str | None) -> None:
            if name is not None and name != attribute.name:
                self.session.write(
                    lambda project: project.attributes.rename(attribute.name, name),
                    lambda _: self.say(f"{attribute.name} is now {name} — u undoes"),
                )

        self.app.push_screen(
            dialogs.Prompt(f"Rename the attribute {attribute.name}", value=attribute.name), answered
        )

    def _rename_person(self, line: Line) -> None:
        def answered(name: str | None) -> None:
            if name is not None and name != line.name:
                self.session.write(
                    lambda project: project.people.rename(line.person, name),
                    lambda _: self.say(f"{line.name} is now {name} — u undoes"),
                )

        self.app.push_screen(
            dialogs.Prompt(
                f"Rename {line.name}",
                about="Labels in transcripts stay as they are.",
                value=line.name,
            ),
            answered,
        )

    def action_remove_attribute(self) -> None:
        attribute = self.need_attribute()
        if attribute is None:
            return

        def decided(place: int | None) -> None:
            if place == 0:
                self.session.write(
                    lambda project: project.attributes.remove(attribute.name),
                    lambda count: self.say(
                        f"removed {attribute.name} with {count} values — u undoes"
                    ),
                )

        self.app.push_screen(
            dialogs.Choose(
                f"Take {attribute.name} away from everybody?",
                [Content(safe(f"Remove {attribute.name}")), Content("Leave it")],
            ),
            decided,
        )


def target(line: Line, name: str) -> Target | None:
    """Of whom something is said in a cell; None where only transcripts apart will do.

    In the line of a person it holds everywhere, unless it is said of a transcript already or, as
    a wave, a matter of one: then of the only transcript.
    """
    if line.document:
        return Target(line.person, line.document)
    documents = line.participant.documents
    within = line.participant.person.in_document
    of_one = name.casefold() in OF_ONE_TRANSCRIPT or any(name in known for known in within.values())
    if not of_one or not documents:
        return Target(line.person)
    return Target(line.person, documents[0]) if len(documents) == 1 else None
