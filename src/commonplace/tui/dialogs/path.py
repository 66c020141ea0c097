"""A question for files or folders; tab completes what is typed."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.widgets.line import Line
from commonplace.tui.widgets.reader.cells import safe

SHOWN = 10
"""Names listed at once."""

_LOOKED_AT = 5_000
"""Entries of a folder that are looked at: the list must not wait for a folder of millions."""


class PathPrompt(Dialog[list[Path]]):
    """Asks for a file that is there; with `several` for files and folders, `;` between them.

    What a terminal makes of files dropped on it is understood, quotes and all.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", show=False, priority=True),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
    ]
    KEYS = "tab completes · ↑ ↓ · enter take · esc leave"

    def __init__(
        self, title: str, *, about: str = "", endings: tuple[str, ...] = (), several: bool = False
    ) -> None:
        """`endings` are those of the files that are offered; any path can be typed."""
        super().__init__(title, about)
        self._endings = endings
        self._several = several
        self._found: list[str] = []

    def body(self) -> ComposeResult:
        yield Line(placeholder=f"in {Path.cwd()}", between="; " if self._several else " ")
        yield OptionList()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._list("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.complain("")
        self._list(event.value)

    def _list(self, typed: str) -> None:
        before, last = self._parted(typed)
        self._found = [before + path for path in completions(last, self._endings)]
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

    def _parted(self, typed: str) -> tuple[str, str]:
        """What was typed before the last path, and that."""
        place = typed.rfind(";") if self._several else -1
        last = typed[place + 1 :].lstrip()
        return typed[: len(typed) - len(last)], last

    def _take(self, typed: str) -> None:
        if not typed:
            self.complain("Name a file, or leave with esc.")
            return
        paths = self._paths(typed)
        missing = next((path for path in paths if not os.path.lexists(path)), None)
        if missing is not None:
            self.complain(f"There is no {missing}: look at the name.")
        elif not self._several and paths[0].is_dir():
            line = self.query_one(Input)
            line.value = typed.rstrip("/") + "/"
            line.cursor_position = len(line.value)
        else:
            self.dismiss(paths)

    def _paths(self, typed: str) -> list[Path]:
        whole = _path(typed)
        if not self._several or os.path.lexists(whole):
            return [whole]
        return [_path(part) for part in typed.split(";") if part.strip()]


def _path(typed: str) -> Path:
    """The path that is meant: without the quotes or backslashes that a terminal puts to it."""
    typed = typed.strip()
    path = Path(typed).expanduser()
    if os.path.lexists(path):
        return path
    try:
        words = shlex.split(typed)
    except ValueError:
        return path
    return Path(words[0]).expanduser() if len(words) == 1 else path


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
