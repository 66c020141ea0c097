"""What can be done on the screen on which transcripts are imported."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _import(id: str, key: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"import.{id}", (key,), label, help, Where.IMPORT, act, bar)


def _column(
    id: str, keys: tuple[str, ...], label: str, help: str, act: str, *, bar: int = 0,
    written: str = "",
) -> Action:  # fmt: skip
    return Action(f"columns.{id}", keys, label, help, Where.COLUMNS, act, bar, written)


ACTIONS = (
    _import("start", "enter", "Import", "Imports the files, all as one thing to undo; afterwards, "
            "opens the first transcript.", "start", bar=1),
    _import("panes", "tab", "Speakers", "Goes to the speakers, and back to the files.", "panes",
            bar=2),
    _import("interviewer", "i", "Asks", "Says that this speaker interviews, or does not.",
            "interviewer", bar=3),
    _import("accept", "a", "One person", "Joins the labels that look like one person.", "accept",
            bar=4),
    _import("no_speaker", "x", "No speaker", "Says that this is no speaker: the words belong to "
            "whoever speaks there.", "no_speaker", bar=5),
    _import("mark", "space", "Mark", "Marks this label, for joining.", "mark", bar=6),
    _import("join", "j", "Join", "Makes the marked labels one person's.", "join", bar=7),
    _import("missing", "+", "Missing", "Names a speaker who was not recognised.",
            "missing_speaker"),
    _import("take_back", "z", "Take back", "Takes back the last correction; with none, has a table "
            "that is read as last time read anew.", "take_back", bar=8),
    _import("finding", "s", "Find speakers", "Says how speakers are found: by labels, by question "
            "and answer, or not at all.", "finding", bar=9),
    _import("columns", "c", "Columns", "Goes to the columns of a table, to say what each of them "
            "is.", "columns", bar=10),
    _import("sheet", "w", "Sheet", "Reads another sheet of the file.", "sheet", bar=11),
    _import("stop", "escape", "Leave", "Leaves without importing, and asks first where something "
            "was corrected; while importing, stops after the file at hand.", "stop", bar=12),
    _column("choose", ("enter",), "Choose", "Says what this column is, from a list.",
            "choose_role", bar=1),
    _column("files", ("tab",), "Next pane", "Goes to the speakers, and on to the files.", "panes",
            bar=10),
    _column("turn", ("left", "right"), "Turn", "What the column is: the one before, the next.",
            "turn('{key}')"),
    _column("text", ("t",), "Text", "The column holds what was said; several are several "
            "questions.", "role('text')", bar=2),
    _column("speaker", ("s",), "Speaker", "The column says who speaks.", "role('speaker')", bar=3),
    _column("document", ("d",), "Transcript", "Each value of the column is a transcript.",
            "role('transcript')", bar=4),
    _column("attribute", ("a",), "Attribute", "The column is an attribute of the speaker or the "
            "transcript.", "role('attribute')", bar=9),
    _column("leave_out", ("x",), "Leave out", "The column is not read.", "role('left out')",
            bar=8),
    _column("codes", ("c",), "Codes", "The column holds codes that the row has already.",
            "role('codes')", bar=7),
    _column("time", ("m",), "Time", "The column says when it is said.", "role('time')"),
    _column("separator", ("semicolon",), "Between codes", "Says what stands between codes.",
            "separator", written=";"),
    _column("by_question", ("b",), "Question", "With several columns of text: a transcript for "
            "each question, or for each row again.", "by_question", bar=6),
    _column("back", ("escape",), "Files", "Goes back to the files, where enter imports; while "
            "importing, stops after the file at hand.", "back", bar=5),
)  # fmt: skip
