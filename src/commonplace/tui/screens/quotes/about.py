"""What the screen tells of the quote under the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.content import Content

from commonplace.analysis.filters import Filters
from commonplace.analysis.quote_desk import Desk
from commonplace.analysis.quotes import Key
from commonplace.analysis.reprints import reprints
from commonplace.analysis.scope import Scope
from commonplace.domain.attribution import WITHHELD
from commonplace.domain.desk import OPEN, DeskQuote
from commonplace.domain.published import Check
from commonplace.domain.quote import CONTEXT
from commonplace.project import Project
from commonplace.tui.screens.quotes import listing
from commonplace.tui.screens.quotes.listing import Found, Shown
from commonplace.tui.screens.quotes.signs import EMBARGO, HELD, LET_PASS, VERDICTS, signs
from commonplace.tui.widgets.reader.cells import safe

AROUND = 2
"""Turns before and after the quote that each step further shows."""


class About(NamedTuple):
    """What takes a question of its own."""

    before: str
    after: str
    """Words around the passage, labels included; empty as long as nobody asked for more."""
    attribution: str
    """As it would go out."""
    trouble: str
    """Why there is none."""
    terms: listing.Terms
    consent: list[tuple[str, str]]
    """Who speaks in it, and what they agreed to."""
    check: Check | None
    reprints: list[str]
    """Words in it that the published version of an overlapping passage leaves out."""


def about(project: Project, found: Found, key: Key, name: str, more: int) -> About:
    """Asks for it; `name` is the transcript's, and `more` says how many times further context was
    asked for."""
    scope = Scope(project, Filters(documents=(name,)))
    desk = found.quotes.desk
    place = (key.document, key.start, key.end)
    attribution = trouble = ""
    terms = listing.terms(project)
    try:
        attribution = found.attribution(project, key)
    except ValueError as error:
        trouble = str(error)
    before, after = _around(project, key, more)
    return About(
        before,
        after,
        attribution,
        trouble,
        terms,
        _consents(scope, desk, key),
        desk.check(place),
        [each.words for each in reprints(project, desk, [place])],
    )


def _consents(scope: Scope, desk: Desk, key: Key) -> list[tuple[str, str]]:
    speakers = {part.speaker for part in desk.speech((key.document, key.start, key.end))}
    found = []
    for voice in scope.voices[key.document]:
        if voice.id not in speakers or voice.interviewer:
            continue
        agreed = desk.consent(voice)
        said = [agreed.refusal or "may be quoted"]
        said += ["by name" if agreed.name else "not by name"] if not agreed.refusal else []
        said += ["also as sound"] if agreed.audio and not agreed.refusal else []
        found.append((voice.label, "; ".join([", ".join(said), *agreed.doubts])))
    return found


def _around(project: Project, key: Key, more: int) -> tuple[str, str]:
    if not more:
        return "", ""
    turns = project.documents.turns(key.document)
    touched = [n for n, turn in enumerate(turns) if turn.start < key.end and key.start < turn.end]
    if not touched:
        return "", ""
    first, last = max(0, touched[0] - AROUND * more), touched[-1] + AROUND * more
    start, end = turns[first].start, turns[min(len(turns) - 1, last)].end
    part = project.documents.part
    before = part(key.document, min(start, key.start), key.start)
    return before, part(key.document, key.end, max(end, key.end))


def paragraphs(shown: Shown, about: About | None, reason: str = "") -> list[Content]:
    """A quote between the words before and after it, and all that is known of it."""
    return [
        *([Content.assemble(("Why  ", "bold $primary"), safe(reason)), _BLANK] if reason else []),
        *_context(shown, about),
        _BLANK,
        *_published(shown, about),
        *_leaving(shown, about),
        *_desk(shown.desk),
        _BLANK,
        *_facts(shown),
    ]


_BLANK = Content("")


def _context(shown: Shown, about: About | None) -> Iterator[Content]:
    record = shown.record
    if about is None or not (about.before or about.after):
        before, after = _whole_words(str(record["before"] or ""), str(record["after"] or ""))
    else:
        before, after = about.before, about.after
    above, _, before = before.rpartition("\n")
    after, _, below = after.partition("\n")
    yield from _turns(above)
    yield Content.assemble(
        (_line(before) + " " if before.strip() else "", "$text-muted"),
        (_line(str(record["quote"])), "bold"),
        (" " + _line(after) if after.strip() else "", "$text-muted"),
    )
    yield from _turns(below)


def _whole_words(before: str, after: str) -> tuple[str, str]:
    """Context without words that are cut where it ends."""
    if len(before) >= CONTEXT and before[:1].strip() and len(before.split()) > 1:
        before = f"… {before.split(maxsplit=1)[1]}"
    if len(after) >= CONTEXT and after[-1:].strip() and len(after.split()) > 1:
        after = f"{after.rsplit(maxsplit=1)[0]} …"
    return before, after


def _turns(text: str) -> Iterator[Content]:
    for line in text.split("\n"):
        if line.strip():
            yield Content.styled(_line(line), "$text-muted")


def _line(text: str) -> str:
    return safe(" ".join(text.split()))


def _published(shown: Shown, about: About | None) -> Iterator[Content]:
    desk = shown.desk
    if desk is None or desk.published is None:
        return
    sign = VERDICTS.get(shown.verdict)
    yield Content.assemble(("For print  ", "bold $primary"), sign.content if sign else Content(""))
    yield Content(_line(desk.published))
    check = about.check if about is not None else None
    if check is not None:
        for problem in check.problems:
            yield Content.assemble(("✗ ", "$text-error"), safe(problem.message))
        for warning in check.warnings:
            yield Content.assemble(("! ", "$text-warning"), safe(warning.message))
    if desk.override is not None:
        yield Content.assemble(
            (f"{LET_PASS} let pass by {safe(desk.override.coder)}: ", "$text-warning"),
            safe(desk.override.reason),
        )
    yield _BLANK


def _leaving(shown: Shown, about: About | None) -> Iterator[Content]:
    if shown.held:
        yield Content.assemble((f"{HELD} Held back: ", "bold $text-error"), shown.held)
    elif about is not None:
        k = f"shared by {about.terms.k} at least" if about.terms.template else "as known"
        if about.attribution == WITHHELD:
            k = f"fewer than {about.terms.k} people share it: p sets how many must"
        if about.trouble:
            yield Content.assemble(("Goes out as  ", "bold $primary"), (safe(about.trouble), ""))
        else:
            yield Content.assemble(
                ("Goes out as  ", "bold $primary"),
                safe(about.attribution or "(nothing is known of who says it)"),
                (f"  {k}", "$text-muted"),
            )
        for words in about.reprints:
            yield Content.assemble(
                (f"{LET_PASS} ", "$text-warning"),
                f"An overlapping quote is edited to leave out “{safe(words)}”",
            )
    for label, agreed in about.consent if about is not None else ():
        yield Content.assemble((f"consent of {safe(label)}: ", "$text-muted"), safe(agreed))


def _desk(desk: DeskQuote | None) -> Iterator[Content]:
    if desk is None:
        return
    given = {True: "yes", False: "no"}
    alone = [
        f"{what} {given[value]}"
        for what, value in (
            ("to quote", desk.consent_quote),
            ("by name", desk.consent_name),
            ("as sound", desk.consent_audio),
        )
        if value is not None
    ]
    if alone:
        yield Content.assemble(("for this quote alone: ", "$text-muted"), ", ".join(alone))
    if desk.embargo is not None:
        until = "until it is lifted" if desk.embargo == OPEN else f"until {desk.embargo}"
        yield Content.assemble((f"{EMBARGO} embargo ", "$text-warning"), until)
    said = [sign.content for sign in signs(desk, "", "")]
    said = [each for each in said if not each.plain.startswith("●")]
    if said:
        yield Content("  ").join(said)
    for use in desk.uses:
        who = f"  {safe(use.coder)}, {use.used_at[:10]}"
        yield Content.assemble(("● used in ", "$text-muted"), safe(use.place), (who, "$text-muted"))
    if desk.note:
        yield Content.assemble(("✎ ", "$primary"), safe(desk.note))


def _facts(shown: Shown) -> Iterator[Content]:
    record = shown.record
    for label, value in (
        ("", record["attribution"] if shown.held else ""),
        ("said by ", record["speaker"]),
        ("in ", f"{record['document']}, turn {record['turn']}"),
        ("coded ", record["code_path"]),
        ("also ", record["other_codes"]),
        ("by ", f"{record['coder']}, {record['origin']}"),
        ("memo ", record["memo"]),
    ):
        if value:
            yield Content.assemble((label, "$text-muted"), safe(str(value)))
