"""Deciding about suggestions, and what the screen says of the worker that makes them."""

from __future__ import annotations

from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.suggestions import Basis
from commonplace.suggest.client import Busy, Gone, Idle, Likeness, Starting, Told
from commonplace.tui.messages import AccountKnown, Changes, ProjectChanged, WorkerChanged
from commonplace.tui.screens import room
from commonplace.tui.screens.code.suggesting import UNFINISHED
from commonplace.tui.suggesting import Post, said
from tests.tui.conftest import desk, place


async def test_next_goes_from_one_suggestion_to_the_other(path):
    async with desk(path) as d:
        await d.press("n")
        assert "Housing/Damp" in d.details and "likely" in d.details and "damp" in d.details
        await d.press("n")
        assert "Transport" in d.details and "maybe" in d.details
        await d.press("N")
        assert "Housing/Damp" in d.details
        await d.press("n", "n", "n")
        assert "no suggestion after" in d.said


async def test_bands_are_words_and_never_digits(path):
    async with desk(path) as d:
        await d.press("n")
        assert not any(character.isdigit() for character in d.details)


async def test_accepting_makes_a_coding_that_knows_where_it_came_from(path):
    async with desk(path) as d:
        await d.press("n", "a")
        assert d.codings() == [("damp", "It's damp.", "amira")]
        assert d.said == "accepted Housing/Damp — u undoes, n next"
        assert len(d.code.reader.suggestions) == 2
    with Project.open(path, coder="x") as project:
        (coding,) = project.codings.of_document(project.documents.find("ash").id)
        assert (coding.origin, coding.score, coding.reasons) == (Origin.ACCEPTED, 0.8, ("damp",))


async def test_undoing_an_acceptance_brings_the_suggestion_back(path):
    async with desk(path) as d:
        await d.burst("n", "a", "n", "a")
        assert [code for code, _, _ in d.codings()] == ["damp", "transport"]
        await d.press("u", "u")
        assert d.codings() == []
        assert len(d.code.reader.suggestions) == 3


async def test_rejecting_with_a_reason_is_one_thing_to_undo(path):
    async with desk(path) as d:
        await d.press("n", "x")
        await d.type("too vague")
        await d.press("enter")
        assert len(d.code.reader.suggestions) == 2
        with Project.open(path, coder="x") as project:
            (decision,) = project.suggestions.decisions()
            assert (decision.verdict, decision.reason) == ("rejected", "too vague")
        await d.press("u")
        assert len(d.code.reader.suggestions) == 3


async def test_the_reason_can_be_skipped(path):
    for key in ("enter", "escape"):
        async with desk(path) as d:
            await d.press("n", "x", key)
            assert d.said.startswith("rejected ")
    with Project.open(path, coder="x") as project:
        assert [decision.reason for decision in project.suggestions.decisions()] == ["", ""]


async def test_accepting_with_another_span(path):
    async with desk(path) as d:
        d.select("The bus stopped, too")
        await d.press("e")
        assert d.codings() == [("transport", "The bus stopped, too", "amira")]
    with Project.open(path, coder="x") as project:
        (coding,) = project.codings.of_document(project.documents.find("ash").id)
        assert coding.origin is Origin.EDITED


async def test_accepting_with_another_code(path):
    async with desk(path) as d:
        await d.press("n", "e")
        await d.type("rent")
        await d.press("enter")
        assert d.codings() == [("rent", "It's damp.", "amira")]


async def test_where_there_is_no_suggestion_the_keys_say_so(path):
    async with desk(path) as d:
        d.at("laugh")
        for key in ("a", "x", "e"):
            await d.press(key)
            assert "no suggestion" in d.said


async def test_a_finished_run_shows_its_suggestions_and_not_those_of_others(path, project):
    from commonplace.domain.suggestion import Suggestion

    ash = project.documents.find("ash").id
    proposed = [Suggestion(ash, place(project, "ash", "We laugh a lot."), "social", 0.7)]
    async with desk(path) as d:
        project.suggestions.replace(ash, [])
        project.suggestions.finish_run()
        await d.settle()
        assert len(d.code.reader.suggestions) == 3
        with Project.open(path, coder="amira") as worker:
            worker.suggestions.replace(ash, proposed)
            worker.suggestions.finish_run()
        await d.until(lambda: len(d.code.reader.suggestions) == 1)


