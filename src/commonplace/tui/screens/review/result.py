"""What a blind audit found: precision, recall and agreement, code by code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from commonplace.analysis.agreement.measures import Interval
from commonplace.analysis.audit.result import Measured, Result
from commonplace.analysis.audit.tables import ALL, audit_table, methods
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.project.audits import Audit
from commonplace.tui import actions
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes
from commonplace.tui.screens.room import Room, counted
from commonplace.tui.screens.study import export
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet

BROAD = 18
"""Cells from which on a measure has room for its interval; what may be below 0 needs two more."""

COUNTS = (
    Column("code"),
    Column("you", width=4, align="right"),
    Column("sugg.", width=5, align="right"),
    Column("both", width=4, align="right"),
)
NARROW = (
    *COUNTS,
    Column("precision", width=9, align="right"),
    Column("recall", width=6, align="right"),
    Column("F1", width=5, align="right"),
    Column("kappa", width=5, align="right", wide_from=72),
    Column("alpha", width=5, align="right", wide_from=64),
)
WIDE = (
    *COUNTS,
    Column("precision", width=BROAD),
    Column("recall", width=BROAD),
    Column("F1", width=5, align="right"),
    Column("kappa", width=BROAD + 2),
    Column("alpha", width=BROAD + 2),
)
WIDE_FROM = 132
"""Cells of the window from which on intervals stand in the table, and leave room for codes."""
IN_TABLE = frozenset(column.title for column in WIDE if column.width >= BROAD)
"""Measures whose intervals stand there; those of the others stand below, a row at a time."""


class Measure(NamedTuple):
    """A measure as a cell: the figure, and where there is room its interval."""

    value: float | None
    interval: Interval

    def fit(self, width: int) -> Content:
        """The cell in `width` cells."""
        said, style = ("–", "$text-muted") if self.value is None else (_number(self.value), "")
        if width < BROAD:
            return Content.assemble((said, style))
        interval = "" if self.interval is None else _said(self.interval)
        return Content.assemble((said.rjust(5), style), (f" {interval}", "$text-muted"))


class AuditResultScreen(Room):
    """The figures of a finished audit, and the paragraph for the methods section."""

    NAME = "review"
    CSS_PATH: ClassVar[Any] = ["review.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.AUDITED)]
    AUTO_FOCUS = "LineList"

    def __init__(self, session: Session, audit: Audit, begin: Callable[[Room], None]) -> None:
        """`begin` begins another one."""
        super().__init__(session)
        self.audit = audit
        self._begin = begin
        self.found: Result | None = None

    def places(self) -> tuple[Where, ...]:
        return (Where.AUDITED, Where.APP)

    def body(self) -> ComposeResult:
        yield Heading("Blind audit", id="title")
        columns = WIDE if self._wide else NARROW
        yield LineList(columns, id="audited", empty="no code was applied or suggested here")
        yield Sheet(id="methods")

    @property
    def _wide(self) -> bool:
        """Whether intervals stand in the table, as far as it has room; the others of one row at a
        time stand below."""
        return self.app.size.width >= WIDE_FROM

    def on_resize(self) -> None:
        self.query_one(LineList).show_columns(WIDE if self._wide else NARROW)
        self._show_words()

    def on_mount(self) -> None:
        super().on_mount()
        self.ask()

    def take(self, changes: Changes) -> None:
        if changes.marks or changes.codebook or changes.many or changes.shelf:
            self.ask()

    def ask(self) -> None:
        """Measures anew; an audit that is gone or goes on has no result."""
        key = self.audit.id

        def query(project: Project) -> Result | None:
            found = [audit for audit in project.audits.all() if audit.id == key]
            return Result(project, found[0]) if found and not found[0].lasts else None

        self.session.study.ask("audit result", query, self._known)

    def _known(self, found: Result | None) -> None:
        if found is None:
            if self.is_current:
                self.app.pop_screen()
            return
        self.found = found
        self.show()

    def show(self) -> None:
        """Shows the figures."""
        found = self.found
        if found is None:
            return
        whole, *codes = [found.rows[-1], *found.rows[:-1]]
        rows = [self._row(each) for each in (whole, *codes)]
        self.query_one(LineList).show(ListedRows(rows))
        self._show_words()

    @on(LineList.Highlighted)
    def _show_words(self) -> None:
        """Shows what stands above and below the table: below it the paragraph, and the intervals of
        a row that have no room in it."""
        found, key = self.found, self.query_one(LineList).key
        if found is None:
            return
        shown = ", 95 % intervals" if self._wide else ""
        self.query_one("#title", Heading).show(
            "What the blind audit found", f"{counted(len(found.segments), 'segment')}{shown}"
        )
        here = [each for each in found.rows if (each.code or ALL) == key]
        above = IN_TABLE if self._wide else frozenset()
        self.query_one("#methods", Sheet).show(
            [
                *(line for each in here if (line := _intervals(each, above))),
                Content.assemble(("For the methods section: ", "bold"), safe(methods(found))),
            ]
        )

    def _row(self, measured: Measured) -> Row:
        code = measured.code
        if code is None:
            name = Content.assemble(("all codes", "bold"))
        else:
            look, book = self.session.looks.get(code), self.session.codebook
            known = book[code].name if code in book else ""
            name = Content.assemble(
                "  " * (book.depth(code) if code in book else 0),
                (look.mark.ljust(3) if look else "", f"bold {look.color}" if look else ""),
                safe(known),
            )
        return Row(
            code or ALL,
            (
                name,
                *(Content(f"{n:,}") for n in (measured.person, measured.model, measured.both)),
                *(Measure(value, interval) for _, value, interval in _measures(measured)),
            ),
        )

    def recolor(self) -> None:
        self.show()

    # Actions

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_again(self) -> None:
        self._begin(self)

    def action_keep(self) -> None:
        key = self.audit.id
        self.session.write(
            lambda project: project.audits.keep(key),
            lambda made: self.say(
                f"made {counted(made, 'coding')} of the answers — u undoes"
                if made
                else "the answers are codings already"
            ),
        )

    def action_export(self) -> None:
        audit = self.audit

        def table(project: Project) -> Table:
            return audit_table(project, audit)

        export(self, "audit.csv", table)


def _measures(measured: Measured) -> list[tuple[str, float | None, Interval]]:
    """The measures in order of their columns: name, figure, interval."""
    return [
        ("precision", measured.precision, measured.precision_interval),
        ("recall", measured.recall, measured.recall_interval),
        ("F1", measured.f1, measured.f1_interval),
        ("kappa", measured.kappa, measured.kappa_interval),
        ("alpha", measured.alpha, measured.alpha_interval),
    ]


def _intervals(measured: Measured, above: frozenset[str]) -> Content:
    """The intervals of a row in words, but for those of the measures that show them `above`; empty
    when there is none."""
    said = [
        f"{name} {_said(interval)}"
        for name, _, interval in _measures(measured)
        if interval is not None and name not in above
    ]
    if not said:
        return Content("")
    title = "95 % interval: " if len(said) == 1 else "95 % intervals: "
    return Content.assemble((title, "bold"), " · ".join(said))


def _number(value: float) -> str:
    return f"{round(value, 2) + 0:.2f}".replace("-", "−")


def _said(interval: tuple[float, float]) -> str:
    return f"{_number(interval[0])} to {_number(interval[1])}"
