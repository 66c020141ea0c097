"""The codebook and files of codebooks: comparing with one, taking it in, writing one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from commonplace.domain.codebook import Codebook
from commonplace.domain.table import Row as TableRow
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.screens.codebook.editing import Editor
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import safe

CHOICES = ("Take it in", "Take it in, and mark what was coded under other definitions", "Leave it")
_SIGNS = {"added": "+", "removed": "−", "renamed": "→", "moved": ">", "edited": "~"}


class Comparison(Dialog[int]):
    """How a file differs from the codebook; the answer is the place of a choice."""

    DEFAULT_CSS = """
    Comparison > Vertical { width: 96; }
    Comparison VerticalScroll { height: auto; max-height: 38vh; margin: 1 0; }
    Comparison VerticalScroll Static { height: auto; }
    """
    KEYS = "pgup pgdn scroll · ↑ ↓ enter choose · esc leave"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll(8)", "Page down", show=False, priority=True),
        Binding("pageup", "scroll(-8)", "Page up", show=False, priority=True),
    ]

    def __init__(self, file: str, rows: Sequence[TableRow]) -> None:
        super().__init__(
            f"{file} beside the codebook here",
            f"{counted(len(rows), 'difference')}. Taking it in adds and changes codes; it removes "
            "none, and fields that are empty there stay as they are here.",
        )
        self._rows = rows

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(Content("\n").join(map(_line, self._rows)), markup=False)
        yield OptionList(*map(Content, CHOICES))

    def on_mount(self) -> None:
        choices = self.query_one(OptionList)
        choices.focus()
        choices.highlighted = len(CHOICES) - 1

    @on(OptionList.OptionSelected)
    def _answer(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


class Comparer(Editor):
    """What a person does with files of codebooks."""

    def action_compare(self) -> None:
        def answered(name: str | None) -> None:
            if name is not None:
                path = Path(name).expanduser()
                self.session.study.ask(
                    "compare",
                    lambda project: _compared(project, path),
                    lambda found: self._compared(path, *found),
                )

        self.app.push_screen(
            dialogs.Prompt(
                "Compare with a codebook file",
                about=f"A .yaml, .csv or .qdc file. In {Path.cwd()}",
                hint="codebook.yaml",
            ),
            answered,
        )

    def _compared(self, path: Path, other: Codebook, rows: Sequence[TableRow]) -> None:
        if not rows:
            self.say(f"{path.name} says the same as the codebook here")
            return

        def decided(place: int | None) -> None:
            if place is None or CHOICES[place] == CHOICES[-1]:
                return
            self.session.write(
                lambda project: project.codes.load(other, reread=place == 1),
                lambda done: self.say(
                    f"{counted(done.added, 'code')} added, {done.changed} changed — u undoes"
                ),
            )

        self.app.push_screen(Comparison(path.name, rows), decided)

    def action_export(self) -> None:
        def answered(name: str | None) -> None:
            if name is None:
                return
            path = Path(name).expanduser()
            if not path.exists():
                self._save(path)
                return
            keeps = "Update it" if path.suffix.casefold() in (".yaml", ".yml") else "Replace it"

            def decided(place: int | None) -> None:
                if place == 0:
                    self._save(path)

            self.app.push_screen(
                dialogs.Choose(
                    f"{path.name} is there already", [Content(keeps), Content("Leave it")]
                ),
                decided,
            )

        self.app.push_screen(
            dialogs.Prompt(
                "Write the codebook to a file",
                about=f"Its ending says how: .yaml, .csv or .qdc. In {Path.cwd()}",
                value="codebook.yaml",
            ),
            answered,
        )

    def _save(self, path: Path) -> None:
        def saved(project: Project) -> str:
            from commonplace import codebooks

            notes = codebooks.save(project.codes.codebook(), path)
            return "; ".join([f"wrote {path.resolve()}", *notes])

        self.session.study.ask("save", saved, self.say)


def _compared(project: Project, path: Path) -> tuple[Codebook, list[TableRow]]:
    """The codebook of a file, and a row for each difference."""
    from commonplace import codebooks
    from commonplace.analysis.codebook_work import changes

    other = codebooks.load(path)
    return other, list(changes(project.codes.codebook(), other))


def _line(row: TableRow) -> Content:
    """One change: what, where, and from what to what."""
    change, path, field, before, after = map(str, row)
    head = Content.assemble((f"{_SIGNS[change]} {change} ", "bold $primary"), (safe(path), "bold"))
    if change in ("added", "removed"):
        return head
    return Content.assemble(
        head,
        (f"  {field.replace('_', ' ')} ", "$text-muted"),
        (safe(before) or "(empty)", "$text-muted"),
        (" → ", "bold $primary"),
        (safe(after) or "(empty)", "$text" if after else "$text-muted"),
    )
