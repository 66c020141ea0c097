"""What can be done on the screen Quotes, and where a quote is edited for print."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _quote(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"quotes.{id}", tuple(keys.split()), label, help, Where.QUOTES, act, bar)


def _version(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"version.{id}", tuple(keys.split()), label, help, Where.VERSION, act, bar)


ACTIONS = (
    Action("quotes.view", tuple("123456"), "Views", "All quotes; those chosen for a theme; who is "
           "quoted how often; shown as typical and not so; consents; what to take back.",
           Where.QUOTES, "show_view('{key}')", written="1–6", palette=False),
    _quote("open", "enter", "Go to passage", "Opens the transcript at this quote; from a line of a "
           "table, the quotes behind it.", "open_quote", bar=9),
    _quote("edit", "e", "Edit", "Edits the quote for print, and checks that it still is what was "
           "said.", "edit_version", bar=1),
    _quote("star", "s", "Star", "Marks the quote as worth having, or takes that off.",
           "mark('star')", bar=2),
    _quote("shortlist", "h", "Shortlist", "Proposes the quote for a report, or takes it off.",
           "mark('shortlist')", bar=3),
    _quote("clear", "y", "Clear", "Says that the quote is checked and clear for use, or takes that "
           "back.", "mark('clear')", bar=4),
    _quote("used", "w", "Used", "Notes where the quote is printed or shown; or takes that back.",
           "use", bar=8),
    _quote("choose", "c", "Choose", "Proposes quotes that illustrate this code: typical, varied, "
           "readable.", "choose", bar=5),
    _quote("shortlist_all", "H", "Shortlist all", "Shortlists all quotes that were chosen.",
           "shortlist_all"),
    _quote("consent", "x", "Consent", "Withdraws the quote from use, or says what was agreed for "
           "it alone.", "consent", bar=14),
    _quote("embargo", "b", "By, or embargo", "Holds the quote back until a day; in the ledger, "
           "counts by what is known of people.", "by_or_embargo", bar=15),
    _quote("note", "m", "Note", "Notes something about the quote.", "note", bar=13),
    _quote("override", "!", "Let pass", "Lets a version that fails the check be used, with a "
           "reason; or takes that back.", "override"),
    _quote("more", "space", "More context", "Shows more of what is said before and after.",
           "more_context", bar=16),
    _quote("scroll", "shift+down", "Scroll down", "Scrolls what stands beside the list.",
           "scroll_about(1)"),
    _quote("scroll_up", "shift+up", "Scroll up", "Scrolls it back.", "scroll_about(-1)"),
    _quote("filter", "/", "Filter", "Narrows the list: words, or role=practitioner.", "filter",
           bar=11),
    _quote("code", "f", "Code", "Shows the quotes of one code, or all again.", "filter_code",
           bar=12),
    _quote("kept", "k", "Which", "Shows only what is starred, shortlisted, clear, used, not "
           "edited, failing or held back.", "keep", bar=10),
    _quote("attribution", "p", "Attribution", "Sets how quotes are attributed where they leave, "
           "and how many people must share what is said.", "attribution", bar=17),
    _quote("export", "o", "Export", "Writes what is listed to a file; what must not leave is left "
           "out.", "export", bar=6),
    _quote("report", "r", "Report", "Writes the report of the study, with quotes like those "
           "listed: a page or a Word document.", "report", bar=7),
    _quote("back", "escape", "Back", "Goes back to the list, or leaves what takes long.", "back"),
    _version("keep", "ctrl+s", "Keep", "Keeps the version; one that fails the check stays here.",
             "keep", bar=1),
    _version("omit", "ctrl+o", "Leave out", "Puts […] in the place of what is selected, or of the "
             "word at the cursor.", "omit", bar=2),
    _version("bracket", "ctrl+g", "[ ]", "Puts what is selected in brackets, to write over it: "
             "words of yours.", "bracket", bar=3),
    _version("fillers", "ctrl+t", "Fillers", "Takes out um, you know and other fillers.",
             "fillers", bar=4),
    _version("next", "ctrl+n", "Next", "Goes to the next thing that the check found.",
             "next_place", bar=6),
    _version("spoken", "", "As spoken", "Begins again with the words as they were said.", "spoken"),
    _version("back", "escape", "Back", "Leaves it; with changes, the second time.", "back", bar=5),
)  # fmt: skip
