"""The review screen: deciding, skipping, changing, accepting many, and the blind audit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.events import Paste

from commonplace.analysis.audit.drawing import draw
from commonplace.domain.coding import Origin
from commonplace.domain.suggestion import Suggestion, Verdict
from commonplace.project import Project
from commonplace.project.suggestions import CHANGED, Basis
from commonplace.tui.dialogs.choose import Choose
from commonplace.tui.dialogs.prompt import Prompt
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.review import ReviewScreen, board, together
from commonplace.tui.screens.review.auditing import AuditScreen
from commonplace.tui.screens.review.listing import QueueList
from commonplace.tui.screens.review.result import BROAD, AuditResultScreen
from commonplace.tui.screens.review.stretch import StretchDialog
from commonplace.tui.screens.review.together import SampleDialog
from tests.tui.conftest import desk, place

DAMP, BUS, ANN = "It's damp.", "The bus stopped", "My friend Ann drives me."


def text(d, name: str) -> str:
    return str(d.app.screen.query_one(name).text)


def listed(d) -> list[str]:
    """The words of the queue, and its headings."""
    return listed_of(d.app.screen)


def listed_of(screen) -> list[str]:
    queue = screen.query_one(QueueList).queue
    found = []
    for row in queue.rows(0, queue.count()):
        cell = row.cells[0]
        found.append(cell.plain if hasattr(cell, "plain") else cell.words)
    return found


async def test_deciding_one_after_the_other(path):
    async with desk(path) as d:
        await d.press("f3")
        assert isinstance(d.app.screen, ReviewScreen)
        assert listed(d) == [DAMP, BUS, ANN]
        assert "likely" in text(d, "#why") and "damp" in text(d, "#why")
        assert "%" not in text(d, "#why")
        assert "the codebook alone" in text(d, "#why")
        assert "How is the flat?" in text(d, "#passage")
        await d.press("a")
        assert d.said == "accepted Housing/Damp — u undoes"
        assert listed(d) == [BUS, ANN]
        assert "Transport" in d.app.screen.query_one("#what")._title
        await d.press("x")
        assert isinstance(d.app.screen, Prompt)
        await d.type("about time")
        await d.press("enter")
        assert d.said == "rejected Transport: about time — u undoes"
        assert listed(d) == [ANN]
        assert "2 decided today, 2 in all" in text(d, "#totals")
        assert "50 % right of 2 read" in text(d, "#totals")
        await d.press("u", "u")
        assert listed(d) == [DAMP, BUS, ANN]
        assert d.app.screen.current.code == "damp"
        assert d.codings() == []

        await d.press("a")
        with Project.open(path, coder="amira") as project:  # a run that has heard of it
            left = project.suggestions.pending()
            project.suggestions.replace(left[0].document, left)
            project.suggestions.finish_run()
        await d.burst("u", "x")
        await d.press("escape")
        assert listed(d) == [BUS, ANN]
        with Project.open(path, coder="amira") as project:
            assert project.suggestions.decisions()[-1].verdict == Verdict.REJECTED
            assert project.suggestions.pending() == left
        await d.press("u", "ctrl+r")
        assert listed(d) == [BUS, ANN]
        await d.burst("u", "a")
        assert d.said == "accepted Housing/Damp — u undoes"


async def test_a_dialog_takes_one_answer_however_fast_the_keys_come(path):
    async with desk(path) as d:
        await d.press("f3")
        await d.burst("A", "enter", "enter")
        assert isinstance(d.app.screen, SampleDialog)
        assert d.app.screen._at == 0, "what was not seen is not judged"
        dialog = d.app.screen
        dialog.dismiss(None)
        dialog.dismiss(frozenset())
        await d.settle()
        await d.burst("x", "enter", "x", "n", Paste("o,\r\n not\n\ns\n"), "o", "enter")
        assert listed(d) == [ANN]
        with Project.open(path, coder="x") as project:
            reasons = [decision.reason for decision in project.suggestions.decisions()]
        assert reasons == ["", "no, not so"]
        await d.press("enter")
        await d.burst("c", "r", "e", "n", "t", "enter", "enter")
        assert [code for code, _, _ in d.codings()] == ["rent"]


async def test_what_is_decided_is_not_listed_again_while_the_queue_is_not_read_anew(
    path, monkeypatch
):
    async with desk(path) as d:
        await d.press("f3")
        monkeypatch.setattr(board, "PAUSE", 60)
        screen, writer, seen = d.app.screen, d.app.session.writer, []
        before = screen.found
        for key in ("a", "a", "x", "a"):
            seen.append(screen.current and screen.current.code)
            await d.pilot.press(key)
            await d.until(lambda: not writer.pending)
        assert isinstance(d.app.screen, Prompt)
        assert "Why not Social connection?" in d.app.screen._title
        assert seen == ["damp", "transport", "social", None]
        assert listed_of(screen) == []
        assert sorted(code for code, _, _ in d.codings()) == ["damp", "transport"]
        await d.pilot.press("escape")
        monkeypatch.setattr(board, "PAUSE", 0.02)
        await d.press("u", "u")
        assert listed(d) == [BUS, ANN]
        assert screen.current.code == "transport"
        await d.press("ctrl+r")
        assert listed(d) == [ANN], "done again, it gives way"
        # another window of the same coder
        with Project.open(path, coder="amira") as elsewhere:
            elsewhere.suggestions.accept(screen.current)
        await d.until(lambda: screen.current is None)
        assert d.said == "accepted meanwhile: Social connection"
        assert "Everything is decided." in text(d, "#passage")
        screen._known(before, False, frozenset(before.suggestions))
        assert DAMP not in listed(d), "what was read before it was written says nothing of it"


async def test_skipping_decides_nothing_and_comes_back_last(path):
    async with desk(path) as d:
        await d.press("f3", "s")
        assert listed(d) == [BUS, ANN, "skipped", DAMP]
        assert d.app.screen.current.code == "transport"
        await d.press("a", "a")
        assert d.app.screen.current.code == "damp"
        await d.press("a")
        assert "Everything is decided." in text(d, "#passage")
        await d.press("a")
        assert "no suggestion here" in d.said
        assert len(d.codings()) == 3


async def test_orders_groups_and_filters(path):
    async with desk(path) as d:
        await d.press("f3", "down", "b", "b")
        assert "as they stand" in d.said
        assert listed(d) == [DAMP, BUS, ANN]
        await d.press("g")
        assert listed(d) == ["Damp  Housing", DAMP, "Transport", BUS, "Social connection", ANN]
        await d.press("home", "down")
        assert d.app.screen.current.code == "transport"
        await d.press("up")
        assert d.app.screen.current.code == "damp"
        await d.press("g", "/")
        await d.type("BUS  stopped")
        await d.press("enter")
        assert listed(d) == ["ash.txt", BUS]
        await d.press("/", "escape", "f")
        await d.type("hous")
        await d.press("enter")
        assert listed(d) == ["ash.txt", DAMP]
        await d.press("f")
        assert len(listed(d)) == 4


async def test_another_stretch_and_another_code(path):
    async with desk(path) as d:
        await d.press("f3", "down", "e")
        assert isinstance(d.app.screen, StretchDialog)
        await d.press("right", "right", "down", "c")
        await d.type("social")
        await d.press("enter", "enter")
        assert d.said == "accepted Social connection, with changes — u undoes"
        assert d.codings() == [("social", "bus stopped, too,", "amira")]
        assert "0 % right of 1 read" in text(d, "#totals")
    with Project.open(path, coder="x") as project:
        (coding,) = project.codings.of_document(project.documents.find("ash").id)
        assert coding.origin is Origin.EDITED


async def test_the_passage_is_a_key_away_and_so_is_the_way_back(path):
    async with desk(path) as d:
        await d.press("f3", "down", "enter")
        assert isinstance(d.app.screen, CodeScreen)
        assert "Transport" in d.details
        await d.press("escape")
        assert isinstance(d.app.screen, ReviewScreen)
        assert d.app.screen.current.code == "transport"
        await d.press("f2", "escape")
        assert isinstance(d.app.screen, CodeScreen)


async def test_what_is_learnt_reorders_the_queue_around_the_current_one(path, project):
    ash = project.documents.find("ash").id
    async with desk(path) as d:
        await d.press("f3", "down")
        learnt = [
            Suggestion(ash, place(project, "ash", ANN), "social", 0.9, (CHANGED, "Ann")),
            Suggestion(ash, place(project, "ash", DAMP), "damp", 0.3, ("damp",)),
        ]
        with Project.open(path, coder="amira") as worker:
            worker.suggestions.replace(ash, learnt)
            worker.suggestions.finish_run(Basis(30, calibrated=True, quiet={"rent": 0.2}))
        await d.until(lambda: d.app.screen.found.basis.labelled == 30)
        await d.settle()
        assert d.said == "Housing/Rent falls quiet: mostly rejected — t says more"
        assert listed(d) == [ANN, BUS, DAMP]
        assert d.app.screen.current.code == "transport"
        assert "quiet: Housing/Rent (20 % right)" in text(d, "#quiet")
        await d.press("up")
        assert "90 %" in text(d, "#why")
        assert text(d, "#why").splitlines()[:2] == [
            f"↺ {CHANGED}",
            "●●● likely 90 %  because of Ann",
        ]
        await d.press("down", "a")
        assert ("transport", BUS, "amira") in d.codings()


async def test_the_balance_is_a_setting_in_words(path):
    async with desk(path) as d:
        await d.press("f3", ">")
        assert d.said == "suggestions: more and looser — u undoes"
        assert "more and looser" in text(d, "#totals")
        await d.press("<", "<")
        assert "fewer and surer" in text(d, "#totals")
    with Project.open(path) as project:
        assert project.fact("suggest_balance") == "0.6"


async def test_accepting_many_after_a_look_at_some(path, monkeypatch):
    monkeypatch.setattr(together, "draw", lambda found, count: list(found)[:2])
    async with desk(path) as d:
        await d.press("f3", "A")
        assert isinstance(d.app.screen, Choose)
        await d.press("end", "enter")
        assert isinstance(d.app.screen, SampleDialog)
        await d.press("a", "x")
        assert isinstance(d.app.screen, Choose)
        assert d.app.screen._title == "2 passages would be coded"
        assert d.app.screen._about == "1 of the 2 fit. So should 0 to 1 of the other 1."
        await d.press("enter")
        assert d.said == "accepted 2 suggestions, rejected 1 — u undoes all of it"
        assert listed(d) == []
        assert {code for code, _, _ in d.codings()} == {"damp", "social"}
        assert "50 % right of 2 read" in text(d, "#totals")
        assert "1 accepted unread" in text(d, "#totals")
        await d.press("u")
        assert len(listed(d)) == 3 and d.codings() == []
        await d.press("A", "end", "enter", "a", "escape")
        assert len(listed(d)) == 3 and d.codings() == []


@pytest.fixture
def sampled(path):
    """An audit of four sentences."""
    with Project.open(path, coder="amira") as project:
        project.audits.start(draw(project, "sentence", 4, 3))
    return path


async def test_an_audit_is_coded_blind_resumed_and_measured(sampled):
    async with desk(sampled, size=(80, 24)) as d:
        await d.press("f3")
        hidden = 3 - len(listed(d))
        assert hidden
        await d.press("B")
        screen = d.app.screen
        assert isinstance(screen, AuditScreen)
        count = len(screen.segments)
        await d.press("1", "2", "1")
        assert "✓ Tr Transport" in text(d, "#choices")
        assert "Housing" not in text(d, "#choices").split("\n\n")[0]
        await d.press("enter", "0", "u")
        assert screen.segments[1].codes is None
        await d.press("up", "escape", "B")
        assert isinstance(d.app.screen, AuditScreen)
        assert d.app.screen.at == 1
        for _ in range(count - 1):
            await d.press("0")
        assert "all are answered" in d.said
        await d.press("F", "down", "enter")
        assert isinstance(d.app.screen, AuditResultScreen)
        assert f"{count} sentences" in text(d, "#methods")
        intervals, _ = text(d, "#methods").splitlines()
        assert intervals.startswith("95 % intervals: precision 0.00 to ")
        screen = d.app.screen
        await d.pilot.resize_terminal(140, 40)
        await d.settle()
        recall = screen.query_one("#audited").current.cells[5]
        assert "95 %" not in text(d, "#methods").split("methods section")[0]
        rows = screen.found.rows
        rows[-1] = replace(rows[-1], f1_interval=(0.1, 0.9))
        screen.show()
        interval, _ = text(d, "#methods").splitlines()
        assert interval == "95 % interval: F1 0.10 to 0.90", "for which the table has no room"
        assert recall.fit(BROAD).plain.startswith(" 0.00 0.00 to ")
        assert [coding[0] for coding in d.codings() + d.codings("birch")] == ["transport"]
        await d.press("escape")
        assert isinstance(d.app.screen, ReviewScreen)
        assert len(listed(d)) > 3 - hidden


async def test_an_audit_is_begun_from_the_review_screen_and_can_be_dropped(path):
    async with desk(path) as d:
        await d.press("f3", "B")
        assert isinstance(d.app.screen, Choose)
        await d.press("enter")
        assert isinstance(d.app.screen, AuditScreen)
        await d.press("F")
        assert "nothing is answered" in d.said
        await d.press("X", "enter")
        assert isinstance(d.app.screen, ReviewScreen)
        assert len(listed(d)) == 3
        await d.press("u", "B")
        assert isinstance(d.app.screen, AuditScreen)


async def test_ten_thousand_suggestions_are_listed_without_being_read(path, project):
    ash = project.documents.find("ash").id
    book = [code.id for code in project.codes.codebook()]
    span = place(project, "ash", DAMP)
    rows = [
        ("amira", f"s{n}", ash, span.start, span.end, book[n % 5], n / 10_000, "[]")
        for n in range(10_000)
    ]
    project.connection.executemany("INSERT INTO suggestions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    async with desk(path) as d:
        await d.press("f3", "g", "end", "a")
        screen = d.app.screen
        assert screen.query_one(QueueList).count > 4
        assert len(screen._words) < 1000
