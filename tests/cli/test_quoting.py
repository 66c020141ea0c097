"""The quote desk on the command line: from a coded passage to what may leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.domain.span import Span
from commonplace.project import Project
from tests.cli.conftest import Commonplace

SAID = "Damp. The rent went up again, and there is no bus after six."


@pytest.fixture
def quoted(commonplace: Commonplace, imported: Path) -> tuple[Path, str]:
    """A project with one quote, and its id."""
    with Project.open(imported) as project:
        (info,) = project.documents.all()
        start = project.documents.text(info.id).index(SAID)
    said = commonplace("code", imported, "P01", start, start + len(SAID), "Housing", "Transport")
    return imported, said.out.split()[0]


def test_a_quote_is_edited_checked_and_exported(
    commonplace: Commonplace, quoted: tuple[Path, str], tmp_path: Path
) -> None:
    study, quote = quoted
    tried = commonplace("quote", study, "try", quote, "There is a bus after six.")
    assert tried.code == 1 and "Fails" in tried.out
    kept = commonplace("quote", study, "publish", quote, "[…] There is no bus after six.")
    assert (kept.code, kept.err) == (0, "")
    assert "Passes" in kept.out and "'Damp. The rent went up again, and' (omission)" in kept.out
    shown = commonplace("quotes", study, "--json")
    assert shown.err.startswith("For work inside the team:")
    rows = shown.json
    assert {row["published_quote"] for row in rows} == {"[…] There is no bus after six."}
    with Project.open(study, coder="ben") as project:
        (info,) = project.documents.all()
        start = project.documents.text(info.id).index(SAID)
        span, housing = Span(start, start + len(SAID) - 1), project.codes.find("Housing").id
        longer = project.codings.add(info.id, span, housing).id
    said = commonplace("quotes", study, "-o", tmp_path / "quotes.docx")
    assert "Look again: 1 quote prints words" in said.err and longer in said.err
    assert "left out of the one" in commonplace("check", study).err
    assert "“Damp. The rent went up again, and”" in commonplace("check", study).err
    assert commonplace("uncode", study, longer).code == 0
    assert commonplace("quotes", study, "-o", tmp_path / "quotes.docx").err == ""
    (listed,) = commonplace("quote", study, "--json").json
    assert (listed["check"], listed["marks"], listed["held_back"]) == ("passes", "edited", "")
    assert commonplace("quote", study, "publish", quote).code == 2
    assert commonplace("quote", study, "publish", quote, "--remove").code == 0
    assert commonplace("quote", study, "--json").json == []


def test_a_version_that_fails_is_held_back_until_overridden(
    commonplace: Commonplace, quoted: tuple[Path, str], tmp_path: Path
) -> None:
    study, quote = quoted
    edited = tmp_path / "edited.txt"
    edited.write_text("There is a bus after six.\n", encoding="utf-8")
    kept = commonplace("quote", study, "publish", quote, "--file", edited)
    assert kept.code == 3 and "in no export" in kept.err
    out = tmp_path / "quotes.md"
    said = commonplace("quotes", study, "-o", out)
    assert said.code == 0 and "1 quote left out" in said.err
    assert "bus after six" not in out.read_text(encoding="utf-8")
    assert commonplace("quote", study, "use", quote, "Report").code == 1
    assert commonplace("quote", study, "override", quote).code == 2
    assert commonplace("quote", study, "override", quote, "--reason", "agreed").code == 0
    assert commonplace("quotes", study, "-o", out).err == ""
    assert "There is a bus after six" in out.read_text(encoding="utf-8")
    shown = commonplace("quote", study, "show", quote)
    assert "Overridden by Amira: agreed" in shown.out


def test_marks_notes_embargoes_and_uses(commonplace: Commonplace, quoted: tuple[Path, str]) -> None:
    study, quote = quoted
    for words in (
        ["mark", "star", quote],
        ["mark", "Clear", quote],
        ["note", quote, "first choice"],
        ["embargo", quote, "--until", "2026-01-01"],
        ["consent", quote, "--quote", "yes", "--name", "no"],
    ):
        assert commonplace("quote", study, *words).code == 0, words
    use = commonplace("quote", study, "use", quote, "Report, p. 3").out.strip()
    shown = commonplace("quote", study, "show", quote, "--json").json
    assert shown["marks"] == ["clear", "embargo", "star", "used"]
    assert shown["consent"] == {"quote": True, "name": False, "audio": None}
    assert [each["use_id"] for each in shown["uses"]] == [use]
    assert len(commonplace("quotes", study, "--mark", "star", "--json").json) == 2
    assert commonplace("quotes", study, "--mark", "withdrawn", "--json").json == []
    assert commonplace("quote", study, "unuse", use).code == 0
    assert commonplace("quote", study, "mark", "best", quote).code == 2
    assert commonplace("quote", study, "consent", quote, "--audio", "perhaps").code == 2
    assert commonplace("quote", study, "embargo", quote, "--until", "May").code == 1
    assert commonplace("quote", study, "show", "nothing").code == 1


def test_a_withdrawal_takes_everything_out_and_lists_what_was_used(
    commonplace: Commonplace, quoted: tuple[Path, str]
) -> None:
    study, quote = quoted
    commonplace("quote", study, "use", quote, "Annual report, p. 3")
    commonplace("participants", study, "set", "Rosa", "withdrawn=yes")
    assert commonplace("quotes", study, "--json").json == []
    assert SAID[:20] not in commonplace("quote", study, "show", quote).out
    said = commonplace("ledger", study)
    assert said.code == 0 and "1 use must be taken back" in said.err
    (use,) = commonplace("ledger", study, "--recall", "--json").json
    assert (use["used_in"], use["reason"]) == (
        "Annual report, p. 3",
        "the participant has withdrawn",
    )
    (rosa, *_) = commonplace("consents", study, "--json").json
    assert (rosa["participant"], rosa["withdrawn"], rosa["quote"]) == ("Rosa", True, False)


def test_quotes_are_chosen_and_the_ledger_kept_for_the_demo(
    commonplace: Commonplace, demo: Path
) -> None:
    chosen = commonplace("choose", demo, "Transport", "--limit", "4", "--json")
    assert chosen.code == 0, chosen.err
    assert [row["rank"] for row in chosen.json] == [1, 2, 3, 4]
    assert len({row["attribution"] for row in chosen.json}) == 4
    assert all(row["reason"] for row in chosen.json)
    again = commonplace("choose", demo, "Transport", "--limit", "4", "--json")
    assert again.json == chosen.json
    for row in chosen.json[:2]:
        commonplace("quote", demo, "mark", "shortlist", row["quote_id"])
        commonplace("quote", demo, "use", row["quote_id"], "Report")
    rows = commonplace("ledger", demo, "--json").json
    assert sum(row["quoted"] for row in rows) == 2
    assert [row["never"] for row in rows].count(True) == len(rows) - 2
    assert all(row["quotable"] for row in rows)
    assert sum(row["words"] for row in rows) == rows[0]["words_of"]
    groups = commonplace("ledger", demo, "--by", "nation", "--json").json
    assert sum(row["quoted"] for row in groups) == 2
    typical = commonplace("ledger", demo, "--untypical", "--code", "Transport", "--json").json
    assert [row["far"] for row in typical] == [False, False]
    assert commonplace("ledger", demo, "--by", "nation", "--recall").code == 2
    assert commonplace("choose", demo, "Nothing").code == 1
    refused = commonplace("quotes", demo, "--attribution", "{job}")
    assert refused.code == 1 and "job" in refused.err
