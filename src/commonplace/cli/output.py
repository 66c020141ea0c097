"""What a command says, and where: data on standard output, everything else on standard error."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from commonplace.cli.names import leaving
from commonplace.exports.shown import visible

if TYPE_CHECKING:
    from commonplace.domain.table import Table

WIDTH_ELSEWHERE = 160
"""Columns of a table that goes to a file or another program."""


def complain(message: str) -> None:
    """Says on standard error what went wrong; always."""
    sys.stderr.write(f"{visible(message)}\n")


def say(message: str) -> None:
    """Says on standard error how things went, where somebody is there to read it."""
    if sys.stderr.isatty():
        complain(message)


def tell(text: str) -> None:
    """A line of output."""
    sys.stdout.write(f"{visible(text)}\n")


def tell_json(value: object) -> None:
    """One JSON document on standard output."""
    import json

    sys.stdout.write(f"{json.dumps(value, ensure_ascii=False, indent=2)}\n")


def _width() -> int:
    """Cells in a line: of the terminal, or of whatever reads instead of one."""
    return shutil.get_terminal_size((WIDTH_ELSEWHERE, 24)).columns


def silence() -> None:
    """Sends what is left of the output nowhere, so that closing it raises nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def show(
    table: Table,
    *,
    json: bool = False,
    output: Path | None = None,
    **options: bool,
) -> None:
    """Writes a table to a file by its extension, or to standard output as JSON or as a table.

    Standard output that is no terminal may be a file as well, and gets what a file would.
    `options` are those of the formats in `exports.FORMATS`.
    """
    from commonplace import exports

    _check(output, json=json, **options)
    table = leaving(table, to_file=output is not None)
    if output is not None:
        exports.write(table, output, **options)
        say(f"wrote {output}")
        remark_on_consent(table)
    elif json:
        exports.to_stream(table, sys.stdout, ".json")
        remark_on_consent(table)
    else:
        from commonplace.exports import terminal

        terminal.write(table, sys.stdout, width=_width())


def _check(output: Path | None, *, json: bool, **options: bool) -> None:
    """What does not go together, or names no format, is wrong usage."""
    from commonplace import exports

    for name, given in options.items():
        if given:
            _only(output, exports.with_option(name), name)
    if json and output is not None:
        raise typer.BadParameter("standard output or a file, not both", param_hint="--json")
    if output is not None and (problem := exports.problem(output)):
        raise typer.BadParameter(problem, param_hint="-o")


@dataclass(frozen=True, slots=True)
class Out:
    """Where a table goes, and how: what the options of `options.written` were given."""

    output: Path | None = None
    json: bool = False
    raw: bool = False
    bom: bool = False

    def check(self) -> None:
        """Refuses wrong usage before a command that takes its time has begun."""
        _check(self.output, json=self.json, raw=self.raw, bom=self.bom)

    def show(self, table: Table, **options: bool) -> None:
        """Shows a table there; `options` as in `show`."""
        show(table, json=self.json, output=self.output, raw=self.raw, bom=self.bom, **options)


def remark_on_consent(table: Table) -> None:
    """Says of passages that stand without a note what was left out, or must not be quoted."""
    from commonplace.workflows.quotable import about_consent

    for remark in about_consent(table):
        complain(remark)


def show_linked(themes: Table, quotes: Table, output: Path | None, *, direct: bool) -> None:
    """Writes a workbook in which the frequencies of themes lead to their quotes."""
    from commonplace.analysis.quote_desk import LEFT_OUT
    from commonplace.exports import replacing_bytes
    from commonplace.exports.xlsx import write_linked

    themes, quotes = leaving(themes, to_file=True), leaving(quotes, to_file=True)
    with replacing_bytes(_only(output, (".xlsx",), "with_quotes").resolve()) as stream:
        write_linked(themes, quotes, stream, direct=direct)
    say(f"wrote {output}")
    for remark in quotes.remarks:
        if LEFT_OUT in remark:
            complain(
                f"{remark} Numbers of quotes count them; what they lead to does not hold them."
            )


def _only(output: Path | None, endings: tuple[str, ...], option: str) -> Path:
    """The file asked for; an option that its format has not is wrong usage."""
    if output is None or output.suffix.casefold() not in endings:
        raise typer.BadParameter(
            f"only for a file that ends in {' or '.join(endings)}: name one with -o",
            param_hint=f"--{option.replace('_', '-')}",
        )
    return output


@contextmanager
def counter() -> Iterator[Counter]:
    """A line on standard error that counts, and goes when the work is done."""
    line = Counter()
    try:
        yield line
    finally:
        line.clear()


class Counter:
    """Called with what is done, how far it is, and of how much (0: not known).

    Silent where nobody watches; written ten times a second at most, and at the end.
    """

    def __init__(self) -> None:
        self._shown = 0
        self._next = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Shows where the work stands."""
        moment = time.monotonic()
        if (moment < self._next and done != total) or not sys.stderr.isatty():
            return
        self._next = moment + 0.1
        text = f"{step}: {done}" + (f" of {total}" if total else "")
        sys.stderr.write("\r" + text.ljust(self._shown))
        sys.stderr.flush()
        self._shown = len(text)

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()
            self._shown = 0
