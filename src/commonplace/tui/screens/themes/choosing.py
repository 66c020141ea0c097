"""Asking for what can be chosen about a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.content import Content

from commonplace.analysis.crosstab import DOCUMENT
from commonplace.analysis.filters import Filters
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import CODER, SPEAKER
from commonplace.project import Project, ProjectError
from commonplace.tui import dialogs
from commonplace.tui.screens.room import Room
from commonplace.tui.screens.themes.view import From, Option, View
from commonplace.tui.widgets.reader.cells import safe

Take = Callable[[str], None]
"""Is called with what was chosen."""


def choose(room: Room, view: View, option: Option, value: str, take: Take) -> None:
    """Asks for the answer to one option, in the way that fits it."""
    match option.choices:
        case tuple() as choices:
            _one_of(room, option, list(choices), value, take)
        case From.ATTRIBUTES:
            _attribute(room, view, option, value, take)
        case From.CODES:
            _code(room, option, take)
        case From.WORDS:
            _words(room, option, value, take)
        case From.QUERY:
            _query(room, option, value, take)


def _one_of(room: Room, option: Option, choices: list[str], value: str, take: Take) -> None:
    shown = [
        Content(safe(choice or option.nothing) + ("  (now)" if choice == value else ""))
        for choice in choices
    ]
    if option.other:
        now = "" if value in choices else f"  (now {value})"
        shown.append(Content(f"another number of {option.other}…{now}"))

    def chosen(place: int | None) -> None:
        if place == len(choices):
            _number(room, option, take)
        elif place is not None:
            take(choices[place])

    room.app.push_screen(dialogs.Choose(option.label, shown, about=option.about), chosen)


def _number(room: Room, option: Option, take: Take) -> None:
    def answered(number: str | None) -> None:
        if number is not None:
            take(f"{int(number)} {option.other}")

    room.app.push_screen(
        dialogs.Prompt(
            f"{option.label} how many {option.other}?",
            about=option.about,
            problem=lambda typed: (
                ""
                if typed.isdecimal() and typed.isascii() and 0 < int(typed) < _MOST
                else f"Write a number from 1 to {_MOST - 1}."
            ),
        ),
        answered,
    )


_MOST = 10_000

_OTHER = {"crosstab": (DOCUMENT,), "themes": (DOCUMENT, SPEAKER, CODER)}
"""By view what counts can be broken down by beside attributes."""

_GROUPED = ("crosstab", "waves")
"""Views that have groups in any case."""


def _attribute(room: Room, view: View, option: Option, value: str, take: Take) -> None:
    last = _OTHER.get(view.id, ())
    first = () if view.id in _GROUPED else ("",)

    def known(names: list[str]) -> None:
        if names or view.id == "themes":
            choices = [*first, *names, *(other for other in last if other not in names)]
            _one_of(room, option, choices, value, take)
        else:
            room.say("nothing is known of participants yet: F8 has what is known of them")

    room.session.study.ask(
        "attributes", lambda project: Scope(project, Filters()).attribute_names, known
    )


def _code(room: Room, option: Option, take: Take) -> None:
    def picked(answer: dialogs.Picked | None) -> None:
        if answer is not None:
            take(room.session.path_of(answer.code))

    room.app.push_screen(
        dialogs.CodePicker(
            option.label, room.session.codebook, room.session.looks, create=False, retired=True
        ),
        picked,
    )


def _words(room: Room, option: Option, value: str, take: Take) -> None:
    def answered(words: str | None) -> None:
        if words is not None:
            take(words)

    room.app.push_screen(dialogs.Prompt(option.label, about=option.about, value=value), answered)


def _query(room: Room, option: Option, value: str, take: Take) -> None:
    """A saved query, or another one; the one that is asked can be kept under a name."""

    def known(saved: dict[str, str]) -> None:
        offers = [(Content("Write a query…"), lambda: _words(room, option, value, take))]
        if value and value not in saved.values():
            offers.append(
                (Content("Keep this one under a name…"), lambda: _keep(room, value, take))
            )
        for name, query in saved.items():
            shown = Content.assemble((safe(name), "bold"), f" – {safe(query)}")
            offers.append((shown, partial(_saved, room, name, take)))
        if len(offers) == 1:
            offers[0][1]()
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                offers[place][1]()

        room.app.push_screen(
            dialogs.Choose(option.label, [offer for offer, _ in offers], about=option.about), chosen
        )

    room.session.study.ask("queries", lambda project: project.queries.all(), known)


def _saved(room: Room, name: str, take: Take) -> None:
    def asked(project: Project) -> tuple[str, str]:
        try:
            return project.queries.get(name), ""
        except ProjectError as error:
            return "", str(error)

    def known(answer: tuple[str, str]) -> None:
        query, problem = answer
        if problem:
            room.say(problem, trouble=True)
        else:
            take(query)

    room.session.study.ask("queries", asked, known)


def _keep(room: Room, query: str, take: Take) -> None:
    from commonplace.analysis.retrieval.naming import mentions

    def answered(name: str | None) -> None:
        def keep(project: Project) -> str:
            codes = mentions(project.codes.codebook(), query)
            return project.queries.save(str(name), query, codes)

        def kept(shown: str) -> None:
            take(shown)
            room.say(f"kept as {name} — u undoes")

        if name:
            room.session.write(keep, kept)

    room.app.push_screen(dialogs.Prompt("Keep the query as", about=safe(query)), answered)
