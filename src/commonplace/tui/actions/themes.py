"""What can be done on the screen Themes."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where

ACTIONS = (
    Action("themes.open", ("enter",), "Behind", "Shows the quotes or passages behind the "
           "figure.", Where.THEMES, "open_theme", 1),
    Action("themes.view", tuple("1234567890"), "Views", "Themes, crosstab, waves, codes together, "
           "saturation, words, words in context, retrieval, loud voices, negative cases.",
           Where.THEMES, "show_view('{key}')", written="1–0", palette=False),
    Action("themes.choose_view", ("w",), "View", "Chooses what to look at, and says what there is.",
           Where.THEMES, "choose_view", 2),
    Action("themes.by", ("b",), "By", "Breaks the counts down by what is known of "
           "people: role, nation, wave.", Where.THEMES, "by_attribute", 3),
    Action("themes.options", ("p",), "Options", "What is counted and how it is shown; for words "
           "in context and retrieval, what is looked for.", Where.THEMES, "options", 7),
    Action("themes.filter", ("/",), "People", "Counts only people to whom a condition applies: "
           "role=practitioner.", Where.THEMES, "filter", 6),
    Action("themes.narrow", ("F",), "Filters", "Interviewers' speech, transcripts marked done, "
           "coders, origins, transcripts, dates: for all views.", Where.THEMES, "narrow", 8),
    Action("themes.export", ("o",), "Export", "Writes the table to a file.", Where.THEMES,
           "export", 4),
    Action("themes.report", ("r",), "Report", "Writes the report of the study: a page or a Word "
           "document with sample, themes, quotes and methods.", Where.THEMES, "report", 5),
    Action("themes.back", ("escape",), "Back", "Leaves the passages, or a count that takes long.",
           Where.THEMES, "back"),
)  # fmt: skip
