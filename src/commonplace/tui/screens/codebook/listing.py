"""Passages as rows of a list, made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from textual.content import Content

from commonplace.tui.screens.codebook.reading import Passage
from commonplace.tui.widgets.linelist import Column, LineList, Row
from commonplace.tui.widgets.reader.cells import safe

MARKED, TO_READ = "●", "↻"


class Passages(LineList):
    """Lists passages; some of them are marked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            [Column(width=2), Column(), Column(width=22, wide_from=60)],
            height=2,
            empty="nothing is coded with this code itself",
            id=id,
        )
        self._listed = _Rows((), set(), str)

    @property
    def passages(self) -> Sequence[Passage]:
        """What is listed."""
        return self._listed.passages

    @property
    def here(self) -> Passage | None:
        """The passage under the cursor."""
        passages = self.passages
        return passages[self.cursor] if self.cursor < len(passages) else None

    def list_passages(
        self, passages: Sequence[Passage], marked: AbstractSet[str], above: Callable[[str], str]
    ) -> None:
        """Lists other passages; `above` is what stands over the words of one, by its code."""
        self._listed = _Rows(passages, marked, above)
        self.show(self._listed)


class _Rows:
    """The rows, and where each is."""

    def __init__(
        self, passages: Sequence[Passage], marked: AbstractSet[str], above: Callable[[str], str]
    ) -> None:
        self.passages = passages
        self._marked = marked
        self._above = above
        self._places = {passage.coding: place for place, passage in enumerate(passages)}

    def count(self) -> int:
        return len(self.passages)

    def index(self, key: str) -> int | None:
        return self._places.get(key)

    def rows(self, start: int, end: int) -> Sequence[Row]:
        return [self._row(passage) for passage in self.passages[start:end]]

    def _row(self, passage: Passage) -> Row:
        marked = passage.coding in self._marked
        above = self._above(passage.code)
        words = Content.assemble(
            (safe(above) + "  " if above else "", "bold"), safe(" ".join(passage.exact.split()))
        )
        signs = Content.assemble(
            (MARKED if marked else " ", "bold $primary"),
            (TO_READ if passage.reread else " ", "bold $accent"),
        )
        speaker = f"{passage.speaker}, " if passage.speaker else ""
        source = Content.assemble(
            (safe(f"{speaker}coded by {passage.coder} {passage.where}"), "$text-muted")
        )
        return Row(passage.coding, (signs, words, source))
