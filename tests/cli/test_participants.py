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


def test_a_table_is_changed_elsewhere_and_read_in_again(
    commonplace: Commonplace, imported: Path, tmp_path: Path
) -> None:
    file, sheet = tmp_path / "people.csv", tmp_path / "people.xlsx"
    commonplace("participants", imported, "set", "Rosa", "Ken", "nation='Wales", "wave=1")
    commonplace("participants", imported, "set", "Rosa", "since=2024-03-05", "no=007", "as==1")
    assert commonplace("participants", imported, "-o", file).code == 0
    assert commonplace("participants", imported, "-o", sheet).code == 0
    said = commonplace("participants", imported, "import", sheet, "--clear", "--json")
    assert (said.code, said.json, said.err) == (0, [], "")
    said = commonplace("participants", imported, "import", file, "--clear", "--json")
    assert (said.code, said.json) == (0, [])
    file.write_text(file.read_text(encoding="utf-8").replace("Ken", "Kenneth", 1), "utf-8")
    tried = commonplace("participants", imported, "import", file, "--json", "--dry-run")
    assert [row["after"] for row in tried.json] == ["Kenneth"]
    assert "Ken" in people(commonplace, imported)
    assert commonplace("participants", imported, "import", file).code == 0
    assert people(commonplace, imported).keys() == {"Kenneth", "Rosa"}


def test_rows_about_nobody_are_listed_and_the_others_taken(
    commonplace: Commonplace, imported: Path, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,nation\nRosa,Wales\nRoza,Wales\n", encoding="utf-8")
    said = commonplace("participants", imported, "import", file)
    assert said.code == 3 and "line 3" in said.err
    assert people(commonplace, imported)["Rosa"]["nation"] == "Wales"


def test_values_are_held_against_the_type_of_an_attribute(
    commonplace: Commonplace, imported: Path, tmp_path: Path
) -> None:
    typed = ("attribute", "nation", "--type", "choice", "--value", "Wales", "--value", "England")
    assert commonplace("participants", imported, *typed).code == 0
    said = commonplace("participants", imported, "set", "Rosa", "nation=Walse")
    assert said.code == 1 and "did you mean Wales" in said.err and "--new-values" in said.err
    file = tmp_path / "people.csv"
    file.write_text("name,nation\nRosa,Wales\nKen,Ingland\n", encoding="utf-8")
    said = commonplace("participants", imported, "import", file)
    assert said.code == 1 and "line 3, Ken, nation: 'Ingland'" in said.err
    assert people(commonplace, imported)["Rosa"]["nation"] is None
    said = commonplace("participants", imported, "import", file, "--new-values")
    assert said.code == 0
    (row,) = commonplace("participants", imported, "types", "--json").json
    assert row["type"] == "choice" and row["declared"] and row["people"] == 2
    assert row["values"] == "Wales; England; Ingland"


def test_an_attribute_is_renamed_and_removed(commonplace: Commonplace, imported: Path) -> None:
    commonplace("participants", imported, "set", "Rosa", "nashun=Wales")
    assert (
        commonplace("participants", imported, "attribute", "nashun", "--rename", "nation").code == 0
    )
    assert people(commonplace, imported)["Rosa"]["nation"] == "Wales"
    assert commonplace("participants", imported, "attribute", "nation", "--remove").code == 0
    assert "nation" not in people(commonplace, imported)["Rosa"]
    assert commonplace("participants", imported, "attribute", "x").code == 2
    assert commonplace("participants", imported, "attribute", "x", "--type", "y").code == 2
    assert commonplace("participants", imported, "attribute", "x", "--remove").code == 1


def test_many_are_described_by_a_condition(commonplace: Commonplace, imported: Path) -> None:
    commonplace("participants", imported, "set", "Rosa", "nation=Wales")
    said = commonplace("participants", imported, "set", "--where", "nation=Wales", "role=resident")
    assert said.code == 0, said.err
    assert people(commonplace, imported)["Rosa"]["role"] == "resident"
    assert people(commonplace, imported)["Ken"]["role"] is None
    rows = commonplace("participants", imported, "--where", "role=resident", "--json").json
    assert [row["name"] for row in rows] == ["Rosa"]
    assert commonplace("participants", imported, "set", "--where", "role=x", "a=b").code == 1
    assert commonplace("participants", imported, "set", "a=b").code == 2
    assert commonplace("participants", imported, "set", "Rosa", "Ken").code == 2


def test_two_labels_are_one_person_and_two_again(commonplace: Commonplace, imported: Path) -> None:
    assert commonplace("participants", imported, "join", "Rosa", "P01:Ken").code == 0
    assert list(people(commonplace, imported)) == ["Rosa"]
    assert commonplace("participants", imported, "join", "Rosa", "Rosa").code == 1
    assert commonplace("participants", imported, "apart", "P01:Ken").code == 0
    assert commonplace("participants", imported, "rename", "Ken", "Kenneth").code == 0
    assert set(people(commonplace, imported)) == {"Kenneth", "Rosa"}
    assert commonplace("participants", imported, "apart", "P01:Ken").code == 1
