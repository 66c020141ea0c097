"""What can be done on the screen Agreement, and where a disagreement is settled."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _measuring(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"agreement.{id}", tuple(keys.split()), label, help, Where.AGREEMENT, act, bar)


def _settling(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"settling.{id}", tuple(keys.split()), label, help, Where.SETTLING, act, bar)


ACTIONS = (
    _measuring("open", "enter", "Settle", "Shows where coders differ on this code, to settle it.",
               "open_code", bar=1),
    _measuring("coders", "c", "Coders", "Chooses whom to compare.", "choose_coders", bar=2),
    _measuring("unit", "t", "Unit", "Judges by sentence, turn, code point or marked stretch.",
               "choose_unit", bar=3),
    _measuring("table", "v", "Tables", "Chooses what to look at: coefficients, stretches as marked "
               "(u-alpha), accepted suggestions, the consensus.", "choose_table", bar=4),
    _measuring("adopt", "a", "Take over", "Gives the consensus all that these coders marked "
               "alike.", "adopt", bar=4),
    _measuring("against", "r", "Consensus", "Sets each coder against what was agreed on, or goes "
               "back.", "against", bar=5),
    _measuring("blind", "B", "Blind", "Hides others' work from a coder until a transcript is "
               "done, or shows it again.", "blind", bar=6),
    _measuring("export", "o", "Export", "Writes the table to a file.", "export", bar=8),
    _measuring("stop", "escape", "Stop", "Stops comparing.", "stop"),
    Action("settling.take", tuple("123456789"), "Take", "Settles it as the n-th coder has it.",
           Where.SETTLING, "take({key})", 1, written="1–9", palette=False),
    _settling("both", "b", "Both", "Settles it as all that any of them marked.", "both", bar=2),
    _settling("none", "x 0", "None", "Settles it so that the code does not apply here.", "none",
              bar=3),
    _settling("other", "e", "Other", "Settles it with another stretch or another code.", "other",
              bar=4),
    _settling("note", "m", "Note", "Notes why.", "note", bar=5),
    _settling("reopen", "d", "Reopen", "Takes the settlement back.", "reopen"),
    _settling("next", "n down", "Next", "Goes to the next disagreement.", "step(1)", bar=9),
    _settling("previous", "N up", "Previous", "Goes to the disagreement before.", "step(-1)"),
    _settling("passage", "enter", "Passage", "Shows the passage in its transcript.", "passage",
              bar=6),
    _settling("back", "escape", "Back", "Goes back to the table.", "back", bar=8),
)  # fmt: skip
