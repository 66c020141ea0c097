"""quote: what is decided about one quote, or a few."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonplace.cli.groups import Verb, add, add_verbs, finish
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath
from commonplace.cli.output import Out, complain, say, tell, tell_json

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.project.quotes import Place

QuoteId = Annotated[str, typer.Argument(metavar="QUOTE-ID", help="As `quotes` lists it.")]
QuoteIds = Annotated[list[str], typer.Argument(metavar="QUOTE-ID", help="As `quotes` lists them.")]
_ID = "0b9d6c1e-6f0a-4c57-8a39-2f6f7a8b9c0d"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    verbs = add_verbs(
        app,
        "quote",
        "List what is on the quote desk; edit, mark and clear quotes.\n\n"
        "What is decided about a passage holds for all codes on it, and stays when they change.",
        "commonplace quote study.commonplace",
        f'commonplace quote study.commonplace publish {_ID} "There is no bus […]"',
    )
    add(verbs, "list", list_, cls=Verb, passages=True)
    for name, command, examples in (
        ("show", show_, [f"show {_ID}"]),
        ("try", try_, [f'try {_ID} "There is […] bus"']),
        (
            "publish",
            publish,
            [f'publish {_ID} "There is no bus […]"', f"publish {_ID} --file edited.txt"],
        ),
        ("override", override, [f'override {_ID} --reason "agreed with the participant"']),
        ("mark", mark, [f"mark shortlist {_ID}", f"mark star {_ID} --off"]),
        ("embargo", embargo, [f"embargo {_ID} --until 2026-08-01", f"embargo {_ID} --lift"]),
        ("consent", consent, [f"consent {_ID} --quote no", f"consent {_ID} --name yes"]),
        ("note", note, [f'note {_ID} "Ask her about the second half"']),
        ("use", use, [f'use {_ID} "Annual report 2026, p. 12"']),
        ("unuse", unuse, [f"unuse {_ID}"]),
    ):
        shown = [f"commonplace quote study.commonplace {line}" for line in examples]
        add(verbs, name, command, *shown, cls=Verb)


def list_(path: ProjectPath, out: Out) -> None:
    """List everything on the desk, and what holds it back."""
    from commonplace.analysis.desk_tables import desk

    with opened(path) as project:
        out.show(desk(project))


def show_(path: ProjectPath, quote: QuoteId, json: Json = False) -> None:
    """Show one quote: the words, the published version, the check, uses and notes."""
    from commonplace.analysis.desk_tables import one_quote

    with opened(path) as project:
        place = project.quotes.place(quote)
        said = one_quote(project, place)
        text = "" if said["quote"] is None else project.documents.text(place[0])
    if json:
        tell_json(said)
        return
    tell(f"{said['document']}, {said['start']} to {said['end']}")
    if said["quote"] is not None:
        tell(said["quote"])
    if said["published_quote"] is not None:
        tell(f"\nPublished: {said['published_quote']}")
        _tell_check(said["check"], text)
    if said["override"]:
        tell(f"Overridden by {said['override']['coder']}: {said['override']['reason']}")
    for name, value in (
        ("Held back", said["held_back"]),
        ("Marks", ", ".join(said["marks"])),
        ("Embargo", said["embargo"]),
        ("Note", said["note"]),
    ):
        if value:
            tell(f"{name}: {value}")
    for each in said["uses"]:
        tell(f"Used in {each['place']} ({each['use_id']})")


def try_(
    path: ProjectPath,
    quote: QuoteId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="An edited version.")],
    json: Json = False,
) -> None:
    """Check an edited version without keeping it; exit code 1 when it fails."""
    from commonplace.analysis.desk_tables import tried

    with opened(path) as project:
        place = project.quotes.place(quote)
        found = tried(project, place, text)
        whole = project.documents.text(place[0])
    if json:
        tell_json(found)
    else:
        _tell_check(found, whole)
    if not found["ok"]:
        finish(1)


def publish(
    path: ProjectPath,
    quote: QuoteId,
    *,
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="The published version.", show_default=False),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read it from a file; - is standard input."),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Go back to the words as they were said.")
    ] = False,
    coder: Coder = None,
) -> None:
    """Keep the published version of a quote, and check it.

    Omissions stand as […], the editor's words in [brackets]; fillers and repetitions may go. A
    version that fails is kept, but is in no export (exit code 3) until it is put right or
    overridden.
    """
    if sum((text is not None, file is not None, remove)) != 1:
        raise typer.BadParameter("give a text, --file or --remove", param_hint="TEXT")
    if file is not None:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    if not remove and not (text or "").strip():
        raise typer.BadParameter("an empty version; --remove takes one back", param_hint="TEXT")
    from commonplace.analysis.desk_tables import tried

    with opened(path, coder) as project:
        place = project.quotes.place(quote)
        project.quotes.publish(place, text)
        if text is None:
            say("the words as they were said will be printed")
            return
        found = tried(project, place, text)
        whole = project.documents.text(place[0])
    _tell_check(found, whole)
    if not found["ok"]:
        complain("kept, but in no export: put it right, or `override` it with a reason")
        finish(3)


def override(
    path: ProjectPath,
    quote: QuoteId,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why; it is recorded with your name.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the decision back.")] = False,
    coder: Coder = None,
) -> None:
    """Let a published version be exported though it fails the check."""
    if remove == bool((reason or "").strip()):
        raise typer.BadParameter("give a reason, or --remove", param_hint="--reason")
    with opened(path, coder) as project:
        project.quotes.override(project.quotes.place(quote), reason or "")


def mark(
    path: ProjectPath,
    mark: Annotated[
        str, typer.Argument(metavar="MARK", help="star, shortlist, clear or withdrawn.")
    ],
    quotes: QuoteIds,
    off: Annotated[bool, typer.Option("--off", help="Take the mark off.")] = False,
    coder: Coder = None,
) -> None:
    """Mark quotes: star, shortlist, clear (for use) or withdrawn (from use)."""
    from commonplace.cli.options import choice
    from commonplace.domain.desk import Mark

    chosen = choice(Mark, mark, "MARK")
    with opened(path, coder) as project:
        project.quotes.mark(_places(project, quotes), chosen, not off)


def embargo(
    path: ProjectPath,
    quotes: QuoteIds,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The first day on which they may be used.")
    ] = None,
    lift: Annotated[bool, typer.Option("--lift", help="End the embargo.")] = False,
    coder: Coder = None,
) -> None:
    """Hold quotes back until a day, or until the embargo is lifted."""
    if lift and until is not None:
        raise typer.BadParameter("a day or --lift, not both", param_hint="--until")
    from commonplace.domain.desk import OPEN

    with opened(path, coder) as project:
        project.quotes.embargo(_places(project, quotes), None if lift else until or OPEN)


def consent(
    path: ProjectPath,
    quotes: QuoteIds,
    *,
    quote: Annotated[
        str | None, typer.Option(metavar="YES/NO", help="Whether they may be quoted.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="YES/NO", help="Whether with the name.")
    ] = None,
    audio: Annotated[str | None, typer.Option(metavar="YES/NO", help="Whether as sound.")] = None,
    coder: Coder = None,
) -> None:
    """Record what was agreed for these quotes alone: yes, no, or - for what holds otherwise.

    What a participant agreed to stands in their attributes: see `consents`.
    """
    asked = {"quote": quote, "name": name, "audio": audio}
    given = {what: _agreed(value, f"--{what}") for what, value in asked.items() if value}
    if not given:
        raise typer.BadParameter("one of --quote, --name, --audio", param_hint="--quote")
    with opened(path, coder) as project:
        places = _places(project, quotes)
        with project.transaction("recorded consent for quotes"):
            for what, value in given.items():
                project.quotes.consent(places, what, value)


def note(
    path: ProjectPath,
    quote: QuoteId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note; empty removes it.")],
    coder: Coder = None,
) -> None:
    """Write the desk's note on a quote."""
    with opened(path, coder) as project:
        project.quotes.note(project.quotes.place(quote), text)


