"""The code picker: a few letters find a code; a new name makes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from commonplace.domain.codebook import Codebook, split_path
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.widgets.line import Line
from commonplace.tui.widgets.reader import CodeLook
from commonplace.tui.widgets.reader.cells import safe

SHOWN = 60
"""Codes listed at once; more letters find the others."""


class Picked(NamedTuple):
    """An answer: an existing code by id, or the path of one to make."""

    code: str = ""
    new: str = ""


class CodePicker(Dialog[Picked]):
    """Asks for a code. `first` are answers offered before all codes, as (code id, words).

    Codes that are `retired` are offered where what is coded is looked for, not for new codings;
    the code `but` is not.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("pageup", "step(-10)", "Page up", show=False),
        Binding("pagedown", "step(10)", "Page down", show=False),
    ]
    KEYS = "type to find · ↑ ↓ · enter choose · esc leave"

    def __init__(
        self,
        title: str,
        codebook: Codebook,
        looks: dict[str, CodeLook],
        *,
        about: str = "",
        create: bool = True,
        retired: bool = False,
        but: str = "",
        first: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(title, about)
        self._codebook = codebook
        self._looks = looks
        self._create = create
        self._first = list(first)
        self._paths = [
            (code.id, codebook.path(code.id))
            for code in codebook.in_reading_order()
            if (retired or not code.retired) and code.id != but
        ]
        self._answers: list[Picked] = []
        self._listed = ""
        """What was typed when the list was made."""

    def body(self) -> ComposeResult:
        hint = "a few letters, or a new name: Parent/Name" if self._create else "a few letters"
        yield Line(placeholder=hint)
        yield OptionList()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._list("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._listed:
            self._list(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value != self._listed:  # enter came before the news of the last letter
            self._list(event.value)
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._answers[place])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._answers[event.option_index])

    def action_step(self, rows: int) -> None:
        choices = self.query_one(OptionList)
        if self._answers:
            place = (choices.highlighted or 0) + rows
            choices.highlighted = min(max(0, place), len(self._answers) - 1)

    def _list(self, typed: str) -> None:
        """Lists what fits the letters typed, the best first, then the new code they would make."""
        self._listed = typed
        self._answers, options = [], []
        for code, words in self._first if not typed.strip() else ():
            self._answers.append(Picked(code=code))
            options.append(Option(Content(words)))
        for code, path in matching(self._paths, typed)[:SHOWN]:
            self._answers.append(Picked(code=code))
            options.append(Option(self._shown(code, path)))
        new = _new_path(self._codebook, typed) if self._create else ""
        if new:
            self._answers.append(Picked(new=new))
            options.append(Option(Content.assemble(("+ new code ", "$text-success"), safe(new))))
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options(options)
        choices.highlighted = 0 if options else None
        known = None if options else self._codebook.at(typed)
        self.complain(
            ""
            if options
            else f"'{safe(known.name)}' is retired: F7 brings it back."
            if known
            else "No code goes by these letters."
        )

    def _shown(self, code: str, path: str) -> Content:
        look = self._looks[code]
        *above, name = split_path(path)
        before = "/".join(above) + "/" if above else ""
        return Content.assemble(
            (look.mark.ljust(3), f"bold {look.color}"), (safe(before), "$text-muted"), safe(name)
        )


_SCATTERED = 4
"""The rank of a path that only has the letters in order."""


def matching(paths: Sequence[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """The codes whose path holds all that was typed, the nearest first.

    Words may be parts of words; where nothing has them, letters in order are enough: `dmp` finds
    Damp.
    """
    words = typed.casefold().replace("/", " ").split()
    if not words:
        return list(paths)
    ranked = []
    for place, (code, path) in enumerate(paths):
        rank = _rank(path.casefold(), words)
        if rank is not None:
            ranked.append((rank, place, code, path))
    best = min(ranked, default=(0,))[0]
    return [
        (code, path) for rank, _, code, path in sorted(ranked) if rank < _SCATTERED or best == rank
    ]


def _rank(path: str, words: Sequence[str]) -> int | None:
    """How near a path is to the words typed, 0 the nearest; None when it does not fit."""
    name = path.rsplit("/", 1)[-1]
    joined = " ".join(words)
    if name == joined:
        return 0
    if name.startswith(joined):
        return 1
    if all(any(part.startswith(word) for part in name.split()) for word in words):
        return 2
    if all(word in path for word in words):
        return 3
    letters = iter(path)
    return _SCATTERED if all(letter in letters for letter in "".join(words)) else None


def _new_path(codebook: Codebook, typed: str) -> str:
    """The path of the code that the words typed would make; empty when there is one already."""
    names = [" ".join(name.split()) for name in split_path(typed)]
    if not all(names) or codebook.at(typed) is not None:
        return ""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)
