"""codebook: the verbs that change codes, and what those need who change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.groups import Verb, add
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, ProjectPath, filtered
from commonplace.cli.output import Out, complain, say, tell

if TYPE_CHECKING:
    from commonplace.project import Project

CodePath = Annotated[
    str, typer.Argument(metavar="CODE", help="A code by its path, or by its name if unique.")
]
Codings = Annotated[
    list[str], typer.Argument(metavar="CODING-ID...", help="As `codings` lists them.")
]
Below = Annotated[bool, typer.Option("--sub-codes", help="Its sub-codes as well.")]
Reread = Annotated[
    bool,
    typer.Option(
        "--reread",
        help="What it means has changed: mark its codings to be read again.",
    ),
]


def _text(name: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar="TEXT", help=help, show_default=False
    )
    return option


def register(book: typer.Typer) -> None:
    """Adds the verbs."""
    for name, verb, example in (
        ("add", add_code, "add Housing/Lettings --definition 'How homes are let.'"),
        ("edit", edit, "edit Rent --definition 'What a home costs.' --reread"),
        ("rename", rename, "rename Housing/Rent Costs"),
        ("move", move, "move Housing/Rent --under 'Jobs and income'"),
        ("reorder", reorder, "reorder Transport 1"),
        ("merge", merge, "merge Mould 'Housing/Damp and repairs'"),
        ("split", split, "split Housing --into Housing/Lettings --containing landlord"),
        ("retire", retire, "retire Transport --sub-codes"),
        ("restore", restore, "restore Transport --sub-codes"),
        ("remove", remove, "remove Transport/Boats"),
        ("usage", filtered(usage, without="codes"), "usage"),
        ("rereading", rereading, "rereading --json"),
        ("confirm", confirm, "confirm 0b9d6c1e-6f0a-4c57-8a39-2f6f7a8b9c0d"),
    ):
        add(
            book,
            name,
            verb,
            f"commonplace codebook study.commonplace {example}",
            cls=Verb,
            passages=verb is rereading,
        )


def add_code(
    path: ProjectPath,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The path of the new code.")],
    definition: Annotated[str, _text("definition", "What it means.")] = "",
    coder: Coder = None,
) -> None:
    """Add a code, with those above it where they are missing; prints its id."""
    from commonplace.project import DuplicateError

    with opened(path, coder) as project:
        if project.codes.codebook().at(code) is not None:
            raise DuplicateError(f"there is a code '{code}' already")
        with project.transaction(f"added the code '{code}'"):
            made = project.codes.make(code)
            project.codes.update(made, definition=definition)
    tell(made)


def edit(
    path: ProjectPath,
    code: CodePath,
    *,
    definition: Annotated[str | None, _text("definition", "What it means.")] = None,
    include: Annotated[str | None, _text("include", "When to apply it.")] = None,
    exclude: Annotated[str | None, _text("exclude", "When not to.")] = None,
    anchor: Annotated[str | None, _text("anchor", "An example that fits.")] = None,
    near_miss: Annotated[
        str | None, _text("near-miss", "An example that only seems to fit.")
    ] = None,
    keyword: Annotated[
        list[str] | None,
        typer.Option(
            "--keyword",
            metavar="WORDS",
            help="Instead of its keywords; repeatable, '' for none.",
            show_default=False,
        ),
    ] = None,
    color: Annotated[
        str | None, _text("color", "#rrggbb, the name of a colour, or '' for none of its own.")
    ] = None,
    reread: Reread = False,
    coder: Coder = None,
) -> None:
    """Change the entry of a code. An empty text empties the field."""
    given = {
        "definition": definition,
        "include": include,
        "exclude": exclude,
        "anchor": anchor,
        "near_miss": near_miss,
    }
    fields: dict[str, object] = {
        name: text.strip() for name, text in given.items() if text is not None
    }
    if keyword is not None:
        fields["keywords"] = tuple(dict.fromkeys(w for w in map(_one_line, keyword) if w))
    if color is not None:
        fields["color"] = _color(color)
    if not fields:
        raise typer.BadParameter("say what is to be changed: --definition, --include, …")
    with opened(path, coder) as project:
        found = project.codes.find(code)
        marked = project.codes.update(found.id, reread=reread, **fields)
        codings = project.codes.counts().get(found.id, 0)
    if marked:
        say(f"changed; {marked} codings are to be read again: see `codebook {path} rereading`")
    elif codings and not reread and {"definition", "include", "exclude"} & fields.keys():
        complain(f"changed; {codings} codings stay as they are (--reread marks them)")


def rename(
    path: ProjectPath,
    code: CodePath,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
    coder: Coder = None,
) -> None:
    """Give a code another name."""
    with opened(path, coder) as project:
        project.codes.rename(project.codes.find(code).id, name)


def move(
    path: ProjectPath,
    code: CodePath,
    under: Annotated[
        str | None,
        typer.Option("--under", metavar="CODE", help="Under this code; else to the top level."),
    ] = None,
    coder: Coder = None,
) -> None:
    """Put a code, with all below it, under another or at the top level."""
    with opened(path, coder) as project:
        parent = project.codes.find(under).id if under is not None else None
        project.codes.move(project.codes.find(code).id, parent)


def reorder(
    path: ProjectPath,
    code: CodePath,
    place: Annotated[
        int, typer.Argument(min=1, metavar="PLACE", help="1 is before all beside it.")
    ],
    coder: Coder = None,
) -> None:
    """Put a code at a place among those beside it."""
    with opened(path, coder) as project:
        at = project.codes.reorder(project.codes.find(code).id, place - 1)
    say(f"'{code}' is at place {at + 1}")


def merge(
    path: ProjectPath,
    code: CodePath,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The code that stays.")],
    coder: Coder = None,
) -> None:
    """Make one code of two: codings, sub-codes, memos and decisions go to the second."""
    with opened(path, coder) as project:
        one, other = project.codes.find(code), project.codes.find(into)
        done = project.codes.merge(one.id, other.id)
    joined = f"; {done.joined} were there already and are one now" if done.joined else ""
    say(f"{done.moved} codings of '{one.name}' are '{other.name}' now{joined}")


def split(
    path: ProjectPath,
    code: CodePath,
    *,
    into: Annotated[
        str, typer.Option("--into", metavar="CODE", help="Where they go; made if it is not there.")
    ],
    coding: Annotated[
        list[str] | None,
        typer.Option("--coding", metavar="CODING-ID", help="This coding; repeatable."),
    ] = None,
    containing: Annotated[
        str, typer.Option("--containing", metavar="WORDS", help="All in whose words these stand.")
    ] = "",
    coder: Coder = None,
) -> None:
    """Give some of the codings of a code to another code."""
    if not coding and not containing.strip():
        raise typer.BadParameter("say which: --coding ID or --containing WORDS")
    with opened(path, coder) as project:
        one = project.codes.find(code)
        chosen = [*(coding or ()), *_containing(project, one.id, containing)]
        if not chosen:
            complain(f"no coding of '{one.name}' contains '{containing}': nothing was split off")
            raise typer.Exit(1)
        with project.transaction(f"split '{one.name}' into '{into}'"):
            known = project.codes.codebook().find(into)
            done = project.codes.split(
                one.id, chosen, known.id if known else project.codes.make(into)
            )
    joined = f"; {done.joined} were there already and are one now" if done.joined else ""
    say(f"{done.moved} codings of '{one.name}' are '{into}' now{joined}")


def retire(path: ProjectPath, code: CodePath, below: Below = False, coder: Coder = None) -> None:
    """Take a code out of use: it is not offered or suggested any more, its codings stay."""
    with opened(path, coder) as project:
        number = project.codes.retire(project.codes.find(code).id, below=below)
    say(f"{number} codes retired" if number else f"'{code}' is retired already")


def restore(path: ProjectPath, code: CodePath, below: Below = False, coder: Coder = None) -> None:
    """Bring a retired code back."""
    with opened(path, coder) as project:
        number = project.codes.restore(project.codes.find(code).id, below=below)
    say(f"{number} codes are in use again" if number else f"'{code}' is in use")


def remove(path: ProjectPath, code: CodePath, coder: Coder = None) -> None:
    """Remove a code that is not used; one that is can be merged or retired."""
    with opened(path, coder) as project:
        project.codes.remove(project.codes.find(code).id)


def usage(path: ProjectPath, filters: Filters, *, out: Out) -> None:
    """Show how each code by itself is used: where, by whom, and what became of suggestions."""
    from dataclasses import replace

    from commonplace.analysis.codebook_work import usage

    with opened(path) as project:
        table = usage(project, replace(filters, direct=True))
        out.show(table)


def rereading(
    path: ProjectPath,
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="Only of this code, without sub-codes.")
    ] = "",
    *,
    out: Out,
) -> None:
    """List codings made under an older definition, to be read again.

    Each is cleared by `confirm`, `recode` or `uncode`.
    """
    from commonplace.analysis.codebook_work import rereading

    with opened(path) as project:
        only = project.codes.find(code).id if code else None
        out.show(rereading(project, only))


def confirm(path: ProjectPath, codings: Codings, coder: Coder = None) -> None:
    """Say that codings still fit as their code is now defined."""
    with opened(path, coder) as project:
        count = f"{len(codings)} codings" if len(codings) > 1 else "a coding"
        with project.transaction(f"confirmed {count} as now defined"):
            for coding in codings:
                project.rereading.confirm(coding)


def _containing(project: Project, code: str, words: str) -> list[str]:
    """The codings of a code in whose words `words` stand, case and white space aside."""
    from commonplace.analysis.wording import fold

    wanted = " ".join(fold(words).split())
    if not wanted:
        return []
    rows = project.connection.execute(
        "SELECT id, exact FROM codings WHERE code_id = ? ORDER BY document_id, start", (code,)
    )
    return [coding for coding, exact in rows if wanted in " ".join(fold(exact).split())]


def _color(color: str) -> str:
    from commonplace.domain.colors import PALETTE

    known = PALETTE.get(color.strip().casefold(), color.strip())
    if known and not known.startswith("#"):
        raise typer.BadParameter(
            f"'{color}' is none of {', '.join(PALETTE)}; or write #rrggbb", param_hint="--color"
        )
    return known


def _one_line(words: str) -> str:
    return " ".join(words.split())
