"""A question for a file or a folder; tab completes what is typed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.widgets.reader.cells import safe

SHOWN = 10
"""Names listed at once."""

_LOOKED_AT = 5_000
"""Entries of a folder that are looked at: the list must not wait for a folder of millions."""


class PathPrompt(Dialog[str]):
    """Asks for a path that is there; folders only with `folders`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", show=False, priority=True),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
    ]
    KEYS = "tab completes · ↑ ↓ · enter take · esc leave"

    def __init__(
        self, title: str, *, about: str = "", endings: tuple[str, ...] = (), folders: bool = False
    ) -> None:
        """`endings` are those of the files that are offered; any path can be typed."""
        super().__init__(title, about)
        self._endings = endings
        self._folders = folders
        self._found: list[str] = []

    def body(self) -> ComposeResult:
        yield Input(placeholder=f"in {Path.cwd()}", compact=True)
        yield OptionList()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._list("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.complain("")
        self._list(event.value)

    def _list(self, typed: str) -> None:
        self._found = completions(typed, self._endings)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(
            [Option(Content(safe(_last(path)))) for path in self._found[:SHOWN]]
            + [Option(Content(f"… {len(self._found) - SHOWN} more"), disabled=True)]
            * (len(self._found) > SHOWN)
        )
        listed.display = bool(self._found)
        listed.highlighted = None

    def action_complete(self) -> None:
        """As far as all names agree; the highlighted one whole."""
        line, place = self.query_one(Input), self.query_one(OptionList).highlighted
        if not self._found:
            return
        common = _common(self._found) if place is None else self._found[place]
        if len(common) > len(line.value) or place is not None:
            line.value = common
            line.cursor_position = len(common)

    def action_step(self, rows: int) -> None:
        listed = self.query_one(OptionList)
        most = min(len(self._found), SHOWN) - 1
        if most >= 0:
            place = -1 if listed.highlighted is None else listed.highlighted
            listed.highlighted = min(max(0, place + rows), most)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(self._found[event.option_index])

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        place = self.query_one(OptionList).highlighted
        self._take(event.value.strip() if place is None else self._found[place])

    def _take(self, typed: str) -> None:
        path = Path(typed).expanduser()
        if not typed:
            self.complain("Name a file, or leave with esc.")
        elif not path.exists():
            self.complain(f"There is no {path.name or typed}: look at the name.")
        elif path.is_dir() and not self._folders:
            line = self.query_one(Input)
            line.value = typed.rstrip("/") + "/"
            line.cursor_position = len(line.value)
        else:
            self.dismiss(typed)


def completions(typed: str, endings: tuple[str, ...] = ()) -> list[str]:
    """The paths that begin with what is typed: folders with `/`, files of these endings."""
    folder, _, begun = typed.rpartition("/")
    before = f"{folder}/" if "/" in typed else ""
    found = []
    try:
        with os.scandir(Path(before or ".").expanduser()) as entries:
            for number, entry in enumerate(entries):
                if number >= _LOOKED_AT:
                    break
                hidden = entry.name.startswith(".") and not begun.startswith(".")
                if hidden or not entry.name.casefold().startswith(begun.casefold()):
                    continue
                if entry.is_dir():
                    found.append(f"{before}{entry.name}/")
                elif not endings or entry.name.casefold().endswith(endings):
                    found.append(f"{before}{entry.name}")
    except OSError:
        return []
    return sorted(found, key=str.casefold)


def _common(paths: list[str]) -> str:
    """What all paths begin with."""
    first, last = min(paths), max(paths)
    while not last.startswith(first):
        first = first[:-1]
    return first


def _last(path: str) -> str:
    """The last name of a path, a folder's with its `/`."""
    return path.rstrip("/").rpartition("/")[2] + ("/" if path.endswith("/") else "")
