"""The agreement screen: figures, settling by key, the consensus, and blind mode."""

from __future__ import annotations

import pytest

from commonplace.domain.coding import Origin
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS, Verdict
from commonplace.tui.dialogs.choose import Choose
from commonplace.tui.screens.agreement import AgreementScreen
from commonplace.tui.screens.agreement.settling import SettlingScreen
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.widgets.linelist import LineList
from commonplace.tui.widgets.whisker import Whisker
from tests.tui.conftest import desk, place

RENT, DAMP = "The landlord never came.", "It's damp."


def listed(d, name: str = "#codes") -> list[list[str]]:
    rows = d.app.screen.query_one(name, LineList)._rows
    return [
        [cell.plain if hasattr(cell, "plain") else str(cell) for cell in row.cells]
        for row in rows.rows(0, rows.count())
    ]


def settled(d) -> list[tuple[str, str | None, str]]:
    with Project.open(d.path) as project:
        return [(str(s.verdict), s.took, s.note) for s in project.adjudication.settlements()]


def text(d, name: str) -> str:
    return str(d.app.screen.query_one(name).text)


async def test_from_the_table_to_the_last_disagreement(twice):
    async with desk(twice) as d:
        await d.press("f6")
        screen = d.app.screen
        assert isinstance(screen, AgreementScreen)
        assert screen.found.chosen == ("ben", "cleo")
        rows = listed(d)
        assert rows[0][0] == "all codes" and rows[0][-1] == "3/3"
        assert [row[0].split(maxsplit=1)[1] for row in rows[1:]] == [
            "Housing", "Rent", "Transport", "Social connection",
        ]  # fmt: skip
        assert "Where one applied it" in text(d, "#about")
        await d.press("down", "enter")
        assert isinstance(d.app.screen, SettlingScreen)
        assert len(d.app.screen.cases) == 1
        await d.press("escape", "home", "enter")
        assert "all applied it, to other stretches" in text(d, "#context")
        ben, cleo = (version.query_one("Sheet").text for version in d.app.screen.query("Version"))
        assert ben == f"{DAMP} [{RENT}]" and cleo == f"[{DAMP} {RENT}]"
        await d.press("m")
        await d.type("the landlord is named")
        await d.press("enter")
        assert "the landlord is named" in text(d, "#verdict")
        await d.press("1")
        assert settled(d) == [("taken", "ben", "the landlord is named")]
        assert d.said == "settled: as ben has it — u undoes"
        assert "applied by ben, not by cleo" in text(d, "#context")
        await d.press("u")
        assert settled(d) == []
        await d.press("up")
        await d.burst("b", "2", "x")
        assert sorted(verdict for verdict, *_ in settled(d)) == ["both", "none", "taken"]
        assert (CONSENSUS, "housing") not in {(c, code) for code, _, c in d.codings()}
        assert ("rent", f"{DAMP} {RENT}", CONSENSUS) in d.codings()
        await d.press("d")
        assert len(settled(d)) == 2
        await d.press("enter")
        assert isinstance(d.app.screen, CodeScreen)


async def test_another_stretch_or_code(twice):
    async with desk(twice, size=(80, 24)) as d:
        await d.press("f6", "enter", "n", "e")
        assert isinstance(d.app.screen, Choose)
        await d.press("down", "enter")
        assert ("transport", "The bus stopped, too, so I stay in.", CONSENSUS) in d.codings()
        await d.press("N", "N", "e", "enter")
        await d.type("damp")
        await d.press("enter")
        assert ("damp", f"{DAMP} {RENT}", CONSENSUS) in d.codings()


async def test_what_is_agreed_is_taken_over_and_each_coder_is_set_against_it(twice):
    async with desk(twice) as d:
        await d.press("f6", "r")
        assert "Nothing is agreed on yet" in text(d, "#about")
        await d.press("r", "a")
        assert d.said == "the consensus took over 1 coding — u undoes"
        await d.press("enter", "1", "1", "1", "escape", "r")
        rows = {row[0]: row for row in listed(d, "#coders")}
        assert rows["ben"][2:4] == ["100 %", "100 %"]
        assert rows["cleo"][2:4] == ["50 %", "67 %"]
        await d.press("r", "t", "down", "enter")
        assert d.app.screen.unit == "turn"


