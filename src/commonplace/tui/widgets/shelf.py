"""The transcripts of a project, with how much of each is coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content

from commonplace.tui.widgets.linelist import Column, LineList, Row
from commonplace.tui.widgets.reader.cells import safe


class Volume(NamedTuple):
    """A transcript on the shelf. `share` is what is coded, 0–1, None until it is known."""

    id: str
    name: str
    share: float | None = None
    done: bool = False


class _Volumes:
    """The rows of the shelf, made when they are looked at."""

    def __init__(self, volumes: Sequence[Volume], opened: str) -> None:
        self.volumes = list(volumes)
        self.places = {volume.id: place for place, volume in enumerate(volumes)}
        self.opened = opened

    def count(self) -> int:
        return len(self.volumes)

    def index(self, key: str) -> int | None:
        return self.places.get(key)

    def rows(self, start: int, end: int) -> Sequence[Row]:
        return [self._row(volume) for volume in self.volumes[start:end]]

    def _row(self, volume: Volume) -> Row:
        name = safe(volume.name)
        share = "" if volume.share is None else f"{volume.share:.0%}"
        style = "bold $primary" if volume.id == self.opened else ""
        done = ("✓", "$text-success") if volume.done else " "
        return Row(
            volume.id,
            (
                Content.assemble((name, style)),
                Content.assemble((share, "$text-muted"), " ", done),
            ),
        )


class Shelf(LineList):
    """Lists transcripts; a click opens one."""

    DEFAULT_CSS = """
    Shelf { background: $panel; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        self._volumes = _Volumes((), "")
        super().__init__(
            [Column(), Column(width=6, align="right")],
            self._volumes,
            empty="none yet",
            id=id,
        )

    @property
    def volumes(self) -> Sequence[Volume]:
        """What is listed."""
        return self._volumes.volumes

    def show_volumes(self, volumes: Sequence[Volume]) -> None:
        """Lists other transcripts."""
        self._volumes = _Volumes(volumes, self._volumes.opened)
        self.show(self._volumes)

    def show_shares(self, shares: Mapping[str, float | None]) -> None:
        """Shows how much of some transcripts is coded, by id."""
        volumes = self._volumes.volumes
        for document, share in shares.items():
            place = self._volumes.index(document)
            if place is not None:
                volumes[place] = volumes[place]._replace(share=share)
        self.reload()

    def mark_open(self, document: str) -> None:
        """Marks the transcript that lies open, and puts the cursor on it."""
        self._volumes.opened = document
        self.reload()
        self.move_to_key(document)

    def on_click(self, event: events.Click) -> None:  # noqa: ARG002
        """Opens the transcript clicked, also when it was not the current one before."""
        self.call_later(self._open_clicked, self.cursor)

    def _open_clicked(self, before: int) -> None:
        if self.cursor != before:
            self.action_choose()
