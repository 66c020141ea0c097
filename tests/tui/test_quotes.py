"""The quote desk: marks, uses, consent, editing for print, choosing, the ledger, what leaves."""

from __future__ import annotations

import csv
from threading import Event

import pytest

from commonplace.analysis.quotes import Quotes
from commonplace.domain.codebook import Codebook
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.tui.dialogs import FilePrompt
from commonplace.tui.dialogs.choose import Choose
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.quotes import QuotesScreen, version
from commonplace.tui.screens.quotes.listing import PAGE
from commonplace.tui.screens.quotes.version import VersionScreen
from commonplace.tui.screens.themes import ThemesScreen
from tests.tui.conftest import CODES, desk, place, transcript
from tests.tui.test_queries import ENDLESS
from tests.tui.test_tables import listed

FLAT = "Um, the flat was- it was damp, you know, and nobody came. I think they forgot about us."
HOME = "There is no bus after six, so I can't get home from work, and I lost the job."
WINTER = "Neighbours talk again, and it is, like, a lot less lonely."
WALK = "If you miss the bus you walk, that's four miles along the road."


@pytest.fixture
def clean(tmp_path):
    """Three interviews with a coded passage each, one more of the first, and no record of
    consent."""
    path = tmp_path / "desk.commonplace"
    with Project.create(path, coder="ben") as project:
        project.codes.load(Codebook("test", CODES))
        for name, person, role, words, code in (
            ("ash.txt", "Rosa", "resident", f"{FLAT} {HOME}", "damp"),
            ("birch.txt", "Sam", "resident", WINTER, "social"),
            ("cedar.txt", "Jo", "practitioner", WALK, "transport"),
        ):
            turns = [("Int", "How is it?"), (person, words), ("Int", "I see."), (person, "Yes.")]
            document = project.documents.add(transcript(name, turns))
            project.codings.add(document, place(project, name, words.replace(f" {HOME}", "")), code)
            who = project.people.find(person).id
            project.people.set_attributes(who, {"role": role, "nation": "Wales"})
        ash = project.documents.find("ash").id
        project.codings.add(ash, place(project, "ash", HOME), "transport")
    return path


def aside(d) -> str:
    return d.app.screen.query_one("#context").text


def title(d) -> str:
    return str(d.app.screen.query_one("#title").render())


def records(path) -> dict:
    """What the desk keeps, by the first words of the passage."""
    with Project.open(path, coder="reader") as project:
        return {
            project.documents.part(*at)[:8]: record for at, record in project.quotes.all().items()
        }


async def test_marks_are_set_shown_and_undone(clean):
    async with desk(clean) as d:
        await d.press("f4", "s", "h", "y")
        assert {str(m) for m in records(clean)["Um, the "].marks} == {"star", "shortlist", "clear"}
        assert "★ star ▸ shortlist ✓ clear" in listed(d)[0][0]
        assert d.said == "clear for use — u undoes"
        await d.press("s", "u", "u")
        assert {str(m) for m in records(clean)["Um, the "].marks} == {"star", "shortlist"}
        await d.press("k", "down", "enter")
        assert [row[1] for row in listed(d)] == [FLAT]
        assert "only starred — k others" in title(d)
        await d.press("s")
        assert listed(d) == []
        await d.press("k", "enter")
        assert len(listed(d)) == 4


async def test_uses_embargo_note_and_consent(clean):
    async with desk(clean) as d:
        await d.press("f4", "w")
        await d.type("Annual report, p. 3")
        await d.press("enter", "m")
        await d.type("With the map.")
        await d.press("ctrl+s")
        assert "used in Annual report, p. 3" in aside(d) and "With the map." in aside(d)
        assert "● used ×1" in listed(d)[0][0]
        await d.press("w")
        assert isinstance(d.app.screen, Choose)
        await d.press("down", "enter")
        assert records(clean)["Um, the "].uses == ()

        await d.press("b")
        await d.type("soon")
        await d.press("enter")
        assert "'soon' is no day" in str(d.app.screen.query_one(".problem").render())
        await d.press(*["backspace"] * 4)
        await d.type("2999-01-01")
        await d.press("enter")
        assert "Held back: under embargo" in aside(d) and "until 2999-01-01" in aside(d)
        assert "◔ embargo" in listed(d)[0][0]
        await d.press("w")
        await d.type("Annual report, p. 3")
        await d.press("enter")
        assert "this quote must not be used: under embargo" in d.said
        await d.press("u")

        await d.press("x", "down", "enter", "down", "enter")
        assert records(clean)["Um, the "].consent_quote is False
        assert "Held back: no consent for this quote" in aside(d)
        await d.press("x", "enter")
        assert d.said == "withdrawn from use — u undoes"