async def test_stretches_suggestions_and_marked_units_are_tables_too(twice, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Project.open(twice, coder="ben") as project:
        ash = project.documents.find("ash").id
        span = place(project, "ash", "We laugh a lot.")
        project.codings.add_many(ash, [(span, "damp")], origin=Origin.ACCEPTED, coder="cleo")
        span = place(project, "ash", f"{DAMP} {RENT}")
        project.codings.add_many(ash, [(span, "transport")], coder="amira")
        for document in project.documents.all():
            project.documents.set_done(document.id, coder="amira")
    async with desk(twice) as d:
        await d.press("f6", "v", "down", "enter")
        assert "stretches as marked" in str(d.app.screen.query_one("#title").render())
        rows = listed(d, "#stretches")
        assert rows[-1][0] == "all codes" and "Housing" in rows[0][0]
        assert "u-alpha: agreement on where" in text(d, "#about")
        await d.press("o", "ctrl+u")
        await d.type("where they part.json")
        await d.press("enter", "v", "down", "down", "enter")
        rows = listed(d, "#suggested")
        assert any(row[0] == "cleo" and row[2:4] == ["suggested", "0 of 1"] for row in rows)
        await d.press("o", "enter", "v", "enter", "t", "end", "enter")
        await d.type("transport")
        await d.press("enter")
        assert "by marked stretches" in str(d.app.screen.query_one("#title").render())
        await d.press("t", "enter", "c")
        d.app.screen.chosen.update({"amira", "ben", "cleo"})
        await d.press("enter")
        assert len(d.app.screen.found.chosen) == 3
        assert "Fleiss' kappa of all together" in text(d, "#about")
    assert "u_alpha" in (tmp_path / "where they part.json").read_text(encoding="utf-8")
    assert "confirmed" in (tmp_path / "suggestions.csv").read_text(encoding="utf-8")


async def test_choosing_coders_and_what_is_settled_elsewhere(twice):
    with Project.open(twice, coder="amira") as project:
        ash = project.documents.find("ash").id
        project.codings.add(ash, place(project, "ash", DAMP), "damp")
    async with desk(twice) as d:
        await d.press("f6", "c")
        assert d.app.screen.chosen == {"ben", "cleo"}
        await d.press("space", "down", "space", "enter")
        assert set(d.app.screen.found.chosen) == {"amira", "cleo"}
        assert "no transcript is marked done by all" in text(d, "#about")
        await d.press("c", "up", "space", "up", "space", "down", "enter")
        with Project.open(twice, coder="ben") as project:
            case = project.adjudication.cases(ash, ("ben", "cleo"))[0]
            project.adjudication.settle(case.place, Verdict.BOTH)
        d.app.screen.coders = ("ben", "cleo")
        await d.until(lambda: listed(d) and listed(d)[0][-1] == "2/3")
        await d.press("enter")
        with Project.open(twice, coder="ben") as project:
            project.codings.remove(case.place.codings["ben"][0].id)
        await d.until(lambda: d.app.screen.cases[0].reopened)
        await d.press("up", "up")
        assert "open again: ben has taken it away since" in text(d, "#verdict")


async def test_comparing_can_be_stopped(twice):
    async with desk(twice) as d:
        await d.press("f6")
        screen = d.app.screen
        screen.ask()
        screen.action_stop()
        await d.settle()
        assert d.said.startswith("stopped")
        await d.press("t", "enter")
        assert listed(d)


async def test_blind_mode_hides_others_work_until_one_is_done(twice):
    with Project.open(twice, coder="amira") as project:
        ash = project.documents.find("ash").id
        project.codings.add(ash, place(project, "ash", DAMP), "damp")
    async with desk(twice) as d:
        assert len(d.code.opened.codings) == 6
        await d.press("f6", "B", "enter")
        assert d.said == "blind mode is on — u undoes"
        await d.until(lambda: d.app.screen.found.hidden == 2)
        assert "2 transcripts left out until you mark them done" in text(d, "#about")
        await d.press("f2")
        await d.until(lambda: len(d.code.opened.codings) == 1)
        with Project.open(twice, coder="ben") as project:
            project.codings.add(ash, place(project, "ash", "Ann"), "social")
        await d.press("f4")
        assert [key.id for key in d.app.screen._pages["1"].keys] == [*_own(twice)]
        await d.press("f2", "D")
        await d.until(lambda: len(d.code.opened.codings) == 7)
        await d.press("f6")
        await d.until(lambda: d.app.screen.found.hidden == 1)


def _own(path) -> list[str]:
    with Project.open(path, coder="amira") as project:
        ash = project.documents.find("ash").id
        return [c.id for c in project.codings.of_document(ash) if c.coder == "amira"]


async def test_nobody_to_compare(path):
    async with desk(path) as d:
        await d.press("f6", "enter", "a", "r", "r")
        assert "takes two coders" in text(d, "#about")


@pytest.mark.parametrize(
    ("whisker", "drawn"),
    [
        (Whisker(0.5), "─────●─┬┬──"),
        (Whisker(0.5, 0.4, 0.7), "────━●━━┬──"),
        (Whisker(-0.2, -0.5, 0.0), "‹──────┬┬──"),
        (Whisker(1.0, 0.9, 1.0), "───────┬┬━●"),
    ],
)
def test_a_whisker_on_its_scale(whisker, drawn):
    assert whisker.fit(11).plain == drawn
