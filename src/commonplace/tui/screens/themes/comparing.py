"""Codes against groups, against time and against each other: heat tables."""

from __future__ import annotations

from textual.content import Content

from commonplace.analysis.cooccurrence import matrix, passages
from commonplace.analysis.crosstab import DOCUMENT, SHARES_OF, TAKEN, Cells, Count, crosstab
from commonplace.analysis.filters import FilterError
from commonplace.analysis.scope import Scope
from commonplace.analysis.waves import WAVE, waves
from commonplace.domain.codebook import split_path
from commonplace.domain.table import Cell, Table
from commonplace.tui.screens.themes.frequencies import with_value
from commonplace.tui.screens.themes.view import (
    Asked,
    Codes,
    From,
    Kind,
    Option,
    PassagesOf,
    QuotesOf,
    Shown,
    Target,
    View,
    records,
    said_in,
)
from commonplace.tui.widgets.linelist import Column, Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.shade import Shade

NAME = 28
"""Cells for the name of a code at the left of a heat table."""

EVERYBODY = "all"


def _code(codes: Codes, code: str, *, strong: bool = True) -> Content:
    return "  " * codes.depth(code) + codes.name(code, strong=strong)


def _figure(value: Cell, *, share: bool) -> str:
    if value is None:
        return "–"
    return f"{value:.0%}" if share else f"{value:,}"


# Crosstab

_SHOWN = {
    "counts": Cells.COUNT,
    "share of the row": Cells.ROW,
    "share of the group": Cells.COLUMN,
    "yes or no": Cells.BINARY,
}


def _by(asked: Asked) -> str:
    """What codes are set against: what was chosen, else the first thing known of people."""
    if asked.chosen["by"]:
        return asked.chosen["by"]
    names = Scope(asked.project, asked.filters).attribute_names
    return "role" if "role" in names else names[0] if names else DOCUMENT


def _crosstab_table(asked: Asked) -> Table:
    return crosstab(
        asked.project,
        asked.filters,
        by=_by(asked),
        count=Count(asked.chosen["count"]),
        cells=_SHOWN[asked.chosen["cells"]],
        test=asked.chosen["test"] == "yes",
    )


def _crosstab(asked: Asked) -> Shown:
    table, by = _crosstab_table(asked), _by(asked)
    cells, share = _SHOWN[asked.chosen["cells"]], "share" in asked.chosen["cells"]
    header, found = table.header, list(table)
    denominators = {column.of for column in table.columns if column.of}
    figures = [
        place
        for place, column in enumerate(table.columns)
        if place >= 2
        and column.unit
        and header[place] not in denominators
        and header[place] not in (SHARES_OF, "p", "p_holm")
    ]
    last = (SHARES_OF, "test", "p", "p_holm")
    tests = [place for place, name in enumerate(header) if name in last]
    titles = [_group(header[place]) for place in figures]
    columns = [Column("theme", NAME)]
    for place, title in zip(figures, titles, strict=True):
        of = table.columns[place].of
        most = max((row[header.index(of)] or 0 for row in found), default=0) if of else 0
        said = f"{title} of {most:,}" if of and _same(found, header.index(of)) else title
        columns.append(Column(safe(said), min(18, max(7, len(said))), "right"))
    columns += [
        Column(header[place].replace("_", " "), 18 if header[place] == "test" else 9)
        for place in tests
    ]
    # A total is as large as its parts together: the grounds are for comparing the parts.
    parts = [place for place, title in zip(figures, titles, strict=True) if title != EVERYBODY]
    top = max((float(row[p] or 0) for row in found for p in parts), default=0) or 1
    rows = []
    for number, row in enumerate(found):
        code = asked.codes.at(row[1])
        shades = [
            Shade(
                ("✓" if row[place] else "·")
                if cells is Cells.BINARY
                else _figure(row[place], share=share),
                float(row[place] or 0) / top,
            )
            for place in figures
        ]
        more = ["" if row[p] is None else _p(row[p]) for p in tests]
        rows.append(Row(str(number), (_code(asked.codes, code), *shades, *more)))

    def lead(place: int, column: int) -> Target:
        code = asked.codes.at(found[place][1])
        if not 1 <= column <= len(figures) or titles[column - 1] == EVERYBODY:
            return QuotesOf(code, asked.filters.where)
        value = _value(header[figures[column - 1]])
        if by == DOCUMENT:
            return QuotesOf(code, asked.filters.where, value)
        return QuotesOf(code, with_value(asked.filters.where, by, value))

    counted = asked.chosen["count"]
    return Shown(
        f"{counted.capitalize()} by {by}",
        f"{asked.chosen['cells']}, each theme with its sub-codes",
        table.note,
        tuple(columns),
        rows,
        used={"by": by},
        first=1,
        lead=lead,
    )


def _group(name: str) -> str:
    return EVERYBODY if name == "total" else name


def _value(name: str) -> str:
    """The value of an attribute that a column stands for."""
    value = name.removesuffix(" (attribute)")
    return value if value in TAKEN else name


def _same(rows: list[tuple[Cell, ...]], place: int) -> bool:
    return len({row[place] for row in rows}) == 1


def _p(value: Cell) -> str:
    return f"{value:.3f}" if isinstance(value, float) else safe(str(value))


