"""Filters beside the condition on people: they hold for every view until they are taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from textual.content import Content

from commonplace.analysis.filters import SUGGESTED, FilterError, Filters
from commonplace.domain.coding import Origin
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.room import Room
from commonplace.tui.widgets.reader.cells import safe

Take = Callable[[Filters], None]
"""Is called with the filters as they are now."""


class _Known(NamedTuple):
    """What there is to choose from."""

    coders: list[str]
    documents: list[str]


def _known(project: Project) -> _Known:
    rows = project.connection.execute("SELECT DISTINCT coder FROM codings ORDER BY coder")
    return _Known([row[0] for row in rows], [document.name for document in project.documents.all()])


def narrow(room: Room, filters: Filters, take: Take) -> None:
    """Asks what to filter by, and then with which value; what is yes or no is turned over."""

    def turned(field: str) -> Callable[[], None]:
        return lambda: take(_with(filters, field, not getattr(filters, field)))

    def several(field: str, title: str, names: list[str]) -> Callable[[], None]:
        return lambda: _several(room, filters, take, field, title, names)

    def asked(known: _Known) -> None:
        origins = [SUGGESTED, *map(str, Origin)]
        offers = [
            (
                "Interviewers' speech",
                "counted" if filters.include_interviewer else "left out",
                turned("include_interviewer"),
            ),
            (
                "Transcripts marked done",
                "these alone" if filters.done else "and all others",
                turned("done"),
            ),
            (
                "Sub-codes",
                "not counted in" if filters.direct else "counted in",
                turned("direct"),
            ),
            (
                "Coders",
                _some(filters.coders),
                several("coders", "Whose codings count?", known.coders),
            ),
            (
                "Origins of codings",
                _some(filters.origins),
                several("origins", "Which codings count?", origins),
            ),
            (
                "Transcripts",
                _some(filters.documents),
                several("documents", "Which transcripts?", known.documents),
            ),
            (
                "Coded since",
                filters.since or "any time",
                lambda: _since(room, filters, take),
            ),
        ]
        if filters != Filters():
            offers.append(("No filters", "takes all of these off", lambda: take(Filters())))

        def chosen(place: int | None) -> None:
            if place is not None:
                offers[place][2]()

        room.app.push_screen(
            dialogs.Choose(
                "Filters of all views",
                [Content.assemble((label, "bold"), f" – {safe(now)}") for label, now, _ in offers],
                about="What counts here and in what is exported. / has the people.",
            ),
            chosen,
        )

    room.session.study.ask("filters", _known, asked)


def _with(filters: Filters, field: str, value: Any) -> Filters:
    return replace(filters, **{field: value})


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "all"


def _several(  # noqa: PLR0917
    room: Room, filters: Filters, take: Take, field: str, title: str, names: list[str]
) -> None:
    if not names:
        room.say("there are none yet")
        return

    def answered(chosen: tuple[str, ...] | None) -> None:
        if chosen is not None:
            take(_with(filters, field, chosen))

    room.app.push_screen(
        dialogs.Several(
            title,
            [(name, Content(safe(name))) for name in names],
            getattr(filters, field),
            about="None chosen: all of them.",
        ),
        answered,
    )


def _since(room: Room, filters: Filters, take: Take) -> None:
    def problem(typed: str) -> str:
        try:
            if typed:
                Filters(since=typed).since_stamp()
        except FilterError as error:
            return str(error)
        return ""

    def answered(typed: str | None) -> None:
        if typed is not None:
            take(replace(filters, since=typed))

    room.app.push_screen(
        dialogs.Prompt(
            "Coded since",
            about="A day such as 2026-08-01; nothing: any time.",
            value=filters.since,
            optional=True,
            problem=problem,
        ),
        answered,
    )
