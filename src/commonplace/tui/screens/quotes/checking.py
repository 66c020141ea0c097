"""What the check of a published version found, as it is shown while somebody writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from textual.content import Content

from commonplace.analysis.quote_desk import speech_at
from commonplace.domain.desk import DeskQuote
from commonplace.domain.published import Check, Spoken, Why, check
from commonplace.domain.published.tokens import hidden
from commonplace.domain.quote import published
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.quotes import Place
from commonplace.tui.screens.quotes.signs import FAILING, LET_PASS, PASSES
from commonplace.tui.widgets.reader.cells import safe

_STYLES = {
    Why.UNMARKED: "bold strike $text-error",
    Why.OMISSION: "strike $text-warning",
    Why.REPLACED: "strike $text-warning",
    Why.FILLER: "strike $text-muted",
    Why.REPEAT: "strike $text-muted",
    Why.OTHERS: "strike $text-muted",
}
_WHY = {
    Why.OMISSION: "left out at a mark",
    Why.REPLACED: "replaced by a bracket",
    Why.FILLER: "filler",
    Why.REPEAT: "said twice",
    Why.OTHERS: "said by others",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to be edited for print; spans count in `text`, the passage as it is stored."""

    text: str
    speech: list[Spoken]
    spoken: str
    """The words as they were said, on one line."""
    desk: DeskQuote | None

    def check(self, version: str) -> Check:
        """Whether a version is what was said."""
        return check(self.text, self.speech, version)


def passage(project: Project, place: Place) -> Passage:
    """Reads a passage. Raises `NotFoundError`."""
    document, start, end = place
    text = project.documents.part(document, start, end)
    speech = [
        Spoken(Span(part.span.start - start, part.span.end - start), part.speaker)
        for part in speech_at(project, place)
    ]
    interviewers = {s.id for s in project.speakers.all(document) if s.interviewer}
    parts = [(part.span, part.speaker not in interviewers) for part in speech]
    if not any(wanted for _, wanted in parts):
        parts = [(span, True) for span, _ in parts]
    said = published(text, Span(0, len(text)), parts) if parts else text
    unseen = set(hidden(said))  # what the check would ask to have deleted
    seen = "".join(" " if at in unseen else character for at, character in enumerate(said))
    return Passage(text, speech, " ".join(seen.split()), project.quotes.at(place))


def said(passage: Passage, found: Check | None) -> list[Content]:
    """What was said, a paragraph for each turn; what the version leaves out is struck."""
    whole = Content(safe(passage.text))
    spoken = [(part.span.start, part.span.end) for part in passage.speech]
    edges = [0, *(end for _, end in spoken)]
    for before, (start, _) in zip(edges, spoken, strict=False):
        whole = whole.stylize("$text-muted", before, start)
    for gone in found.dropped if found is not None else ():
        whole = whole.stylize(_STYLES[gone.why], gone.span.start, gone.span.end)
    ends = [*edges[1:-1], len(passage.text)]
    return [_stripped(whole[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _stripped(turn: Content) -> Content:
    """Without the white space around it; styles stay in place."""
    before = len(turn.plain) - len(turn.plain.lstrip())
    return turn[before:].rstrip()


def verdict(found: Check) -> tuple[str, str]:
    """How a version stands, in a few words, and in which style."""
    if found.ok and found.warnings:
        looks = "1 thing" if len(found.warnings) == 1 else f"{len(found.warnings)} things"
        return f"{PASSES} passes; look again at {looks}", "$text-success"
    if found.ok:
        return f"{PASSES} passes: undoing the edits gives back what was said", "$text-success"
    problems = "1 problem" if len(found.problems) == 1 else f"{len(found.problems)} problems"
    return f"{FAILING} {problems}: kept like this it cannot leave", "$text-error"


def findings(passage: Passage, found: Check) -> list[Content]:
    """What is wrong, what to look at again, and what was left out, each in a line."""
    return [
        *(
            Content.assemble((f"{FAILING} ", "bold $text-error"), safe(problem.message))
            for problem in found.problems
        ),
        *(
            Content.assemble((f"{LET_PASS} ", "bold $text-warning"), safe(warning.message))
            for warning in found.warnings
        ),
        *_dropped(passage, found),
    ]


def _dropped(passage: Passage, found: Check) -> Iterator[Content]:
    gone = sorted(
        (each for each in found.dropped if each.why is not Why.UNMARKED),
        key=lambda each: list(Why).index(each.why),
    )
    for why, group in groupby(gone, key=lambda each: each.why):
        words = ", ".join(
            f"“{' '.join(passage.text[each.span.start : each.span.end].split())}”" for each in group
        )
        yield Content.assemble((f"{_WHY[why]}: ", "$text-muted"), (safe(words), "$text-muted"))


def places(found: Check) -> list[tuple[int, int, bool]]:
    """Where in the version something was found, `[start, end)`, and whether it is a problem."""
    return sorted(
        [(*problem.at, True) for problem in found.problems]
        + [(*warning.at, False) for warning in found.warnings]
    )
