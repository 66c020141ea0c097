"""A question: whom to compare."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from textual.content import Content

from commonplace.analysis.agreement.people import CoderInfo
from commonplace.tui import dialogs
from commonplace.tui.screens.room import Room, counted
from commonplace.tui.widgets.reader.cells import shorten


def choose_coders(
    room: Room,
    known: Sequence[CoderInfo],
    chosen: Collection[str],
    take: Callable[[tuple[str, ...] | None], None],
) -> None:
    """Asks for two coders or more."""
    room.app.push_screen(
        dialogs.Several(
            "Compare whom?",
            [(coder.name, _described(coder)) for coder in known],
            chosen,
            least=2,
            problem="Choose two or more.",
        ),
        take,
    )


def _described(coder: CoderInfo) -> Content:
    work = f"{counted(coder.codings, 'coding')}, {counted(len(coder.done), 'transcript')} done"
    return Content(f"{shorten(coder.name, 24).ljust(20)}  {work}")
