"""Work on the codebook, on its screen."""

from __future__ import annotations

from textual.widgets import OptionList

from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.tui.screens.codebook import CodebookScreen
from commonplace.tui.widgets.chrome import KeyBar
from tests.tui.conftest import Desk, desk, place


def book(d: Desk) -> CodebookScreen:
    screen = d.app.screen
    assert isinstance(screen, CodebookScreen), screen
    return screen


def entry(d: Desk) -> dict[str, str]:
    """What the fields of the entry say."""
    return {box.field.name: box.text for box in book(d).entry.query("_Box")}


def title(d: Desk, pane: str) -> str:
    return str(book(d).query_one(f"#{pane}-title").render())


def codes(d: Desk) -> list[str]:
    with Project.open(d.path, coder="reader") as project:
        found = project.codes.codebook()
        return [found.path(code.id) for code in found]


def rereading(d: Desk) -> list[str]:
    with Project.open(d.path, coder="reader") as project:
        return [each.exact for each in project.rereading.pending()]


def coded(path, *words: str, code: str = "housing") -> None:
    """Amira codes some words of ash.txt."""
    with Project.open(path, coder="amira") as project:
        ash = project.documents.find("ash").id
        for each in words:
            project.codings.add(ash, place(project, "ash", each), code)


async def test_an_entry_is_written_in_place_and_what_changes_its_meaning_is_read_again(path):
    coded(path, "It's damp.", "The landlord never came.", "My friend Ann drives me.", "We laugh")
    async with desk(path) as d:
        await d.press("f7")
        assert "Housing" in title(d, "entry") and "4 passages" in title(d, "passages")
        # a field without a question
        await d.press("enter", "down", "down", "down", "enter")
        await d.type("We had mould.")
        assert "ctrl+s" in str(book(d).query_one(KeyBar).render())
        await d.press("ctrl+s")
        assert d.said == "kept the anchor of Housing — u undoes"
        assert entry(d)["anchor"] == "We had mould."
        # esc drops, twice where something is written
        await d.press("home", "enter")
        await d.type("Homes")
        await d.press("escape")
        assert "esc once more" in d.said
        await d.press("escape")
        assert entry(d)["definition"] == ""
        # leaving keeps, and asks whether it matters; esc goes on writing
        await d.press("enter")
        await d.type("Homes, not streets.")
        await d.press("tab", "escape")
        assert book(d).entry.writing
        await d.press("ctrl+s", "down", "enter")
        assert "4 passages to be read again" in d.said
        assert entry(d)["definition"] == "Homes, not streets."
        # the ways to clear what is to be read again
        await d.press("R")
        assert "To read again: 4 passages" in title(d, "passages")
        assert "(empty)" in str(book(d).query_one("#was").render())
        await d.press("y")
        assert d.said == "passage still fits — u undoes"
        await d.press("enter")
        assert "read again: definition changed" in d.details
        await d.press("y")
        assert d.said == "Housing still fits — u undoes" and "read again" not in d.details
        await d.press("f7")
        assert rereading(d) == ["My friend Ann drives me.", "We laugh"]
        await d.press("d", "c")
        await d.type("social")
        await d.press("enter")
        assert rereading(d) == []
        assert sorted(d.codings()) == [
            ("housing", "It's damp.", "amira"),
            ("housing", "The landlord never came.", "amira"),
            ("social", "We laugh", "amira"),
        ]
        await d.press("u", "u", "u", "u")
        assert len(rereading(d)) == 4 and len(d.codings()) == 4
        await d.burst("y", "y")
        assert len(rereading(d)) == 2
        await d.press("u", "u")
        await d.press("u")
        assert rereading(d) == [] and entry(d)["definition"] == ""


async def test_passages_are_split_off_and_codes_merged(path):
    coded(
        path, "It's damp.", "The landlord never came.", "It goes twice a day now.", "And the bus?"
    )
    async with desk(path) as d:
        await d.press("f7", "tab", "tab", "w")
        await d.type("BUS?")
        await d.press("enter")
        assert book(d).marked and "1 marked" in title(d, "passages")
        await d.press("escape")
        assert not book(d).marked
        await d.press("s")
        assert d.said.startswith("Mark passages first")
        await d.press("home", "space", "space", "s")
        await d.type("Housing/Landlords")
        await d.press("enter")
        assert d.said == "2 passages to Housing/Landlords — u undoes"
        assert "Housing/Landlords" in codes(d) and "2 passages" in title(d, "passages")
        # enter goes to the passage, and F7 is as it was
        here = book(d).listed.here
        there = Span(here.start, here.end)
        await d.press("enter")
        assert d.code.reader.selection == there
        await d.press("f7")
        # merging follows the code that stays
        book(d).show_code("damp")
        await d.settle()
        await d.press("M")
        await d.type("Landlords")
        await d.press("enter")
        assert d.said == "merged Damp into Landlords: 0 passages moved — u undoes"
        assert "Landlords" in title(d, "entry") and "2 passages" in title(d, "passages")
        assert "Housing/Damp" not in codes(d)
        await d.press("u", "u")
        assert codes(d)[:3] == ["Housing", "Housing/Damp", "Housing/Rent"]
        assert {code for code, _, _ in d.codings()} == {"housing"}


async def test_codes_are_retired_reordered_coloured_and_removed(path):
    async with desk(path, size=(80, 24)) as d:
        await d.press("f7", "shift+down")
        assert codes(d)[0] == "Transport"
        await d.press("x", "down", "enter")
        assert d.said == "Housing is retired, its codings stay — u undoes"
        assert "retired" in title(d, "entry")
        book_ = d.app.session.codebook
        assert [c.name for c in book_.numbered()] == ["Transport", "Social connection"]
        assert book_["rent"].retired
        await d.press("C", "down", "down", "enter")
        assert d.app.session.codebook["housing"].color == "#E69F00"
        await d.press("slash")
        await d.type("social")
        await d.press("enter", "delete")
        assert d.said == "removed Social connection — u undoes"
        # a retired code is not offered
        await d.press("f2", "c")
        await d.type("Housing/Rent")
        assert "'Rent' is retired" in str(d.app.screen.query_one(".problem").render())
        assert d.app.screen.query_one(OptionList).option_count == 0


async def test_a_codebook_file_is_compared_taken_in_and_written(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.csv").write_text("code,definition\nHousing,Homes.\nParks,\n")
    async with desk(path) as d:
        await d.press("f7", "=")
        await d.type("other.csv")
        await d.press("enter", "home", "enter")
        assert d.said == "1 code added, 1 changed — u undoes"
        assert "Parks" in codes(d) and entry(d)["definition"] == "Homes."
        await d.press("=")
        await d.type("missing.csv")
        await d.press("enter")
        assert "missing.csv" in d.said or "No such file" in d.said
        await d.press("o", "enter")
        assert "Parks" in (tmp_path / "codebook.yaml").read_text()


async def test_alike_passages_are_marked_and_a_colleagues_work_shows(path, project):
    coded(path, "It's damp.", "The bus stopped, too", "And the bus?", "We laugh a lot.")
    async with desk(path) as d:
        await d.press("f7", "tab", "tab", "down", "space", "a")
        marked = {p.exact for p in book(d).listed.passages if p.coding in book(d).marked}
        assert marked == {"The bus stopped, too", "And the bus?"}
        project.codes.rename("housing", "Homes")
        await d.until(lambda: "Homes" in title(d, "entry"))
