"""The list of pseudonyms in the application, and exports that have them."""

from __future__ import annotations

from commonplace.tui.dialogs.choose import Choose
from tests.tui.conftest import desk


async def test_the_list_is_changed_and_exports_follow_it(path, tmp_path):
    async with desk(path) as d:
        d.select("My friend Ann drives me.")
        await d.press("3")
        d.app.action_pseudonyms()
        await d.settle()
        assert isinstance(d.app.screen, Choose)
        await d.press("enter")
        await d.type("Ann = Beth")
        await d.press("enter")
        assert d.said == "Ann goes out as Beth"
        await d.press("o")
        d.app.focused.value = ""
        out = tmp_path / "codings.csv"
        await d.type(str(out))
        await d.press("enter")
        await d.until(out.exists)
        assert "My friend Beth drives me." in out.read_text("utf-8")

        d.app.action_pseudonyms()
        await d.settle()
        await d.press("down", "enter")
        d.app.focused.value = ""
        await d.press("enter")
        assert d.said == "Ann is not replaced any more"
        assert not path.with_suffix(".pseudonyms.csv").exists()
