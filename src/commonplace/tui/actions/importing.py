"""What can be done on the screen on which transcripts are imported."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _import(id: str, key: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"import.{id}", (key,), label, help, Where.IMPORT, act, bar)


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
    _import("take_back", "z", "Take back", "Takes back the last correction.", "take_back", bar=8),
    _import("finding", "s", "Find speakers", "Says how speakers are found: by labels, by question "
            "and answer, or not at all.", "finding", bar=9),
    _import("columns", "c", "Columns", "Says which columns of tables hold the words.", "columns",
            bar=10),
    _import("stop", "escape", "Leave", "Leaves without importing; while importing, stops after "
            "the file at hand.", "stop", bar=11),
)  # fmt: skip
