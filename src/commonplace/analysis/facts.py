"""What a project knows of how it was made: for a methods section and for checklists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import takewhile

from commonplace.analysis.agreement.people import coders, usual_pair
from commonplace.analysis.agreement.tables import ALL, agreement
from commonplace.analysis.audit.result import Result
from commonplace.analysis.audit.tables import methods as audit_methods
from commonplace.analysis.filters import Filters
from commonplace.analysis.groups import usual_attributes
from commonplace.analysis.layout import speech_of, touching
from commonplace.analysis.sample import interviewees
from commonplace.analysis.saturation import saturation
from commonplace.analysis.scope import Scope, Voice
from commonplace.domain.consent import QUOTE, folded
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS

ENOUGH = 5
"""Transcripts from which on an interval by transcript may be reported."""


@dataclass(frozen=True, slots=True)
class CoderFacts:
    """What one coder did."""

    name: str
    codings: int
    transcripts: int
    """In which they coded something."""
    done: int
    """Transcripts they marked as read to the end."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two coders agree, over all codes, sentence by sentence; shares 0–1, alpha −1 to 1."""

    coders: tuple[str, ...]
    transcripts: int
    units: int
    percent: float | None
    kappa: float | None
    alpha: float | None
    low: float | None
    high: float | None
    """The 95 % interval of alpha, by transcript."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a study and of the work on it."""

    software: str
    """Name and version."""
    as_of: str
    """Day of the last change, ISO 8601; empty for a project never changed."""
    filters: str
    transcripts: int
    people: int
    words: int
    """Of the interviewees asked about, coded or not."""
    done: int
    """Transcripts that somebody marked as read to the end."""
    attributes: tuple[str, ...]
    codebook: str
    codebook_version: str
    codes: int
    codes_used: int
    levels: int
    revisions: int
    """Changes of definitions that mattered to what was coded before, in the whole project."""
    coders: tuple[CoderFacts, ...]
    origins: Counter[str] = field(default_factory=Counter)
    """Codings by origin."""
    first: str = ""
    last: str = ""
    """Days of the first and the last coding, ISO 8601."""
    decisions: Counter[str] = field(default_factory=Counter)
    """Decisions on suggestions by verdict."""
    deciders: int = 0
    waiting: int = 0
    """Suggestions that somebody they were made for has not decided on, each once."""
    memos: int = 0
    """In the whole project."""
    settled: int = 0
    """Disagreements between coders that were settled."""
    corrected: int = 0
    """Transcripts corrected after they came in."""
    interviewers: int = 0
    """Transcripts in which somebody is known to be the interviewer."""
    repeated: int = 0
    """People interviewed more than once."""
    group_interviews: int = 0
    """Transcripts in which several interviewees speak."""
    timed: int = 0
    """Transcripts with times of a recording."""
    shortest: float = 0.0
    longest: float = 0.0
    """Seconds to the last turn that has a time, in the transcripts that have some."""
    consents: int = 0
    """People of whom it is recorded whether they may be quoted."""
    withdrawn: int = 0
    """Participants who have withdrawn."""
    interviewers_counted: bool = False
    """Whether what interviewers say is counted as well."""
    blind: bool = False
    """Whether coders are kept from seeing each other's work in transcripts they have not read."""
    audits: tuple[str, ...] = ()
    """What blind audits of suggestions found, a paragraph each."""
    agreement: Agreed | None = None
    saturation: tuple[str, ...] = ()
    """What the rule says of saturation, in sentences."""

    @property
    def codings(self) -> int:
        """All codings."""
        return self.origins.total()

    @property
    def decided(self) -> int:
        """All decisions on suggestions."""
        return self.decisions.total()


def facts(project: Project, filters: Filters | None = None) -> Facts:
    """The facts of a project, of the part that `filters` ask for. Raises as `themes` does."""
    scope = Scope(project, filters or Filters())
    book, everyone = scope.codebook, interviewees(scope)
    found = list(_codings(scope))
    used = {code for _, code, *_ in found}
    days = sorted(coded_at[:10] for *_, coded_at in found)
    lasting = _lasting(scope)
    interviews = {(voice.person, voice.document) for voice in everyone.voices}
    transcripts, codes = scope.transcripts, set(scope.codes)

    rows = project.connection.execute

    def count(sql: str) -> int:
        return int(rows(sql).fetchone()[0])

    def here(sql: str) -> list[tuple[str, ...]]:
        """Of rows that begin with transcript and code those of the part that is asked for."""
        return [row for row in rows(sql) if row[0] in transcripts and row[1] in codes]

    asked = {coder.casefold() for coder in scope.filters.coders}
    decided = [
        row
        for row in here("SELECT document_id, code_id, verdict, coder FROM decisions")
        if not asked or row[3].casefold() in asked
    ]
    return Facts(
        software=f"Commonplace {version('commonplace')}",
        as_of=scope.as_of(),
        filters=scope.filters.describe(named=False),
        transcripts=len({voice.document for voice in everyone.voices}),
        people=len(everyone.people),
        words=sum(voice.words for voice in everyone.voices),
        done=scope.marked_done(),
        attributes=tuple(usual_attributes(scope)),
        codebook=book.name,
        codebook_version=book.version,
        codes=len(book.codes),
        codes_used=len(used),
        levels=max((len(book.lineage(code.id)) for code in book), default=0),
        revisions=count("SELECT count(*) FROM revisions"),
        coders=tuple(_coders(scope, found)),
        origins=Counter(origin for _, _, _, origin, _ in found),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        decisions=Counter(verdict for _, _, verdict, _ in decided),
        deciders=len({coder for *_, coder in decided}),
        waiting=len(
            here(
                "SELECT document_id, code_id FROM suggestions s WHERE NOT EXISTS "
                "(SELECT 1 FROM decisions d WHERE d.suggestion_id = s.id AND d.coder = s.coder) "
                "GROUP BY s.id"
            )
        ),
        memos=count("SELECT count(*) FROM memos"),
        settled=sum(d in transcripts for (d,) in rows("SELECT document_id FROM settlements")),
        corrected=len(
            transcripts.intersection(d for (d,) in rows("SELECT document_id FROM versions"))
        ),
        interviewers=len(
            transcripts.intersection(
                v.document for vs in scope.voices.values() for v in vs if v.interviewer
            )
        ),
        repeated=sum(n > 1 for n in Counter(p for p, _ in interviews).values()),
        group_interviews=sum(n > 1 for n in Counter(d for _, d in interviews).values()),
        timed=len(lasting),
        shortest=min(lasting, default=0.0),
        longest=max(lasting, default=0.0),
        consents=len({v.person for v in everyone.voices if _consents(scope, v)}),
        withdrawn=len(
            {v.person for vs in scope.voices.values() for v in vs if v.id in scope.withdrawn}
        ),
        interviewers_counted=scope.filters.include_interviewer,
        blind=project.blind.on,
        audits=tuple(
            audit_methods(Result(project, audit))
            for audit in project.audits.all()
            if audit.finished_at is not None and audit.answered
        ),
        agreement=_agreement(project, scope.filters),
        saturation=_saturation(project, scope.filters),
    )


