"""A suggestion and the account of decisions as paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from commonplace.analysis.review import Passage, Said, Tally
from commonplace.analysis.suggestions import SILENT, Silence
from commonplace.domain.suggestion import Suggestion
from commonplace.tui.screens.review.reading import STEPS, Found, step
from commonplace.tui.session import Session
from commonplace.tui.weighing import alike, causes, notice, source, sureness
from commonplace.tui.widgets.chrome import clickable
from commonplace.tui.widgets.linelist import Row
from commonplace.tui.widgets.reader.cells import safe

if TYPE_CHECKING:
    from commonplace.suggest.client import Told

BLANK = Content("")
NEIGHBOUR = 300
"""Code points shown of each turn before or after, at most."""


def in_context(found: Passage, room: int, around: tuple[str, str] = ("", "")) -> list[Content]:
    """A passage in its turns, and the turns around. `room` is how many cells there are: so little
    comes before the passage that it is seen. `around` stands before and after it."""
    paragraphs: list[Content] = []
    before = [turn for turn in found.said if turn.start + len(turn.text) <= found.span.start]
    left = room // 3
    leading: list[Content] = []
    for turn in reversed(before):
        words = _end(turn.text, min(NEIGHBOUR, left - 80))
        if left < NEAREST:
            break
        leading = [_turn(turn, [(words, "$text-muted")]), BLANK, *leading]
        left -= len(words) + 160  # and the line it breaks off in, and the blank one
    for turn in found.said[len(before) :]:
        if turn.start >= found.span.end:
            words = _beginning(turn.text, NEIGHBOUR)
            paragraphs += [_turn(turn, [(words, "$text-muted")]), BLANK]
            continue
        first, last = max(0, found.span.start - turn.start), found.span.end - turn.start
        start = _end(turn.text[:first], max(NEAREST, room // 4))
        parts = [
            (start, ""),
            (around[0] if first or found.span.start == turn.start else "", "bold $accent"),
            (turn.text[first:last], "bold underline $text"),
            (around[1] if last <= len(turn.text) else "", "bold $accent"),
            (turn.text[last:], ""),
        ]
        paragraphs += [_turn(turn, parts), BLANK]
    return [*leading, *paragraphs[:-1]]


NEAREST = 120
"""Code points that are worth showing of what comes before."""


def _turn(turn: Said, parts: Sequence[tuple[str, str]]) -> Content:
    """Who speaks, and what."""
    who = (f"{safe(turn.speaker)}  " if turn.speaker else "", "bold $text-muted")
    return Content.assemble(who, *((safe(words), style) for words, style in parts))


def _end(words: str, most: int) -> str:
    return words if len(words) <= most else "… " + words[-most:].partition(" ")[2]


def _beginning(words: str, most: int) -> str:
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def entry(session: Session, code: str) -> list[Content]:
    """What the codebook says of a code, for whoever is to decide whether it fits."""
    if code not in session.codebook:
        return []
    found = session.codebook[code]
    parts = [("", found.definition), ("include: ", found.include), ("exclude: ", found.exclude)]
    if not any(words for _, words in parts):
        return [Content.assemble(("no definition yet: F7 takes one", "$text-muted"))]
    return [
        Content.assemble((label, "$text-muted"), (safe(words), "$text-muted" if not label else ""))
        for label, words in parts
        if words
    ]


def why(found: Found, one: Suggestion, told: Told | None, width: int) -> list[Content]:
    """How sure it is and the words that caused it, in two rows of `width` cells at most; what it
    rests on; and, once that is `told`, the passages it is like, each in a row, or one in two."""
    line, back = sureness(found.basis, one) + "  ", notice(one)
    if width >= BROAD:
        line += Content.assemble(("because of ", "$text-muted"))
    room = (1 if back else 2) * width - line.cell_length - WRAPPED
    line += causes(one.reasons, room if width else 0)
    rows = 2 if told is not None and len(told.like) == 1 else 1
    return [*back, line, source(found.basis, told), *alike(told, width, rows)]


BROAD = 56
"""Cells from which on there is room to say what the words are."""
WRAPPED = 12
"""Cells that may be lost where a row ends between words."""


def totals(found: Found) -> list[Content]:
    """The running account: how many were decided, how many of them were right."""
    whole = sum(found.account.values(), Tally())
    if not whole.decided:
        lines = [Content.assemble(("Nothing is decided yet.", "$text-muted"))]
    else:
        lines = [Content(f"{whole.today:,} decided today, {whole.decided:,} in all")]
    share, low, high = whole.share
    if share is not None and low is not None and high is not None:
        lines += [
            Content.assemble(
                (f"{percent(share)} right", "bold"), (f" of {whole.read:,} read", "$text-muted")
            ),
            Content.assemble((f"95 % interval {low * 100:.0f} to {percent(high)}", "$text-muted")),
        ]
    if unread := whole.decided - whole.read:
        lines.append(Content.assemble((f"{unread:,} accepted unread", "$text-muted")))
    at = step(found.balance)
    lines += [
        BLANK,
        Content.assemble(("Suggestions: ", "$text-muted"), (STEPS[at][1], "bold")),
        Content("   ").join(
            [
                _offer("<", "fewer", "screen.balance(-1)"),
                _offer(">", "more", "screen.balance(1)"),
            ]
        ),
    ]
    return lines


def percent(share: float) -> str:
    """A share (0–1) as people read it."""
    return f"{share * 100:.0f} %"


def _offer(key: str, label: str, action: str) -> Content:
    return clickable(Content.assemble((key, "bold $primary"), f" {label}"), action)


def quiet(session: Session, found: Found) -> list[Content]:
    """The codes that are not proposed for now, and what wakes them."""
    if not found.basis.quiet:
        return []
    names = ", ".join(
        f"{safe(session.path_of(code))} ({percent(share)} right)"
        for code, share in found.basis.quiet.items()
    )
    return [
        Content.assemble(("quiet: ", "bold $warning"), names),
        Content.assemble(
            (
                "Mostly rejected, so not suggested for now. Five codings by hand wake a code, or "
                "a change of its entry (F7).",
                "$text-muted",
            )
        ),
    ]


def code_rows(session: Session, found: Found, waiting: Mapping[str, int]) -> list[Row]:
    """A row for each code that is proposed, decided about, or quiet."""
    rows = []
    for code in session.codebook.in_reading_order():
        tally, wait = found.account.get(code.id, Tally()), waiting.get(code.id, 0)
        is_quiet = code.id in found.basis.quiet
        if not (tally.decided or wait or is_quiet):
            continue
        look, depth = session.looks.get(code.id), session.codebook.depth(code.id)
        share = tally.share[0]
        right = "–" if share is None else percent(share)
        rows.append(
            Row(
                code.id,
                (
                    Content.assemble(
                        " " * min(depth, 2),
                        (look.mark + " " if look else "", f"bold {look.color}" if look else ""),
                        safe(code.name),
                    ),
                    Content.assemble(
                        ("quiet", "$warning") if is_quiet else (f"{wait:,}" if wait else "–", "")
                    ),
                    Content(f"{tally.decided:,}" if tally.decided else "–"),
                    Content.assemble((right, "bold" if share is not None else "$text-muted")),
                ),
            )
        )
    return rows


def nothing(found: Found, narrowed: bool, worker: str) -> list[Content]:
    """What is said in place of a suggestion."""
    if narrowed:
        return [
            Content("Nothing waits here."),
            BLANK,
            Content.assemble(
                _offer("f", "all codes", "screen.filter_code"),
                "   ",
                _offer("/", "filter", "screen.filter"),
            ),
        ]
    title, hint = SILENT[found.silence]
    if found.silence not in (Silence.DECIDED, Silence.NOTHING_FOUND):
        said = worker if found.silence is Silence.NOT_RUN else ""
        return [Content(title), Content.assemble((safe(said) or hint, "$text-muted"))]
    return [
        Content.assemble((title, "bold")),
        BLANK,
        Content.assemble(
            (f"{hint} ", "$text-muted"),
            _offer(">", "asks for more and looser ones", "screen.balance(1)"),
        ),
    ]
