"""Co-occurrence on the command line."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from tests.cli.conftest import Commonplace


def test_pairs_their_passages_and_their_square(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("cooccurrence", demo, "--within", "sentence", "--json")
    assert said.code == 0, said.err
    first = said.json[0]
    pair = first["code_a_path"], first["code_b_path"]
    listed = commonplace(
        "cooccurrence", demo, "--within", "sentence", "--passages", *pair, "--json"
    )
    assert len(listed.json) == first["count"]
    square = commonplace(
        "cooccurrence", demo, "--within", "sentence", "--matrix", "count", "--json"
    )
    assert {row["code_path"]: row for row in square.json}[pair[0]][pair[1]] == first["count"]


def test_a_network_goes_to_a_file(commonplace: Commonplace, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "codes.graphml"
    said = commonplace("cooccurrence", demo, "-o", file)
    assert said.code == 0, said.err
    edges = list(ET.parse(file).iter("{http://graphml.graphdrawing.org/xmlns}edge"))
    graph = next(ET.parse(file).iter("{http://graphml.graphdrawing.org/xmlns}graph"))
    about = graph.findtext("{http://graphml.graphdrawing.org/xmlns}data", "")
    assert "No filters." in about and "Codebook" in about and "Coded by" in about
    assert len(edges) == len(commonplace("cooccurrence", demo, "--json").json)


def test_what_is_refused(commonplace: Commonplace, demo: Path, tmp_path: Path) -> None:
    assert commonplace("cooccurrence", demo, "--matrix", "colour").code == 2
    said = commonplace("cooccurrence", demo, "--within", "page")
    assert (said.code, "number of words" in said.err) == (1, True)
    wrong = tmp_path / "square.graphml"
    said = commonplace("cooccurrence", demo, "--matrix", "count", "-o", wrong)
    assert (said.code, "leave out --matrix" in " ".join(said.err.split())) == (2, True)