async def test_the_screen_says_what_the_worker_does(path):
    async with desk(path) as d:
        for status, words in (
            (Starting(), "suggestions: starting"),
            (Busy(1, 4), "suggestions: busy 25 %"),
            (Idle(1, 3), "suggestions: idle"),
            (Gone("it died"), "suggestions: gone – restarting"),
        ):
            d.app.post_message(WorkerChanged(*said(status)))
            await d.settle()
            assert d.code.status.worker == words
        await d.press("f5")
        assert d.app.screen.status.worker == "suggestions: gone – restarting"
    assert said(Gone("the disk is full"), True)[0] == "suggestions: gone – the disk is full"


class FakeWorker:
    """Stands in for the worker: notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def start(self) -> None:
        self.heard.append("start")

    def take(self, changes: Changes) -> None:
        self.heard.append(changes)

    def explain(self, suggestion: str) -> None:
        self.heard.append(suggestion)

    def close(self) -> None:
        self.heard.append("close")


async def test_the_worker_starts_after_the_first_paint_and_is_closed_at_the_end(path):
    worker = FakeWorker()
    async with desk(path, suggest=lambda project, coder, post: worker) as d:
        d.at("landlord")
        await d.press("1", "a")
        assert d.said == "There is no suggestion here: n goes to the next one."
        await d.press("]")
        for key in ("a", "n"):
            await d.press(key)
            assert d.said == UNFINISHED
        d.app.post_message(WorkerChanged(*said(Idle(1, 3))))
        await d.press("n")
        assert d.said == "nothing is suggested here"
    assert worker.heard[0] == "start"
    assert worker.heard[-1] == "close"
    assert any(isinstance(heard, Changes) and heard.marks for heard in worker.heard)


class Explaining(FakeWorker):
    """Says of each suggestion at once what spoke for it."""

    def __init__(self, post: Post) -> None:
        super().__init__()
        self._post = post

    def explain(self, suggestion: str) -> None:
        super().explain(suggestion)
        like = Likeness("birch.txt", Span(3, 9), "We dug\x1b a garden. " * 20, 0.4)
        self._post(AccountKnown(Told(suggestion, 0.5, 3.5, (like,))))


async def test_what_spoke_for_a_suggestion_follows_when_it_is_looked_at(path, monkeypatch):
    monkeypatch.setattr(room, "WEIGHING", 0.02)
    hired = []

    def hire(project, coder, post):
        hired.append(Explaining(post))
        return hired[0]

    def asked():
        return [heard for heard in hired[0].heard[1:] if isinstance(heard, str)]

    def text_of(screen):
        return screen.query_one("#why").text

    with Project.open(path, coder="amira") as project:
        project.suggestions.finish_run(Basis(30, calibrated=True))
    async with desk(path, suggest=hire) as d:
        await d.press("n")
        damp = d.code.suggestions_here()[0].id
        await d.until(lambda: "mostly learnt from 30 sentences read" in d.details)
        assert "●●● likely 80 %" in d.details
        (like,) = [line for line in d.details.splitlines() if line.startswith("like ")]
        assert like.startswith("like “We dug␛ a")
        assert like.endswith("(birch.txt)")
        assert len(like) <= 2 * d.code.query_one("#details").size.width
        assert asked() == [damp]
        await d.press("left", "right")
        assert asked() == [damp]
        await d.press("f3")
        screen = d.app.screen
        assert screen.current.id == damp
        await d.until(lambda: "like “We dug" in text_of(screen))
        assert "mostly learnt from 30 sentences read" in text_of(screen)
        assert "●●● likely 80 %" in text_of(screen)
        await d.press("down")
        await d.until(lambda: asked() == [damp, screen.current.id])
        d.app.post_message(ProjectChanged(Changes(run=2)))
        await d.until(lambda: len(asked()) == 3)
        assert asked()[-1] == screen.current.id
