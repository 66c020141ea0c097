"""pseudonyms: keeping the list, and what exports look like with one."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Commonplace


def test_the_list_is_kept_from_the_command_line(
    commonplace: Commonplace, imported: Path, tmp_path: Path
) -> None:
    assert commonplace("pseudonyms", imported, "--json").json == []
    found = {row["name"] for row in commonplace("pseudonyms", imported, "suggest", "--json").json}
    assert {"Rosa", "Ken"} <= found
    assert commonplace("pseudonyms", imported, "add", "Rosa", "Anna").code == 0
    assert commonplace("pseudonyms", imported, "add", "Ken", "").code == 1
    assert commonplace("pseudonyms", imported, "suggest", "--kind", "person", "--add").code == 0
    listed = commonplace("pseudonyms", imported, "--json").json
    assert [(row["name"], row["pseudonym"]) for row in listed] == [
        ("Ken", "[person 1]"),
        ("Rosa", "Anna"),
    ]
    out = tmp_path / "key.csv"
    assert commonplace("pseudonyms", imported, "export", out).code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert commonplace("pseudonyms", imported, "remove", "Ken", "Rosa").code == 0
    assert commonplace("pseudonyms", imported, "remove", "Ken").code == 1
    assert commonplace("pseudonyms", imported, "import", out).code == 0
    assert len(commonplace("pseudonyms", imported, "--json").json) == 2
    assert commonplace("pseudonyms", imported, "suggest", "--kind", "shoe").code == 2


def test_exports_have_pseudonyms_unless_asked_not_to(
    commonplace: Commonplace, imported: Path, tmp_path: Path
) -> None:
    commonplace("code", imported, "P01", 28, 60, "Housing")
    commonplace("pseudonyms", imported, "add", "Rosa", "Anna")
    commonplace("pseudonyms", imported, "add", "P01", "[interview 1]")
    assert commonplace("quotes", imported, "--json").json[0]["speaker"] == "Anna"
    csv = tmp_path / "codings.csv"
    assert commonplace("codings", imported, "-o", csv).code == 0
    assert "Rosa" not in csv.read_text("utf-8") and "[interview 1].txt" in csv.read_text("utf-8")
    assert "Pseudonyms were applied" in commonplace("themes", imported).out
    said = commonplace("quotes", imported, "--no-pseudonyms", "--json")
    assert said.json[0]["speaker"] == "Rosa"
    assert "not applied" in commonplace("themes", imported, "--no-pseudonyms").out
    # what is needed to work in the project keeps its names
    assert commonplace("documents", imported, "--json").json[0]["document"] == "P01.txt"
    assert commonplace("participants", imported, "--json").json[0]["name"] in ("Ken", "Rosa")


def test_a_key_that_cannot_be_read_stops_an_export(
    commonplace: Commonplace, imported: Path
) -> None:
    imported.with_suffix(".pseudonyms.csv").write_text("a,b\n", "utf-8")
    said = commonplace("quotes", imported)
    assert said.code == 1 and "no column 'name'" in said.err


def test_check_names_what_would_still_go_out(commonplace: Commonplace, study: Path) -> None:
    file = study.with_name("P02.txt")
    file.write_text(
        "Int: Who?\n\nRosa: I rang 07700 900123 from there.\n\nInt: And?\n\nRosa: No.\n"
    )
    commonplace("import", study, file)
    start = file.read_text().index("I rang")
    commonplace("code", study, "P02", start, start + 20, "Housing")
    said = commonplace("check", study)
    assert said.code == 0
    assert "P02.txt, turn 2: would go out in quotes: phone “07700 900123”" in said.err
    assert "labels of speakers: would go out: person “Rosa”" in said.err
    commonplace("pseudonyms", study, "suggest", "--kind", "phone", "--kind", "person", "--add")
    assert "would go out" not in commonplace("check", study).err


def test_a_key_that_others_can_read_is_closed_and_told(
    commonplace: Commonplace, imported: Path
) -> None:
    commonplace("pseudonyms", imported, "add", "Rosa", "Anna")
    key = imported.with_name(imported.stem + ".pseudonyms.csv")
    key.chmod(0o644)
    first, second = (commonplace("documents", imported) for _ in range(2))
    assert "who is who" in first.err and "who is who" not in second.err
    assert key.stat().st_mode & 0o777 == 0o600
