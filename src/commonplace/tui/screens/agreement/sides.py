"""A disagreement as paragraphs: its context, what each coder has, how it was settled."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from commonplace.analysis.agreement.cases import status
from commonplace.analysis.agreement.context import Context
from commonplace.domain.disagreement import Difference, Place
from commonplace.domain.span import Span, union
from commonplace.project.adjudication import Case, Verdict
from commonplace.tui.session import Session
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.rows import Row

_SIGNS = {
    "open": ("○", "$text"),
    "settled": ("✓", "$text-success"),
    "reopened": ("↺", "$text-warning"),
}


def row(session: Session, case: Case) -> Row:
    """A disagreement in the list: where it stands, the code, and its words."""
    sign, style = _SIGNS[status(case)]
    place = case.place
    look = session.looks.get(place.code)
    first = next(c for found in place.codings.values() for c in found)
    code = session.codebook[place.code].name if place.code in session.codebook else ""
    muted = "$text-muted" if case.settled else ""
    return Row(
        place.id,
        (
            Content.assemble((sign, style)),
            Content.assemble(
                (f"{look.mark} " if look else "", f"bold {look.color}" if look else ""),
                (safe(code), "$text-muted" if case.settled else "bold"),
                (f"  {safe(_flat(first.anchor.exact))}", muted),
            ),
        ),
    )


def in_context(place: Place, found: Context, room: int) -> list[Content]:
    """In what the coders differ, and the words around, those in question standing out.

    `room` is how many cells there are: so many words come before that those in question are seen.
    """
    first, last = place.span.start - found.start, place.span.end - found.start
    before = found.text[:first]
    if len(before) > room // 4:
        before = before[len(before) - room // 4 :].partition(" ")[2]
    after = found.text[last:].rpartition(" ")[0]
    cut = len(before) < first or found.start > 0
    source = [safe(found.document)]
    if found.turn is not None:
        source.append(f"turn {found.turn}")
    if found.speaker:
        source.append(safe(found.speaker))
    parts = (
        ("…" if cut else "", "$text-muted"),
        (before, "$text-muted"),
        (found.text[first:last], "bold $text"),
        (found.text[last:] if found.ends else after + " …", "$text-muted"),
    )
    return [
        Content.assemble((" · ".join(source), "$text-muted")),
        Content(_differ(place)),
        Content(""),
        *_lines(parts),
    ]


def _lines(parts: Sequence[tuple[str, str]]) -> list[Content]:
    """Words with styles as paragraphs, one for each line that is not blank."""
    lines = [Content("")]
    for words, style in parts:
        for number, line in enumerate(words.split("\n")):
            if number:
                lines.append(Content(""))
            lines[-1] += Content.assemble((safe(line), style))
    return [line for line in lines if line.plain.strip()]


def _differ(place: Place) -> str:
    if place.difference is Difference.BOUNDARIES:
        return "all applied it, to other stretches"
    applied = [safe(coder) for coder, found in place.codings.items() if found]
    without = [safe(coder) for coder, found in place.codings.items() if not found]
    return f"applied by {' and '.join(applied)}, not by {' and '.join(without)}"


def version(
    session: Session, place: Place, found: Context, coder: str
) -> tuple[str, list[Content]]:
    """What a coder has here: a word for the heading, and paragraphs."""
    spans = list(union(place.marked[coder]))
    words = found.text[place.span.start - found.start : place.span.end - found.start]
    paragraphs = [_marked(words, place.span.start, spans)]
    if others := [_code(session, code) for code in found.others.get(coder, ())]:
        paragraphs += [
            Content(""),
            Content.assemble(("coded there as ", "$text-muted"), Content(", ").join(others)),
        ]
    for memo in found.memos.get(coder, ()):
        paragraphs += [Content(""), Content.assemble(("✎ ", "$primary"), safe(memo))]
    return ("applied" if spans else "not applied"), paragraphs


def _marked(words: str, start: int, spans: Sequence[Span]) -> Content:
    """The words in question, between brackets what somebody marked."""
    shown, at = Content(""), 0
    for span in spans:
        first, last = span.start - start, span.end - start
        shown += Content.assemble(
            (safe(words[at:first]), "$text-muted"),
            ("[", "bold $accent"),
            (safe(words[first:last]), "bold $text"),
            ("]", "bold $accent"),
        )
        at = last
    return shown + Content.assemble((safe(words[at:]), "$text-muted"))


def _code(session: Session, code: str) -> Content:
    look = session.looks.get(code)
    name = session.codebook[code].name if code in session.codebook else "a removed code"
    return Content.assemble(
        (f"{look.mark} " if look else "", f"bold {look.color}" if look else ""), safe(name)
    )


def verdict(case: Case, note: str) -> list[Content]:
    """How it was settled, or that it was not."""
    made = case.settlement
    if made is None:
        said = Content.assemble(("○ open", "bold"))
        if note:
            said += Content.assemble(("   note: ", "$text-muted"), safe(note))
        return [said]
    how = {
        Verdict.TAKEN: f"as {safe(made.took or '')} has it",
        Verdict.BOTH: "all that any of them marked",
        Verdict.NONE: "the code does not apply",
        Verdict.OTHER: "another stretch or code",
    }[made.verdict]
    when = f"{safe(made.coder)}, {made.settled_at[:10]}"
    if case.reopened:
        first = Content.assemble(
            ("↺ open again: ", "bold $text-warning"),
            (f"{safe(case.reopened)}. ", "$text-warning"),
            (f"It was settled: {how} ({when}).", "$text-muted"),
        )
    else:
        first = Content.assemble(
            ("✓ settled: ", "bold $text-success"), how, (f"   {when}", "$text-muted")
        )
    noted = note or made.note
    return [first, Content.assemble(("note: ", "$text-muted"), safe(noted))] if noted else [first]


def _flat(words: str) -> str:
    return " ".join(words.split())
