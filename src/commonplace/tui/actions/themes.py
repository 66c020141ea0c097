"""What can be done on the screen Themes."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where

ACTIONS = (
    Action("themes.open", ("enter",), "Its quotes", "Shows the quotes of this theme.",
           Where.THEMES, "open_theme", 1),
    Action("themes.by", ("b",), "By attribute", "Breaks the counts down by what is known of "
           "people: role, nation, wave.", Where.THEMES, "by_attribute", 2),
    Action("themes.filter", ("/",), "Filter", "Counts only people to whom a condition applies: "
           "role=practitioner.", Where.THEMES, "filter", 3),
    Action("themes.export", ("o",), "Export", "Writes the table to a file.", Where.THEMES,
           "export", 4),
)  # fmt: skip