def use(
    path: ProjectPath,
    quote: QuoteId,
    where: Annotated[
        str, typer.Argument(metavar="WHERE", help="Such as 'Annual report 2026, p. 12'.")
    ],
    coder: Coder = None,
) -> None:
    """Note where a quote was printed or shown; prints the id of the use.

    What must not leave is refused.
    """
    from commonplace.analysis.desk_tables import one_quote

    with opened(path, coder) as project:
        place = project.quotes.place(quote)
        said = one_quote(project, place)
        if said["held_back"]:
            complain(f"Error: this quote must not be used: {said['held_back']}")
            finish(1)
        tell(project.quotes.use(place, where, said["published_quote"] or said["quote"]))


def unuse(
    path: ProjectPath,
    use: Annotated[str, typer.Argument(metavar="USE-ID", help="As `quote show` lists it.")],
    coder: Coder = None,
) -> None:
    """Take back the note of a use."""
    with opened(path, coder) as project:
        project.quotes.unuse(use)


def _places(project: Project, quotes: list[str]) -> list[Place]:
    return list(map(project.quotes.place, quotes))


def _agreed(value: str, option: str) -> bool | None:
    from commonplace.domain.consent import NO, YES

    word = value.strip().casefold()
    if word == "-":
        return None
    if word not in YES | NO:
        raise typer.BadParameter(f"'{value}': yes, no or -", param_hint=option)
    return word in YES


def _tell_check(found: dict[str, Any], text: str) -> None:
    """What the check found, in lines."""
    tell("Passes: undoing the edits gives back what was said." if found["ok"] else "Fails:")
    for problem in found["problems"]:
        tell(f"  {problem['message']}")
    if found["warnings"]:
        tell("Look again:")
    for warning in found["warnings"]:
        tell(f"  {warning['message']}")
    gone = [f"{text[d['start'] : d['end']]!r} ({d['why']})" for d in found["dropped"]]
    if gone:
        tell("Left out: " + ", ".join(gone))
