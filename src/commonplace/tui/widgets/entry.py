"""The entry of a code: fields one below the other, each written in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from commonplace.tui.widgets.reader.cells import safe


class Field(NamedTuple):
    """A field of an entry: `hint` stands where it is empty."""

    name: str
    label: str
    hint: str
    text: bool = True
    """Whether it is written; what is not is chosen, see `Entry.Chosen`."""


class Writing(TextArea):
    """The text of a field while it is written. `esc` with changes takes two, so that no sentence
    is lost to one key; going elsewhere keeps them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", show=False),
        Binding("escape", "drop", "Drop", show=False),
    ]

    class Done(Message):
        """The text is to be kept, or else dropped."""

        def __init__(self, keep: bool) -> None:
            super().__init__()
            self.keep = keep

    class Warned(Message):
        """There are changes that the next `esc` drops."""

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, compact=True)
        self._before = text
        self._warned = False

    @property
    def changed(self) -> bool:
        """Whether something else is written than before."""
        return self.text.strip() != self._before.strip()

    def on_mount(self) -> None:
        """Goes on where the text ends."""
        self.focus()
        self.move_cursor(self.document.end)

    def action_keep(self) -> None:
        """Keeps the text."""
        self.post_message(self.Done(keep=True))

    def action_drop(self) -> None:
        """Drops the changes, the second time if there are any."""
        if self.changed and not self._warned:
            self._warned = True
            self.post_message(self.Warned())
        else:
            self.post_message(self.Done(keep=False))

    def on_blur(self) -> None:
        """Whoever goes elsewhere keeps what is written."""
        if self.app.app_focus and self.screen.is_current:
            self.post_message(self.Done(keep=True))


class _Box(Horizontal):
    """A field: its label, and its text or the place where that is written."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.text = ""
        self._shown: tuple[str, Content | None] | None = None

    def compose(self) -> ComposeResult:
        yield Static(self.field.label, classes="label", markup=False)
        yield Static("", classes="value", markup=False)

    def show(self, text: str, shown: Content | None) -> None:
        if (text, shown) == self._shown:
            return  # nothing is laid out anew for what stays
        self.text, self._shown = text, (text, shown)
        if shown is None:
            shown = (
                Content("\n".join(safe(line) for line in text.split("\n")))
                if text
                else Content.styled(self.field.hint, "$text-disabled")
            )
        self.query_one(".value", Static).update(shown)


class Entry(VerticalScroll, can_focus=True):
    """Shows the fields of an entry, one of them the current one; `enter` opens that.

    What is written comes as `Written`, and the field stays open until `close`: whoever keeps it
    may have a question first.
    """

    DEFAULT_CSS = """
    Entry { height: auto; scrollbar-size-vertical: 1; background: $surface; }
    Entry _Box { height: auto; padding: 0 1 0 0; border-left: blank; }
    Entry _Box .label { width: 12; color: $text-muted; }
    Entry _Box .value { width: 1fr; height: auto; }
    Entry:focus _Box.-current { background: $primary 30%; border-left: outer $accent; }
    Entry _Box.-open { background: $panel; border-left: outer $accent; }
    Entry _Box.-open .label { color: $text; text-style: bold; }
    Entry Writing { height: auto; min-height: 2; max-height: 12; padding: 0; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("home", "step(-99)", "First", show=False),
        Binding("end", "step(99)", "Last", show=False),
        Binding("enter", "open", "Write", show=False),
    ]

    class Written(Message):
        """A field was written: `owner` is what the entry was of."""

        def __init__(self, entry: Entry, owner: str, field: str, text: str) -> None:
            super().__init__()
            self.entry, self.owner, self.field, self.text = entry, owner, field, text

    class Chosen(Message):
        """A field that is not written was opened."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    class Closed(Message):
        """No field is open any more."""

    def __init__(self, fields: Sequence[Field], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fields = list(fields)
        self._boxes: list[_Box] = []
        self._at = 0
        self._owner = ""
        self._open: Writing | None = None

    def compose(self) -> ComposeResult:
        self._boxes = [_Box(field) for field in self._fields]
        yield from self._boxes

    def on_mount(self) -> None:
        """Marks the first field."""
        self._mark()

    @property
    def writing(self) -> bool:
        """Whether a field is open."""
        return self._open is not None

    @property
    def field(self) -> str:
        """The name of the current field."""
        return self._fields[self._at].name

    def show(
        self, owner: str, texts: Mapping[str, str], shown: Mapping[str, Content] | None = None
    ) -> None:
        """Shows the entry of `owner`; fields in `shown` are painted so, whatever their text.

        Nothing changes while a field is open: `Closed` is the time to show what holds then.
        """
        if self.writing:
            return
        self._owner = owner
        for box in self._boxes:
            name = box.field.name
            box.show(texts.get(name, ""), (shown or {}).get(name))

    def go_to(self, field: str) -> None:
        """Makes a field the current one."""
        if not self.writing:
            self._at = next(i for i, each in enumerate(self._fields) if each.name == field)
            self._mark()

    @property
    def owner(self) -> str:
        """What the entry is of."""
        return self._owner

    async def close(self, *, keep: bool = False) -> None:
        """Closes the field that is open; with `keep` it shows what is written there."""
        if self._open is None:
            return
        writing, self._open = self._open, None
        had_focus = writing.has_focus
        box = self._boxes[self._at]
        box.remove_class("-open")
        if keep:
            box.show(writing.text.strip(), None)
        await writing.remove()
        box.query_one(".value").display = True
        if had_focus:
            self.focus()
        self.post_message(self.Closed())

    def finish(self, *, keep: bool) -> None:
        """As `ctrl+s` in the field that is open, or `esc`."""
        if self._open is not None:
            (self._open.action_keep if keep else self._open.action_drop)()

    def resume(self) -> None:
        """Goes on writing in the field that is open."""
        if self._open is not None:
            self._open.focus()

    def written(self) -> Written | None:
        """What is written in the open field and not kept yet."""
        if self._open is None or not self._open.changed:
            return None
        return self.Written(self, self._owner, self.field, self._open.text.strip())

    def action_step(self, fields: int) -> None:
        """The field above (-1) or below (1)."""
        if not self.writing:
            self._at = min(max(0, self._at + fields), len(self._fields) - 1)
            self._mark()

    async def action_open(self) -> None:
        """Opens the current field."""
        if self.writing or not self._owner:
            return
        box = self._boxes[self._at]
        if not box.field.text:
            self.post_message(self.Chosen(box.field.name))
            return
        self._open = Writing(box.text)
        box.query_one(".value").display = False
        box.add_class("-open")
        await box.mount(self._open)
        box.scroll_visible(animate=False)

    def _mark(self) -> None:
        for place, box in enumerate(self._boxes):
            box.set_class(place == self._at, "-current")
        if self.is_mounted:
            self._boxes[self._at].scroll_visible(animate=False)

    @on(Writing.Done)
    async def _done(self, event: Writing.Done) -> None:
        event.stop()
        written = self.written() if event.keep else None
        if written is not None:
            self.post_message(written)
        else:
            await self.close()

    async def on_click(self, event: events.Click) -> None:
        """A click makes a field the current one; on the current one it opens it."""
        boxes = [
            node
            for node in (event.widget, *(event.widget.ancestors if event.widget else ()))
            if isinstance(node, _Box)
        ]
        if not boxes or self.writing:
            return
        place = self._boxes.index(boxes[0])
        if place == self._at:
            await self.action_open()
        else:
            self._at = place
            self._mark()
