"""What can be done on the screen Quotes."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where

ACTIONS = (
    Action("quotes.open", ("enter",), "Go to passage", "Opens the transcript at this quote.",
           Where.QUOTES, "open_quote", 1),
    Action("quotes.filter", ("/",), "Filter", "Narrows the list: words, or role=practitioner.",
           Where.QUOTES, "filter", 2),
    Action("quotes.code", ("f",), "Code", "Shows the quotes of one code, or all again.",
           Where.QUOTES, "filter_code", 3),
    Action("quotes.export", ("o",), "Export", "Writes the quotes listed to a file.",
           Where.QUOTES, "export", 4),
)  # fmt: skip