async def test_a_quote_is_edited_for_print_and_checked_meanwhile(clean, tmp_path, monkeypatch):
    monkeypatch.setattr(version, "PAUSE", 0.01)
    monkeypatch.chdir(tmp_path)
    with Project.open(clean, coder="ben") as project:
        ash, both = project.documents.find("ash").id, f"{FLAT} {HOME}"
        project.codings.add(ash, place(project, "ash", both), "social")
    async with desk(clean) as d:
        await d.press("f4", "e")
        screen = d.app.screen
        assert isinstance(screen, VersionScreen)
        assert screen.text.text == FLAT
        await d.press("ctrl+t")
        assert screen.text.text == FLAT.replace("Um, the", "The").replace(", you know, ", " ")
        start = screen.text.text.index("I think")
        screen.text.select_stretch(start, start + len("I think"))
        await d.press("ctrl+o")
        assert screen.text.text.endswith("came. […] they forgot about us.")
        await d.until(lambda: screen.found is not None and screen.found.warnings)
        assert "passes; look again at 1 thing" in str(screen.query_one("#verdict").render())
        assert "takes away “I think”" in screen.query_one("#findings").text
        start = screen.text.text.index("they")
        screen.text.select_stretch(start, start + 4)
        await d.press("[")
        assert "[they] forgot" in screen.text.text
        await d.press("w", "e", "ctrl+s")
        assert d.said == "kept, and it passes the check — u undoes"
        kept = "The flat was- it was damp and nobody came. […] [we] forgot about us."
        assert records(clean)["Um, the "].published == kept
        assert listed(d)[0][1] == kept and "✎ edited" in listed(d)[0][0]
        assert "For print  ✓ passes the check" in aside(d)

        await d.press("o", "enter")
        assert d.said.startswith("wrote quotes.csv; look again at 1 quote (k lists them)")
        await d.press("k", *["down"] * 9, "enter")
        assert [row[1] for row in listed(d)] == [both]
        assert "! An overlapping quote is edited to leave out “I think they”" in aside(d)
        await d.press("k", "enter", "home", "e")
        d.app.screen.text.text = FLAT
        await d.press("ctrl+s")
        assert records(clean) == {}
        assert d.said.startswith("the words as they were said will be printed")


async def test_a_version_that_fails_is_kept_and_stays_until_somebody_lets_it_pass(
    clean, tmp_path, monkeypatch
):
    monkeypatch.setattr(version, "PAUSE", 0.01)
    monkeypatch.chdir(tmp_path)
    async with desk(clean) as d:
        await d.press("f4", "down", "e")
        screen = d.app.screen
        screen.text.text = "There is a bus after six."
        await d.until(lambda: screen.found is not None and not screen.found.ok)
        await d.press("escape")
        assert "Not kept yet" in d.said and d.app.screen is screen
        await d.press("ctrl+n")
        assert screen.text.selected[0] == len("There is ")
        await d.press("ctrl+s")
        assert d.said.startswith("kept as a draft: e puts it right, ! lets it pass")
        assert len(d.said) <= 76
        assert "✗ fails" in listed(d)[1][0] and "fails the check: it cannot leave" in aside(d)

        await d.press("k", *["down"] * 7, "enter")
        assert [row[1] for row in listed(d)] == ["There is a bus after six."]
        await d.press("o", "enter")
        assert "wrote quotes.csv; 1 quote left out (1 fail the check)" in d.said

        await d.press("!")
        await d.type("agreed with her")
        await d.press("enter")
        assert records(clean)["There is"].override.reason == "agreed with her"
        await d.press("k", "enter", "o", "enter", "enter")
        rows = list(csv.DictReader((tmp_path / "quotes.csv").open(encoding="utf-8", newline="")))
        assert "There is a bus after six." in [row["published_quote"] for row in rows]
        await d.press("down", "!")
        assert records(clean)["There is"].override is None


