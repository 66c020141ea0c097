"""The tables of the agreement screen: where each is shown, and what it is."""

from __future__ import annotations

from commonplace.tui.screens.agreement.finding import Shows

LISTS = {
    Shows.CODES: "#codes",
    Shows.CONSENSUS: "#coders",
    Shows.STRETCHES: "#stretches",
    Shows.SUGGESTIONS: "#suggested",
}
"""The list that has each table."""

TABLES = {
    Shows.CODES: ("Coefficients", "each code, unit by unit"),
    Shows.STRETCHES: ("Stretches as marked", "u-alpha and cu-alpha"),
    Shows.SUGGESTIONS: ("Accepted suggestions", "against what others coded by hand"),
    Shows.CONSENSUS: ("Consensus", "each coder against what was agreed on"),
}
"""What each is called, and what it has."""

ABOUT = {
    Shows.CONSENSUS: "kept: what the coder applied and the consensus has too. found: what the "
    "consensus has and the coder applied. Over transcripts settled to the end.",
    Shows.STRETCHES: "u-alpha: agreement on where a code applies. cu-alpha: where both marked "
    "something below it, on which of its sub-codes; it rests on that share of the coded length.",
    Shows.SUGGESTIONS: "confirmed: another of these coders applied the same code there by hand. "
    "If what was suggested is confirmed less often than what was coded by hand, suggestions are "
    "accepted too easily.",
}
"""What its figures say."""
