"""Which codes occur together: in overlapping passages, one sentence, one turn, or near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import layout
from commonplace.analysis.meetings import OVERLAP, SENTENCE, TURN, Meeting, Meetings, nearness
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import Passage, rows_above
from commonplace.analysis.scope import Scope
from commonplace.domain.people import attribution
from commonplace.domain.table import Cell, Column, Row, Table
from commonplace.project import Project

Pair = tuple[str, str]
"""Two codes, in the order of the codebook."""

_SAID = {
    OVERLAP: "passages that overlap; jaccard is the share of code points under either code that "
    "are under both",
    SENTENCE: "sentences; jaccard is the share of sentences with either code that have both",
    TURN: "turns; jaccard is the share of turns with either code that have both",
}


@dataclass(slots=True)
class Together:
    """Counts of a whole project; codes count with their sub-codes, by id."""

    codes: list[str]
    alone: Counter[str] = field(default_factory=Counter)
    """Passages, sentences or turns with each code."""
    pairs: Counter[Pair] = field(default_factory=Counter)
    transcripts: Counter[Pair] = field(default_factory=Counter)
    either: Counter[str] = field(default_factory=Counter)
    """What Jaccard is taken of: code points, sentences, turns or passages with each code."""
    common: Counter[Pair] = field(default_factory=Counter)
    """Of these, what has both codes itself."""
    shared: Counter[Pair] = field(default_factory=Counter)
    """Of these, what the two codes share: the same, or passages that have the other code near."""

    def jaccard(self, pair: Pair) -> float | None:
        """What two codes share of what has either, 0–1 (Jaccard 1901)."""
        union = self.either[pair[0]] + self.either[pair[1]] - self.common[pair]
        return self.shared[pair] / union if union else None


def cooccurrence(
    project: Project, filters: Filters | None = None, *, within: str = OVERLAP
) -> Table:
    """A row for each two codes that occur together, the most frequent first.

    `within` is `overlap`, `sentence`, `turn`, or a number of words that may stand between two
    passages. `count` is how many pairs of passages (a passage with both codes is one), sentences
    or turns; `a` and `b` are how many passages, sentences or turns have each code. A code counts
    with its sub-codes, so that it is never paired with what stands above or below it. Looked at
    are passages in which those asked about say something. Raises as `themes` does, and
    `FilterError` for a `within` that is none.
    """
    scope = Scope(project, filters or Filters())
    meetings = Meetings(scope, within)
    unit = meetings.unit
    columns = (
        Column("code_a_path"),
        Column("code_b_path"),
        Column("count", unit),
        Column("a", "passages" if meetings.pairwise else unit),
        Column("b", "passages" if meetings.pairwise else unit),
        Column("jaccard", "share 0–1"),
        Column("transcripts", "transcripts"),
    )

    def rows() -> Iterator[Row]:
        found, path = together(scope, meetings), scope.codebook.path
        rank = {code: place for place, code in enumerate(found.codes)}
        for pair, count in sorted(
            found.pairs.items(), key=lambda item: (-item[1], *(rank[code] for code in item[0]))
        ):
            one, other = pair
            yield (
                path(one),
                path(other),
                count,
                found.alone[one],
                found.alone[other],
                found.jaccard(pair),
                found.transcripts[pair],
            )

    return Table("co-occurrence", columns, rows, _note(scope, meetings))


def matrix(
    project: Project,
    filters: Filters | None = None,
    *,
    within: str = OVERLAP,
    jaccard: bool = False,
) -> Table:
    """The same as a square: a row and a column for each code that occurs, counts or Jaccard.

    On the diagonal stands how often the code occurs, or 1; between a code and those above it
    nothing stands.
    """
    scope = Scope(project, filters or Filters())
    meetings = Meetings(scope, within)
    found = together(scope, meetings)
    book = scope.codebook
    codes = [code for code in found.codes if found.alone[code]]
    unit = "share 0–1" if jaccard else meetings.unit

    def cell(one: str, other: str) -> Cell:
        if one == other:
            return 1.0 if jaccard else found.alone[one]
        if _related(scope, one, other):
            return None
        pair = (one, other) if (one, other) in order else (other, one)
        return found.jaccard(pair) if jaccard else found.pairs[pair]

    order = set(combinations(codes, 2))
    return Table(
        "co-occurrence matrix",
        (Column("code_path"), *(Column(book.path(code), unit) for code in codes)),
        lambda: ((book.path(one), *(cell(one, other) for other in codes)) for one in codes),
        _note(scope, meetings),
    )


def passages(
    project: Project, one: str, other: str, filters: Filters | None = None, *, within: str = OVERLAP
) -> Table:
    """The passages behind a cell: where two codes (paths or names) occur together, in order.

    `start` to `end` is the sentence or turn, or reaches from the beginning of the first of two
    passages to the end of the last. Raises `NotFoundError` for a code that is none.
    """
    scope = Scope(project, filters or Filters())
    meetings = Meetings(scope, within)
    counted = _Rows(scope)
    a, b = project.codes.find(one).id, project.codes.find(other).id

    def rows() -> Iterator[Row]:
        for document, name in scope.documents.items():
            text = ""
            for meeting in meetings.of(document):
                mine = counted[meeting.one], counted[meeting.other]
                if not any(a in x and b in y for x, y in (mine, mine[::-1])):
                    continue
                text = text or project.documents.text(document)
                yield _passage(scope, document, name, meeting, text)

    columns = (
        Column("document"),
        Column("turn", "turns, from 1"),
        Column("speaker"),
        Column("attribution"),
        Column("start", "code points"),
        Column("end", "code points"),
        Column("quote"),
        Column("code_paths"),
    )
    note = _note(scope, meetings, f"{scope.codebook.path(a)} with {scope.codebook.path(b)}.")
    return Table("co-occurring passages", columns, rows, note)


def _passage(scope: Scope, document: str, name: str, meeting: Meeting, text: str) -> Row:
    turns = layout(scope.project.connection, document)
    start, end, book = meeting.start, meeting.end, scope.codebook
    spoken = [t for t in turns.turns_in(start, end) if turns.speaks_in(t, start, end)]
    voices = {voice.id: voice for voice in scope.voices[document]}
    present = list(dict.fromkeys(turns.speakers[place] for place in spoken))
    first = next((voices[v] for v in present if v in {h.id for h in scope.heard[document]}), None)
    return (
        name,
        spoken[0] + 1 if spoken else None,
        "; ".join(voices[speaker].label for speaker in present),
        attribution(scope.attributes(first)) if first is not None else "",
        start,
        end,
        text[start:end],
        "; ".join(book.path(c.id) for c in book.in_reading_order()
                  if c.id in meeting.one | meeting.other),
    )  # fmt: skip


def together(scope: Scope, meetings: Meetings) -> Together:
    """Counts every two codes over all transcripts asked about."""
    rows = _Rows(scope)
    found = Together(scope.codes)
    rank = {code: place for place, code in enumerate(scope.codes)}
    known: dict[tuple[frozenset[str], frozenset[str]], list[Pair]] = {}

    def pairs(one: frozenset[str], other: frozenset[str]) -> list[Pair]:
        key = (one, other)
        if key not in known:
            both = product(rows[one], rows[other])
            ordered = {(x, y) if rank[x] < rank[y] else (y, x) for x, y in both if x != y}
            known[key] = [pair for pair in ordered if not _related(scope, *pair)]
        return known[key]

    for document in scope.documents:
        coded = meetings.coded(document)
        if not coded:
            continue
        here: set[Pair] = set()
        met: list[tuple[Meeting, list[Pair]]] = []
        for meeting in meetings.of(document):
            mine = pairs(meeting.one, meeting.other)
            found.pairs.update(mine)
            here.update(mine)
            met.append((meeting, mine))
        found.transcripts.update(here)
        for item in coded:
            found.alone.update(rows[item.codes])
        if meetings.within == OVERLAP:
            _cover(found, coded, rows, pairs)
        elif meetings.pairwise:
            _near(found, met, coded, rows)
    if not meetings.pairwise:
        found.either, found.common = found.alone, found.pairs
    if meetings.within == OVERLAP or not meetings.pairwise:
        found.shared = found.common
    return found


def _cover(
    found: Together,
    coded: list[Passage],
    rows: _Rows,
    pairs: Callable[[frozenset[str], frozenset[str]], list[Pair]],
) -> None:
    """Code points under each code and under both of two: from edge to edge the same codes hold."""
    opening: dict[int, list[Passage]] = {}
    closing: dict[int, list[Passage]] = {}
    for passage in coded:
        opening.setdefault(passage.start, []).append(passage)
        closing.setdefault(passage.end, []).append(passage)
    holding: Counter[str] = Counter()
    for left, right in pairwise(sorted({*opening, *closing})):
        for passage in closing.get(left, ()):
            holding.subtract(passage.codes)
        for passage in opening.get(left, ()):
            holding.update(passage.codes)
        codes = frozenset(code for code, count in holding.items() if count > 0)
        if codes:
            for row in rows[codes]:
                found.either[row] += right - left
            for pair in pairs(codes, codes):
                found.common[pair] += right - left


def _near(
    found: Together,
    met: list[tuple[Meeting, list[Pair]]],
    coded: list[Passage],
    rows: _Rows,
) -> None:
    """Passages with each code, and of two codes those that have the other in them or near."""
    counted = {(p.start, p.end): rows[p.codes] for p in coded}
    near: dict[Pair, set[tuple[int, int]]] = {}
    for meeting, pairs in met:
        for pair in pairs:
            with_one = [p for p in meeting.passages if not counted[p].isdisjoint(pair)]
            near.setdefault(pair, set()).update(with_one)
    for of_passage in counted.values():
        found.either.update(of_passage)
    for pair, places in near.items():
        found.shared[pair] += len(places)
        found.common[pair] += sum(counted[place].issuperset(pair) for place in places)


class _Rows(dict[frozenset[str], frozenset[str]]):
    """The rows under which a set of codes counts: these codes and those above them."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._above = rows_above(scope)

    def __missing__(self, codes: frozenset[str]) -> frozenset[str]:
        self[codes] = found = frozenset(row for c in codes for row in self._above.get(c, ()))
        return found


def _related(scope: Scope, one: str, other: str) -> bool:
    """Whether one code stands above the other."""
    line = {code.id for code in scope.codebook.lineage(one)}
    return other in line or one in {code.id for code in scope.codebook.lineage(other)}


def _note(scope: Scope, meetings: Meetings, *first: str) -> Callable[[], str]:
    said = _SAID.get(meetings.within) or (
        f"passages with at most {nearness(meetings.within)} words between; jaccard is the share "
        "of passages with either code that have the other near"
    )
    counted = "itself alone" if scope.filters.direct else "with its sub-codes"
    return noted(scope, *first, f"Codes together in {said}. Each code counts {counted}.")
