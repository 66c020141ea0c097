"""Which codes occur together: in overlapping passages, one sentence, one turn, or near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TypeVar

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

Sets = tuple[frozenset[str], frozenset[str]]
"""The codes of two passages that meet."""

_Key = TypeVar("_Key")
_Set = TypeVar("_Set")

_SAID = {
    OVERLAP: "passages that overlap; jaccard is the share of code points of speech under either "
    "code that are under both",
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
            for meeting in meetings.of(document, meetings.coded(document)):
                mine = counted[meeting.one], counted[meeting.other]
                if not any(a in x and b in y for x, y in (mine, mine[::-1])):
                    continue
                text = text or project.documents.text(document)
                row = _passage(scope, document, name, meeting, text)
                if row is not None:
                    yield row

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


def _passage(scope: Scope, document: str, name: str, meeting: Meeting, text: str) -> Row | None:
    """The row of a passage; None when somebody who has withdrawn speaks in it."""
    turns = layout(scope.project.connection, document)
    start, end, book = meeting.start, meeting.end, scope.codebook
    spoken = [t for t in turns.turns_in(start, end) if turns.speaks_in(t, start, end)]
    voices = {voice.id: voice for voice in scope.voices[document]}
    present = list(dict.fromkeys(turns.speakers[place] for place in spoken))
    if scope.silenced(present):
        return None
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
    """Counts every two codes over all transcripts asked about.

    What has the same codes is counted first, and each count spread over the pairs of codes once.
    """
    pairs = _Pairs(scope)
    rows = pairs.rows
    found = Together(scope.codes)
    alone: Counter[frozenset[str]] = Counter()
    met: Counter[Sets] = Counter()
    covered: Counter[frozenset[str]] = Counter()
    for document in scope.documents:
        coded = meetings.coded(document)
        if not coded:
            continue
        here = list(meetings.of(document, coded))
        sets = [(meeting.one, meeting.other) for meeting in here]
        met.update(sets)
        alone.update([passage.codes for passage in coded])
        found.transcripts.update({pair for key in set(sets) for pair in pairs[key]})
        if meetings.within == OVERLAP:
            _cover(covered, coded, meetings.length(document, coded))
        elif meetings.pairwise:
            _near(found, here, coded, pairs)
    _spread(found.alone, alone, rows)
    _spread(found.pairs, met, pairs)
    if meetings.within == OVERLAP:
        _spread(found.either, covered, rows)
        both = Counter({(codes, codes): points for codes, points in covered.items()})
        _spread(found.common, both, pairs)
    elif not meetings.pairwise:
        found.either, found.common = found.alone, found.pairs
    if meetings.within == OVERLAP or not meetings.pairwise:
        found.shared = found.common
    return found


def _spread(
    counts: Counter[_Key], of_sets: Counter[_Set], spread: Mapping[_Set, Iterable[_Key]]
) -> None:
    """Adds the count of each set of codes to everything it stands for."""
    for codes, count in of_sets.items():
        for key in spread[codes]:
            counts[key] += count


def _cover(
    covered: Counter[frozenset[str]], coded: list[Passage], length: Callable[[int], int]
) -> None:
    """Code points of speech by the codes on them: from edge to edge the same codes hold."""
    changes: dict[int, list[tuple[int, frozenset[str]]]] = {}
    for passage in coded:
        changes.setdefault(passage.start, []).append((1, passage.codes))
        changes.setdefault(passage.end, []).append((-1, passage.codes))
    holding: dict[str, int] = {}
    left = 0
    for edge in sorted(changes):
        if holding:
            covered[frozenset(holding)] += length(edge) - length(left)
        left = edge
        for step, codes in changes[edge]:
            for code in codes:
                count = holding.get(code, 0) + step
                if count:
                    holding[code] = count
                else:
                    del holding[code]


def _near(found: Together, met: list[Meeting], coded: list[Passage], pairs: _Pairs) -> None:
    """Passages with each code, and of two codes those that have the other in them or near."""
    counted = {(p.start, p.end): pairs.rows[p.codes] for p in coded}
    near: dict[Pair, set[tuple[int, int]]] = {}
    for meeting in met:
        for pair in pairs[meeting.one, meeting.other]:
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


class _Pairs(dict[Sets, list[Pair]]):
    """Of two sets of codes the pairs of rows they make, none of which stands above the other."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.rows = _Rows(scope)
        self._rank = {code: place for place, code in enumerate(scope.codes)}
        self._line = {c.id: {a.id for a in scope.codebook.lineage(c.id)} for c in scope.codebook}

    def __missing__(self, key: Sets) -> list[Pair]:
        rank, line = self._rank, self._line
        ordered = {
            (x, y) if rank[x] < rank[y] else (y, x)
            for x, y in product(self.rows[key[0]], self.rows[key[1]])
            if x not in line[y] and y not in line[x]
        }
        self[key] = found = list(ordered)
        return found


def _related(scope: Scope, one: str, other: str) -> bool:
    """Whether one code stands above the other."""
    line = {code.id for code in scope.codebook.lineage(one)}
    return other in line or one in {code.id for code in scope.codebook.lineage(other)}


def _note(scope: Scope, meetings: Meetings, *first: str) -> Callable[[], list[str]]:
    said = _SAID.get(meetings.within) or (
        f"passages with at most {nearness(meetings.within)} words between; jaccard is the share "
        "of passages with either code that have the other near"
    )
    counted = "itself alone" if scope.filters.direct else "with its sub-codes"
    return noted(scope, *first, f"Codes together in {said}. Each code counts {counted}.")
