"""Arguments and options that several commands share, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from commonplace.analysis.filters import FilterError, Filters
from commonplace.cli.output import Out
from commonplace.cli.signatures import in_place_of, option
from commonplace.exports import endings


def named(coder: str | None) -> str | None:
    """A coder's name as given; an empty one is wrong usage, for nobody is called so."""
    if coder is not None and not coder.strip():
        raise typer.BadParameter("a coder has a name: write one, or leave the option out")
    return coder


def _all_named(coders: list[str] | None) -> list[str] | None:
    for coder in coders or ():
        named(coder)
    return coders


ProjectPath = Annotated[
    Path,
    typer.Argument(
        metavar="PROJECT", help="The project file, ending in .commonplace.", readable=False
    ),
]
"""Not `readable`, like every file to be read: that its permissions refuse it is no wrong usage."""
DocumentName = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="A transcript's name, or its unique stem.")
]
Coder = Annotated[
    str | None,
    typer.Option(
        "--coder",
        metavar="NAME",
        help="Who does this; else COMMONPLACE_CODER, the configured name, or the login name.",
        show_default=False,
        callback=named,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=f"Write to a file; its ending gives the format: {endings()}.",
        show_default=False,
    ),
]
Raw = Annotated[
    bool,
    typer.Option("--raw", help="CSV: leave formulas and control characters as they are."),
]
Bom = Annotated[
    bool, typer.Option("--bom", help="CSV: begin with a byte order mark, as Excel likes it.")
]

Attribution = Annotated[
    str | None,
    typer.Option(
        metavar="TEMPLATE",
        help='What is said of the source: "{role}, {programme}, {nation}, wave {wave}". Parts are '
        "dropped from the right until enough people share it. Else as the project keeps it.",
        show_default=False,
    ),
]
People = Annotated[
    int | None,
    typer.Option(
        "--k",
        min=1,
        metavar="N",
        help="How many of the people asked about must share an attribution (as kept, or 3).",
        show_default=False,
    ),
]
Marks = Annotated[
    list[str] | None,
    typer.Option(
        "--mark",
        metavar="MARK",
        help="Only quotes that the desk has marked star, shortlist, clear, withdrawn, embargo, "
        "edited or used; repeatable.",
    ),
]

Direct = Annotated[
    bool, typer.Option("--direct", help="Count each code alone, without its sub-codes.")
]
Done = Annotated[bool, typer.Option("--done", help="Only transcripts marked done.")]


class Piece(StrEnum):
    """What is coded and suggested as one."""

    SENTENCE = "sentence"
    TURN = "turn"


_FILTERS: dict[str, tuple[Any, Any]] = {
    "codes": (
        list[str] | None,
        typer.Option(
            "--code", metavar="PATH", help="Only this code and its sub-codes; repeatable."
        ),
    ),
    "where": (
        str,
        typer.Option(
            "--where",
            metavar="CONDITION",
            help='Only these participants: "role=practitioner and nation in (Wales, Scotland)".',
        ),
    ),
    "documents": (
        list[str] | None,
        typer.Option("--document", metavar="NAME", help="Only this transcript; repeatable."),
    ),
    "speakers": (
        list[str] | None,
        typer.Option("--speaker", metavar="LABEL", help="Only this speaker; repeatable."),
    ),
    "coders": (
        list[str] | None,
        typer.Option(
            "--coder",
            metavar="NAME",
            help="Only this coder's codings; repeatable.",
            callback=_all_named,
        ),
    ),
    "origins": (
        list[str] | None,
        typer.Option(
            "--origin",
            metavar="ORIGIN",
            help="Only codings that came so: manual, suggested, accepted, edited, autocode, "
            "imported or consensus; repeatable.",
        ),
    ),
    "since": (
        str,
        typer.Option("--since", metavar="DATE", help="Only what was coded on that day or later."),
    ),
    "include_interviewer": (
        bool,
        typer.Option("--include-interviewer", help="Count what interviewers say as well."),
    ),
}
"""Every filter: the field of `Filters`, its type, and how it is written."""


_Choice = TypeVar("_Choice", bound=StrEnum)


def choice(kind: type[_Choice], asked: str, option: str) -> _Choice:
    """What was asked for; anything but the values of `kind` is wrong usage.

    For options whose values belong to a module that is loaded only when the command runs.
    """
    try:
        return kind(asked.strip().casefold())
    except ValueError:
        known = ", ".join(kind)
        raise typer.BadParameter(f"'{asked}' is none of {known}", param_hint=option) from None


def filtered(command: Callable[..., None], *, without: str = "") -> Callable[..., None]:
    """Gives a command the filter options; it gets what was chosen as `filters: Filters`.

    `without` is a field of `Filters` that the command asks for in its own way.
    """
    offered = [
        option(name, Annotated[kind, asked], False if kind is bool else "" if kind is str else None)
        for name, (kind, asked) in _FILTERS.items()
        if name != without
    ]
    return in_place_of("filters", command, offered, _filters)


def written(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command that takes an `out: Out` the options that say where a table goes, and how;
    others stay as they are."""
    if "out" not in inspect.signature(command).parameters:
        return command
    offered = [
        option("output", Output, None),
        *(option(name, kind) for name, kind in (("json", Json), ("raw", Raw), ("bom", Bom))),
    ]
    return in_place_of("out", command, offered, lambda chosen: Out(**chosen))


def _filters(chosen: dict[str, Any]) -> Filters:
    """What was chosen; options that may be repeated become tuples."""
    repeatable = {name for name in chosen if _FILTERS[name][0] not in (bool, str)}
    values: dict[str, Any] = {
        name: tuple(value or ()) if name in repeatable else value for name, value in chosen.items()
    }
    filters = Filters(**values)
    _check(filters)
    return filters


def _check(filters: Filters) -> None:
    """What is no origin, no date or no condition is wrong usage, whatever the project holds."""
    with _usage("--origin", FilterError):
        filters.origin_values()
    if filters.since:
        with _usage("--since", FilterError):
            filters.since_stamp()
    if filters.where.strip():
        from commonplace.analysis.query import QueryError
        from commonplace.analysis.query.parse import parse

        with _usage("--where", QueryError):
            parse(filters.where)


@contextmanager
def _usage(option: str, kind: type[ValueError]) -> Iterator[None]:
    """Errors of that kind are wrong usage of an option."""
    try:
        yield
    except kind as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def of_workbook(sheet: str | None, file: Path, option: str) -> None:
    """A sheet asked for of a file that has none is wrong usage."""
    if sheet is not None and file.suffix.lower() in (".csv", ".tsv", ".txt"):
        raise typer.BadParameter(f"{file.name} has no sheets: leave that out", param_hint=option)
