"""The demo, made once by the real command, and what can be done with it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commonplace.domain.people import ATTRIBUTION_ORDER
from commonplace.project import Project
from tests.cli.conftest import Commonplace

THEME_COLUMNS = (
    "code, code_path, quotes, transcripts, transcripts_of, participants, participants_of, words, "
    "words_of, share_of_words"
)
QUOTE_COLUMNS = (
    "quote_id, code, code_path, quote, published_quote, speaker, attribution, document, turn, "
    "start, end, before, after, other_codes, coder, origin, score, coded_at, memo"
)
SUGGESTION_COLUMNS = (
    "suggestion_id, document, start, end, quote, code, code_path, score, reasons, status, "
    "notice, codebook, learnt, like"
)


@dataclass(frozen=True)
class Demo:
    folder: Path
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """`commonplace demo --headless` in an empty folder."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "commonplace", "demo", "--headless"],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "COMMONPLACE_CODER": "Amira"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Demo(folder, done.returncode, done.stdout, done.stderr)


@pytest.fixture
def demo(made: Demo, tmp_path: Path) -> Path:
    """A copy of the demo project."""
    return Path(shutil.copy(made.folder / "demo.commonplace", tmp_path / "demo.commonplace"))


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_headless_it_prints_themes_and_writes_files(made: Demo) -> None:
    assert (made.code, made.err) == (0, "")
    assert "Housing/Damp and repairs" in made.out and "5 of 9" in made.out
    files = ["demo.commonplace", "demo-quotes.csv", "demo-themes.csv", "demo-report.html"]
    assert made.out.split()[-4:] == files
    assert sorted(path.name for path in made.folder.glob("demo*")) == sorted(files)
    assert not list(made.folder.glob(".demo*"))
    themes = rows(made.folder / "demo-themes.csv")
    assert ", ".join(themes[0]) == THEME_COLUMNS
    assert len(themes) >= 36
    quotes = rows(made.folder / "demo-quotes.csv")
    assert ", ".join(list(quotes[0])[:19]) == QUOTE_COLUMNS
    assert tuple(list(quotes[0])[19:23]) == ATTRIBUTION_ORDER
    assert len(quotes) >= 200


def test_the_quotes_are_attributed_and_never_name_anyone(made: Demo) -> None:
    quotes = rows(made.folder / "demo-quotes.csv")
    assert all(row["attribution"].count(", ") >= 3 for row in quotes)
    names = {row["name"] for row in rows(_samples() / "participants.csv")}
    assert not [row for row in quotes for name in names if name in row["attribution"]]


def test_it_holds_the_samples_with_their_coders(commonplace: Commonplace, demo: Path) -> None:
    documents = commonplace("documents", demo, "--json").json
    assert len(documents) == 9
    assert {row["format"] for row in documents} == {"docx", "vtt", "srt", "txt", "md"}
    assert all(row["interviewee_words"] >= 1500 for row in documents)
    codings = commonplace("codings", demo, "--json").json
    wanted = rows(_samples() / "codings.csv")
    found = {(r["document"], r["coder"], r["quote"], r["code_path"]) for r in codings}
    assert found == {(r["document"], r["coder"], r["quote"], r["code"]) for r in wanted}
    assert {row["origin"] for row in codings} == {"manual"}
    people = commonplace("participants", demo, "--json").json
    assert len({row["participant_id"] for row in people}) == 9
    assert sorted(r["wave"] for r in people if r["name"] == "Kayleigh") == ["1", "2"]
    with Project.open(demo) as project:
        done = {info.name: project.documents.done(info.id) for info in project.documents.all()}
    assert {(name, coder) for name, coders in done.items() for coder in coders} == {
        (row["document"], row["coder"]) for row in rows(_samples() / "done.csv")
    }
    assert commonplace("check", demo).code == 0


def test_suggestions_are_for_whoever_makes_it_and_a_new_user_has_nothing_to_undo(
    demo: Path,
) -> None:
    with Project.open(demo) as project:
        assert project.suggestions.pending()
    with Project.open(demo, coder="A new user") as project:
        assert project.suggestions.pending() == []
        with pytest.raises(ValueError, match="nothing to undo"):
            project.journal.undo()