def _lasting(scope: Scope) -> list[float]:
    """Seconds to the last turn that has a time, of each transcript that has some."""
    rows = scope.project.connection.execute(
        "SELECT document_id, max(time) FROM turns WHERE time IS NOT NULL GROUP BY document_id"
    )
    return [float(last) for document, last in rows if document in scope.transcripts and last]


def _consents(scope: Scope, voice: Voice) -> bool:
    known = scope.attributes(voice)
    return any(folded(name) == QUOTE and value.strip() for name, value in known.items())


_Coding = tuple[str, str, str, str, str]
"""Transcript, code, coder, origin, when."""


def _codings(scope: Scope) -> Iterator[_Coding]:
    """The codings asked about, but for those on what somebody says who has withdrawn; where people
    are chosen for who they are, those on what they say."""
    silent = speech_of(scope.project.connection, scope.withdrawn)
    asked = [v.id for vs in scope.heard.values() for v in vs] if scope.chooses_people else []
    spoken = speech_of(scope.project.connection, asked)
    for document in scope.documents:
        rows = scope.project.connection.execute(
            'SELECT start, "end", code_id, coder, origin, coded_at FROM codings '
            f'WHERE document_id = ? AND {scope.condition} ORDER BY start, "end", code_id, coder',
            (document, *scope.values),
        ).fetchall()
        starts, ends = [row[0] for row in rows], [row[1] for row in rows]
        gone: set[int] = set()
        wanted: set[int] = set() if scope.chooses_people else set(range(len(rows)))
        for voice in scope.voices[document]:
            for places, speech in ((gone, silent), (wanted, spoken)):
                if voice.id in speech:
                    hits = touching(speech[voice.id], starts, ends)
                    places.update(range(len(rows)) if hits is None else hits)
        for place, row in enumerate(rows):
            if place in wanted and place not in gone:
                yield (document, *row[2:])


def _coders(scope: Scope, found: list[_Coding]) -> Iterator[CoderFacts]:
    """Those who coded or read to the end; the consensus of several is not somebody."""
    codings = Counter(coder for _, _, coder, _, _ in found)
    transcripts = Counter(coder for _, coder in {(document, c) for document, _, c, _, _ in found})
    for coder in coders(scope.project):
        done = len(coder.done & scope.transcripts)
        asked = not scope.filters.coders or coder.name in codings
        if asked and coder.name != CONSENSUS and (codings[coder.name] or done):
            yield CoderFacts(coder.name, codings[coder.name], transcripts[coder.name], done)


def _agreement(project: Project, filters: Filters) -> Agreed | None:
    """Of the two coders who read most in common; None without two, or without such transcripts."""
    pair = usual_pair(coders(project))
    if not pair:
        return None
    asked = Filters(
        codes=filters.codes,
        where=filters.where,
        documents=filters.documents,
        speakers=filters.speakers,
        include_interviewer=filters.include_interviewer,
    )
    table = agreement(project, pair, asked)
    for row in table.records():
        if row["code_path"] == ALL and row["units"]:
            values = {name: row[name] for name in ("percent", "cohen_kappa", "alpha")}
            measured = {k: v if isinstance(v, float) else None for k, v in values.items()}
            low, high = row["alpha_low"], row["alpha_high"]
            return Agreed(
                pair,
                int(row["transcripts"] or 0),
                int(row["units"] or 0),
                measured["percent"],
                measured["cohen_kappa"],
                measured["alpha"],
                low if isinstance(low, float) else None,
                high if isinstance(high, float) else None,
            )
    return None


def _saturation(project: Project, filters: Filters) -> tuple[str, ...]:
    """The sentences of the table's note that are about its result; none without codings."""
    remarks = saturation(project, filters).remarks
    return tuple(takewhile(lambda said: not said.startswith("Only the transcripts"), remarks))
