"""A question: whom to compare."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from commonplace.analysis.agreement.people import CoderInfo
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import shorten


class CoderDialog(Dialog[tuple[str, ...]]):
    """Asks for two coders or more."""

    DEFAULT_CSS = """
    CoderDialog SelectionList {
        border: none;
        height: auto;
        max-height: 12;
        background: $panel;
        padding: 0;
        margin: 1 0;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Compare", show=False, priority=True)
    ]
    KEYS = "space choose · enter compare · esc leave"

    def __init__(self, known: Sequence[CoderInfo], chosen: Collection[str]) -> None:
        super().__init__("Compare whom?")
        self._known = known
        self._chosen = chosen

    def body(self) -> ComposeResult:
        yield SelectionList[str](
            *(
                Selection(_described(coder), coder.name, coder.name in self._chosen)
                for coder in self._known
            )
        )

    def on_mount(self) -> None:
        self.query_one(SelectionList).focus()

    def action_take(self) -> None:
        chosen = set(self.query_one(SelectionList).selected)
        if len(chosen) < 2:
            self.complain("Choose two or more.")
            return
        self.dismiss(tuple(coder.name for coder in self._known if coder.name in chosen))


def _described(coder: CoderInfo) -> Content:
    work = f"{counted(coder.codings, 'coding')}, {counted(len(coder.done), 'transcript')} done"
    return Content.assemble(shorten(coder.name, 28).ljust(20), ("  " + work, "$text-muted"))
