"""What may not be quoted is in no file of passages, unless the file is working material."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.project import Project
from tests.cli.conftest import Commonplace

RENT = "The rent went up again"
COMMANDS = [("codings",), ("kwic", "rent"), ("memos",)]
"""One of each kind; `test_consent_everywhere` asks all."""


@pytest.fixture
def coded(commonplace: Commonplace, imported: Path) -> tuple[Path, str]:
    """A project with one passage, coded and with a memo, and the id of the quote."""
    with Project.open(imported) as project:
        (info,) = project.documents.all()
        start = project.documents.text(info.id).index(RENT)
    end = start + len(RENT)
    said = commonplace("code", imported, "P01", start, end, "Housing", "Transport")
    quote = said.out.split()[0]
    with Project.open(imported) as project, project.transaction("memo"):
        project.memos.write("Mine", coding=quote)
    return imported, quote


def written(commonplace: Commonplace, study: Path, out: Path, *words: str) -> tuple[str, str]:
    command, *rest = words
    said = commonplace(command, study, *rest, "-o", out)
    assert said.code == 0, said.err
    return out.read_text(encoding="utf-8"), said.err


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_refusal_holds_in_every_file_of_passages(
    commonplace: Commonplace, coded: tuple[Path, str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    study, _ = coded
    out = tmp_path / "out.csv"
    before, said = written(commonplace, study, out, *words)
    assert "rent" in before and said == ""
    commonplace("participants", study, "set", "Rosa", "consent_quote=no")
    after, said = written(commonplace, study, out, *words)
    assert "rent" not in after
    assert "left out (" in said and ": no consent to be quoted)" in said
    assert ("Mine" in after) == (words[0] == "memos")
    kept, said = written(commonplace, study, out, *words, "--working")
    assert "rent" in kept and "not to be quoted from" in said
    command, *rest = words
    shown = commonplace(command, study, *rest, terminal=True)
    assert "rent" in shown.out and "not to be quoted from" in shown.out
    piped = commonplace(command, study, *rest, "--json")
    assert "rent" not in piped.out and "left out (" in piped.err


def test_single_quotes_refused_or_under_embargo_stay_inside(
    commonplace: Commonplace, coded: tuple[Path, str], tmp_path: Path
) -> None:
    study, quote = coded
    out = tmp_path / "out.md"
    commonplace("quote", study, "embargo", quote, "--until", "2999-01-01")
    text, _ = written(commonplace, study, out, "codings")
    assert "rent went" not in text and "left out" in text
    text, _ = written(commonplace, study, out, "kwic", "bus")
    assert "bus" in text and "rent went" not in text
    commonplace("quote", study, "embargo", quote, "--off")
    commonplace("quote", study, "consent", quote, "--quote", "no")
    text, _ = written(commonplace, study, out, "search", "rent")
    assert "rent went" not in text


def test_a_screen_writes_no_more_than_a_command(
    commonplace: Commonplace, coded: tuple[Path, str]
) -> None:
    from commonplace.analysis.search import search
    from commonplace.workflows.quotable import about_consent, quotable

    study, _ = coded
    commonplace("participants", study, "set", "Rosa", "consent_quote=no")
    with Project.open(study) as project:
        table = quotable(project, search(project, "rent"))
        assert about_consent(table) == ["1 row left out (1: no consent to be quoted)."]
        assert list(table) == []
