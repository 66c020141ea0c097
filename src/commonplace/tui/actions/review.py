"""What can be done on the screen Review, in a blind audit, and with what it found."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _review(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"review.{id}", tuple(keys.split()), label, help, Where.REVIEW, act, bar)


def _audit(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"audit.{id}", tuple(keys.split()), label, help, Where.AUDIT, act, bar)


def _audited(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"audited.{id}", tuple(keys.split()), label, help, Where.AUDITED, act, bar)


ACTIONS = (
    _review("accept", "a", "Accept", "Makes a coding of the suggestion.", "accept", bar=1),
    _review("reject", "x", "Reject", "Puts the suggestion aside, and asks why; enter leaves that "
            "open.", "reject", bar=2),
    _review("edit", "e", "Edit", "Accepts it with another stretch or another code.", "edit",
            bar=3),
    _review("skip", "s", "Skip", "Leaves it for later; that decides nothing.", "skip", bar=4),
    _review("together", "A", "Accept many", "Accepts all from a confidence on, after a look at "
            "ten of them drawn at random.", "together", bar=6),
    _review("passage", "enter", "Passage", "Shows it in its transcript; esc comes back.",
            "passage", bar=5),
    _review("order", "b", "Order", "The surest first; those that teach most first; or as they "
            "stand in the transcripts.", "next_order", bar=8),
    _review("group", "g", "Group", "Groups by code, by transcript, or not at all.", "next_group",
            bar=9),
    _review("code", "f", "Code", "Shows the suggestions of one code, or all again.",
            "filter_code", bar=10),
    _review("filter", "/", "Filter", "Narrows the queue: words, or role=practitioner.", "filter",
            bar=11),
    _review("fewer", "<", "Fewer", "Asks for fewer and surer suggestions.", "balance(-1)"),
    _review("more", ">", "More", "Asks for more and looser suggestions.", "balance(1)"),
    _review("account", "t", "Account", "Shows how many were right, code by code, or the queue "
            "again.", "account", bar=12),
    _review("audit", "B", "Blind audit", "Codes a random sample without seeing suggestions, to "
            "find out how good they are.", "audit", bar=13),
    _review("export", "o", "Export", "Writes the suggestions listed to a file.", "export"),
    Action("audit.code", tuple("123456789"), "Code", "Applies the n-th top-level code, or takes "
           "it off again.", Where.AUDIT, "apply_nth({key})", 1, written="1–9", palette=False),
    _audit("pick", "c", "Pick", "Chooses a code by a few of its letters.", "pick_code", bar=2),
    _audit("none", "0 x", "None", "Says that no code applies here, and goes on.", "none", bar=3),
    _audit("next", "enter n down", "Next", "Goes to the next segment.", "step(1)", bar=4),
    _audit("previous", "N up", "Previous", "Goes to the segment before.", "step(-1)", bar=5),
    _audit("open", "g", "Unanswered", "Goes to the next segment without an answer.",
           "unanswered"),
    _audit("clear", "d", "Clear", "Takes the answer to this segment back.", "clear"),
    _audit("finish", "F", "Finish", "Ends the audit and shows what it found.", "finish", bar=6),
    _audit("drop", "X", "Drop", "Removes the audit with its answers.", "drop"),
    _audit("back", "escape", "Back", "Goes back to Review; the audit waits.", "back", bar=8),
    _audited("again", "B", "New audit", "Begins another audit.", "again", bar=2),
    _audited("keep", "k", "Make codings", "Makes codings of the answers.", "keep", bar=3),
    _audited("export", "o", "Export", "Writes the table to a file.", "export", bar=4),
    _audited("back", "escape", "Back", "Goes back to Review.", "back", bar=1),
)  # fmt: skip
