"""evaluate: how good suggestions would have been on what people have coded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.groups import add
from commonplace.cli.opening import opened
from commonplace.cli.options import Piece, ProjectPath, named
from commonplace.cli.output import Out, counter, tell_json

if TYPE_CHECKING:
    from commonplace.domain.table import Row, Table
    from commonplace.suggest.evaluation import Coded, Score

ALL_CODES = "(all codes)"
"""Stands for the average where a row of the table is about no single code."""

MEASURES = (
    "average_precision",
    "precision",
    "recall",
    "f1",
    "ece",
    "pooled_ece",
    "proposed_ece",
)
ENDS = ("low", "high")
"""Of the interval of a measure."""


class Order(StrEnum):
    """In which order pieces get coded."""

    RANDOM = "random"
    UNCERTAIN = "uncertain"
    DOCUMENT = "document"


class TooLittleCodedError(ValueError):
    """There is not enough to measure suggestions by; the message says what is needed."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    add(
        app,
        "evaluate",
        evaluate,
        "commonplace evaluate study.commonplace",
        "commonplace evaluate study.commonplace --unit turn --budgets 0,100,400 --coder Amira",
        "commonplace evaluate study.commonplace -o evaluation.xlsx",
        "commonplace evaluate study.commonplace --json",
    )


def evaluate(
    path: ProjectPath,
    *,
    unit: Annotated[
        Piece, typer.Option(help="Count sentences or whole turns as what is coded and suggested.")
    ] = Piece.SENTENCE,
    budgets: Annotated[
        str,
        typer.Option(metavar="N,N…", help="After how many coded sentences or turns to measure."),
    ] = "0,10,50,200",
    order: Annotated[
        Order,
        typer.Option(
            help="Count as coded first what chance picks; what would teach most; or what stands "
            "first."
        ),
    ] = Order.RANDOM,
    seeds: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many random splits to average over.")
    ] = 3,
    coder: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only what this coder has coded and read.",
            show_default=False,
            callback=named,
        ),
    ] = None,
    out: Out,
) -> None:
    """Measure how good suggestions would have been on what people have coded.

    Two fifths of the coded transcripts are held out whole; of the others so many sentences count
    as coded. What is then suggested in those held out is compared with what people coded there.
    Nothing is written to the project. `--json` adds each split by itself.
    """
    asked = _numbers(budgets)
    out.check()
    with opened(path) as project:
        from commonplace.suggest import evaluation

        study = evaluation.coded(project, unit=unit, coder=coder)
    refuse_too_little(study, budgets=asked, seeds=seeds, unit=unit, coder=coder)
    with counter() as count:
        count("rounds", 0, seeds * len(asked))
        scores = list(
            evaluation.evaluate(
                study,
                budgets=asked,
                order=order,
                seeds=seeds,
                progress=lambda done, total: count("rounds", done, total),
            )
        )
    if out.json:
        rows = [score.as_row() for score in scores]
        tell_json({"rows": rows, "intervals": list(_intervals(scores))})
    else:
        out.show(_table(study, scores, asked, unit, intervals=out.output is not None))


def _numbers(budgets: str) -> list[int]:
    """The budgets, ascending, each once."""
    numbers = [number.strip() for number in budgets.split(",")]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise typer.BadParameter(
            f"'{budgets}': write whole numbers with commas between, such as 0,10,50,200",
            param_hint="--budgets",
        )
    return sorted(set(map(int, numbers)))


def refuse_too_little(
    study: Coded, *, budgets: Sequence[int], seeds: int, unit: str, coder: str | None
) -> None:
    """Raises `TooLittleCodedError` where no split could be measured, and says what is missing."""
    from commonplace.suggest.evaluation import FEWEST, split

    by = f" by {coder}" if coder is not None else ""
    rows, transcripts = _taking_part(study)
    if not study.gold[rows].any():
        raise TooLittleCodedError(
            f"nothing that could be suggested is coded yet{by}: code what interviewees say in at "
            "least 2 transcripts"
        )
    if transcripts < 2:
        raise TooLittleCodedError(
            f"only one transcript is coded or marked done{by}: transcripts are held out whole, so "
            "at least 2 are needed"
        )
    splits = [split(study, seed) for seed in range(seeds)]
    pools = [pool for pool, away in splits if (study.gold[away].sum(axis=0) >= FEWEST).any()]
    if not pools:
        counts = study.gold[rows].sum(axis=0)
        best = int(counts.argmax())
        code = study.codebook.path(study.codebook.in_reading_order()[best].id)
        raise TooLittleCodedError(
            f"too little is coded{by}: a code needs at least {FEWEST} {unit}s among the "
            f"transcripts held out (two fifths of {transcripts}), and none has as many; the most "
            f"frequent, {code}, has {counts[best]} in all. Code more transcripts"
        )
    most = max(map(len, pools))
    if budgets[0] > most:
        raise TooLittleCodedError(
            f"only {most} {unit}s can count as coded, the others are held out: "
            f"ask for {most} or fewer with --budgets"
        )


