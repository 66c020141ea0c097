"""What the screen asks a person: which quotes to list, to choose, and how they leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from textual.content import Content

from commonplace.analysis.attributions import PEOPLE, TEMPLATE
from commonplace.analysis.filters import Filters
from commonplace.analysis.quote_desk import IN_BRIEF
from commonplace.analysis.scope import Scope
from commonplace.domain.attribution import DEFAULT, Template, TemplateError
from commonplace.domain.desk import Mark
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.quotes import choosing, listing
from commonplace.tui.screens.quotes.choosing import Chosen, Theme
from commonplace.tui.screens.quotes.listing import KEPT, LABELS, Terms, Wanted
from commonplace.tui.screens.quotes.marking import Marker
from commonplace.tui.screens.quotes.views import VIEWS, Asked
from commonplace.tui.screens.room import counted
from commonplace.tui.screens.study import export, report
from commonplace.tui.session import Session
from commonplace.tui.widgets.reader.cells import safe

LISTED, CHOSEN, LEDGER = "1", "2", "3"
"""Keys of views."""

_ABOUT = (
    ". p sets the attribution. To hand on: .docx, .md, .html; the others hold speakers and the "
    "words as said"
)


class Asker(Marker):
    """A screen that lists quotes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view = LISTED
        self.code = ""
        self.person: tuple[str, str] | None = None
        """Id and name of the only one whose quotes are listed."""
        self.document = ""
        """Name of the only transcript whose quotes are listed."""
        self.kept = ""
        """Id of one of `KEPT`: what the desk must say of quotes that are listed."""
        self.by = ""
        """The attribute by which the ledger counts."""
        self.theme: Theme | None = None
        """What quotes were chosen for last."""
        self.chosen: Chosen | None = None

    def wanted(self) -> Wanted:
        """Which quotes are asked for."""
        raise NotImplementedError

    def asked(self) -> Asked:
        """What tables are asked with."""
        raise NotImplementedError

    def show_view(self, key: str) -> None:
        """Shows another view."""
        raise NotImplementedError

    # Which

    def only(self) -> str:
        """To what the list is limited, in words, what is typed aside."""
        path = self.session.path_of(self.code) if self.code else ""
        kept = LABELS[self.kept] if self.kept else ""
        said = ", ".join(filter(None, (kept, path, self.person[1] if self.person else "")))
        return " in ".join(part for part in (said, self.document) if part)

    def action_filter_code(self) -> None:
        if self.code or self.person or self.document:
            self.code, self.person, self.document = "", None, ""
            self.ask()
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self.code = answer.code
                self.ask()

        self.app.push_screen(
            dialogs.CodePicker(
                "Quotes of",
                self.session.codebook,
                self.session.looks,
                create=False,
                retired=True,
            ),
            picked,
        )

    def action_keep(self) -> None:
        choices = [
            Content.assemble((kept.label, "bold"), (f"  {kept.about}", "$text-muted"))
            for kept in KEPT
        ]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.kept = KEPT[place].id
                self.show_view(LISTED)

        self.app.push_screen(dialogs.Choose("Which quotes", choices), chosen)

    # Choosing

    def action_choose(self) -> None:
        here = self.here
        code = self.code or (here.key.code if here is not None else "")
        if code not in self.session.codebook:
            self.say("Quotes of which code? f chooses one.", trouble=True)
            return
        path = self.session.path_of(code)
        before = self.theme or Theme(code, path)

        def counted_out(typed: str | None) -> None:
            if typed is not None:
                self._balanced(lambda by: self._choose(Theme(code, path, int(typed), by)))

        self.app.push_screen(
            dialogs.Prompt(
                f"How many quotes for {path}?",
                about="Typical of the theme, varied over people, readable; only such as may "
                "leave. f chooses another code.",
                value=str(before.number),
                problem=_no_number,
            ),
            counted_out,
        )

    def _balanced(self, then: Callable[[str], None]) -> None:
        def known(names: list[str]) -> None:
            if names:
                self._ask_attribute("In turn from each", "person alone", names, then)
            else:
                then("")

        self._attributes(known)

    def _choose(self, theme: Theme) -> None:
        self.theme = theme
        self.show_view(CHOSEN)

    def _attributes(self, then: Callable[[list[str]], None]) -> None:
        self.session.desk.ask(
            "attributes", lambda project: Scope(project, Filters()).attribute_names, then
        )

    def _ask_attribute(
        self, title: str, none: str, names: list[str], then: Callable[[str], None]
    ) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                then(["", *names][place])

        self.app.push_screen(
            dialogs.Choose(title, [Content(safe(name)) for name in (none, *names)]), chosen
        )

    def action_shortlist_all(self) -> None:
        if self.view != CHOSEN or self.chosen is None or not self.chosen.found.keys:
            self.say("Choose quotes first: c proposes some.", trouble=True)
            return
        keys = self.chosen.found.keys
        places = [(key.document, key.start, key.end) for key in keys]
        self.decide(
            lambda project: project.quotes.mark(places, Mark.SHORTLIST),
            f"shortlisted {counted(len(places), 'quote')}",
        )

    def action_by_or_embargo(self) -> None:
        if self.view != LEDGER:
            self.embargo()
            return

        def by(name: str) -> None:
            self.by = name
            self.ask()

        def known(names: list[str]) -> None:
            if names:
                self._ask_attribute("Who is quoted", "person by person", names, by)
            else:
                self.say("nothing is known of participants yet: F8 has what is known of them")

        self._attributes(known)

    # Attribution

    def action_attribution(self) -> None:
        self.session.desk.ask("terms", listing.terms, self._ask_template)

    def _ask_template(self, terms: Terms) -> None:
        def answered(template: str | None) -> None:
            if template:
                self._ask_people(Terms(template, terms.k))
            elif template is not None:
                self._set_terms(Terms(None, terms.k))

        self.app.push_screen(
            dialogs.Prompt(
                "How quotes are attributed",
                about="Attributes stand in {braces}; parts between commas are dropped from the "
                "right until enough people share the rest. Nothing: all that is known, unchecked.",
                value=terms.template or "",
                hint=DEFAULT,
                optional=True,
                problem=_no_template,
            ),
            answered,
        )

    def _ask_people(self, terms: Terms) -> None:
        def answered(typed: str | None) -> None:
            if typed is not None:
                self._set_terms(Terms(terms.template, int(typed)))

        self.app.push_screen(
            dialogs.Prompt(
                "How many people must share an attribution?",
                about=f"{terms.template}\nGroups in a report have at least so many, too.",
                value=str(terms.k),
                problem=_no_number,
            ),
            answered,
        )

    def _set_terms(self, terms: Terms) -> None:
        def set_them(project: Project) -> None:
            with project.transaction("set how quotes are attributed"):
                project.set_fact(TEMPLATE, terms.template or "")
                project.set_fact(PEOPLE, str(terms.k))

        said = f"{terms.template}, shared by {terms.k} at least" if terms.template else "as known"
        self.decide(set_them, f"attribution: {said}")

    # Files

    def action_export(self) -> None:
        if self.view in VIEWS:
            view, asked = VIEWS[self.view], self.asked()
            export(self, f"{view.id}.csv", lambda project: view.table(project, asked))
        elif self.view == CHOSEN:
            self._export_chosen()
        else:
            self._export_listed()

    def _export_chosen(self) -> None:
        theme, filters = self.theme, self.asked().filters
        if theme is None:
            self.say("Choose quotes first: c proposes some.", trouble=True)
            return
        export(self, "chosen.csv", lambda project: choosing.table(project, theme, filters))

    def _export_listed(self) -> None:
        wanted = self.wanted()
        made: list[listing.Leaving] = []

        def table(project: Project) -> Table:
            made[:] = [listing.leaving(project, wanted)]
            return made[0].table

        def said() -> str:
            reasons = Counter(made[0].left_out().values())
            why = ", ".join(f"{n} {IN_BRIEF[reason]}" for reason, n in sorted(reasons.items()))
            left = f"; {counted(reasons.total(), 'quote')} left out ({why})" if reasons else ""
            again = len(made[0].reprinting())
            return (
                f"; look again at {counted(again, 'quote')} (k lists them){left}" if again else left
            )

        export(self, "quotes.csv", table, said=said, about=_ABOUT)

    def action_report(self) -> None:
        if self.view in VIEWS:
            report(self, self.asked().filters)
            return
        if self.view == CHOSEN and self.theme is not None:
            report(self, replace(self.asked().filters, codes=(self.theme.path,)))
            return
        wanted = self.wanted()
        marks = listing.marks(wanted)
        if wanted.words or (wanted.kept and not marks):
            self.say(
                "A report holds no such part: it can be of people, a code, or what is starred, "
                "shortlisted, clear, used or edited.",
                trouble=True,
            )
            return
        report(self, wanted.filters, marks)


def _no_number(typed: str) -> str:
    most = choosing.MOST
    good = typed.isascii() and typed.isdigit() and 1 <= int(typed) <= most
    return "" if good else f"A whole number from 1 to {most}."


def _no_template(typed: str) -> str:
    try:
        if typed:
            Template.parse(typed)
    except TemplateError as error:
        return str(error)
    return ""
