"""How a command line is read: which command is meant, and what becomes of its errors."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from commonplace.cli.names import exporting
from commonplace.cli.options import written
from commonplace.cli.output import complain, silence

ORDER = (
    *("demo", "new", "open", "import", "amend", "documents", "turns", "participants"),
    *("pseudonyms", "codebook"),
    *("code", "uncode", "recode", "codings", "memos", "suggest", "accept", "reject", "evaluate"),
    "audit",
    *("quotes", "quote", "choose", "ledger", "consents"),
    *("themes", "crosstab", "waves", "cooccurrence", "saturation"),
    *("voices", "cases"),
    *("search", "kwic", "words", "retrieve", "queries", "agreement"),
    *("report", "checklist", "history", "audit-trail", "check", "backup"),
)
"""The commands as the help lists them: in the order in which a study needs them."""

PROJECT_SUFFIX = ".commonplace"
DEFAULT = "list"
"""The verb that is meant where none is given."""


class Commands(TyperGroup):
    """The command itself. `commonplace PROJECT` stands for `commonplace open PROJECT`.

    Every error becomes one message and an exit code here: 1 for data that is refused, 130 for
    an interruption; wrong usage is 2 already.
    """

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant."""
        if args[0].endswith(PROJECT_SUFFIX):
            args = ["open", *args]
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, as `ORDER` has them."""
        return sorted(super().list_commands(ctx), key=ORDER.index)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was chosen."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has read enough, as in `commonplace codings … | head`.
            silence()
            finish(0)
        except KeyboardInterrupt:
            complain("interrupted; whatever was finished before is kept, nothing is half done")
            finish(130)
        except Exception as error:
            refuse(error)
        return result


def finish(code: int) -> NoReturn:
    """Ends the command with an exit code."""
    raise typer.Exit(code) from None


def refuse(error: Exception) -> NoReturn:
    """Tells what is wrong with the data and ends with 1; anything else is raised again."""
    import sqlite3

    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename is not None else ""
        complain(f"Error: {where}{error.strerror or error}")
    elif getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
        complain("Error: the project is write-protected; copy it to a folder of your own")
    elif isinstance(error, sqlite3.Error):
        complain(f"Error: the project file cannot be used: {error}; `commonplace check` says more")
    elif isinstance(error, ValueError):
        complain(f"Error: {error}")
    else:
        raise error
    finish(1)


class Verbs(TyperGroup):
    """A command with verbs, the project before them: `documents PROJECT done P01.txt`.

    Each verb is a command of its own whose first argument is the project; `DEFAULT` is what is
    meant without one.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the verb before the project, where commands are looked for."""
        verbs = self.commands.keys() - {DEFAULT}
        if len(args) > 1 and args[1] in verbs:
            args = [args[1], args[0], *args[2:]]
        elif args and args[0] in verbs:
            if "--help" not in args:
                ctx.fail(f"The project comes first: {ctx.command_path} PROJECT {args[0]} …")
        elif len(args) > 1 and not args[1].startswith("-") and not args[0].startswith("-"):
            known = ", ".join(sorted(verbs))
            ctx.fail(f"No such verb '{args[1]}': there are {known}.")
        elif "--help" not in args:
            args = [DEFAULT, *args]
        else:
            args = ["--help"]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """A line for every verb."""
        for name, command in self.commands.items():
            write_usage(ctx.command_path, name, command, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options that hold without a verb, then the verbs."""
        self.commands[DEFAULT].format_options(ctx, formatter)
        with formatter.section("Verbs"):
            formatter.write_dl(
                [
                    (name, command.get_short_help_str(60))
                    for name, command in self.commands.items()
                    if name != DEFAULT
                ]
            )


class Typed(typer.Context):
    """The context of a verb, which errors call as it is typed: `DEFAULT` is never typed."""

    @property
    def command_path(self) -> str:
        """The words of the command line up to the verb."""
        if self.info_name == DEFAULT and self.parent is not None:
            return self.parent.command_path
        return super().command_path


class Command(TyperCommand):
    """A command whose usage line reads as it is typed: `quotes PROJECT [OPTIONS]`."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The words of the command line, the options last."""
        formatter.write_usage(ctx.command_path, " ".join(_pieces(self, ctx)))


class Verb(Command):
    """A command that stands behind the project: `documents PROJECT done NAME...`."""

    context_class = Typed

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The words of the command line, the project before the verb."""
        write_usage(ctx.parent.command_path, ctx.info_name, self, ctx, formatter)


def write_usage(group: str, verb: str, command: Any, ctx: Any, formatter: Any) -> None:
    """Writes the usage line of one verb of a group of commands."""
    project, *rest = _pieces(command, ctx)
    words = [project, *([] if verb == DEFAULT else [verb]), *rest]
    formatter.write_usage(group, " ".join(words))


def _pieces(command: Any, ctx: Any) -> list[str]:
    options, *arguments = command.collect_usage_pieces(ctx)
    return [*(argument.replace("{", "").replace("}", "") for argument in arguments), options]


def add(
    app: typer.Typer,
    name: str,
    command: Callable[..., None],
    *examples: str,
    cls: type[Command] = Command,
    result: bool = True,
    passages: bool = False,
) -> None:
    """Adds a command, with examples at the end of its help.

    Where it writes tables to files, `result` says whether these are results, in which pseudonyms
    take the place of names, and `passages` whether these are what was said.
    """
    run = exporting(written(command), result=result, passages=passages)
    app.command(name, cls=cls, epilog=example(*examples) if examples else None)(run)


def add_verbs(app: typer.Typer, name: str, help: str, *examples: str) -> typer.Typer:
    """Adds a command with verbs; returns that to which they are added."""
    verbs = typer.Typer(cls=Verbs, rich_markup_mode=None, help=help, epilog=example(*examples))
    app.add_typer(verbs, name=name)
    return verbs


def example(*lines: str) -> str:
    """Examples at the end of a command's help, each on a line of its own."""
    title = "Examples:" if len(lines) > 1 else "Example:"
    return "\n".join(["\b", title, *(f"  {line}" for line in lines)])
