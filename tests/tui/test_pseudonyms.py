"""The list of pseudonyms in the application, and what goes out with them: shown, and written."""

from __future__ import annotations

import csv

from commonplace.analysis.attributions import TEMPLATE
from commonplace.tui.dialogs.choose import Choose
from tests.tui.conftest import Desk, desk, place
from tests.tui.test_quotes import aside
from tests.tui.test_tables import listed


async def add(d: Desk, line: str) -> None:
    """Adds a name and its pseudonym to the list."""
    d.app.action_pseudonyms()
    await d.settle()
    assert isinstance(d.app.screen, Choose)
    await d.press("enter")
    await d.type(line)
    await d.press("enter")


async def test_the_list_is_changed_and_what_goes_out_follows_it(path, tmp_path, project):
    birch = project.documents.find("birch").id
    project.codings.add(birch, place(project, "birch", "We dug a garden."), "social")
    project.people.set_attributes(project.people.find("Sam").id, {"role": "Ann's uncle"})
    with project.transaction("attributed as known"):
        project.set_fact(TEMPLATE, "")
    async with desk(path) as d:
        d.select("My friend Ann drives me.")
        await d.press("3")
        await add(d, "Ann = Beth")
        assert d.said == "Ann goes out as Beth"
        await d.press("o")
        d.app.focused.value = ""
        out = tmp_path / "codings.csv"
        await d.type(str(out))
        await d.press("enter")
        await d.until(out.exists)
        assert "My friend Beth drives me." in out.read_text("utf-8")

        await d.press("f4")
        assert [row[2] for row in listed(d)] == ["Rosa", "Beth's uncle"]
        await add(d, "Rosa = Ana")
        assert [row[2] for row in listed(d)] == ["Ana", "Beth's uncle"]
        assert "said by Rosa" in aside(d), "as the transcript has it"
        await d.press("down")
        assert "Goes out as  Beth's uncle" in aside(d)
        await d.press("o", "ctrl+u")
        await d.type(str(tmp_path / "quotes.csv"))
        await d.press("enter")
        rows = list(csv.DictReader((tmp_path / "quotes.csv").open(encoding="utf-8", newline="")))
        assert [row["attribution"] or row["speaker"] for row in rows] == ["Ana", "Beth's uncle"]

        for name in ("Ann", "Rosa"):
            d.app.action_pseudonyms()
            await d.settle()
            await d.press("down", "enter")
            d.app.focused.value = ""
            await d.press("enter")
            assert d.said == f"{name} is not replaced any more"
        assert [row[2] for row in listed(d)] == ["Rosa", "Ann's uncle"]
        assert not path.with_suffix(".pseudonyms.csv").exists()
