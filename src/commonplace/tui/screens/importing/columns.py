"""Saying what the columns of a table are, before anything is imported."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from commonplace.readers import Role, TableLook, TableReading
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.screens.importing.correcting import Corrector, TableChoice
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.linelist import Column, LineList, Row
from commonplace.tui.widgets.reader.cells import safe

_MEANING = {
    Role.TEXT: "what was said; several are several questions",
    Role.SPEAKER: "who says it",
    Role.DOCUMENT: "a transcript for each of its values",
    Role.CODES: "codes that the row has already",
    Role.TIME: "when it is said in the recording",
    Role.ATTRIBUTE: "known of the person: age, area, wave",
    Role.LEFT_OUT: "not read",
}
_STYLES = {
    Role.TEXT: "bold $accent",
    Role.ATTRIBUTE: "$text-muted",
    Role.LEFT_OUT: "italic $text-muted",
}


class ColumnList(LineList):
    """The columns of a table, with the keys that say what they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in actions.bindings(Where.COLUMNS, "screen.")
        if binding.key not in ("enter", "tab")
    ]

    def __init__(self, id: str) -> None:
        super().__init__(
            [Column("column"), Column("is", 10), Column("for example")],
            empty="not a table: see below",
            id=id,
        )


class ColumnChooser(Corrector):
    """What a person says of the columns of tables; it holds in every table of that layout."""

    def look(self) -> TableLook | None:
        """What the file at hand holds, if it is a table."""
        file = self.file()
        return file.table if file else None

    @property
    def columns(self) -> ColumnList:
        """The list of columns."""
        return self.query_one(ColumnList)

    def _chosen(self, table: TableReading, said: str) -> None:
        look = self.look()
        if look is not None:
            self.said.append(TableChoice(look.layout, table))
            self.say(f"{said} — z takes it back")
            self.reread()

    def _at_column(self) -> str | None:
        """The column at the cursor, if that is in the list of columns; from now on it is."""
        columns = self.columns
        if not self.look():
            self.say("This is no table: there are no columns here.", trouble=True)
        elif not columns.has_focus:
            columns.focus()
            self.say("Which column? ↑ ↓, then the same key again.")
        else:
            return columns.key
        return None

    def action_columns(self) -> None:
        if self.look():
            self.columns.focus()
        else:
            self.say("This is no table: there are no columns here.", trouble=True)

    def action_role(self, role: str) -> None:
        name = self._at_column()
        if name is not None:
            self._give(name, Role(role))

    def action_turn(self, key: str) -> None:
        """The next role for the column at the cursor, or the one before."""
        name, look = self._at_column(), self.look()
        if name is not None and look is not None:
            roles = list(Role)
            now = next(column.role for column in look.columns if column.name == name)
            step = 1 if key == "right" else -1
            self._give(name, roles[(roles.index(now) + step) % len(roles)])

    def action_choose_role(self) -> None:
        name, look = self._at_column(), self.look()
        if name is None or look is None:
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self._give(name, list(_MEANING)[place])

        column = next(column for column in look.columns if column.name == name)
        self.app.push_screen(
            dialogs.Choose(
                safe(name),
                [
                    Content.assemble((f"{role:<11}", "bold"), (about, "$text-muted"))
                    for role, about in _MEANING.items()
                ],
                about=safe(" · ".join(_brief(example, 120) for example in column.examples)),
                at=list(_MEANING).index(column.role),
            ),
            chosen,
        )

    def _give(self, name: str, role: Role) -> None:
        look = self.look()
        if look is not None:
            what = {Role.LEFT_OUT: "left out", Role.DOCUMENT: "one transcript for each value"}
            said = what.get(role, role.value)
            self._chosen(look.with_role(name, role), f"{_brief(safe(name), 30)}: {said}")

    def action_sheet(self) -> None:
        look = self.look()
        if look is None or len(look.sheets) < 2:
            self.say("There is one sheet here, and it is the one that is read.", trouble=True)
            return
        sheets = look.sheets

        def chosen(place: int | None) -> None:
            if place is not None and (sheets[place] != look.sheet or look.guessed):
                table = TableReading(sheet=sheets[place], by_content=True)
                self.columns.forget()
                self._chosen(table, f"sheet {safe(sheets[place])}")

        self.app.push_screen(
            dialogs.Choose(
                "Which sheet is to be read?",
                [
                    Content.assemble(
                        (safe(sheet), "bold"),
                        ("  is read now" if sheet == look.sheet else "", "$text-muted"),
                    )
                    for sheet in sheets
                ],
                at=sheets.index(look.sheet),
            ),
            chosen,
        )

    def action_by_question(self) -> None:
        look = self.look()
        if look is None or len(look.holding(Role.TEXT)) < 2:
            self.say("That is for several columns of text: t on each of them.", trouble=True)
            return
        said = "a transcript for each " + ("row" if look.reading.by_question else "question")
        # What was seen from the cells alone is from now on said.
        table = look.with_role(look.holding(Role.TEXT)[0], Role.TEXT)
        self._chosen(replace(table, by_question=not look.reading.by_question), said)

    def action_separator(self) -> None:
        look = self.look()
        if look is None or not look.holding(Role.CODES):
            self.say("That is for a column of codes: c on one.", trouble=True)
            return
        name = look.holding(Role.CODES)[0]

        def answered(separator: str | None) -> None:
            if separator:
                table = replace(look.with_role(name, Role.CODES), codes_separator=separator)
                self._chosen(table, f"codes are parted by {separator}")

        self.app.push_screen(
            dialogs.Prompt("What stands between codes?", value=look.reading.codes_separator),
            answered,
        )


def column_rows(look: TableLook) -> list[Row]:
    """The columns of a table, with what they are and the first values."""
    rows = []
    for column in look.columns:
        style = _STYLES.get(column.role, "")
        name = "$text-muted" if column.role is Role.LEFT_OUT else "bold"
        examples = " · ".join(_brief(example, 60) for example in column.examples)
        rows.append(
            Row(
                column.name,
                (
                    Content.assemble((safe(_brief(column.name, 200)), name)),
                    Content.assemble((str(column.role), style)),
                    Content.assemble((safe(examples), "$text-muted")),
                ),
            )
        )
    return rows


def heading(look: TableLook) -> tuple[str, str]:
    """What stands over the columns: the sheet, and what becomes a transcript."""
    title = counted(len(look.columns), "column") if look.columns else "No columns"
    if len(look.sheets) > 1:
        place = look.sheets.index(look.sheet) + 1
        title += f" · sheet {safe(look.sheet)} ({place} of {len(look.sheets)}; w another)"
    return title, _made_of(look)


def _made_of(look: TableLook) -> str:
    several = len(look.holding(Role.TEXT)) > 1
    if not look.holding(Role.TEXT):
        return ""
    if several and look.reading.by_question:
        return "a transcript for each question"
    if document := look.holding(Role.DOCUMENT):
        return f"a transcript for each {safe(_brief(document[0], 20))}"
    if look.holding(Role.SPEAKER) and not several:
        return "one transcript, each row a turn"
    return "each row a transcript"


def _brief(text: str, longest: int) -> str:
    text = " ".join(text[: longest * 4].split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