async def test_the_attribution_stands_as_it_would_go_out(clean, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(clean) as d:
        await d.press("f4")
        assert "Goes out as  Attribution withheld  fewer than 3 people share it" in aside(d)
        assert {row[2] for row in listed(d)} == {"Attribution withheld"}
        await d.press("p", "enter", "backspace", "2", "enter")
        told = [row[2] for row in listed(d)]
        assert told == ["Resident, Wales"] * 3 + ["Attribution withheld"]
        assert "Goes out as  resident, Wales" in aside(d).replace("R", "r")
        begun, stopped = Event(), Event()

        def late(quotes, _):
            begun.set()
            assert stopped.wait(10)
            quotes._connection.execute(ENDLESS.replace("FROM n)", "FROM n LIMIT 9999)")).fetchone()
            raise OSError("the disk is gone")

        with monkeypatch.context() as patched:
            patched.setattr(Quotes, "reprinting", late)
            await d.press("o")
            await d.pilot.press("enter")
            await d.until(begun.is_set)
            await d.pilot.press("escape")
            stopped.set()
            await d.settle()
        more = "more cannot be said of it (the disk is gone)"
        assert d.said == f"wrote quotes.csv; {more} in {tmp_path}", "stopped too late"
        rows = list(csv.DictReader((tmp_path / "quotes.csv").open(encoding="utf-8", newline="")))
        said = {row["document"]: row["attribution"].casefold() for row in rows}
        assert said["birch.txt"] == "resident, wales"
        assert said["cedar.txt"] == "attribution withheld"

        await d.press("r", "ctrl+u")
        await d.type("study.pdf")
        await d.press("enter")
        assert "'.pdf' is no format of reports" in str(d.app.screen.query_one(".problem").render())
        await d.press("ctrl+u")
        await d.type("study.html")
        await d.press("enter")
        assert d.said == f"wrote study.html in {tmp_path}"
        page = (tmp_path / "study.html").read_text(encoding="utf-8")
        assert "Resident, Wales" in page and "shared by at least 2 people" in page
        await d.press("r", "ctrl+u")
        await d.type("study.html")
        await d.press("enter")
        assert isinstance(d.app.screen, Choose)
        begun.clear()
        stopped.clear()

        def endless(project, *_):
            begun.set()
            assert stopped.wait(10)
            return project.connection.execute(ENDLESS).fetchone()

        monkeypatch.setattr("commonplace.workflows.report.themes.frequency_section", endless)
        await d.pilot.press("enter")
        await d.until(begun.is_set)
        assert d.app.screen.status.writing == "writing study.html … esc stops"
        await d.pilot.press("f5", "o")
        await d.until(lambda: isinstance(d.app.screen, FilePrompt))
        await d.pilot.press("enter")
        assert isinstance(d.app.screen, ThemesScreen)
        assert d.app.screen.status.writing == "writing 2 files … esc stops"
        assert "Stop writing" in [each.title for each in d.app.get_system_commands(d.app.screen)]
        await d.pilot.press("escape")
        stopped.set()
        await d.settle()
        assert d.said == "stopped: themes.csv was not written"
        assert d.app.screen.status.writing == "" and not (tmp_path / "themes.csv").exists()
        await d.press("f4")
        assert d.said == "stopped: study.html was not written"
        assert d.app.screen.status.writing == ""
        assert (tmp_path / "study.html").read_text(encoding="utf-8") == page
        await d.press("/")
        await d.type("damp")
        await d.press("enter", "r")
        assert d.said.startswith("A report holds no such part")
        await d.press("/", "ctrl+u", "enter")
        await d.press("u")
        assert "fewer than 3 people share it" in aside(d)


async def test_more_of_what_was_said_around_can_be_read(clean):
    async with desk(clean) as d:
        await d.press("f4")
        assert "How is it?" not in aside(d)
        await d.press("space")
        assert "How is it?" in aside(d) and "I see." in aside(d)
        await d.press("down")
        assert "How is it?" not in aside(d)


async def test_quotes_are_chosen_with_reasons_and_shortlisted(clean):
    async with desk(clean) as d:
        await d.press("f4", "2")
        assert "c proposes" in title(d)
        await d.press("1", "f")
        await d.type("transport")
        await d.press("enter", "c", "enter", "enter")
        assert "2 quotes for Transport" in title(d)
        assert {row[1] for row in listed(d)} == {HOME, WALK}
        assert all("typical" in row[2] for row in listed(d))
        assert aside(d).startswith("Why  ")
        await d.press("H")
        assert {key for key, r in records(clean).items() if r.marks} == {HOME[:8], WALK[:8]}
        await d.press("h")
        assert len([r for r in records(clean).values() if r.marks]) == 1
        await d.press("escape")
        assert d.app.screen.view == "1"


async def test_the_ledger_says_who_is_never_quoted_and_leads_to_them(clean):
    with Project.open(clean, coder="ben") as project:
        at = project.documents.find("ash").id, *_ends(place(project, "ash", HOME))
        project.quotes.use(at, "Report, p. 1", HOME)
    async with desk(clean) as d:
        await d.press("f4", "3")
        rows = {row[0]: row for row in listed(d)}
        assert rows["Sam"][1] == "never" and rows["Rosa"][1] == ""
        await d.press("b", "down", "enter")
        assert [row[0] for row in listed(d)] == ["practitioner", "resident"]
        await d.press("enter")
        assert [row[1] for row in listed(d)] == [WALK]
        await d.press("5")
        assert [row[0] for row in listed(d)] == ["Jo", "Rosa", "Sam"]
        await d.press("end", "enter")
        assert isinstance(d.app.screen, QuotesScreen)
        await d.press("4")
        assert listed(d)[0][1] == "too few"
        await d.press("enter")
        assert isinstance(d.app.screen, CodeScreen)


def _ends(span):
    return span.start, span.end


async def test_a_version_never_commands_the_terminal(tmp_path):
    path = tmp_path / "hostile.commonplace"
    words = "It was \x1b[31mdamp\u202e here."
    with Project.create(path, coder="ben") as project:
        project.codes.load(Codebook("test", CODES))
        document = project.documents.add(transcript("ash.txt", [("Rosa", words)]))
        span = place(project, "ash", words)
        project.codings.add(document, span, "damp")
        project.quotes.publish((document, *_ends(span)), words)
    async with desk(path) as d:
        await d.press("f4", "e")
        screen = d.app.screen
        assert "\x1b" not in screen.text.get_line(0).plain
        await d.until(lambda: screen.found is not None)
        assert "cannot be seen" in screen.query_one("#findings").text
        screen.action_spoken()
        assert screen.text.text == "It was [31mdamp here."


async def test_what_was_printed_and_withdrawn_since_is_listed(clean):
    with Project.open(clean, coder="ben") as project:
        at = project.documents.find("ash").id, *_ends(place(project, "ash", HOME))
        project.quotes.use(at, "Report, p. 1", HOME)
        project.people.set_attributes(project.people.find("Rosa").id, {"withdrawn": "yes"})
    async with desk(clean) as d:
        await d.press("f4")
        assert HOME not in [row[1] for row in listed(d)]
        await d.press("6")
        assert listed(d)[0][:2] == ["Report, p. 1", "the participant has withdrawn"]


async def test_only_the_quotes_in_view_are_read(tmp_path):
    path = tmp_path / "many.commonplace"
    words = "So many words were said here."
    with Project.create(path, coder="ben") as project, project.transaction("filled"):
        project.codes.load(Codebook("test", CODES))
        turns = [("Rosa", f"{words} No. {number}.") for number in range(5 * PAGE)]
        document = project.documents.add(transcript("long.txt", turns))
        text = project.documents.text(document)
        start = 0
        for number in range(5 * PAGE):
            start = text.index(words, start)
            project.codings.add(document, Span(start, start + len(words)), "damp")
            start += number % 2 + 1
    async with desk(path) as d:
        await d.press("f4")
        pages = d.app.screen._pages["1"]
        assert pages.count() == 5 * PAGE
        assert 0 < len(pages.shown) <= 2 * PAGE
        await d.press("end", "s")
        assert "★ star" in listed(d)[-1][0]
