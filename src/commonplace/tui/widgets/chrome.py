"""The lines around a screen: where you are, how things stand, which keys there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from commonplace.tui.widgets.reader.cells import shorten

ALWAYS = ("Help",)
"""What the footer offers at its right end, however narrow it is."""

ENOUGH = 8
"""Cells of the project's name that are worth narrowing the tabs for."""


class Offer(NamedTuple):
    """A key that can be pressed, or clicked: how it is written, what it does, the action."""

    key: str
    label: str
    action: str


def clickable(content: Content, action: str) -> Content:
    """`content`, which runs `action` when it is clicked."""
    return content.stylize(Style.from_meta({"@click": action}))


class Line(Widget):
    """One line of text; subclasses say which."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Line { height: 1; width: 1fr; }
    """
    auto_links = False


class Tabs(Line):
    """Places side by side, the one where we are marked, each with the key that leads there."""

    DEFAULT_CSS = """
    Tabs { background: $panel; color: $text-muted; padding: 0 1; }
    """

    def __init__(
        self, places: Sequence[tuple[Offer, bool]], *, title: str = "", id: str | None = None
    ) -> None:
        """`places` are the offers to go elsewhere, each with whether it is where we are."""
        super().__init__(id=id)
        self._title = title
        self._places = places

    def show(self, places: Sequence[tuple[Offer, bool]]) -> None:
        """Offers other places, or marks another one."""
        self._places = places
        self.refresh()

    def render(self) -> Content:
        tabs, room = self._widest(min(len(self._title), ENOUGH))
        name = Content.assemble((shorten(self._title, max(0, min(40, room))), "bold $text"))
        if not self._title:
            return tabs
        gap = max(1, self.size.width - name.cell_length - tabs.cell_length)
        return name + " " * gap + tabs

    def _widest(self, wanted: int) -> tuple[Content, int]:
        """The tabs as wide as they can be, and the cells that are left for the title."""
        tabs, room = Content(""), 0
        for tight, labels in ((False, True), (True, True), (True, False)):
            tabs = self._tabs(tight=tight, labels=labels)
            room = self.size.width - tabs.cell_length - bool(wanted)
            if room >= wanted:
                break
        return tabs, room

    def _tabs(self, *, tight: bool, labels: bool) -> Content:
        """The places side by side; `tight` with a space between, without `labels` but ours."""
        tabs = []
        for offer, here in self._places:
            tab = Content.assemble((offer.key, "$primary" if here else "$text-muted"))
            if labels or here:
                tab += Content.assemble(" ", (offer.label, "bold $text" if here else "$text-muted"))
            if not tight:
                tab = " " + tab + " "
            if here:
                tab = tab.stylize("on $surface")
            tabs.append(clickable(tab, offer.action))
        return Content(" " if tight else "").join(tabs)


class KeyBar(Line):
    """The keys that matter here, as many as fit, for the mouse too."""

    DEFAULT_CSS = """
    KeyBar { background: $panel; color: $text-muted; padding: 0 1; }
    """

    def __init__(self, offers: Sequence[Offer] = ()) -> None:
        super().__init__()
        self._offers = list(offers)

    def show(self, offers: Sequence[Offer]) -> None:
        """Offers other keys."""
        if list(offers) != self._offers:
            self._offers = list(offers)
            self.refresh()

    def render(self) -> Content:
        always = [_button(offer) for offer in self._offers if offer.label in ALWAYS]
        right = Content("  ").join(always)
        room, shown = self.size.width - right.cell_length - 2, Content("")
        for offer in self._offers:
            button = _button(offer)
            gap = 2 if shown else 0
            fits = shown.cell_length + gap + button.cell_length <= room
            if fits and offer.label not in ALWAYS:
                shown += " " * gap + button
        return shown + " " * max(0, self.size.width - shown.cell_length - right.cell_length) + right


def _button(offer: Offer) -> Content:
    """A key and what it does, to click."""
    key = Content.assemble((offer.key, "bold $primary"), " ", offer.label)
    return clickable(key, offer.action)


def _with_tail(said: str, room: int) -> str:
    """What was said in so many cells; what can be done about it, behind a dash, is cut last."""
    head, dash, tail = said.rpartition(" — ")
    left = room - cell_len(dash + tail)
    if not dash or left < room // 3:
        return shorten(said, room)
    return shorten(head, left) + dash + tail


class StatusLine(Line):
    """At the left what happened last, at the right where the reader is and how things stand."""

    DEFAULT_CSS = """
    StatusLine { background: $surface; color: $text-muted; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._trouble = False
        self._state: tuple[str, ...] = ()
        self._worker = ""
        self._worker_trouble = False
        self._writing = ""

    @property
    def said(self) -> str:
        """What happened last, in words."""
        return self._said

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Tells what happened; until the next time."""
        if (text, trouble) != (self._said, self._trouble):
            self._said, self._trouble = text, trouble
            self.refresh()

    def show(self, *state: str) -> None:
        """Tells where the reader is; what matters most comes first, and is cut last."""
        if state != self._state:
            self._state = state
            self.refresh()

    @property
    def worker(self) -> str:
        """What the worker is doing, in words."""
        return self._worker

    def show_worker(self, text: str, *, trouble: bool = False) -> None:
        """Tells what the worker is doing; nothing while it has nothing to do."""
        if (text, trouble) != (self._worker, self._worker_trouble):
            self._worker, self._worker_trouble = text, trouble
            self.refresh()

    @property
    def writing(self) -> str:
        """Which files are being written, in words."""
        return self._writing

    def show_writing(self, text: str) -> None:
        """Tells which files are being written; it is cut last of all."""
        if text != self._writing:
            self._writing = text
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        told = [*self._state, *(part for part in (self._worker, self._writing) if part)]
        wanted = sum(cell_len(part) + 3 for part in told)
        most = max(width * 3 // 5, width - wanted)
        if self._writing:
            most = min(most, width - cell_len(self._writing) - 2)
        said = _with_tail(self._said, most)
        left = Content.assemble((said, "$text-error" if self._trouble else "$text"))
        room = width - left.cell_length - (2 if said else 0)
        right = Content("")
        parts = [(part, "$text-muted") for part in self._state]
        if self._worker:
            style = "$text-warning" if self._worker_trouble else "$text-muted"
            parts.insert(1 if self._worker_trouble else len(parts), (self._worker, style))
        if self._writing:
            parts.insert(0, (self._writing, "$text"))
        for text, style in parts:
            separator = " · " if right else ""
            if right and right.cell_length + len(separator) + cell_len(text) > room:
                continue
            cut = shorten(text, max(0, room - right.cell_length - len(separator)))
            right += Content.assemble((separator, "$text-disabled"), (cut, style))
        gap = max(0, width - left.cell_length - right.cell_length)
        return left + " " * gap + right


class Heading(Line):
    """The title of a pane, with a note at its right."""

    DEFAULT_CSS = """
    Heading { background: $panel; color: $text; text-style: bold; padding: 0 1; }
    """

    def __init__(self, title: str = "", note: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title, self._note = title, note

    def show(self, title: str, note: str = "") -> None:
        """Shows another title."""
        if (title, note) != (self._title, self._note):
            self._title, self._note = title, note
            self.refresh()

    def render(self) -> Content:
        note = shorten(self._note, max(0, self.size.width // 2))
        room = self.size.width - cell_len(note) - 1
        title = shorten(self._title, room)
        gap = max(0, self.size.width - cell_len(title) - cell_len(note))
        return Content.assemble(title + " " * gap, (note, "$text-muted not bold"))
