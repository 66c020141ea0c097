"""What must not leave the project with a table: names, and words that may not be quoted."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonplace.cli.signatures import option, signed

if TYPE_CHECKING:
    from commonplace.domain.table import Table
    from commonplace.project import Project

AsSpoken = Annotated[
    bool,
    typer.Option(
        "--no-pseudonyms", help="Leave names as they were spoken, where there are pseudonyms."
    ),
]

Working = Annotated[
    bool,
    typer.Option(
        "--working",
        help="For working material: keep in a file or pipe what may not be quoted.",
    ),
]


class _Asked:
    """What the command that is running was asked: whether it exports, how, and of which project."""

    exports = False
    as_spoken = False
    working = False
    project: Project | None = None


_asked = _Asked()


def note_project(project: Project) -> None:
    """Notes of which project the tables are that are shown from now on."""
    _asked.project = project


def as_spoken() -> bool:
    """Whether the command that is running was asked to leave names as they were spoken."""
    return _asked.as_spoken


def leaving(table: Table, *, to_file: bool) -> Table:
    """The table as it may leave the project: see `quotable` and `pseudonymised`. What goes to a
    file, or to standard output that is no terminal and may be one, is without words that must not
    be quoted, unless it is to be working material; on the screen they stay, with a remark. Raises
    `PseudonymError`."""
    if _asked.project is None:
        return table
    from commonplace.workflows.quotable import quotable

    on_screen = not to_file and sys.stdout.isatty()
    table = quotable(_asked.project, table, keep=_asked.working or on_screen)
    if not _asked.exports:
        return table
    from commonplace.workflows.pseudonymised import pseudonymised

    return pseudonymised(_asked.project.path, table, off=_asked.as_spoken)


def exporting(
    command: Callable[..., None], *, result: bool = True, passages: bool = False
) -> Callable[..., None]:
    """Gives a command that writes tables the options; others stay as they are.

    `result` says whether what it writes to files is a result: while it runs, `leaving` has
    pseudonyms in the place of names. `passages` says whether its rows are what was said, so that
    there is a choice of `--working`.
    """
    signature = inspect.signature(command, eval_str=True)
    result = result and "output" in signature.parameters
    options = [("as_spoken", AsSpoken)] if result else []
    options += [("working", Working)] if passages else []
    if not options:
        return command

    @wraps(command)
    def run(*, as_spoken: bool = False, working: bool = False, **given: Any) -> None:
        _asked.exports, _asked.project = result, None
        _asked.as_spoken, _asked.working = as_spoken, working
        try:
            command(**given)
        finally:
            _asked.exports, _asked.project = False, None
            _asked.as_spoken = _asked.working = False

    return signed(run, [*signature.parameters.values(), *(option(*each) for each in options)])
