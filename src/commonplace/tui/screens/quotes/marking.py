"""What a person decides about a quote: marks, uses, embargo, consent, notes, letting it pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from textual.content import Content

from commonplace.analysis.desk_tables import one_quote
from commonplace.analysis.quotes import Key
from commonplace.domain.desk import OPEN, DeskQuote, Mark
from commonplace.project import Project, ProjectError
from commonplace.project.quotes import Place
from commonplace.tui import dialogs
from commonplace.tui.screens.quotes.listing import Shown
from commonplace.tui.screens.quotes.signs import brief
from commonplace.tui.screens.study import Study
from commonplace.tui.session import Session
from commonplace.tui.widgets.reader.cells import safe

_SAID = {
    Mark.STAR: ("starred", "no longer starred"),
    Mark.SHORTLIST: ("shortlisted", "no longer shortlisted"),
    Mark.CLEAR: ("clear for use", "no longer clear for use"),
    Mark.WITHDRAWN: ("withdrawn from use", "back in use"),
}
_AGREED: tuple[tuple[str, bool | None], ...] = (
    ("yes", True),
    ("no", False),
    ("what holds for the participant", None),
)
_ASKED = {"quote": "to be quoted", "name": "with the name", "audio": "as sound"}


class Here(NamedTuple):
    """The quote under the cursor."""

    key: Key
    shown: Shown

    @property
    def place(self) -> Place:
        """Its passage."""
        return self.key.document, self.key.start, self.key.end

    @property
    def desk(self) -> DeskQuote | None:
        """What the desk keeps of it."""
        return self.shown.desk


class Marker(Study):
    """A screen on which quotes are decided about."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._used_last = ""

    @property
    def here(self) -> Here | None:
        """The quote under the cursor, once it has been read."""
        raise NotImplementedError

    def with_quote(self) -> Here | None:
        """That quote, saying so when there is none."""
        here = self.here
        if here is None:
            self.say("Choose a quote first: 1 lists them.", trouble=True)
        return here

    def decide(self, command: Callable[[Project], object], said: str) -> None:
        """Has something written, and says so."""
        self.session.write(command, lambda _: self.say(f"{said} — u undoes"))

    # Marks

    def action_mark(self, name: str) -> None:
        here = self.with_quote()
        if here is not None:
            self._flip(here, Mark(name))

    def _flip(self, here: Here, mark: Mark) -> None:
        place, held = here.place, here.shown.held

        def flip(project: Project) -> bool:  # as it is then: keys are fast
            record = project.quotes.at(place)
            on = record is None or mark not in record.marks
            project.quotes.mark([place], mark, on)
            return on

        def flipped(on: bool) -> None:
            more = f"; still held back: {held}" if on and mark is Mark.CLEAR and held else ""
            self.say(f"{_SAID[mark][0 if on else 1]}{more} — u undoes")

        self.session.write(flip, flipped)

    # Uses

    def action_use(self) -> None:
        here = self.with_quote()
        if here is None:
            return
        uses = here.desk.uses if here.desk is not None else ()
        if not uses:
            self._ask_where(here)
            return
        choices = [Content("somewhere else…")]
        choices += [
            Content.assemble(("take back  ", "$text-muted"), safe(use.place)) for use in uses
        ]

        def chosen(place: int | None) -> None:
            if place == 0:
                self._ask_where(here)
            elif place is not None:
                use = uses[place - 1]
                self.decide(
                    lambda project: project.quotes.unuse(use.id), f"not used in {use.place}"
                )

        self.app.push_screen(dialogs.Choose("Where it is used", choices), chosen)

    def _ask_where(self, here: Here) -> None:
        def answered(where: str | None) -> None:
            if where is None:
                return
            self._used_last = where
            self.decide(lambda project: _use(project, here.place, where), f"used in {where}")

        self.app.push_screen(
            dialogs.Prompt(
                "Where is it used?",
                about=brief(str(here.shown.record["published_quote"]), 120),
                value=self._used_last,
                hint="Annual report 2026, p. 12",
            ),
            answered,
        )

    # Embargo, note

    def embargo(self) -> None:
        """Asks until when the quote is held back."""
        here = self.with_quote()
        if here is None:
            return
        before = here.desk.embargo if here.desk is not None else None

        def answered(until: str | None) -> None:
            if until is None or (until or None) == before:
                return
            said = f"under embargo until {until}" if until else "no longer under embargo"
            said = "under embargo until that is lifted" if until == OPEN else said
            self.decide(lambda project: project.quotes.embargo([here.place], until or None), said)

        self.app.push_screen(
            dialogs.Prompt(
                "Until when is it held back?",
                about=f"The first day on which it may be used, or {OPEN} for as long as that is "
                "not lifted; nothing lifts it.",
                value=before or "",
                hint="2026-09-01",
                optional=True,
                problem=_no_day,
            ),
            answered,
        )

    def action_note(self) -> None:
        here = self.with_quote()
        if here is None:
            return
        before = here.desk.note if here.desk is not None else ""

        def answered(text: str | None) -> None:
            if text is not None and text.strip() != before:
                self.decide(
                    lambda project: project.quotes.note(here.place, text),
                    "note kept" if text.strip() else "note removed",
                )

        self.app.push_screen(dialogs.MemoDialog("Note on this quote", before), answered)

    # Consent

    def action_consent(self) -> None:
        here = self.with_quote()
        if here is None:
            return
        desk = here.desk
        taken = desk is not None and Mark.WITHDRAWN in desk.marks
        kinds = list(_ASKED)
        now = {
            "quote": desk.consent_quote if desk is not None else None,
            "name": desk.consent_name if desk is not None else None,
            "audio": desk.consent_audio if desk is not None else None,
        }
        words = {value: word for word, value in _AGREED}
        choices = [Content("take it back into use" if taken else "withdraw it from use")]
        choices += [
            Content.assemble((f"consent {_ASKED[kind]}  ", ""), (words[now[kind]], "$text-muted"))
            for kind in kinds
        ]

        def chosen(place: int | None) -> None:
            if place == 0:
                self._flip(here, Mark.WITHDRAWN)
            elif place is not None:
                self._ask_consent(here, kinds[place - 1])

        about = f"Held back now: {here.shown.held}." if here.shown.held else ""
        self.app.push_screen(dialogs.Choose("This quote alone", choices, about=about), chosen)

    def _ask_consent(self, here: Here, kind: str) -> None:
        def chosen(place: int | None) -> None:
            if place is None:
                return
            word, value = _AGREED[place]
            self.decide(
                lambda project: project.quotes.consent([here.place], kind, value),
                f"consent {_ASKED[kind]}: {word}",
            )

        self.app.push_screen(
            dialogs.Choose(
                f"Did they agree {_ASKED[kind]}?",
                [Content(word) for word, _ in _AGREED],
                about="For this quote alone; F8 has what holds for the participant.",
            ),
            chosen,
        )

    # Letting a version pass

    def action_override(self) -> None:
        here = self.with_quote()
        if here is None:
            return
        verdict = here.shown.verdict
        if not verdict:
            self.say("There is no published version to decide about: e edits one.", trouble=True)
        elif verdict == "passes":
            self.say("Its published version passes the check: there is nothing to let pass.")
        elif verdict == "overridden":
            self.decide(
                lambda project: project.quotes.override(here.place, ""),
                "held back again, until it passes the check",
            )
        else:
            self._ask_reason(here)

    def _ask_reason(self, here: Here) -> None:
        def answered(reason: str | None) -> None:
            if reason is not None:
                self.decide(
                    lambda project: project.quotes.override(here.place, reason),
                    "let pass, though it fails the check",
                )

        self.app.push_screen(
            dialogs.Prompt(
                "Why may it be used though it fails the check?",
                about="The reason is recorded with your name.",
                hint="wording agreed with the participant",
            ),
            answered,
        )


def _use(project: Project, place: Place, where: str) -> None:
    said = one_quote(project, place)
    if said["held_back"]:
        raise ProjectError(f"this quote must not be used: {said['held_back']}")
    project.quotes.use(place, where, said["published_quote"] or said["quote"])


def _no_day(typed: str) -> str:
    if not typed or typed == OPEN:
        return ""
    try:
        date.fromisoformat(typed)
    except ValueError:
        return f"'{typed}' is no day: write it as 2026-09-01, or {OPEN}."
    return ""
