"""Networks as GraphML: well-formed, typed, and exactly what went in."""

from __future__ import annotations

import stat
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from commonplace.exports import ExportError, graphml

NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


def test_what_is_written_is_what_went_in(tmp_path: Path) -> None:
    file = tmp_path / "codes.graphml"
    nodes = [('A & <"b">', {"count": 3}), ("é\x07", {"count": 1})]
    edges = [('A & <"b">', "é\x07", {"weight": 2, "jaccard": 0.5, "of people": None})]
    graphml.write(file, nodes, edges)
    root = ET.parse(file).getroot()
    keys = {key.get("id"): key for key in root.findall("g:key", NS)}
    types = {(key.get("for"), key.get("attr.name")): key.get("attr.type") for key in keys.values()}
    assert types == {
        ("node", "label"): "string",
        ("node", "count"): "long",
        ("edge", "weight"): "long",
        ("edge", "jaccard"): "double",
    }

    def data(element) -> dict:
        return {keys[d.get("key")].get("attr.name"): d.text for d in element.findall("g:data", NS)}

    found = {node.get("id"): data(node) for node in root.iter(f"{{{NS['g']}}}node")}
    assert [node["label"] for node in found.values()] == ['A & <"b">', "é␇"]
    (edge,) = root.iter(f"{{{NS['g']}}}edge")
    assert data(edge) == {"weight": "2", "jaccard": "0.5"}
    assert found[edge.get("source")]["count"] == "3"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        graphml.write(tmp_path / "no" / "x.graphml", [], [])
