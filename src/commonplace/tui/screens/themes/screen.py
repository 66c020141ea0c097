"""The screen Themes: a view at a time, and the passages behind the figure under the cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from commonplace.analysis.filters import Filters
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.messages import OpenPassage, ShowQuotes
from commonplace.tui.screens.room import counted
from commonplace.tui.screens.study import Study, export, report
from commonplace.tui.screens.themes.behind import narrowed_to, quoted_passages
from commonplace.tui.screens.themes.choosing import choose
from commonplace.tui.screens.themes.frequencies import COLUMNS, FREQUENCIES
from commonplace.tui.screens.themes.narrowing import narrow
from commonplace.tui.screens.themes.view import (
    Asked,
    Codes,
    Kind,
    Option,
    Passage,
    PassagesOf,
    QuotesOf,
    Said,
    Shown,
    Target,
    View,
)
from commonplace.tui.screens.themes.views import KEYS
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading, Offer, Tabs
from commonplace.tui.widgets.curve import Curve
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.grid import Grid
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row
from commonplace.tui.widgets.reader.cells import safe

NOTHING = Shown("")


class ThemesScreen(Study):
    """Theme frequencies, comparisons, co-occurrence, saturation, words, and what stands behind."""

    NAME = "themes"
    CSS_PATH: ClassVar[Any] = ["../study.tcss", "themes.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.THEMES) if binding.key != "enter"
    ]
    AUTO_FOCUS = "#bars"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view: View = FREQUENCIES
        self.shown = NOTHING
        self._answers: dict[str, dict[str, str]] = {}
        self._narrowed = Filters()
        """What all views are narrowed down to beside the condition on people."""
        self._passages: list[Said] = []

    def places(self) -> tuple[Where, ...]:
        return (Where.THEMES, Where.APP)

    def body(self) -> ComposeResult:
        yield FilterLine("whose speech counts: role=practitioner and wave=1")
        yield Tabs(self._tabs(), id="views")
        with Vertical(id="table", classes="-bars"):
            yield Heading("Themes", id="title")
            yield Static(id="problem", markup=False)
            yield LineList(COLUMNS, id="bars", empty=FREQUENCIES.empty)
            yield Grid(id="grid")
            yield Curve(id="curve", empty=FREQUENCIES.empty)
            yield Static(id="current", markup=False)
            yield Heading("Passages", id="passages-title")
            yield LineList(
                [Column(), Column(width=30, wide_from=70)],
                height=2,
                id="passages",
                empty="nothing to show",
            )
        yield Static(id="note", markup=False)

    def _tabs(self) -> list[tuple[Offer, bool]]:
        return [
            (Offer(key, view.label, f"screen.show_view('{key}')"), view is self.view)
            for key, view in KEYS.items()
        ]

    @property
    def listed(self) -> Any:
        """The widget that shows the view."""
        return self.query_one(f"#{self.view.kind.value}", Widget)

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen for each option of the view."""
        return self.view.chosen(self._answers.get(self.view.id, {}))

    # Asking

    def ask(self) -> None:
        view, chosen, filters = self.view, self.chosen, self.filters()
        missing = next((o for o in view.options if o.needed and not chosen[o.id]), None)
        if missing is not None:
            self._known(view, Shown(missing.label, "p asks for it", missing.about))
            return
        codes = self._codes()

        def query(project: Project) -> tuple[Shown, list[str]]:
            shown = view.show(Asked(project, codes, filters, chosen))
            slips = Scope(project, Filters(where=filters.where)).unheld if filters.where else []
            return shown, slips

        def known(answer: tuple[Shown, list[str]]) -> None:
            shown, slips = answer
            self._known(view, shown)
            self.query_one(FilterLine).complain(" ".join(slips))

        self.query_one("#title", Heading).show(view.label, "counting … (esc leaves it)")
        self.question("themes", query, known, lambda problem: self._wrong(view, problem))

    def _codes(self) -> Codes:
        return Codes(self.session.codebook, self.session.looks)

    def filters(self) -> Filters:
        """The filters put to the project."""
        return replace(self._narrowed, where=self.query_one(FilterLine).value)

    def _wrong(self, view: View, problem: str) -> None:
        """Shows what is wrong with what was asked, the words in question marked below it."""
        if view is not self.view:
            return
        self.query_one(FilterLine).complain("")
        self._known(view, Shown(view.label, "cannot be shown: / p or F mends it"))
        self._show_problem(problem)

    def _show_problem(self, problem: str) -> None:
        panel = self.query_one("#problem", Static)
        panel.update(Content("\n".join(map(safe, problem.splitlines()))))
        panel.display = bool(problem)

    def _known(self, view: View, shown: Shown) -> None:
        if view is not self.view:
            return
        self.shown = shown
        self._show_problem("")
        narrowed = safe(self._narrowed.describe())
        self.query_one("#title", Heading).show(shown.title, narrowed or shown.about)
        self.query_one("#note", Static).update(Content(safe(shown.note)))
        match view.kind:
            case Kind.BARS:
                bars = self.query_one("#bars", LineList)
                bars.show_columns(shown.columns or COLUMNS)
                bars.show(ListedRows(shown.rows))
            case Kind.GRID:
                grid, fresh = self.query_one(Grid), not self.query_one(Grid).count
                grid.show_table(shown.columns or (Column(""),), ListedRows(shown.rows))
                if fresh:
                    grid.move_to_column(shown.first)
            case Kind.CURVE:
                self.query_one(Curve).show(shown.points, shown.stop)

    # Views

    def action_show_view(self, key: str) -> None:
        if KEYS[key] is not self.view:
            self.view = KEYS[key]
            self.shown = NOTHING
            self._hide_passages()
            table = self.query_one("#table")
            for kind in Kind:
                table.set_class(kind is self.view.kind, f"-{kind.value}")
            self.query_one("#views", Tabs).show(self._tabs())
            if self.view.kind is Kind.GRID:
                self.query_one(Grid).show_table((Column(""),), ListedRows())
            self.query_one("#current", Static).update("")
            self.listed.focus()
        self.ask()
        needed = next((o for o in self.view.options if o.needed and not self.chosen[o.id]), None)
        if needed is not None:
            self._choose(needed)

    def action_choose_view(self) -> None:
        keys = list(KEYS)

        def chosen(place: int | None) -> None:
            if place is not None:
                self.action_show_view(keys[place])

        self.app.push_screen(
            dialogs.Choose("What to look at", [_offer(*one) for one in KEYS.items()]), chosen
        )

    def action_by_attribute(self) -> None:
        by = next((option for option in self.view.options if option.id == "by"), None)
        if by is None:
            self.say(f"{self.view.label} cannot be broken down by attribute; p has its options")
        else:
            self._choose(by)

    def action_options(self) -> None:
        options = self.view.options
        if not options:
            self.say(f"there is nothing to choose about {self.view.label}")
        elif len(options) == 1:
            self._choose(options[0])
        else:
            self._choose_option(options)

    def _choose_option(self, options: tuple[Option, ...]) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                self._choose(options[place])

        self.app.push_screen(
            dialogs.Choose(
                self.view.label,
                [
                    Content.assemble((option.label, "bold"), f" – {safe(self._answer(option))}")
                    for option in options
                ],
            ),
            chosen,
        )

    def _answer(self, option: Option) -> str:
        """The answer to an option as it holds now."""
        return self.chosen[option.id] or self.shown.used.get(option.id, "none")

    def action_narrow(self) -> None:
        def take(filters: Filters) -> None:
            self._narrowed = filters
            self.ask()

        narrow(self, self._narrowed, take)

    def _choose(self, option: Option) -> None:
        def take(value: str) -> None:
            self._answers.setdefault(self.view.id, {})[option.id] = value
            self.ask()

        now = self.chosen[option.id] or self.shown.used.get(option.id, "")
        choose(self, self.view, option, now, take)

    # What stands behind a figure

    @on(LineList.Selected, "#bars")
    @on(LineList.Selected, "#grid")
    @on(Grid.Pressed)
    @on(Curve.Selected)
    def action_open_theme(self) -> None:
        kind = self.view.kind
        column = self.query_one(Grid).place if kind is Kind.GRID else 0
        place = self.listed.cursor
        if place < max(len(self.shown.rows), len(self.shown.points)):
            self._follow(self.shown.lead(place, column))

    def _follow(self, target: Target) -> None:
        match target:
            case Passage():
                self.post_message(OpenPassage(*target))
            case QuotesOf():
                self._show_quotes(target)
            case PassagesOf(title, listing):
                self.question("passages", listing, lambda said: self._show_passages(title, said))
            case None:
                self.say("nothing stands behind this")

    def _show_quotes(self, of: QuotesOf) -> None:
        """The quotes on their own screen; here where it knows no such filter."""
        if self._narrowed == Filters() and not of.speaker and not of.coder:
            self.post_message(ShowQuotes(of.code, of.where, document=of.document))
            return
        filters = narrowed_to(self.filters(), of)
        title = safe(self.session.path_of(of.code))
        self._follow(PassagesOf(title, lambda project: quoted_passages(project, filters)))

    def _show_passages(self, title: str, said: list[Said]) -> None:
        self._passages = said
        self.query_one("#table").add_class("-passages")
        self.query_one("#passages-title", Heading).show(
            f"{title}: {counted(len(said), 'passage')}", "enter opens it · esc back"
        )
        rows = [
            Row(str(place), (one.words, Content.assemble((safe(one.source), "$text-muted"))))
            for place, one in enumerate(said)
        ]
        listed = self.query_one("#passages", LineList)
        listed.show(ListedRows(rows))
        listed.move_to(0)
        listed.focus()

    def _hide_passages(self) -> None:
        self.query_one("#table").remove_class("-passages")

    @on(LineList.Selected, "#passages")
    def _open_passage(self, message: LineList.Selected) -> None:
        if message.index < len(self._passages):
            self.post_message(OpenPassage(*self._passages[message.index].passage))

    @on(Curve.Highlighted)
    def _say_of_point(self, message: Curve.Highlighted) -> None:
        if message.index < len(self.shown.said):
            self.query_one("#current", Static).update(Content(self.shown.said[message.index]))

    def action_back(self) -> None:
        if self.query_one("#table").has_class("-passages"):
            self._hide_passages()
            self.listed.focus()
        elif self.session.study.pending:
            self.session.study.drop("themes")
            self.query_one("#title", Heading).show(self.view.label, "left: p or / asks again")

    # Files

    def action_export(self) -> None:
        view, chosen, filters, codes = self.view, self.chosen, self.filters(), self._codes()
        if any(option.needed and not chosen[option.id] for option in view.options):
            self.say("there is nothing to write yet: p asks for what to look at", trouble=True)
            return

        def table(project: Project) -> Table:
            return view.table(Asked(project, codes, filters, chosen))

        export(self, f"{view.id}.csv", table)

    def action_report(self) -> None:
        report(self, self.filters())


def _offer(key: str, view: View) -> Content:
    return Content.assemble(f"{key} ", (view.label, "bold"), f" – {view.help}")
