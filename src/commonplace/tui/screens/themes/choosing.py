"""Asking for what can be chosen about a view."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from commonplace.analysis.crosstab import DOCUMENT
from commonplace.analysis.filters import Filters
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import CODER, SPEAKER
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
        Content(safe(choice or "everyone together") + ("  (now)" if choice == value else ""))
        for choice in choices
    ]

    def chosen(place: int | None) -> None:
        if place is not None:
            take(choices[place])

    room.app.push_screen(dialogs.Choose(option.label, shown, about=option.about), chosen)


_OTHER = {"crosstab": (DOCUMENT,), "themes": (DOCUMENT, SPEAKER, CODER)}
"""By view what counts can be broken down by beside attributes."""


def _attribute(room: Room, view: View, option: Option, value: str, take: Take) -> None:
    last = _OTHER.get(view.id, ())
    first = () if view.id == "crosstab" else ("",)

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
    """A saved query, or another one."""

    def known(saved: dict[str, str]) -> None:
        if not saved:
            _words(room, option, value, take)
            return
        names = list(saved)
        shown = [
            Content.assemble((safe(name), "bold"), f" – {safe(saved[name])}") for name in names
        ]

        def chosen(place: int | None) -> None:
            if place == 0:
                _words(room, option, value, take)
            elif place is not None:
                take(saved[names[place - 1]])

        room.app.push_screen(
            dialogs.Choose(option.label, [Content("Write a query…"), *shown], about=option.about),
            chosen,
        )

    room.session.study.ask("queries", lambda project: project.queries.all(), known)
