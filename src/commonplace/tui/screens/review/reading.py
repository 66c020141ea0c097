"""What the review screen shows, read in the thread for tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from commonplace.analysis.filters import Filters
from commonplace.analysis.review import Tally, account
from commonplace.analysis.suggestions import Silence, silence, waiting
from commonplace.domain.suggestion import Suggestion, Verdict
from commonplace.project import Project
from commonplace.project.audits import Audit
from commonplace.project.suggestions import Basis

BALANCE = "suggest_balance"
"""The fact of the project that says how many suggestions are asked for."""

STEPS = (
    (0.3, "only the surest"),
    (0.6, "fewer and surer"),
    (1.0, "balanced"),
    (1.7, "more and looser"),
    (3.0, "many and loose"),
)
"""Balances that the keys set, and what they are called."""


@dataclass(frozen=True)
class Found:
    """What was found to review."""

    suggestions: Mapping[str, Suggestion] = field(default_factory=dict)
    """Those that wait and are asked about, in order, by id: working an id out takes time."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of transcripts, by id."""
    basis: Basis = field(default_factory=Basis)
    balance: float = 1.0
    account: Mapping[str, Tally] = field(default_factory=dict)
    """This coder's decisions, by code."""
    silence: Silence = Silence.NOT_RUN
    """Why nothing waits at all, where nothing does."""
    audit: Audit | None = None
    """This coder's audit that lasts."""
    settled: tuple[str, str] = ("", "")
    """The id of the suggestion that was at hand, and what it was, where this coder has decided
    about it or coded what it proposes."""


def find(
    project: Project, filters: Filters, words: str, order: str, here: Suggestion | None = None
) -> Found:
    """What there is to review, for these filters, while `here` is at hand."""
    try:
        balance = float(project.fact(BALANCE) or 1)
    except ValueError:
        balance = 1.0
    waits = {one.id: one for one in waiting(project, filters, words, order)}
    settled = "" if here is None or here.id in waits else _settled(project, here)
    return Found(
        waits,
        dict(project.connection.execute("SELECT id, name FROM documents ORDER BY name").fetchall()),
        project.suggestions.basis,
        balance,
        account(project, midnight()),
        silence(project),
        project.audits.current(),
        ("" if here is None else here.id, settled),
    )


SETTLED = {
    Verdict.ACCEPTED: "accepted",
    Verdict.EDITED: "accepted with changes",
    Verdict.REJECTED: "rejected",
}


def _settled(project: Project, one: Suggestion) -> str:
    """What this coder has done about a suggestion, in words; empty when nothing."""
    for decision in project.suggestions.decisions(one.document):
        if (decision.suggestion, decision.coder) == (one.id, project.coder):
            return SETTLED[decision.verdict]
    book = project.codes.codebook()
    codes = {code.id for code in book.subtree(one.code)} if one.code in book else set()
    coded = any(
        coding.coder == project.coder and coding.code in codes
        for coding in project.codings.of_document(one.document, within=one.span)
    )
    return "coded" if coded else ""


def midnight() -> str:
    """When today began where we are, as the project writes times."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return today.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def step(balance: float) -> int:
    """The place in `STEPS` that is nearest to a balance."""
    return min(range(len(STEPS)), key=lambda place: abs(STEPS[place][0] - balance))
