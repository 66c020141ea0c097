"""What all screens share: the project being worked on, how to write to it and ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message import Message

from commonplace.domain.codebook import Codebook
from commonplace.project import Project, ProjectError
from commonplace.tui import colors
from commonplace.tui.looks import looks
from commonplace.tui.messages import Changes, Refused, Written
from commonplace.tui.opened import Opened, load
from commonplace.tui.places import Places
from commonplace.tui.queries import Answered, Queries
from commonplace.tui.typeahead import TypeAhead
from commonplace.tui.watch import Seen
from commonplace.tui.widgets.reader import CodeLook
from commonplace.tui.widgets.reader.cells import shorten
from commonplace.tui.writer import Command, Writer

if TYPE_CHECKING:
    from commonplace.suggest.client import Told


class Session:
    """An open project, as the interface has it. Everything here is used by its thread alone.

    What the first paint needs is read at once and no more; the thread that writes begins with
    `start`, those that ask with their first question.
    """

    def __init__(self, path: Path, coder: str | None, places: Places | None = None) -> None:
        """Raises `ProjectError` when the project cannot be opened."""
        with Project.open(path, coder=coder) as project:
            project.blind.shade()
            self.path = path
            self.coder = project.coder
            self.name = project.name
            self.notice = project.notice
            self.writable = project.writable
            self.places = places if places is not None else Places.load(project.uuid)
            self.codebook = Codebook("")
            self.looks: dict[str, CodeLook] = {}
            seen = Seen.now(project)
            self.set_codebook(project.codes.codebook())
            self.opening = self._first_transcript(project)
        self.typeahead: TypeAhead
        """Set by the application."""
        self.worker_says = ("", False)
        """What the worker is doing, and whether that is trouble."""
        self.suggesting = False
        """Whether suggestions are being made, or about to be."""
        self.accounts: dict[str, Told] = {}
        """What spoke for suggestions that were looked at, as far as it holds, by their ids."""
        self._post: Callable[[Message], object] = _nobody
        self.writer = Writer(path, self.coder, self.post, seen)
        self.desk = Queries(path, self.coder, self.post)
        """For the transcript at hand: quick questions."""
        self.study = Queries(path, self.coder, self.post)
        """For tables over the whole project, which may take a while."""

    def _first_transcript(self, project: Project) -> Opened | None:
        """The transcript that was open last, else the first by name."""
        if self.places.document:
            try:
                return self._load(project, self.places.document)
            except ProjectError:
                self.places.document = ""
        first = project.connection.execute(
            "SELECT id FROM documents ORDER BY name LIMIT 1"
        ).fetchone()
        return None if first is None else self._load(project, first[0])

    def _load(self, project: Project, document: str) -> Opened:
        return load(project, document, near=self.places.offsets.get(document, 0))

    def tell(self, post: Callable[[Message], object]) -> None:
        """What the threads have to say goes to `post`."""
        self._post = post

    def start(self) -> None:
        """Starts to write and to watch."""
        self.writer.start()

    def post(self, message: Message) -> object:
        """Passes a message of a thread on."""
        return self._post(message)

    def set_codebook(self, codebook: Codebook) -> None:
        """Takes another state of the codebook."""
        self.codebook = codebook
        self.looks = looks(codebook, colors.named(self.places.theme))

    def path_of(self, code: str) -> str:
        """The path of a code; of one that is gone, a word for that."""
        return self.codebook.path(code) if code in self.codebook else "(a removed code)"

    def write(
        self,
        command: Command,
        then: Callable[[Any], None] | None = None,
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Has a command carried out by the writer: see `Writer.submit`."""
        self.writer.submit(command, then, undo)

    def take(self, changes: Changes) -> None:
        """Forgets accounts that may not hold, or not be seen, any more."""
        if changes.run is not None or any(
            (changes.marks, changes.codebook, changes.shelf, changes.turns, changes.many)
        ):
            self.accounts.clear()

    def written(self, message: Written) -> None:
        """Reads the writer's answer to a command that was carried out."""
        self.writer.pending -= 1
        if message.then is not None:
            message.then(message.result)

    def refused(self, message: Refused) -> None:
        """Reads the writer's answer to a command that was refused."""
        self.writer.pending -= 1
        if message.undo is not None:
            message.undo()

    def answered(self, message: Answered) -> None:
        """Reads the answer to a question, unless a newer one was asked meanwhile."""
        if message.queries.read(message) and not message.error:
            message.then(message.result)

    @property
    def writing(self) -> str:
        """Which files are being written, and what stops them; empty when none is."""
        files = [stop.what for stop in self.study.stops.values() if not stop.is_set()]
        if not files:
            return ""
        what = shorten(files[0], 20) if len(files) == 1 else f"{len(files)} files"
        return f"writing {what} … esc stops"

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self.writer.pending or self.desk.pending or self.study.pending)

    def close(self) -> None:
        """Writes what is waiting, and closes everything."""
        self.desk.close()
        self.study.close()
        self.writer.close()
        self.places.save()


def _nobody(_: Message) -> None:
    """Nobody listens yet."""