def _taking_part(study: Coded) -> tuple[list[int], int]:
    """The segments that codes may be suggested for, and of how many transcripts they are."""
    rows = [row for row, segment in enumerate(study.segments) if segment.eligible]
    return rows, len({study.segments[row].document for row in rows})


def _table(
    study: Coded, scores: Sequence[Score], budgets: Sequence[int], unit: str, *, intervals: bool
) -> Table:
    """A row for each code and budget, averaged over splits; all codes together come first. Columns
    of intervals stand last, for one split, which has none, only if `intervals` asks for them."""
    from commonplace.domain.table import Column, Table

    share = "share 0–1"
    codes = study.codebook.in_reading_order()
    rows = list(_rows(scores, [None, *(study.codebook.path(code.id) for code in codes)]))
    columns = (
        Column("code_path"),
        Column("budget", f"coded {unit}s"),
        Column("splits", "random splits"),
        Column("codes", "averaged"),
        Column("positives", f"{unit}s held out that people coded"),
        *(Column(name, share) for name in MEASURES),
    )
    if intervals or _several(scores):
        columns += tuple(Column(f"{name}_{end}", share) for name in MEASURES for end in ENDS)
    return Table(
        "evaluation",
        columns,
        lambda: (row[: len(columns)] for row in rows),
        note=_note(study, scores, budgets, unit),
        brief=("code_path", "budget", "average_precision", "precision", "recall", "f1", "ece"),
    )


def _several(scores: Sequence[Score]) -> bool:
    """Whether there are several splits, which intervals take."""
    return len({score.seed for score in scores}) > 1


def _rows(scores: Sequence[Score], paths: Iterable[str | None]) -> Iterator[Row]:
    by_place: dict[tuple[str | None, int], list[Score]] = {}
    for score in scores:
        by_place.setdefault((score.code, score.budget), []).append(score)
    for path in paths:
        for budget in sorted(budget for code, budget in by_place if code == path):
            found = by_place[path, budget]
            codes = round(sum(score.codes for score in found) / len(found))
            positives = round(sum(score.positives for score in found) / len(found))
            measures = (_mean(found, name) for name in MEASURES)
            ends = (end for name in MEASURES for end in _interval(found, name))
            yield (path or ALL_CODES, budget, len(found), codes, positives, *measures, *ends)


def _mean(scores: Sequence[Score], name: str) -> float | None:
    """A measure over the splits in which it is defined."""
    values = [value for score in scores if (value := getattr(score, name)) is not None]
    return sum(values) / len(values) if values else None


def _interval(scores: Sequence[Score], name: str) -> tuple[float | None, float | None]:
    """The ends of the interval of a measure over the splits in which it is defined."""
    from commonplace.suggest.evaluation import interval

    values = [value for score in scores if (value := getattr(score, name)) is not None]
    return interval(values) or (None, None)


def _intervals(scores: Sequence[Score]) -> Iterator[dict[str, object]]:
    """For JSON: the means over splits, each with its interval."""
    by_place: dict[tuple[str | None, int], list[Score]] = {}
    for score in scores:
        by_place.setdefault((score.code, score.budget), []).append(score)
    for (code, budget), found in by_place.items():
        yield {
            "budget": budget,
            "code": code,
            "splits": len(found),
            "codes": sum(score.codes for score in found) / len(found),
            **{name: _mean(found, name) for name in MEASURES},
            **{f"{name}_interval": list(_interval(found, name)) for name in MEASURES},
        }


def _counts(scores: Sequence[Score]) -> str:
    """How many codes there are in the averages: it may differ from split to split."""
    counts = sorted({score.codes for score in scores if score.code is None})
    if len(counts) > 1:
        return f"{counts[0]} to {counts[-1]} codes"
    return f"{counts[0]} code{'s' * (counts[0] != 1)}"


def _note(study: Coded, scores: Sequence[Score], budgets: Sequence[int], unit: str) -> str:
    from commonplace.suggest.evaluation import FEWEST

    rows, transcripts = _taking_part(study)
    carrying = int(study.gold[rows].any(axis=1).sum())
    said = [
        f"{len(rows)} {unit}s of {transcripts} transcripts take part, {carrying} of them coded.",
        "Means over random splits; in each, two fifths of the transcripts are held out whole.",
        "Intervals: 95 %, Student's t over splits, wider because splits share transcripts."
        if _several(scores)
        else "No intervals: they take two splits or more (--seeds).",
        f"{ALL_CODES}: the macro average over the {_counts(scores)} with at least {FEWEST} "
        "positives held out; one that is not proposed counts 0 in precision, recall and F1.",
        "Calibration errors say how far confidences are from what came true: ece on average over "
        "codes, pooled_ece over all at once, proposed_ece over what is proposed.",
    ]
    reached = {score.budget for score in scores}
    beyond = [str(budget) for budget in budgets if budget not in reached]
    if beyond:
        said.append(f"Left out, for less is coded: {', '.join(beyond)}.")
    return " ".join(said)
