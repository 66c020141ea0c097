"""codebook: show, check, load, save, diff."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Commonplace


def test_without_a_verb_the_codes_are_shown(commonplace: Commonplace, study: Path) -> None:
    assert commonplace("codebook", study).out == commonplace("codebook", study, "show").out
    row = commonplace("codebook", study, "show", "--json").json[1]
    assert row["code_path"] == "Housing/Damp and repairs" and row["codings"] == 0
    assert "mould" in row["keywords"]


def test_what_is_saved_can_be_loaded(commonplace: Commonplace, study: Path, tmp_path: Path) -> None:
    shown = commonplace("codebook", study, "show", "--json").json
    for name in ("codes.yaml", "codes.csv", "codes.qdc"):
        file = tmp_path / name
        assert commonplace("codebook", study, "save", file).code == 0
        other = tmp_path / f"{name}.commonplace"
        assert commonplace("new", other, "--codebook", file).code == 0
        again = commonplace("codebook", other, "show", "--json").json
        assert [row["code_path"] for row in again] == [row["code_path"] for row in shown]
        assert commonplace("codebook", study, "diff", tmp_path / "codes.yaml", "--json").json == []


def test_loading_adds_and_updates_and_is_one_thing_to_undo(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    file = tmp_path / "more.csv"
    file.write_text("code,parent,definition\nAllotments,,Plots\nTransport,,Getting about\n")
    changes = commonplace("codebook", study, "diff", file, "--json").json
    assert {(row["change"], row["code_path"]) for row in changes} >= {("added", "Allotments")}
    assert commonplace("codebook", study, "load", file).code == 0
    rows = {r["code_path"]: r for r in commonplace("codebook", study, "show", "--json").json}
    assert rows["Allotments"]["definition"] == "Plots"
    assert rows["Transport"]["definition"] == "Getting about"
    group = commonplace("history", study, "--json").json[0]["group_id"]
    commonplace("history", study, "--undo", group)
    paths = [r["code_path"] for r in commonplace("codebook", study, "show", "--json").json]
    assert "Allotments" not in paths


def test_a_faulty_file_is_refused_with_its_line(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text("name: x\ncodes:\n- name: Housing\n  definitoin: home\n")
    said = commonplace("codebook", study, "load", file)
    assert said.code == 1 and "faulty.yaml, line 4" in said.err
    assert commonplace("codebook", study, "load", tmp_path / "none.yaml").code == 1
    assert commonplace("codebook", study, "load", tmp_path / "none.doc").code == 1


def test_check_points_at_codes_without_definition(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    assert commonplace("codebook", study, "check").code == 0
    file = tmp_path / "bare.csv"
    file.write_text("code,parent\nAllotments,\n")
    commonplace("codebook", study, "load", file)
    said = commonplace("codebook", study, "check", "--json")
    assert said.code == 1
    assert {row["code_path"] for row in said.json} == {"Allotments"}
    assert len(said.json) == 2
    assert "suggestions rest on its name" in said.json[1]["problem"]