def test_a_demo_that_is_there_is_left_as_it_is(
    commonplace: Commonplace, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commonplace("code", demo, "ln03-practitioner-london", 100, 120, "Housing")
    history = commonplace("history", demo, "--json").out
    monkeypatch.chdir(demo.parent)
    said = commonplace("demo", "--headless")
    assert said.code == 0
    assert commonplace("history", demo, "--json").out == history


def test_what_is_called_like_it_and_is_none_is_refused(
    commonplace: Commonplace, tmp_path: Path
) -> None:
    (tmp_path / "demo.commonplace").write_text("mine")
    said = commonplace("demo", "--headless", "--dir", tmp_path)
    assert said.code == 1
    assert (tmp_path / "demo.commonplace").read_text() == "mine"


def test_suggestions_are_decided_by_script(commonplace: Commonplace, demo: Path) -> None:
    listed = commonplace("suggest", demo, "--limit", 3, "--coder", "Zoë", "--json").json
    assert ", ".join(listed[0]) == SUGGESTION_COLUMNS
    assert [row["score"] for row in listed] == sorted((r["score"] for r in listed), reverse=True)
    assert all(0 <= row["score"] <= 1 and row["reasons"] for row in listed)
    first, second, third = (row["suggestion_id"] for row in listed)
    said = commonplace("accept", demo, first, "nonsense", "--coder", "Zoë")
    assert said.code == 1 and "no suggestion 'nonsense'" in said.err and said.out == ""
    accepted = commonplace("accept", demo, first, second, first, "--coder", "Zoë")
    assert accepted.code == 0 and len(accepted.lines) == 2
    reason = ["--reason", "about something else"]
    assert commonplace("reject", demo, third, *reason, "--coder", "Zoë").code == 0
    mine = commonplace("codings", demo, "--coder", "Zoë", "--json").json
    assert {row["coding_id"] for row in mine} == set(accepted.lines)
    assert {(row["origin"], row["quote"]) for row in mine} == {
        ("accepted", row["quote"]) for row in listed[:2]
    }
    assert {row["score"] for row in mine} == {row["score"] for row in listed[:2]}
    by_document = ["--order", "document", "--json"]
    again = commonplace("suggest", demo, "--coder", "Zoë", *by_document).json
    places = [(row["document"], row["start"]) for row in again]
    assert places == sorted(places)
    assert not {first, second, third} & {row["suggestion_id"] for row in again}
    for verdict in ("accept", "reject"):
        twice = commonplace(verdict, demo, first, "--coder", "Zoë")
        assert twice.code == 1 and twice.out == "" and "accepted this already" in twice.err


def test_themes_by_attribute_have_a_row_for_each_value(
    commonplace: Commonplace, demo: Path
) -> None:
    found = commonplace("themes", demo, "--code", "Housing", "--by", "nation", "--json").json
    assert list(found[0])[:3] == ["code", "code_path", "nation"]
    housing = {row["nation"]: row for row in found if row["code_path"] == "Housing"}
    assert list(housing) == ["England", "Scotland", "Wales"]
    assert sum(row["transcripts_of"] for row in housing.values()) == 9


def test_balanced_quotes_alternate(commonplace: Commonplace, demo: Path) -> None:
    found = commonplace("quotes", demo, "--balance", "nation", "--limit", 3, "--json").json
    assert {row["nation"] for row in found} == {"England", "Scotland", "Wales"}


def test_search_finds_turns(commonplace: Commonplace, demo: Path) -> None:
    found = commonplace("search", demo, "damp", "--where", "nation=Wales", "--json").json
    assert found and all("damp" in row["speech"].casefold() for row in found)
    assert all("Wales" in row["attribution"] for row in found)
    assert commonplace("search", demo, "…").code == 1


@pytest.mark.parametrize("extension", ["csv", "json", "md"])
def test_tables_are_written_by_extension(
    commonplace: Commonplace, demo: Path, tmp_path: Path, extension: str
) -> None:
    for command in ("quotes", "themes", "codings", "memos"):
        file = tmp_path / f"{command}.{extension}"
        said = commonplace(command, demo, "-o", file)
        assert (said.code, said.out) == (0, "")
        assert file.stat().st_size > 0
    if extension == "json":
        exported: Any = json.loads((tmp_path / "quotes.json").read_text())
        assert exported == commonplace("quotes", demo, "--json").json


def test_every_list_is_one_json_document(commonplace: Commonplace, demo: Path) -> None:
    for words in (
        ["documents"], ["turns", "ln01-practitioner-wales"], ["participants"],
        ["codebook", "show"], ["codings"], ["memos"], ["quotes"], ["themes"],
        ["search", "bus"], ["history"], ["check"],
    ):  # fmt: skip
        command, *rest = words
        said = commonplace(command, demo, *rest, "--json")
        assert (said.code, said.err) == (0, ""), words
        assert isinstance(said.json, list)


def _samples() -> Path:
    from commonplace.workflows.sample import sample_folder

    return sample_folder()
