"""Where coders differ, passage by passage, and what was settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.analysis.agreement.compare import Comparison, Progress
from commonplace.analysis.agreement.tables import remarks
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.layout import Edges, layout, speech_of, together, touching
from commonplace.analysis.names import free_names
from commonplace.domain.disagreement import Place
from commonplace.domain.table import Cell, Column, Row, Table
from commonplace.project import Project
from commonplace.project.adjudication import Case

LISTED = "Each code stands for itself; other boundaries of one code are one disagreement."
OPEN, SETTLED, REOPENED = "open", "settled", "reopened"


class Cases:
    """The passages in which coders differ, in the transcripts that all of them marked done.

    Each code stands for itself, without its sub-codes; other boundaries of one code are one
    case. Filters choose transcripts, people and codes; where they choose no people, what
    coders marked in interviewers' speech is listed too, or it could never be settled. Raises as
    `Comparison` does, and `FilterError` for filters that would show only part of what somebody
    marked.
    """

    def __init__(
        self,
        project: Project,
        coders: Sequence[str],
        filters: Filters | None = None,
        *,
        all_transcripts: bool = False,
        progress: Progress | None = None,
    ) -> None:
        asked = filters or Filters()
        if asked.origins or asked.since:
            raise FilterError(
                "disagreements are between all that coders marked: leave origin and date out"
            )
        self.comparison = Comparison(project, coders, asked, all_transcripts=all_transcripts)
        self._project = project
        self._progress = progress or (lambda _done, _total: None)

    @property
    def coders(self) -> list[str]:
        """The coders as the project spells them."""
        return self.comparison.coders

    def __iter__(self) -> Iterator[Case]:
        scope, documents = self.comparison.scope, self.comparison.documents
        wanted = set(scope.codes)
        speech = speech_of(
            scope.project.connection, [v.id for d in documents for v in scope.heard[d]]
        )
        for number, document in enumerate(documents):
            self._progress(number, len(documents))
            spoken = together(speech[v.id] for v in scope.heard[document] if v.id in speech)
            for case in self._project.adjudication.cases(document, self.coders):
                heard = not scope.chooses_people or _heard(spoken, case.place)
                if case.place.code in wanted and heard:
                    yield case

    def about(self) -> str:
        """What is listed that coefficients do not count, in a sentence."""
        filters = self.comparison.scope.filters
        if filters.include_interviewer or self.comparison.scope.chooses_people:
            return LISTED
        return (
            f"{LISTED} What coders marked in interviewers' speech is listed too, to be settled; "
            "the coefficients leave it out."
        )

    def find(self, ids: Sequence[str]) -> list[Case]:
        """The cases of these ids, in their order. Raises `FilterError` when one is not there."""
        known = {case.place.id: case for case in self}
        for asked in ids:
            if asked not in known:
                raise FilterError(
                    f"no disagreement '{asked}' between {' and '.join(self.coders)}: "
                    "`agreement … disagreements` lists them; a changed coding gives another id"
                )
        return [known[asked] for asked in ids]


def cases_table(cases: Cases, *, only: str = "") -> Table:
    """A row for each case, or for each whose `status` is `only`: what differs, what every coder
    marked there, and how it was settled.

    `difference` is `applied` where some applied the code and others did not, and `boundaries`
    where all did; a column for each coder holds the offsets they marked. `status` is `open`,
    `settled`, or `reopened`, and `reopened` says why.
    """
    first = (
        Column("disagreement_id"),
        Column("document"),
        Column("turn", "turns, from 1"),
        Column("speaker"),
        Column("start", "code points"),
        Column("end", "code points"),
        Column("quote"),
        Column("code"),
        Column("code_path"),
        Column("difference"),
    )
    last = (
        Column("status"),
        Column("verdict"),
        Column("took"),
        Column("note"),
        Column("settled_by"),
        Column("settled_at", time=True),
        Column("reopened"),
    )
    names = free_names(cases.coders, [column.name for column in (*first, *last)])
    return Table(
        "disagreements",
        (*first, *map(Column, names), *last),
        lambda: _rows(cases, only),
        lambda: remarks(cases.comparison, cases.about()),
        brief=("disagreement_id", "code", *names, "quote", "document", "status", "code_path"),
    )


def status(case: Case) -> str:
    """`open`, `settled` or `reopened`."""
    return SETTLED if case.settled else REOPENED if case.reopened else OPEN


def _rows(cases: Cases, only: str) -> Iterator[Row]:
    scope, document = cases.comparison.scope, ""
    for case in cases:
        place = case.place
        if place.document != document:
            document = place.document
            turns = layout(scope.project.connection, document)
            labels = {voice.id: voice.label for voice in scope.voices[document]}
            text = scope.project.documents.text(document)
        if only and status(case) != only:
            continue
        start, end = place.span.start, place.span.end
        spoken = [t for t in turns.turns_in(start, end) if turns.speaks_in(t, start, end)]
        if scope.silenced(turns.speakers[turn] for turn in spoken):
            continue
        yield (
            place.id,
            scope.documents[document],
            spoken[0] + 1 if spoken else None,
            "; ".join(dict.fromkeys(labels[turns.speakers[turn]] for turn in spoken)),
            start,
            end,
            text[start:end],
            scope.codebook[place.code].name,
            scope.codebook.path(place.code),
            str(place.difference),
            *(
                "; ".join(f"{span.start}–{span.end}" for span in spans) or None
                for spans in place.marked.values()
            ),
            *_settled(case),
        )


def _settled(case: Case) -> tuple[Cell, ...]:
    made = case.settlement
    if made is None:
        return (status(case), *(None,) * 6)
    return (
        status(case),
        str(made.verdict),
        made.took,
        made.note or None,
        made.coder,
        made.settled_at,
        case.reopened or None,
    )


def _heard(spoken: Edges, place: Place) -> bool:
    return touching(spoken, [place.span.start], [place.span.end]) != []
