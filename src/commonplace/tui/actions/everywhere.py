"""What can be done on every screen."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _app(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(id, tuple(keys.split()), label, help, Where.APP, act, bar)


ACTIONS = (
    _app("help", "? f1", "Help", "Explains the keys of the screen you are on.", "help", bar=90),
    _app("palette", "ctrl+p", "Commands", "Finds any command by its name.",
         "command_palette", bar=91),
    _app("code", "f2", "Code", "Read and code a transcript.", "show('code')"),
    _app("review", "f3", "Review", "Decide about suggestions, one after the other.",
         "show('review')"),
    _app("quotes", "f4", "Quotes", "All coded quotes, with their sources.", "show('quotes')"),
    _app("themes", "f5", "Themes", "How often each code stands where.", "show('themes')"),
    _app("agreement", "f6", "Agreement", "How far coders agree; settle where they do not.",
         "show('agreement')"),
    _app("codebook", "f7", "Codebook", "Work on the codes: entries, merging, splitting, reading "
         "again.", "show('codebook')"),
    _app("people", "f8", "People", "Who speaks, and what is known of them.", "show('people')"),
    _app("import", "I", "Import transcripts", "Brings in files or folders, after a look at who "
         "speaks.", "import_files", bar=89),
    _app("undo", "u", "Undo", "Takes back your last change, also of an earlier day.", "undo",
         bar=7),
    _app("redo", "ctrl+r", "Redo", "Does again what you took back last.", "redo"),
    _app("pseudonyms", "", "Pseudonyms", "What stands for names in whatever is exported.",
         "pseudonyms"),
    Action("stop", (), "Stop writing", "Stops the files and reports that are being written; what "
           "stood in their places stays. On a screen esc does that first.", Where.APP,
           "stop_writing", written="esc"),
    _app("shade", "", "Light or dark", "Changes between light and dark colours.", "shade"),
    _app("quit", "q ctrl+q", "Quit", "Ends the program; everything is already saved.", "quit",
         bar=92),
)  # fmt: skip