CROSSTAB = View(
    "crosstab",
    "Crosstab",
    "codes against groups or transcripts",
    Kind.GRID,
    _crosstab,
    _crosstab_table,
    (
        Option("by", "Groups", From.ATTRIBUTES, about="A column for each value."),
        Option("count", "Counted", tuple(count.value for count in Count), Count.PARTICIPANTS),
        Option("cells", "Cells show", tuple(_SHOWN), "counts"),
        Option(
            "test", "Test", ("no", "yes"), "no",
            "Whether having the code goes with the group, where the conditions of a test hold.",
        ),
    ),
)  # fmt: skip


# Waves


def _waves_table(asked: Asked) -> Table:
    return waves(asked.project, asked.filters, by=asked.chosen["by"] or WAVE)


def _waves(asked: Asked) -> Shown:
    table, by = _waves_table(asked), asked.chosen["by"] or WAVE
    found = records(table)
    parts = ("stayed", "taken_up", "dropped", "neither")
    columns = [Column("theme", NAME), Column(f"{safe(by)}s", 9)]
    columns += [Column(part.replace("_", " "), 9, "right") for part in parts]
    columns += [Column("of", 4, "right"), Column("left", 9, "right"), Column("joined", 9, "right")]
    rows = []
    for place, row in enumerate(found):
        of = row["both_waves"] or 0
        rows.append(
            Row(
                str(place),
                (
                    _code(asked.codes, asked.codes.at(row["code_path"])),
                    f"{row['from']} → {row['to']}",
                    *(
                        Shade(f"{row[part]:,}", row[part] / of if of and part != "neither" else 0)
                        for part in parts
                    ),
                    f"{of:,}",
                    f"{row['left_with']} of {row['left']}",
                    f"{row['joined_with']} of {row['joined']}",
                ),
            )
        )

    def lead(place: int, _: int) -> Target:
        row = found[place]
        where = asked.filters.where
        either = " or ".join(with_value("", by, row[side]) for side in ("from", "to"))
        return QuotesOf(
            asked.codes.at(row["code_path"]), f"({where}) and ({either})" if where else either
        )

    return Shown(
        f"The same people from {by} to {by}",
        "who mentions a theme in both, in the later alone, in the earlier alone",
        table.note,
        tuple(columns),
        rows,
        used={"by": by},
        first=1,
        lead=lead,
    )


WAVES = View(
    "waves",
    "Waves",
    "the same people across waves",
    Kind.GRID,
    _waves,
    _waves_table,
    (
        Option(
            "by",
            "Waves",
            From.ATTRIBUTES,
            about="What tells one interview with somebody from the next.",
        ),
    ),
)


# Co-occurrence


def _together_table(asked: Asked) -> Table:
    return matrix(
        asked.project,
        asked.filters,
        within=_within(asked),
        jaccard=asked.chosen["cells"] == "jaccard",
    )


def _within(asked: Asked) -> str:
    within = asked.chosen["within"]
    return within.removesuffix(" words") if within.endswith(" words") else within


def _together(asked: Asked) -> Shown:
    table, jaccard = _together_table(asked), asked.chosen["cells"] == "jaccard"
    found = list(table)
    paths = [str(row[0]) for row in found]
    ids = [asked.codes.at(path) for path in paths]
    if any(not code for code in ids):
        raise FilterError("the codebook has changed: ask again")
    marks = [look.mark if (look := asked.codes.looks.get(code)) else "?" for code in ids]
    first = len(table.columns) - len(found)
    others = [
        float(row[first + column] or 0)
        for place, row in enumerate(found)
        for column in range(len(found))
        if column != place
    ]
    top = max(others, default=0) or 1
    rows = []
    for place, row in enumerate(found):
        shades = []
        for column in range(len(found)):
            value = row[first + column]
            if column == place:
                shades.append(Shade("■" if jaccard else _figure(value, share=False)))
            elif value is None:
                shades.append(Shade(""))
            else:
                number = float(value)
                figure = f"{number:.2f}".removeprefix("0") if jaccard else f"{number:,.0f}"
                shades.append(Shade(figure if number else "·", number / top))
        rows.append(Row(paths[place], (_code(asked.codes, ids[place]), *shades)))

    def lead(place: int, column: int) -> Target:
        other = column - 1
        if other < 0 or other == place:
            return QuotesOf(ids[place], asked.filters.where)
        if not found[place][first + other]:
            return None
        names = " with ".join(split_path(paths[p])[-1] for p in (place, other))
        return PassagesOf(
            names,
            lambda project: said_in(
                project,
                passages(project, paths[place], paths[other], asked.filters, within=_within(asked)),
            ),
        )

    width = 4 if jaccard else max(3, len(f"{top:,.0f}"))
    within = "overlapping passages" if _within(asked) == "overlap" else asked.chosen["within"]
    return Shown(
        "Codes together",
        f"in {within}; a column for each mark of the codes at the left",
        table.note,
        (Column("theme", NAME), *(Column(mark, width, "right") for mark in marks)),
        rows,
        first=1,
        lead=lead,
    )


TOGETHER = View(
    "together",
    "Together",
    "which codes occur together",
    Kind.GRID,
    _together,
    _together_table,
    (
        Option(
            "within",
            "Together in",
            ("overlap", "sentence", "turn", "20 words", "50 words"),
            "overlap",
            "With a number, so many words of speech may stand between two passages.",
            other="words",
        ),
        Option("cells", "Cells show", ("count", "jaccard"), "count"),
    ),
)
