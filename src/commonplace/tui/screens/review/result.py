"""What a blind audit found: precision, recall and agreement, code by code."""

from __future__ import annotations

from typing import Any, ClassVar

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
from commonplace.tui.screens.review.auditing import begin
from commonplace.tui.screens.room import Room, counted
from commonplace.tui.screens.study import export
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet
from commonplace.tui.widgets.whisker import Whisker

COLUMNS = (
    Column("code"),
    Column("you", width=4, align="right"),
    Column("sugg.", width=5, align="right"),
    Column("both", width=4, align="right"),
    Column("precision", width=9, align="right"),
    Column("95 % interval", width=13, wide_from=104),
    Column("recall", width=6, align="right"),
    Column("95 % interval", width=13, wide_from=104),
    Column("F1", width=4, align="right"),
    Column("kappa", width=6, align="right", wide_from=72),
    Column("alpha", width=6, align="right", wide_from=64),
    Column("95 % interval", width=14, wide_from=136),
)


class AuditResultScreen(Room):
    """The figures of a finished audit, and the paragraph for the methods section."""

    NAME = "review"
    CSS_PATH: ClassVar[Any] = ["review.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.AUDITED)]
    AUTO_FOCUS = "LineList"

    def __init__(self, session: Session, audit: Audit) -> None:
        super().__init__(session)
        self.audit = audit
        self.found: Result | None = None

    def places(self) -> tuple[Where, ...]:
        return (Where.AUDITED, Where.APP)

    def body(self) -> ComposeResult:
        yield Heading("Blind audit", id="title")
        yield LineList(COLUMNS, id="audited", empty="no code was applied or suggested here")
        yield Sheet(id="methods")

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
        self.query_one("#title", Heading).show(
            "What the blind audit found", f"{counted(len(found.segments), 'segment')}"
        )
        whole, *codes = [found.rows[-1], *found.rows[:-1]]
        rows = [self._row(each) for each in (whole, *codes)]
        self.query_one(LineList).show(ListedRows(rows))
        self.query_one("#methods", Sheet).show(
            [Content.assemble(("For the methods section: ", "bold"), safe(methods(found)))]
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
                _figure(measured.precision),
                _interval(measured.precision_interval),
                _figure(measured.recall),
                _interval(measured.recall_interval),
                _figure(measured.f1),
                _figure(measured.kappa),
                _figure(measured.alpha),
                _whisker(measured.alpha, measured.alpha_interval),
            ),
        )

    def recolor(self) -> None:
        self.show()

    # Actions

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_again(self) -> None:
        begin(self)

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


def _figure(value: float | None) -> Content:
    if value is None:
        return Content.assemble(("–", "$text-muted"))
    return Content(f"{round(value, 2) + 0:.2f}".replace("-", "−"))


def _interval(found: Interval) -> Content:
    if found is None:
        return Content("")
    return Content.assemble((f"{found[0]:.2f} to {found[1]:.2f}", "$text-muted"))


def _whisker(value: float | None, interval: Interval) -> Content | Whisker:
    if value is None:
        return Content("")
    return Whisker(value, *(interval or (None, None)))
