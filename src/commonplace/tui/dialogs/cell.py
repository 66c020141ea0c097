"""A cell to write in, where it stands: known values come up by their first letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from commonplace.domain.attributes import Attribute, Kind, UnfitError
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.widgets.line import Line
from commonplace.tui.widgets.reader.cells import safe, shorten

SHOWN = 8
"""Values offered at once."""

_WIDTH = 34
_HEIGHT = SHOWN + 4


class Said(NamedTuple):
    """An answer: the value, empty for none; `new` for one that the choices do not have yet."""

    value: str
    new: bool = False


class CellDialog(Dialog[Said]):
    """Asks for the value of an attribute.

    What a declared type does not take is not taken here either, but a choice can be made to grow.
    """

    DEFAULT_CSS = """
    CellDialog { align: left top; background: $background 20%; }
    CellDialog > Vertical { width: 34; max-width: 100%; border: round $primary; }
    CellDialog Input { margin: 0; padding: 0; background: $panel; }
    CellDialog OptionList { margin: 0; max-height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
    ]
    KEYS = "enter · esc"

    def __init__(
        self, title: str, attribute: Attribute, value: str, known: Sequence[str], at: Region
    ) -> None:
        """`known` are the values that stand elsewhere; the answer is written at `at`."""
        super().__init__(shorten(title, _WIDTH - 6))
        self._attribute = attribute
        self._value = value
        self._known = list(dict.fromkeys((*attribute.choices, *known)))
        self._at = at
        self._answers: list[Said] = []
        self._listed: str | None = None

    def body(self) -> ComposeResult:
        value = "" if self._attribute.kind is Kind.CHOICE else self._value
        hint = self._value or str(self._attribute.kind)
        yield Line(value, placeholder=hint)
        yield OptionList()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._list(self.query_one(Input).value, typed=False)
        self._place()

    def on_resize(self) -> None:
        self._place()

    def _place(self) -> None:
        """Puts the box over the cell, as far as the screen reaches."""
        box = self.query_one(Vertical)
        x = min(self._at.x - 2, self.app.size.width - _WIDTH)
        y = min(self._at.y - 1, self.app.size.height - _HEIGHT)
        box.styles.offset = (max(0, x), max(0, y))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._listed:
            self.complain("")
            self._list(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value != self._listed:
            self._list(event.value)
        place = self.query_one(OptionList).highlighted
        self._answer(self._answers[place] if place is not None else Said(event.value.strip()))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._answer(self._answers[event.option_index])

    def _answer(self, said: Said) -> None:
        if self._attribute.declared and not said.new:
            try:
                said = Said(self._attribute.fit(said.value))
            except UnfitError as error:
                self.complain(str(error))
                return
        self.dismiss(said)

    def action_step(self, rows: int) -> None:
        choices = self.query_one(OptionList)
        if self._answers:
            place = -1 if choices.highlighted is None else choices.highlighted
            choices.highlighted = min(max(0, place + rows), len(self._answers) - 1)

    def _list(self, text: str, *, typed: bool = True) -> None:
        """Lists the values that begin so; of a choice the first is taken by enter."""
        self._listed = text
        choice = self._attribute.kind is Kind.CHOICE
        letters = text.strip().casefold() if typed or choice else ""
        found = [value for value in self._known if value.casefold().startswith(letters)]
        exact = any(value.casefold() == letters for value in found)
        found.sort(key=lambda value: value.casefold() != letters)
        self._answers = [Said(value) for value in found[:SHOWN]]
        options = [Option(Content(safe(value))) for value in found[:SHOWN]]
        if choice and letters and not exact:
            self._offer_new(text.strip(), options)
        if choice and not letters and self._value:
            self._answers.append(Said(""))
            options.append(Option(Content.assemble(("nothing", "$text-muted italic"))))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options)
        listed.display = bool(options)
        listed.highlighted = self._first(letters) if choice and options else None

    def _first(self, letters: str) -> int:
        """Of a choice: the value that stands there, until something is typed."""
        values = [said.value for said in self._answers]
        return values.index(self._value) if not letters and self._value in values else 0

    def _offer_new(self, value: str, options: list[Option]) -> None:
        """Offers what it may be a slip of, and the value as it was typed."""
        near = Attribute("", Kind.CHOICE, tuple(self._known))
        try:
            near.fit(value)
        except UnfitError as error:
            if error.near and Said(error.near) not in self._answers:
                self._answers.append(Said(error.near))
                meant = (error.near, "$text"), ("  did you mean this?", "$text-muted")
                options.append(Option(Content.assemble(*meant)))
        self._answers.append(Said(value, new=self._attribute.declared))
        options.append(Option(Content.assemble(("+ ", "$text-success"), safe(value))))
