"""The codebook as a tree: each code with its number, its mark, and how often it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from commonplace.domain.codebook import Code, Codebook
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row
from commonplace.tui.widgets.reader import CodeLook
from commonplace.tui.widgets.reader.cells import safe


class CodeTree(LineList):
    """Shows a codebook; branches close and open with `←` and `→`."""

    DEFAULT_CSS = """
    CodeTree { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "fold", "Close branch", show=False),
        Binding("right", "unfold", "Open branch", show=False),
    ]

    class Clicked(Message):
        """A code that was not the current one was clicked."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            [Column(), Column(width=3, align="right")],
            empty="no codes yet: + adds one",
            id=id,
        )
        self._codebook = Codebook("")
        self._looks: Mapping[str, CodeLook] = {}
        self._counts: Mapping[str, int] = {}
        self._folded: set[str] = set()
        self._only = ""

    def show_codebook(
        self, codebook: Codebook, looks: Mapping[str, CodeLook], only: str = ""
    ) -> None:
        """Shows another state of the codebook; `only` is the code that is filtered by."""
        self._codebook, self._looks, self._only = codebook, looks, only
        self._list()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Shows how many codings each code has by itself; a closed branch shows the sum."""
        if counts != self._counts:
            self._counts = counts
            self._list()

    def _list(self) -> None:
        rows, waiting = [], list(reversed(self._codebook.children(None)))
        numbers = {code.id: n for n, code in enumerate(self._codebook.numbered(), start=1)}
        while waiting:
            code = waiting.pop()
            rows.append(self._line(code, numbers.get(code.id)))
            if code.id not in self._folded:
                waiting += reversed(self._codebook.children(code.id))
        self.show(ListedRows(rows))

    def _line(self, code: Code, number: int | None) -> Row:
        depth = self._codebook.depth(code.id)
        look = self._looks.get(code.id)
        count = self._codings(code)
        style = "bold" if depth == 0 else ""
        if code.id == self._only:
            style += " underline"
        mark = f"bold {look.color}" if look else "bold"
        if code.retired:
            style, mark = "$text-muted strike", "$text-muted"
        name = Content.assemble(
            (f"{number or ' '} " if depth == 0 else "   " + "  " * (depth - 1), "bold $primary"),
            (look.mark.ljust(3) if look else "•  ", mark),
            (safe(code.name), style),
            (" retired" if code.retired else "", "$text-muted italic"),
            (" ▸" if code.id in self._folded else "", "$text-muted"),
        )
        return Row(code.id, (name, Content.assemble((str(count) if count else "", "$text-muted"))))

    def _codings(self, code: Code) -> int:
        if code.id not in self._folded:
            return self._counts.get(code.id, 0)
        return sum(self._counts.get(below.id, 0) for below in self._codebook.subtree(code.id))

    def action_fold(self) -> None:
        """Closes the branch of this code, or goes to the code above."""
        if self.key is None or self.key not in self._codebook:
            return
        code = self._codebook[self.key]
        if code.id not in self._folded and self._codebook.children(code.id):
            self._folded.add(code.id)
            self._list()
        elif code.parent is not None:
            self.move_to_key(code.parent)

    def action_unfold(self) -> None:
        """Opens the branch of this code."""
        if self.key in self._folded:
            self._folded.discard(self.key)
            self._list()

    def reveal(self, code: str) -> bool:
        """Makes a code the current one, opening the branches it is in; whether it is there."""
        if code not in self._codebook:
            return False
        self._folded -= {above.id for above in self._codebook.lineage(code)[:-1]}
        self._list()
        return self.move_to_key(code)

    def on_click(self, event: events.Click) -> None:  # noqa: ARG002
        """Tells when another code than the current one is clicked."""
        self.call_later(self._tell_clicked, self.cursor)

    def _tell_clicked(self, before: int) -> None:
        if self.cursor != before and self.key is not None:
            self.post_message(self.Clicked(self.key))
