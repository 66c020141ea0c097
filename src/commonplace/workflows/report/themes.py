"""The sections of a report that count: sample, themes, groups, survey, themes together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from commonplace.analysis.cooccurrence import matrix
from commonplace.analysis.filters import Filters
from commonplace.analysis.groups import usual_attributes
from commonplace.analysis.joint import joint_display
from commonplace.analysis.methods import number
from commonplace.analysis.sample import sample, themes_by_group
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import themes
from commonplace.domain.codebook import Codebook
from commonplace.domain.survey import SurveyFigure
from commonplace.domain.table import Cell as Value
from commonplace.domain.table import Table
from commonplace.exports.report.model import Bar, Bars, Block, Cell, Grid, Line, Remarks, Section
from commonplace.project import Project

MOST_GROUPS = 10
"""Groups beyond which a table of them fits no page."""
MOST_PAIRS = 8
"""Pairs of themes that are listed."""


def sample_section(project: Project, filters: Filters, by: Sequence[str], k: int) -> Section:
    """Who was interviewed."""
    table = sample(project, filters, by=by, k=k)
    lines: list[Line] = []
    last = ""
    for row in table.records():
        name = str(row["attribute"])
        if name and name != last:
            lines.append(Line((Cell(_heading(name)), *(Cell("") for _ in range(3)))))
            last = name
        if name:
            people = Cell(
                _of(row["participants"], row["participants_of"]),
                _share(row["participants"], row["participants_of"]),
            )
            transcripts = Cell(_of(row["transcripts"], row["transcripts_of"]))
            words = Cell(_words(row["words"], row["words_of"]))
        else:
            people, transcripts, words = (
                Cell(f"{_int(row[what]):,}") for what in ("participants", "transcripts", "words")
            )
        label = _group(name, str(row["group"]))
        lines.append(Line((Cell(label), people, transcripts, words), int(bool(name))))
    headings = ("Who", "People", "Transcripts", "Words")
    grid = Grid("sample-table", "The people interviewed", headings, tuple(lines), "bars")
    return Section("sample", "Who was interviewed", (grid, *_remarks(table)))


def _remarks(table: Table) -> list[Remarks]:
    """What a table says of itself, none of its filters: those stand at the head, without names."""
    filters = ("Filters: ", "No filters.")
    found = tuple(takewhile(lambda said: not said.startswith(filters), table.remarks))
    return [Remarks(found)] if found else []


def frequency_section(project: Project, filters: Filters, top: Sequence[str]) -> Section:
    """How often each theme occurs: a chart of those at the top, a table of all that occur."""
    table = themes(project, filters)
    rows = {str(row["code_path"]): row for row in table.records()}
    book = project.codes.codebook()
    counted = [
        (code, rows[book.path(code)]) for code in top if _int(rows[book.path(code)]["quotes"])
    ]
    if not counted:
        return Section("themes", "Themes", (Remarks(("Nothing is coded yet.",)),))
    ordered = sorted(counted, key=lambda item: -_int(item[1]["participants"]))
    most = max(_int(row["quotes"]) for _, row in counted)
    people = tuple(
        Bar(
            book[code].name,
            _share(row["participants"], row["participants_of"]) or 0.0,
            _of(row["participants"], row["participants_of"]),
        )
        for code, row in ordered
    )
    passages = tuple(
        Bar(book[code].name, _int(row["quotes"]) / most, f"{_int(row['quotes']):,}")
        for code, row in sorted(counted, key=lambda item: -_int(item[1]["quotes"]))
    )
    chart = Bars(
        "people-chart",
        "How many people speak of each theme",
        "; ".join(f"{bar.label}: {bar.said} people" for bar in people) + ".",
        (("", people),),
    )
    count = Bars(
        "passages-chart",
        "How many passages are about each theme",
        "; ".join(f"{bar.label}: {bar.said} passages" for bar in passages) + ".",
        (("", passages),),
    )
    blocks: list[Block] = [chart, count, _frequencies(book, rows)]
    unused = [path for path, row in rows.items() if not row["quotes"]]
    if unused:
        blocks.append(Remarks((f"Not used: {'; '.join(unused)}.",)))
    blocks += _remarks(table)
    return Section("themes", "Themes", tuple(blocks))


def _frequencies(book: Codebook, rows: dict[str, dict[str, Value]]) -> Grid:
    lines = []
    for code in book.in_reading_order():
        row = rows.get(book.path(code.id))
        if row is None or not row["quotes"]:
            continue
        level = sum(book.path(above.id) in rows for above in book.lineage(code.id)) - 1
        lines.append(
            Line(
                (
                    Cell(code.name),
                    Cell(
                        _of(row["participants"], row["participants_of"]),
                        _share(row["participants"], row["participants_of"]),
                    ),
                    Cell(_of(row["transcripts"], row["transcripts_of"])),
                    Cell(f"{_int(row['quotes']):,}"),
                    Cell(_percent(row["share_of_words"])),
                ),
                level,
            )
        )
    headings = ("Theme", "People", "Transcripts", "Passages", "Share of words")
    return Grid("themes-table", "Themes and what they consist of", headings, tuple(lines), "bars")


def groups_section(
    project: Project, filters: Filters, top: Sequence[str], by: Sequence[str], k: int
) -> Section | None:
    """Who speaks of what, by each attribute; None where no attribute makes two groups."""
    names = usual_attributes(Scope(project, filters), by)
    blocks: list[Block] = []
    remark = ""
    for name in names:
        table = themes_by_group(project, name, filters, codes=top, k=k)
        groups = [column.name for column in table.columns[2::2]][:-1]
        if not 2 <= len(groups) <= MOST_GROUPS:
            continue
        blocks.append(_heat(name, table))
        remark = table.remarks[0].partition(". ")[2]
    if not blocks:
        return None
    shade = "The stronger the shade, the larger the share of the group that speaks of the theme."
    blocks.append(Remarks(tuple(filter(None, (shade, remark)))))
    return Section("groups", "Who speaks of what", tuple(blocks))


def _heat(name: str, table: Table) -> Grid:
    headings = [column.name for column in table.columns[2::2]]
    lines = []
    for row in table:
        pairs = list(zip(row[2::2], row[3::2], strict=True))
        cells = [Cell(_of(count, of), _share(count, of)) for count, of in pairs]
        lines.append(Line((Cell(str(row[0])), *cells)))
    shown = (
        *("Theme",),
        *(_group(name, group) for group in headings[:-1]),
        "Everyone",
    )
    return Grid(f"by-{_slug(name)}", f"People by {name}", shown, tuple(lines), "heat")


def joint_section(
    project: Project, filters: Filters, figures: Sequence[SurveyFigure]
) -> Section | None:
    """What people speak of beside what a survey found; None without a survey."""
    if not figures:
        return None
    table = joint_display(project, figures, filters)
    rows = list(table.records())
    groups: dict[str, list[Bar]] = {}
    lines = []
    last = None
    for row in rows:
        asked = f" ({_int(row['base']):,} asked)" if row["base"] else ""
        key = f"{row['code']}: “{row['statement']}”"
        bars = groups.setdefault(key, [])
        if row["figure"] is not None and not bars:
            bars.append(Bar(f"This survey{asked}", _float(row["figure"]), _percent(row["figure"])))
        if row["comparator_figure"] is not None:
            share = _float(row["comparator_figure"])
            bars.append(Bar(str(row["comparator"]), share, _percent(share), second=True))
        again = last == key
        last = key
        first = (
            Cell(str(row["code"])),
            Cell(_of(row["participants"], row["participants_of"])),
            Cell(f"“{row['statement']}”"),
            Cell(_surveyed(row)),
            Cell("" if row["base"] is None else f"{_int(row['base']):,}"),
        )
        compared = (Cell(_compared(row)), Cell(_points(row["difference"])))
        lines.append(Line((*((Cell(""),) * len(first) if again else first), *compared)))
    headings = ("Theme", "People", "Statement", "Agree", "Asked", "Elsewhere", "Points apart")
    right = (False, True, False, True, True, False, True)
    title = "Interviews and survey side by side"
    grid = Grid("joint-table", title, headings, tuple(lines), "plain", right)
    shown = tuple((key, tuple(bars)) for key, bars in groups.items() if bars)
    chart = Bars(
        "joint-chart",
        "The survey, and the same question elsewhere",
        " ".join(
            f"{key}: {'; '.join(f'{b.label} {b.said}' for b in bars)}." for key, bars in shown
        ),
        shown,
        ("this survey", "elsewhere"),
    )
    sources = list(dict.fromkeys(str(row["source"]) for row in rows if row["source"]))
    remarks = [
        "People: those interviewed who speak of the theme. Agree: of those asked in the survey, "
        "with the 95% interval of a simple random sample. The two samples are set side by side, "
        "and not compared.",
        *([f"Sources: {'; '.join(sources)}."] if sources else []),
    ]
    return Section("survey", "Beside the survey", (grid, chart, Remarks(tuple(remarks))))


def _surveyed(row: dict[str, Value]) -> str:
    said = _percent(row["figure"])
    if row["low"] is not None:
        said += f" ({100 * _float(row['low']):.0f}–{100 * _float(row['high']):.0f})"
    return said


def _compared(row: dict[str, Value]) -> str:
    if row["comparator_figure"] is None:
        return ""
    return f"{row['comparator']}: {_percent(row['comparator_figure'])}"


def _points(value: Value) -> str:
    return "" if value is None else f"{_float(value):+.0f}".replace("-", "−")


def together_section(project: Project, filters: Filters, top: Sequence[str]) -> Section | None:
    """Which themes meet in overlapping passages; None where fewer than two do."""
    book = project.codes.codebook()
    paths = [book.path(code) for code in top]
    table = matrix(project, replace(filters, codes=tuple(paths)))
    places = [place for place, name in enumerate(table.header) if name in paths]
    rows = {str(row[0]): row for row in table if row[0] in paths}
    if len(rows) < 2:
        return None
    pairs = []
    most = 1
    for down, (path, row) in enumerate(rows.items()):
        for place in places[down + 1 :]:
            pairs.append((_int(row[place]), path, table.header[place]))
            most = max(most, _int(row[place]))
    if most == 1 and not any(count for count, *_ in pairs):
        return None
    names = {path: book[code].name for path, code in zip(paths, top, strict=True)}
    numbers = {path: place for place, path in enumerate(rows, 1)}
    lines = []
    for path, row in rows.items():
        cells = [Cell(f"{numbers[path]} {names[path]}")]
        for place in places:
            own = table.header[place] == path
            cells.append(Cell("–") if own else Cell(f"{_int(row[place])}", _int(row[place]) / most))
        lines.append(Line(tuple(cells)))
    headings = ("Theme", *(str(numbers[table.header[place]]) for place in places))
    grid = Grid("together-table", "Themes in overlapping passages", headings, tuple(lines), "heat")
    often = sorted(pairs, key=lambda pair: -pair[0])[:MOST_PAIRS]
    said = "Most often together: " + "; ".join(
        f"{names[one]} with {names[other]} ({number(count, 'time')})"
        for count, one, other in often
        if count
    )
    remark = (
        "A figure is how many pairs of passages, one of each theme, overlap; a passage with both "
        "is one. Columns are the rows by their numbers."
    )
    return Section("together", "What comes up together", (grid, Remarks((f"{said}.", remark))))


def _group(name: str, group: str) -> str:
    """What a group is called: a bare number says nothing without the attribute."""
    return _heading(f"{name} {group}" if group[:1].isdecimal() else group)


def _heading(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}" for c in name)


def _of(count: Value, of: Value) -> str:
    return f"{_int(count):,} of {_int(of):,}"


def _share(count: Value, of: Value) -> float | None:
    return _int(count) / _int(of) if of else None


def _words(count: Value, of: Value) -> str:
    return f"{_int(count):,} ({_percent(_share(count, of))})"


def _percent(share: Value) -> str:
    """A share in whole per cent; something is never shown as nothing."""
    if share is None:
        return ""
    if 0 < _float(share) < 0.005:
        return "under 1%"
    return f"{_float(share):.0%}"


def _int(cell: Value) -> int:
    return cell if isinstance(cell, int) else 0


def _float(cell: Value) -> float:
    return float(cell) if isinstance(cell, (int, float)) else 0.0
