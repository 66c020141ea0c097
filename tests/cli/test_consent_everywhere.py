"""What may not be quoted is in no file of any command, and what was withdrawn nowhere at all.

Every command that shows a table, writes a file or prints JSON is listed here: a new one is, too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
import typer

from commonplace.analysis.quote_desk import LEFT_OUT
from commonplace.analysis.suggestions import suggestions
from commonplace.cli.groups import DEFAULT
from commonplace.cli.main import app
from commonplace.domain.desk import Mark
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.project.audits import Drawn, Sample
from commonplace.workflows.quotable import quotable
from tests.cli.conftest import Commonplace, call

REFUSED, WITHDRAWN = "zaffre", "quagga"
"""Words that only she says who may not be quoted, and only he who has withdrawn."""

SPOKEN = {
    "Ken": "The rooms are grand and the bus is late.",
    "Rosa": f"The {REFUSED} rent and the {REFUSED} damp went up again.",
    "Wyn": f"The {WITHDRAWN} rent and the {WITHDRAWN} bus went too.",
    "Ros": f"She said the {REFUSED} landlord was gone.",
}
"""Ros is another label of Rosa, in the transcript that gets corrected."""

SHOWN = {
    "history": [()],
    "check": [()],
    "amend": [("--unplaced",), ("P02", "--versions"), ("P02", "{again}", "--dry-run")],
    "turns": [("P01",)],
    "codings": [()],
    "memos": [()],
    "suggest": [()],
    "quotes": [(), ("--k", "1")],
    "themes": [()],
    "search": [("the",)],
    "choose": [("Housing",)],
    "ledger": [(), ("--by", "role"), ("--untypical",), ("--recall",)],
    "consents": [()],
    "crosstab": [("--by", "role")],
    "waves": [()],
    "cooccurrence": [(), ("--passages", "Housing", "Transport"), ("--matrix", "count")],
    "saturation": [()],
    "voices": [()],
    "cases": [("Housing",)],
    "kwic": [("the",), ("the", "--sort", "right")],
    "words": [("--length", "3", "--least", "1", "--all-words")],
    "retrieve": [("Housing",), ("Housing", "--as", "kwic"), ("Housing", "--as", "table")],
    "report": [()],
    "checklist": [("coreq",)],
    "audit-trail": [()],
    "documents": [()],
    "participants": [()],
    "participants types": [()],
    "pseudonyms": [()],
    "pseudonyms suggest": [()],
    "codebook": [()],
    "codebook show": [()],
    "codebook check": [()],
    "codebook usage": [()],
    "codebook rereading": [()],
    "audit": [()],
    "audit status": [()],
    "audit segments": [()],
    "audit result": [()],
    "quote": [()],
    "quote show": [("{quote}",)],
    "queries": [()],
    "agreement": [
        ("--coders", "Amira,Tom", "--all-transcripts", *more)
        for more in ((), ("--disagreements",), ("--unitizing",), ("--suggestions",))
    ],
    "agreement disagreements": [("--coders", "Amira,Tom", "--all-transcripts")],
    "agreement consensus": [()],
}
"""What each command is asked, once for each kind of table that it has."""

CHANGING = {
    *("import", "code", "accept", "participants import", "audit start", "audit finish"),
    *("agreement settle", "agreement adopt"),
}
"""They say what they have done."""

COUNTING = {"evaluate", "codebook diff", "quote try"}
"""They say how good a thing is that they are given."""

FOLDERS = {"audit-trail": "trail", "report": "report.html"}


NEVER_KEPT = {"quotes", "audit-trail"}
"""They leave out without a choice of `--working`."""


def leaves(command: typer.core.TyperCommand, *path: str) -> Iterator[tuple[str, set[str]]]:
    """Each command with the names of its options."""
    if isinstance(command, typer.core.TyperGroup):
        for name, below in command.commands.items():
            yield from leaves(below, *path, name)
    else:
        yield (
            " ".join(name for name in path if name != DEFAULT),
            {option.name for option in command.params},
        )


OFFERS = dict(leaves(typer.main.get_command(app)))


def test_no_command_is_forgotten() -> None:
    showing = {name for name, options in OFFERS.items() if options & {"json", "output"}}
    assert showing == SHOWN.keys() | CHANGING | COUNTING


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, template: Path) -> dict[str, str]:
    """A project in which everything is about those three, and what commands want to know of it."""
    folder = tmp_path_factory.mktemp("held")
    study = Path(shutil.copy(template, folder / "study.commonplace"))
    first, second, again = (folder / name for name in ("P01.txt", "P02.txt", "again.txt"))
    said = [f"{who}: {SPOKEN[who]}" for who in ("Ken", "Rosa", "Wyn")]
    first.write_text("Int: How is it?\n\n" + "\n\n".join(said), encoding="utf-8")
    second.write_text(f"Int: And then?\n\nRos: {SPOKEN['Ros']}\n", encoding="utf-8")
    again.write_text("Int: And then?\n\nRos: Nothing of the kind.\n", encoding="utf-8")
    speakers = [word for who in ("Int", *SPOKEN) for word in ("--is-speaker", who)]
    assert call("import", study, first, second, *speakers).code == 0
    with Project.open(study, coder="Tom") as project:
        _code(project, from_word=8)
    with Project.open(study, coder="Amira") as project:
        quote = _code(project, from_word=4)
        _propose(project)
        _audit(project)
    assert call("agreement", study, "adopt", "--all-transcripts").code == 0
    assert call("amend", study, "P02", again).code == 3
    for who, value in (("Ken", "quote=yes"), ("Rosa", "quote=no"), ("Ros", "quote=no")):
        assert call("participants", study, "set", who, f"consent_{value}", "role=r").code == 0
    assert call("participants", study, "set", "Wyn", "withdrawn=yes", "wave=1").code == 0
    return {"study": str(study), "quote": quote, "again": str(first)}


def _places(project: Project) -> list[tuple[str, Span]]:
    """Where each sentence stands."""
    texts = [(info.id, project.documents.text(info.id)) for info in project.documents.all()]
    return [
        (document, Span(text.index(words), text.index(words) + len(words)))
        for words in SPOKEN.values()
        for document, text in texts
        if words in text
    ]


def _code(project: Project, from_word: int) -> str:
    """Codes, notes, stars, edits and uses every sentence; returns the first quote."""
    quotes = []
    alone = project.codes.find("Overcrowding" if project.coder == "Tom" else "Homelessness").id
    for document, span in _places(project):
        project.codings.add(document, span, alone)
        for code, start in (("Housing", span.start), ("Transport", span.start + from_word)):
            part = Span(start, span.end)
            quotes.append(project.codings.add(document, part, project.codes.find(code).id).id)
        project.memos.write("Mine", coding=quotes[-1])
        place = project.quotes.place(quotes[-1])
        project.quotes.mark([place], Mark.STAR)
        project.quotes.publish(place, _words(project, document, part))
        project.quotes.use(place, "Report", "words")
    project.codes.update(project.codes.find("Housing").id, definition="Homes.", reread=True)
    return quotes[0]


def _propose(project: Project) -> None:
    """Proposes every sentence under two codes, of which one is rejected."""
    codes = [project.codes.find(name).id for name in ("Jobs and income", "Local environment")]
    made = [
        Suggestion(document, span, code, 0.6, (_words(project, document, span),))
        for document, span in _places(project)
        for code in codes
    ]
    for document in {each.document for each in made}:
        project.suggestions.replace(document, [each for each in made if each.document == document])
    project.suggestions.finish_run()
    for each in made:
        if each.code == codes[0]:
            project.suggestions.reject(each.id, "not so")


def _words(project: Project, document: str, span: Span) -> str:
    return project.documents.part(document, span.start, span.end)


def _audit(project: Project) -> None:
    """Audits every sentence."""
    code = project.codes.find("Local environment").id
    drawn = tuple(Drawn(document, span, (code,)) for document, span in _places(project))
    audit = project.audits.start(Sample("sentence", 1, 4, 2, 0, (code,), drawn))
    for segment in project.audits.segments(audit.id):
        project.audits.answer(segment.id, [code])
    project.audits.finish(audit.id)


@pytest.mark.parametrize("name", SHOWN)
def test_a_command_heeds_consent(
    commonplace: Commonplace, held: dict[str, str], tmp_path: Path, name: str
) -> None:
    command, *verb = name.split()
    for words in SHOWN[name]:
        asked = [command, held["study"], *verb, *(word.format(**held) for word in words)]
        if "output" in OFFERS[name]:
            out = tmp_path / FOLDERS.get(name, "out.csv")
            text, left_out = _written(commonplace, asked, out)
            assert not left_out or name in NEVER_KEPT or "working" in OFFERS[name]
            assert REFUSED not in text and WITHDRAWN not in text, words
        if "json" in OFFERS[name]:
            with patch("commonplace.suggest.client.run_once"):
                shown = commonplace(*asked, *(["--json"] if name != "suggest" else []))
            assert shown.code in {0, 3}, shown.err
            assert WITHDRAWN not in shown.out, words
            assert REFUSED not in shown.out or name in {"turns", "quote show"}, words
            assert LEFT_OUT not in shown.err or name in NEVER_KEPT or "working" in OFFERS[name]


def _written(commonplace: Commonplace, asked: list[str], out: Path) -> tuple[str, bool]:
    said = commonplace(*asked, "-o", out)
    assert said.code in {0, 3}, said.err
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    return "".join(file.read_text(encoding="utf-8") for file in files), LEFT_OUT in said.err


def test_what_is_proposed_leaves_a_screen_without_what_must_not(held: dict[str, str]) -> None:
    with Project.open(Path(held["study"]), coder="Amira") as project:
        proposed = suggestions(project)
        assert REFUSED in str(list(proposed))
        leaving = quotable(project, proposed)
        assert leaving.remarks[-1].startswith("1 row left out (1: no consent")
        assert not any(word in str(list(leaving)) for word in (REFUSED, WITHDRAWN))


def test_who_has_withdrawn_is_no_rest_against_which_others_are_counted(
    commonplace: Commonplace, held: dict[str, str]
) -> None:
    rows = commonplace("words", held["study"], "--json").json
    assert rows and {row["rest_of"] for row in rows} == {0}


def test_working_material_keeps_what_was_refused(
    commonplace: Commonplace, held: dict[str, str], tmp_path: Path
) -> None:
    for name in ("quote", "agreement disagreements", "audit segments", "codebook rereading"):
        command, *verb = name.split()
        asked = [command, held["study"], *verb, *SHOWN[name][0]]
        out = tmp_path / "out.csv"
        kept, _ = _written(commonplace, [*asked, "--working"], out)
        assert REFUSED in kept and WITHDRAWN not in kept, name
        without, left_out = _written(commonplace, asked, out)
        assert left_out and len(kept.splitlines()) == len(without.splitlines())
        assert "not to be quoted from" in commonplace(*asked, terminal=True).out
