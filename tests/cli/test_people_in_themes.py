"""Loud voices, negative cases and intervals on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Commonplace


def test_voices_of_the_demo(commonplace: Commonplace, demo: Path) -> None:
    rows = commonplace("voices", demo, "--json").json
    themes = {row["code_path"]: row for row in commonplace("themes", demo, "--json").json}
    for row in rows:
        assert row["quotes"] == themes[row["code_path"]]["quotes"]
        assert row["participants"] == themes[row["code_path"]]["participants"]
        assert row["words"] == themes[row["code_path"]]["words"]
    none = commonplace("voices", demo, "--more-than", "1", "--json").json
    assert not any(row["loud"] for row in none)


def test_cases_of_the_demo(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("cases", demo, "Transport", "--against", "Change/Worsened", "--json")
    assert said.code == 0, said.err
    assert {row["stance"] for row in said.json} <= {"never", "against", "mixed", "for"}
    assert len(said.json) == commonplace("themes", demo, "--json").json[0]["participants_of"]
    assert commonplace("cases", demo, "Transprt").code == 1


def test_intervals_only_when_asked_for(commonplace: Commonplace, demo: Path) -> None:
    plain = commonplace("themes", demo, "--json").json[0]
    more = commonplace("themes", demo, "--intervals", "--by", "role", "--json").json[0]
    assert "participants_low" not in plain
    assert more["participants_low"] < more["participants_share"] < more["participants_high"]
