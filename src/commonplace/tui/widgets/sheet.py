"""A sheet of text to look at: paragraphs with styles, wrapped to the pane, scrolled if long."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.cache import LRUCache
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class Sheet(ScrollView, can_focus=False):
    """Shows paragraphs; changing them lays out nothing but itself."""

    ALLOW_SELECT = False
    auto_links = False
    DEFAULT_CSS = """
    Sheet {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._paragraphs: list[Content] = []
        self._strips: list[Strip] = []
        self._wrapped: LRUCache[tuple[str, tuple[Span, ...]], list[Strip]] = LRUCache(128)

    @property
    def text(self) -> str:
        """What stands on the sheet."""
        return "\n".join(paragraph.plain for paragraph in self._paragraphs)

    def show(self, paragraphs: Sequence[Content]) -> None:
        """Shows other paragraphs, from the top."""
        if len(paragraphs) == len(self._paragraphs) and all(
            new.is_same(old) for new, old in zip(paragraphs, self._paragraphs, strict=True)
        ):
            return
        self._paragraphs = list(paragraphs)
        self.scroll_to(0, 0, animate=False)
        self._wrap()

    def on_resize(self) -> None:
        self._wrapped.clear()
        self._wrap()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._wrapped.clear()
        if self.is_mounted:
            self._wrap()
            self.refresh()

    def _wrap(self) -> None:
        region = self.scrollable_content_region
        width, before = region.width, self._strips
        if width <= 0:
            return
        self._strips = []
        for paragraph in self._paragraphs:
            self._strips += self._rows(paragraph, width)
        # As high as the pane at least: while everything fits, nothing is laid out anew.
        size = Size(width, max(len(self._strips), region.height))
        if size != self.virtual_size or self.scroll_offset.y:
            self.virtual_size = size
            self.refresh()
            return
        for row, (old, new) in enumerate(zip_longest(before, self._strips)):
            if old != new:
                self.refresh(Region(0, row, self.size.width, 1))

    def _rows(self, paragraph: Content, width: int) -> list[Strip]:
        """A paragraph wrapped; from one place to the next many stay as they are."""
        key = (paragraph.plain, tuple(paragraph.spans))
        rows = self._wrapped.get(key)
        if rows is None:
            rows = Visual.to_strips(self, paragraph, width, None, self.visual_style)
            self._wrapped[key] = rows
        return rows

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.scrollable_content_region.width
        blank = self.visual_style.rich_style
        if y >= len(self._strips):
            return Strip.blank(width, blank)
        return self._strips[y].extend_cell_length(width, blank).crop(0, width)


class Page(Sheet, can_focus=True, inherit_bindings=False):
    """A sheet that has the focus where nothing else can: its keys go to what holds it."""
