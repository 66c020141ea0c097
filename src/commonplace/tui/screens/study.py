"""What the screens of tables share: a filter, tables made in a thread, and files of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from textual import on
from textual.content import Content

from commonplace import exports
from commonplace.analysis.filters import Filters
from commonplace.domain.table import Row, Table
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.messages import Changes
from commonplace.tui.queries import Stop, in_words
from commonplace.tui.screens.room import Room
from commonplace.tui.session import Session
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.linelist import LineList


class Study(Room):
    """A screen that shows a table and can write it to a file."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stale = True

    @property
    def listed(self) -> LineList:
        """The list on the screen."""
        return self.query_one(LineList)

    def ask(self) -> None:
        """Asks for the table that the filter says."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        if self._stale:
            self._stale = False
            self.ask()

    def concerned(self, changes: Changes) -> bool:
        """Whether the table may be another one after these changes."""
        return bool(
            changes.marks or changes.codebook or changes.shelf or changes.people or changes.many
        )

    def take(self, changes: Changes) -> None:
        if not self.concerned(changes):
            return
        if self.is_current:
            self.ask()
        else:
            self._stale = True

    def question(
        self,
        key: str,
        query: Callable[[Project], Any],
        then: Callable[[Any], None],
        wrong: Callable[[str], None] | None = None,
    ) -> None:
        """Asks in the thread for tables; what is wrong is told to `wrong`, or stands beside the
        filter."""

        def asked(project: Project) -> tuple[Any, str]:
            try:
                return query(project), ""
            except ValueError as error:
                return None, str(error)

        def known(answer: tuple[Any, str]) -> None:
            result, problem = answer
            if problem and wrong is not None:
                wrong(problem)
                return
            self.query_one(FilterLine).complain(problem)
            if not problem:
                then(result)

        self.session.study.ask(key, asked, known)

    def action_filter(self) -> None:
        self.session.typeahead.begin()
        self.query_one(FilterLine).ask()

    @on(FilterLine.Changed)
    def _filter_changed(self) -> None:
        self.ask()

    @on(FilterLine.Left)
    def _filter_left(self) -> None:
        self.listed.focus()


def export(
    room: Room,
    name: str,
    table: Callable[[Project], Table],
    *,
    about: str = "",
    said: Callable[[], str] = lambda: "",
) -> None:
    """Asks for the name of a file and writes a table to it, in the thread for tables. `about` is
    said beside the question; `said`, called when all is written, what else is to be told."""

    def write(project: Project, path: Path, stop: Stop) -> Callable[[], str]:
        from commonplace.workflows.pseudonymised import pseudonymised
        from commonplace.workflows.quotable import about_consent, quotable

        leaving = pseudonymised(project.path, quotable(project, table(project)))
        exports.write(_heeding(leaving, stop), path)
        return lambda: said() + "".join(f"; {remark}" for remark in about_consent(leaving))

    _to_file(
        room,
        write,
        title="Write the list to a file",
        about=f"Its ending says how: {exports.endings()}. In {Path.cwd()}{about}",
        name=name,
        problem=exports.problem,
    )


def report(room: Room, filters: Filters, marks: Sequence[str] = ()) -> None:
    """Asks for the name of a file and writes the report of a study to it, as the command does:
    of what the filters say, with quotes that the desk has marked so. Quotes are attributed as the
    project does it."""
    from commonplace.exports.report import problem

    def write(project: Project, path: Path, stop: Stop) -> Callable[[], str]:
        from commonplace.analysis.attributions import terms
        from commonplace.domain.attribution import K
        from commonplace.workflows.report import Asked, write_report

        kept = terms(project)
        wanted = Asked(
            filters=filters, attribution=kept.template, k=kept.k or K, marks=tuple(marks)
        )
        write_report(project, path, wanted, heed=stop.heed)
        return lambda: ""

    only = [filters.describe()] if filters.describe() else []
    only += [f"quotes marked {', '.join(marks)}"] if marks else []
    covers = f"Only {'; '.join(only)}. " if only else ""
    _to_file(
        room,
        write,
        title="Write the report",
        about="Sample, themes, quotes, methods and codebook: a page for .html, a Word document for "
        f".docx. {covers}In {Path.cwd()}",
        name="report.html",
        problem=problem,
    )


def _to_file(
    room: Room,
    write: Callable[[Project, Path, Stop], Callable[[], str]],
    *,
    title: str,
    about: str,
    name: str,
    problem: Callable[[Path], str],
) -> None:
    """Asks for the name of a file, and before one is replaced; has it written in the thread for
    tables, and says so. `write` comes back when the file is in its place, with what gives what
    else is to be told; stopped, it leaves all as it was. A file that is in its place is told of,
    whatever comes after."""

    def begin(path: Path) -> None:
        key = f"export {path.resolve()}"
        if key in room.session.study.stops:
            room.say(f"{path.name} is being written already", trouble=True)
            return
        stop = Stop(path.name)

        def written(project: Project) -> str:
            more = write(project, path, stop)
            stop.too_late()
            try:
                told = more()
            except Exception as error:  # whatever it is, the file is there
                told = f"; more cannot be said of it ({in_words(error)})"
            return f"wrote {path.name}{told} in {path.resolve().parent}"

        def done(said: str | None) -> None:
            told = said or f"stopped: {path.name} was not written"
            if not room.is_current:
                room.app.say(told)  # type: ignore[attr-defined]
            room.say(told)

        room.session.study.ask(key, written, done, stop)
        room.say("")
        room.show_writing()

    def answered(answer: str | None) -> None:
        if answer is None:
            return
        path = Path(answer).expanduser()
        if not path.exists():
            begin(path)
            return

        def decided(place: int | None) -> None:
            if place == 0:
                begin(path)

        room.app.push_screen(
            dialogs.Choose(
                f"{path.name} is there already", [Content("Replace it"), Content("Leave it")]
            ),
            decided,
        )

    room.app.push_screen(
        dialogs.FilePrompt(
            title, about=about, value=name, problem=lambda typed: problem(Path(typed))
        ),
        answered,
    )


def _heeding(table: Table, stop: Stop) -> Table:
    """The same table, which can be stopped at each row."""

    def rows() -> Iterator[Row]:
        for row in table:
            stop.heed()
            yield row

    return Table(table.name, table.columns, rows, lambda: table.remarks, table.brief)


def containing(table: Table, words: str, column: str) -> Table:
    """The rows of a table whose `column` contains `words`, upper and lower case alike."""
    if not words:
        return table
    place, wanted = table.header.index(column), folded(words)

    def rows() -> list[Row]:
        return [row for row in table if wanted in folded(str(row[place]))]

    def note() -> list[str]:
        return [*table.remarks, f"Containing “{words}”."]

    return Table(table.name, table.columns, rows, note)


def folded(words: str) -> str:
    """Words as they are compared: case, white space and kinds of apostrophe aside."""
    return " ".join(words.replace("’", "'").split()).casefold()


def split_filter(typed: str) -> tuple[str, str]:
    """Words to look for, and a condition on participants: `damp; role=practitioner`.

    A part with an operator is a condition; several are joined by "and".
    """
    words: list[str] = []
    conditions: list[str] = []
    for part in (part.strip() for part in _parts(typed)):
        is_condition = "=" in part or "<>" in part or "≠" in part or " in (" in part.casefold()
        (conditions if is_condition else words).append(part)
    condition = " and ".join(f"({part})" if len(conditions) > 1 else part for part in conditions)
    return " ".join(word for word in words if word), condition


_PIECES = re.compile(
    r""" "[^"]*" | “[^”]*” | (?<!\w)'[^']*'(?!\w) | (?<!\w)‘[^’]*’ | . """, re.X | re.S
)
"""What is between quotation marks, whole, or one character: the mark in `don't` opens nothing."""


def _parts(typed: str) -> list[str]:
    """What stands between semicolons; those between quotation marks part nothing."""
    parts = [""]
    for piece in _PIECES.findall(typed):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts
