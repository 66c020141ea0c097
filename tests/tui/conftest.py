"""Small projects, and the application running on them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.domain.transcript import Speaker, Transcript, Turn
from commonplace.project import Project
from commonplace.tui.app import CommonplaceApp
from commonplace.tui.places import Places
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.code import desk as screens
from commonplace.tui.screens.review import board

SPEECH = {
    "ash.txt": [
        ("Int", "How is the flat?"),
        ("Rosa", "It's damp. The landlord never came. The bus stopped, too, so I stay in."),
        ("Int", "And the bus?"),
        ("Rosa", "It goes twice a day now. My friend Ann drives me. We laugh a lot."),
    ],
    "birch.txt": [
        ("Int", "What changed here?"),
        ("Sam", "We dug a garden. Neighbours talk again."),
    ],
}
CODES = (
    Code("housing", "Housing"),
    Code("damp", "Damp", "housing"),
    Code("rent", "Rent", "housing"),
    Code("transport", "Transport"),
    Code("social", "Social connection"),
)


def transcript(name: str, turns: list[tuple[str, str]]) -> Transcript:
    """A transcript in which each turn stands as `Label: words`, with blank lines between."""
    text, found = "", []
    for label, words in turns:
        start = len(text)
        text += f"{label}: {words}"
        speech = start + len(label) + 2
        found.append(Turn(start, speech, len(text), label, Span(start, speech - 1)))
        text += "\n\n"
    labels = dict.fromkeys(label for label, _ in turns)
    speakers = tuple(Speaker(label, label == "Int") for label in labels)
    return Transcript(name, text.rstrip(), tuple(found), speakers, "txt", "0" * 64, "txt/1")


def place(project: Project, document: str, words: str) -> Span:
    """Where `words` stand in a transcript."""
    text = project.documents.text(project.documents.find(document).id)
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with two short interviews, five codes and three suggestions for amira."""
    path = tmp_path / "small.commonplace"
    with Project.create(path, name="Small", coder="importer") as project:
        project.codes.load(Codebook("test", CODES))
        for name, turns in SPEECH.items():
            project.documents.add(transcript(name, turns))
    with Project.open(path, coder="amira") as project:
        ash = project.documents.find("ash").id
        project.suggestions.replace(
            ash,
            [
                Suggestion(ash, place(project, "ash", "It's damp."), "damp", 0.8, ("damp",)),
                Suggestion(
                    ash, place(project, "ash", "The bus stopped"), "transport", 0.4, ("bus",)
                ),
                Suggestion(ash, place(project, "ash", "My friend Ann drives me."), "social", 0.2),
            ],
        )
        project.suggestions.finish_run()
    return path


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    """The same project as another coder has it open."""
    with Project.open(path, coder="ben") as project:
        yield project


@pytest.fixture
def twice(path: Path) -> Path:
    """Two coders over both interviews: Rent with other boundaries, Transport by one alone."""
    with Project.open(path, coder="ben") as project:
        ash, birch = (project.documents.find(name).id for name in ("ash", "birch"))
        for document, name, coder, words, code in (
            (ash, "ash", "ben", "The landlord never came.", "rent"),
            (ash, "ash", "cleo", "It's damp. The landlord never came.", "rent"),
            (ash, "ash", "ben", "The bus stopped, too,", "transport"),
            (ash, "ash", "ben", "We laugh a lot.", "social"),
            (ash, "ash", "cleo", "We laugh a lot.", "social"),
            (birch, "birch", "cleo", "Neighbours talk again.", "social"),
        ):
            span = place(project, name, words)
            project.codings.add_many(document, [(span, code)], origin=Origin.MANUAL, coder=coder)
        for document in (ash, birch):
            for coder in ("ben", "cleo"):
                project.documents.set_done(document, coder=coder)
    return path


class Desk:
    """The application in a test, with what tests ask of it."""

    def __init__(self, app: CommonplaceApp, pilot: Pilot[None], path: Path) -> None:
        self.app, self.pilot, self.path = app, pilot, path

    @property
    def code(self) -> CodeScreen:
        screen = self.app.screen
        assert isinstance(screen, CodeScreen), screen
        return screen

    @property
    def said(self) -> str:
        """What the status line says happened last."""
        return self.app.screen.status.said  # type: ignore[attr-defined,no-any-return]

    @property
    def details(self) -> str:
        """What stands at the cursor, in words."""
        return self.code.query_one("#details").text  # type: ignore[attr-defined,no-any-return]

    async def settle(self) -> None:
        """Waits until everything that was asked or written has been answered."""
        quiet = 0
        for _ in range(400):
            await self.pilot.pause()
            counting = any(getattr(room, "counting", False) for room in self.app.rooms)
            session = self.app.session
            busy = counting or session.busy or session.typeahead.holds
            quiet = 0 if busy else quiet + 1
            if quiet >= 2:
                return
        raise AssertionError("no end of questions")

    async def press(self, *keys: str) -> None:
        """Presses keys, waiting after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def burst(self, *keys: str | Paste) -> None:
        """Presses keys and pastes as fast as they can come, waiting after the last."""
        for key in keys:
            if isinstance(key, Paste):  # events tell when they were made
                self.app.post_message(Paste(key.text))
            else:
                self.app.post_message(Key(key, key if len(key) == 1 else None))
        await self.settle()

    async def type(self, words: str) -> None:
        """Puts words into whatever line or text has the focus, as pasting does."""
        focused = self.app.focused
        assert isinstance(focused, Input | TextArea), focused
        if isinstance(focused, Input):
            focused.insert_text_at_cursor(words)
        else:
            focused.insert(words)
        await self.settle()

    async def until(self, condition: Callable[[], Any]) -> None:
        """Waits for something to become true."""
        for _ in range(300):
            await self.pilot.pause()
            if condition():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("it did not happen")

    def at(self, words: str) -> None:
        """Puts the cursor at the beginning of some words of the open transcript."""
        reader = self.code.reader
        text = reader.document.slice(0, reader.document.length)
        reader.go_to(text.index(words))

    def select(self, words: str) -> None:
        """Selects some words of the open transcript."""
        reader = self.code.reader
        start = reader.document.slice(0, reader.document.length).index(words)
        reader.select(Span(start, start + len(words)))

    def codings(self, document: str = "ash") -> list[tuple[str, str, str]]:
        """What is in the project: (code, words, coder) of each coding of a transcript."""
        with Project.open(self.path, coder="reader") as project:
            found = project.codings.of_document(project.documents.find(document).id)
            return [(coding.code, coding.anchor.exact, coding.coder) for coding in found]


@asynccontextmanager
async def desk(
    path: Path, size: tuple[int, int] = (140, 40), **options: Any
) -> AsyncIterator[Desk]:
    """The application on a project, without a worker unless one is given."""
    options.setdefault("places", Places())
    screens.PAUSE = board.PAUSE = 0.02
    options.setdefault("suggest", None)
    app = CommonplaceApp(path, "amira", **options)
    async with app.run_test(size=size) as pilot:
        found = Desk(app, pilot, path)
        await found.settle()
        yield found
