"""What a correction did to what is coded, for a person to read: what is not as it was, first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from commonplace.domain.placing import Outcome
from commonplace.project import Project
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import safe, shorten

if TYPE_CHECKING:
    from commonplace.project import Amendment

_SHOWN = 100
"""Passages that are shown one by one."""
_LONG = 160
"""Characters of their words."""


class Affected(NamedTuple):
    """Something at other words, or without a place."""

    what: str
    """Its code, else what it is."""
    was: str
    now: str | None
    """None without a place."""
    reason: str


def affected(project: Project, done: Amendment) -> list[Affected]:
    """What this coder may see of what a correction changed; first what has no place."""
    from commonplace.project.unplaced import KINDS

    book = project.codes.codebook()
    seen = (Outcome.UNPLACED, Outcome.CHANGED)
    fates = [
        fate
        for fate in done.fates
        if fate.outcome in seen and not project.blind.hides(done.document, fate.coder)
    ]
    return [
        Affected(
            book.path(fate.code) if fate.code and fate.code in book else KINDS[fate.kind],
            fate.was,
            fate.now,
            fate.reason,
        )
        for fate in sorted(fates, key=lambda fate: seen.index(fate.outcome))
    ]


def paragraphs(found: list[Affected]) -> list[Content]:
    """Each of them: what it is, its words, and those it stands at now, or why nowhere."""
    said = [_paragraph(each) for each in found[:_SHOWN]]
    if (more := len(found) - _SHOWN) > 0:
        said.append(Content.assemble((f"… and {counted(more, 'passage')} more", "$text-muted")))
    return said


def _paragraph(each: Affected) -> Content:
    what, was = (safe(each.what), "bold"), safe(shorten(each.was, _LONG))
    if each.now is None:
        reason = (f"  {each.reason}", "$text-muted")
        return Content.assemble(("✗ ", "$text-error"), what, f"  “{was}”", reason)
    now = safe(shorten(each.now, _LONG))
    return Content.assemble(
        ("≠ ", "$text-warning"), what, (f"  “{was}”", "$text-muted"), " is now ", f"“{now}”"
    )
