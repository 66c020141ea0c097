"""Networks as GraphML (Brandes et al. 2002), which Gephi, igraph, Cytoscape and others read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from commonplace.domain.table import Cell
from commonplace.exports.files import replacing

_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}

Attributes = Mapping[str, Cell]


def write(
    path: Path,
    nodes: Iterable[tuple[str, Attributes]],
    edges: Iterable[tuple[str, str, Attributes]],
    about: Attributes | None = None,
) -> None:
    """Writes an undirected network: (name, attributes) and (name, name, attributes).

    Names are kept as the attribute `label`; `about` are attributes of the network itself. An
    attribute has one type throughout; None is left out. The file is there whole or not at all,
    readable by its owner only. Raises `ExportError`.
    """
    named, joined = list(nodes), list(edges)
    ids = {name: f"n{number}" for number, (name, _) in enumerate(named)}
    labelled: list[tuple[str, Attributes]] = [
        (name, {"label": name, **attributes}) for name, attributes in named
    ]
    of_graph = about or {}
    keys = {
        **_keys("graph", [of_graph]),
        **_keys("node", (attributes for _, attributes in labelled)),
        **_keys("edge", (attributes for *_, attributes in joined)),
    }
    with replacing(path.resolve()) as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for (kind, name), type_ in keys.items():
            stream.write(
                f'<key id="{kind}_{_id(name)}" for="{kind}" attr.name={quoteattr(name)} '
                f'attr.type="{type_}"/>\n'
            )
        stream.write(f'<graph id="G" edgedefault="undirected">{_data("graph", of_graph)}\n')
        for name, shown in labelled:
            stream.write(f'<node id="{ids[name]}">{_data("node", shown)}</node>\n')
        for one, other, attributes in joined:
            stream.write(
                f'<edge source="{ids[one]}" target="{ids[other]}">'
                f"{_data('edge', attributes)}</edge>\n"
            )
        stream.write("</graph>\n</graphml>\n")


def _keys(kind: str, every: Iterable[Attributes]) -> dict[tuple[str, str], str]:
    return {
        (kind, name): _TYPES[type(value)]
        for attributes in every
        for name, value in attributes.items()
        if value is not None
    }


def _data(kind: str, attributes: Attributes) -> str:
    return "".join(
        f'<data key="{kind}_{_id(name)}">{escape(_text(value))}</data>'
        for name, value in attributes.items()
        if value is not None
    )


def _id(name: str) -> str:
    """An attribute's name as part of an XML identity."""
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in name)


def _text(value: Cell) -> str:
    """A value as XML can hold it: characters that XML forbids become their pictures."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "".join(
        chr(0x2400 + ord(c)) if c < " " and c not in "\t\n" else "�" if c in "\ufffe\uffff" else c
        for c in str(value)
    )
