"""cooccurrence: which codes occur together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.groups import add
from commonplace.cli.names import leaving
from commonplace.cli.opening import opened
from commonplace.cli.options import Direct, Done, ProjectPath, filtered
from commonplace.cli.output import Out, say

if TYPE_CHECKING:
    from commonplace.domain.table import Cell, Table

GRAPH = ".graphml"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    add(
        app,
        "cooccurrence",
        filtered(cooccurrence),
        "commonplace cooccurrence study.commonplace --within sentence",
        "commonplace cooccurrence study.commonplace --passages Housing Transport",
        "commonplace cooccurrence study.commonplace --within 20 -o codes.graphml",
        passages=True,
    )


def cooccurrence(
    path: ProjectPath,
    filters: Filters,
    *,
    within: Annotated[
        str,
        typer.Option(
            metavar="WHERE",
            help="overlap, sentence, turn, or how many words may stand between two passages.",
        ),
    ] = "overlap",
    matrix: Annotated[
        str | None,
        typer.Option(metavar="WHAT", help="A square of codes instead: count or jaccard."),
    ] = None,
    passages: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="CODE CODE", help="List where these two occur together instead."),
    ] = None,
    direct: Direct = False,
    done: Done = False,
    out: Out,
) -> None:
    """Find codes that occur together, with the passages behind each pair.

    With -o FILE.graphml, a network for Gephi and the like.
    """
    from commonplace.analysis import cooccurrence as found

    if matrix is not None and (passages is not None or matrix not in ("count", "jaccard")):
        raise typer.BadParameter("count or jaccard, without --passages", param_hint="--matrix")
    network = out.output is not None and out.output.suffix.casefold() == GRAPH and not out.json
    if network and (matrix is not None or passages is not None):
        raise typer.BadParameter(
            f"a {GRAPH} file holds codes and which of them occur together: leave out "
            f"{'--passages' if matrix is None else '--matrix'}, or name a table such as FILE.csv",
            param_hint="-o",
        )
    asked = replace(filters, direct=direct, done=done)
    with opened(path) as project:
        if passages is not None:
            table = found.passages(project, *passages, asked, within=within)
        elif matrix is not None:
            jaccard = matrix == "jaccard"
            table = found.matrix(project, asked, within=within, jaccard=jaccard)
        else:
            table = found.cooccurrence(project, asked, within=within)
            if network and out.output is not None:
                _write_network(table, out.output)
                return
        out.show(table)


def _write_network(table: Table, path: Path) -> None:
    """Codes as nodes, co-occurrences as edges, weighted by their count; the note of the table
    (filters, coders, codebook, date) as data of the graph."""
    from commonplace.exports import graphml

    nodes: dict[str, dict[str, Cell]] = {}
    edges = []
    table = leaving(table, to_file=True)
    for row in table.records():
        one, other = str(row["code_a_path"]), str(row["code_b_path"])
        nodes[one], nodes[other] = {"count": row["a"]}, {"count": row["b"]}
        attributes = {name: row[name] for name in ("jaccard", "transcripts")}
        edges.append((one, other, {"weight": row["count"], **attributes}))
    graphml.write(path, nodes.items(), edges, {"note": table.note})
    say(f"wrote {path}")
