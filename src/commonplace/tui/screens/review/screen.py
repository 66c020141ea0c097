"""The review screen: a queue of suggestions, the one at hand in context, and the account."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.screens.review.board import ORDERS
from commonplace.tui.screens.review.listing import Group, QueueList
from commonplace.tui.screens.review.reading import BALANCE, STEPS, step
from commonplace.tui.screens.review.together import Together
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.linelist import Column, LineList
from commonplace.tui.widgets.sheet import Sheet


class ReviewScreen(Together):
    """Deciding about suggestions, one after the other or many at once."""

    NAME = "review"
    CSS_PATH: ClassVar[Any] = ["review.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.REVIEW) if binding.key != "enter"
    ]
    AUTO_FOCUS = "QueueList"

    def body(self) -> ComposeResult:
        yield FilterLine("words; role=practitioner and wave=1")
        with Horizontal(id="review"):
            with Vertical(id="queues"):
                yield Heading("Suggestions", id="waiting")
                yield QueueList()
            with Vertical(id="one"):
                yield Heading(id="what")
                yield Sheet(id="why")
                yield Sheet(id="passage")
                yield Sheet(id="entry")
            with Vertical(id="account"):
                yield Heading("Account")
                yield Sheet(id="totals")
                yield LineList(
                    [
                        Column("code"),
                        Column("waits", width=5, align="right"),
                        Column("done", width=4, align="right"),
                        Column("right", width=6, align="right"),
                    ],
                    id="codes",
                )
                yield Sheet(id="quiet")

    def places(self) -> tuple[Where, ...]:
        return (Where.REVIEW, Where.APP)

    @on(LineList.Highlighted, "#queue")
    def _highlighted(self) -> None:
        self.show_one()

    @on(LineList.Selected, "#queue")
    def _selected(self) -> None:
        self.action_passage()

    @on(LineList.Selected, "#codes")
    def _code_chosen(self, event: LineList.Selected) -> None:
        self.code = "" if event.key in (None, self.code) else str(event.key)
        self.ask()

    # What the queue is

    def action_next_order(self) -> None:
        names = list(ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        self.say(f"order: {ORDERS[self.order]}")
        self.from_the_top()

    def action_next_group(self) -> None:
        groups = list(Group)
        self.group = groups[(groups.index(self.group) + 1) % len(groups)]
        self.say(self.group if self.group is Group.NONE else f"grouped {self.group}")
        self.list_queue()

    def from_the_top(self) -> None:
        """Reads another queue, the first of which is to be the current one."""
        self.query_one(QueueList).forget()
        self.ask()

    def action_filter_code(self) -> None:
        if self.code:
            self.code = ""
            self.ask()
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self.code = answer.code
                self.from_the_top()

        self.app.push_screen(
            dialogs.CodePicker(
                "Suggestions of", self.session.codebook, self.session.looks, create=False
            ),
            picked,
        )

    def action_account(self) -> None:
        self.toggle_class("-account")
        if not self.has_class("-account"):
            self.query_one(QueueList).focus()
        self.call_after_refresh(self.show_passage)

    def action_balance(self, by: int) -> None:
        at = step(self.found.balance) + by
        if not 0 <= at < len(STEPS):
            self.say("further it does not go")
            return
        value, said = STEPS[at]
        self.found = replace(self.found, balance=value)
        self.show_account()

        def write(project: Project) -> None:
            project.set_fact(BALANCE, f"{value:g}")

        self.session.write(write, lambda _: self.say(f"suggestions: {said} — u undoes"))

    # Elsewhere

    def action_audit(self) -> None:
        from commonplace.tui.screens.review.audits import open_audit

        open_audit(self)

    def action_export(self) -> None:
        from commonplace.analysis.suggestions import suggestions
        from commonplace.tui.screens.study import containing, export

        words, filters = self.filters()
        order = self.order

        def table(project: Project) -> Table:
            return containing(suggestions(project, filters, order=order), words, "quote")

        export(self, "suggestions.csv", table)
