"""participants: listing people, setting what is known of them, erasing them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Commonplace


def people(commonplace: Commonplace, path: Path) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in commonplace("participants", path, "--json").json}


def test_every_interviewee_is_a_person(commonplace: Commonplace, imported: Path) -> None:
    rows = commonplace("participants", imported, "--json").json
    assert [(row["name"], row["document"], row["speaker"]) for row in rows] == [
        ("Ken", "P01.txt", "Ken"),
        ("Rosa", "P01.txt", "Rosa"),
    ]


def test_attributes_are_set_changed_and_taken_away(
    commonplace: Commonplace, imported: Path
) -> None:
    said = commonplace("participants", imported, "set", "rosa", "nation=Wales", "age group=30-39")
    assert said.code == 0
    assert people(commonplace, imported)["Rosa"]["nation"] == "Wales"
    assert people(commonplace, imported)["Rosa"]["age group"] == "30-39"
    commonplace("participants", imported, "set", "Rosa", "nation=England", "age group=")
    assert people(commonplace, imported)["Rosa"]["nation"] == "England"
    assert "age group" not in people(commonplace, imported)["Rosa"]


def test_what_holds_in_one_transcript_wins_there(commonplace: Commonplace, imported: Path) -> None:
    commonplace("participants", imported, "set", "Rosa", "wave=1")
    commonplace("participants", imported, "set", "Rosa", "wave=2", "--document", "P01")
    assert people(commonplace, imported)["Rosa"]["wave"] == "2"


def test_attributes_choose_whose_speech_counts(commonplace: Commonplace, imported: Path) -> None:
    commonplace("participants", imported, "set", "Rosa", "nation=Wales")
    commonplace("code", imported, "P01", 30, 35, "Housing")

    def words_of(where: str) -> int:
        said = commonplace("themes", imported, "--where", where, "--json")
        assert said.code == 0, said.err
        return said.json[0]["words_of"]

    assert words_of("nation=Wales") == 17
    assert words_of("not nation=Wales") == 12
    assert commonplace("themes", imported, "--where", "nashun=Wales").code == 1


def test_an_unknown_person_is_refused_with_a_hint(commonplace: Commonplace, imported: Path) -> None:
    said = commonplace("participants", imported, "set", "Roza", "nation=Wales")
    assert said.code == 1 and "did you mean 'Rosa'" in said.err


def test_erasing_someone_leaves_the_others(commonplace: Commonplace, imported: Path) -> None:
    assert commonplace("participants", imported, "erase", "Rosa").code == 2
    assert commonplace("participants", imported, "erase", "Rosa", "--yes").code == 0
    assert list(people(commonplace, imported)) == ["Ken"]
    held = imported.read_bytes()
    assert b"Damp." not in held and b"They are grand" in held
    assert commonplace("check", imported).code == 0
