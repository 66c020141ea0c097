"""What holds at the cursor, as paragraphs for the side pane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from commonplace.domain.codebook import split_path
from commonplace.domain.coding import Coding, Origin
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Memo, Reread, Unplaced
from commonplace.project.suggestions import Basis
from commonplace.tui.opened import Opened
from commonplace.tui.screens.code.amending import Waiting
from commonplace.tui.session import Session
from commonplace.tui.weighing import alike, causes, notice, source, sureness
from commonplace.tui.widgets.chrome import clickable
from commonplace.tui.widgets.reader.cells import safe, shorten

if TYPE_CHECKING:
    from commonplace.suggest.client import Told

_ORIGINS = {
    Origin.MANUAL: "by hand",
    Origin.ACCEPTED: "accepted",
    Origin.EDITED: "accepted with changes",
    Origin.AUTOCODE: "by search",
    Origin.IMPORTED: "imported",
    Origin.CONSENSUS: "agreed",
}
BLANK = Content("")
_SPACE = Content("  ")


def at_cursor(
    session: Session,
    opened: Opened,
    codings: Sequence[Coding],
    suggestions: Sequence[Suggestion],
    memos: Sequence[Memo],
    *,
    beneath: bool = False,
    waiting: Waiting | None = None,
    width: int = 0,
) -> list[Content]:
    """Codings, suggestions and memos at a place; what can be done when there are none.

    In a low pane `beneath` the text each is one paragraph. `width` is in cells.
    """
    found: list[list[Content]] = []
    if waiting is not None:
        found.append(_waiting(session, waiting.passage))
    for coding in codings:
        reread = opened.reread.get(coding.id)
        found.append(_coding(session, coding, opened.memo(coding.id), reread))
    for place, suggestion in enumerate(suggestions):
        found.append(_suggestion(session, suggestion, opened.basis))
        if place == 0:
            told = session.accounts.get(suggestion.id)
            found[-1] += _account(opened.basis, told, 0 if beneath else width)
    for memo in memos:
        found.append(_memo("memo on these words", memo))
    if not found:
        return _nothing(session, opened, beneath)
    if beneath:
        return [_SPACE.join(lines) for lines in found]
    return [line for lines in found for line in (*lines, BLANK)]


def no_transcript(session: Session) -> list[Content]:
    """A project without transcripts: how to get them in."""
    command = f"commonplace import {shorten(session.path.name, 40)} FOLDER"
    return [
        Content("There are no transcripts in this project yet."),
        BLANK,
        clickable(
            Content.assemble(("I", "bold $primary"), " brings in files or a whole folder"),
            "app.import_files",
        ),
        Content.assemble(
            (
                "Word, PDF, text, subtitles, tables: you see who speaks before it is kept.",
                "$text-muted",
            )
        ),
        BLANK,
        Content.assemble(("From another terminal: ", "$text-muted"), command),
    ]


def _nothing(session: Session, opened: Opened, beneath: bool) -> list[Content]:
    """An empty place: the codes by number, and the memo of the transcript."""
    found = [Content.assemble(("Nothing is coded here.", "$text-muted")), BLANK]
    items = [*_numbered(session), _offer("c", "any code, or a new one", "screen.pick_code")]
    found += [Content("   ").join(items)] if beneath else items
    for memo in opened.memos_of_transcript():
        found += [BLANK, *_memo("memo on this transcript", memo)]
    return found


def _numbered(session: Session) -> list[Content]:
    """The top-level codes that have a number, to press or to click."""
    found = []
    for number, code in enumerate(session.codebook.numbered(), start=1):
        look = session.looks[code.id]
        line = Content.assemble(
            (f"{number} ", "bold $primary"),
            (look.mark.ljust(3), f"bold {look.color}"),
            safe(code.name),
        )
        found.append(clickable(line, f"screen.apply_nth({number})"))
    return found


def _offer(key: str, label: str, action: str) -> Content:
    return clickable(Content.assemble((key, "bold $primary"), f" {label}"), action)


def _path(session: Session, code: str, style: str = "bold") -> Content:
    """A code's mark and path, its own name in front of the eye."""
    look = session.looks.get(code)
    *above, name = split_path(session.path_of(code))
    before = "/".join(above) + "/" if above else ""
    return Content.assemble(
        (f"{look.mark if look else '•'} ", f"bold {look.color}" if look else "bold"),
        (safe(before), "$text-muted"),
        (safe(name), style),
    )


def _coding(
    session: Session, coding: Coding, memo: Memo | None, reread: Reread | None
) -> list[Content]:
    who = "you" if coding.coder == session.coder else safe(coding.coder)
    lines = [
        _path(session, coding.code),
        Content.assemble((f"{who}, {_ORIGINS[coding.origin]}", "$text-muted")),
    ]
    if coding.reasons:
        lines.append(causes(coding.reasons))
    if reread is not None:
        said = f"↻ read again: {' and '.join(reread.before)} changed"
        lines.append(Content.assemble((said, "$accent")))
        lines.append(
            _SPACE.join(
                [
                    _offer("y", "still fits", "screen.still_fits"),
                    _offer("e", "another code", "screen.edit"),
                ]
            )
        )
    if memo is not None:
        lines.append(Content.assemble(("✎ ", "$primary"), safe(memo.text)))
    return lines


def _suggestion(session: Session, suggestion: Suggestion, basis: Basis) -> list[Content]:
    head = Content.assemble(
        _path(session, suggestion.code, "italic underline"), (" ?", "bold $accent")
    )
    reasons = [causes(suggestion.reasons)] if suggestion.reasons else []
    return [head, *notice(suggestion), sureness(basis, suggestion), *reasons]


def _account(basis: Basis, told: Told | None, width: int) -> list[Content]:
    """What the suggestion that the keys are about rests on; where there is `width` for it, also the
    passages it is like, and the keys, which otherwise only stand in the footer."""
    if not width:
        return [source(basis, told)]
    offers = (("a", "accept", "accept"), ("x", "reject", "reject"), ("e", "change", "edit"))
    keys = _SPACE.join([_offer(k, label, f"screen.{act}") for k, label, act in offers])
    return [source(basis, told), *alike(told, width, rows=2), keys]


def _waiting(session: Session, passage: Unplaced) -> list[Content]:
    """A passage without a place, and what can be done about it."""
    about = _path(session, passage.code) if passage.code else Content(f"a {passage.kind}")
    lines = [
        Content.assemble(("waits for a place", "bold $warning")),
        about,
        Content(f"“{shorten(passage.words.exact, 200)}”"),
        Content.assemble((safe(passage.reason), "$text-muted")),
    ]
    if passage.text:
        lines.append(Content.assemble(("✎ ", "$primary"), safe(passage.text)))
    offers = (("P", "place", "place"), ("X", "let go", "let_go"), ("W", "next", "waiting"))
    lines.append(_SPACE.join([_offer(k, label, f"screen.{act}") for k, label, act in offers]))
    return lines


def _memo(title: str, memo: Memo) -> list[Content]:
    return [
        Content.assemble(("✎ ", "$primary"), (f"{title}, {safe(memo.coder)}", "$text-muted")),
        Content(safe(memo.text)),
    ]
