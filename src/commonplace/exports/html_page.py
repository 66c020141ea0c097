"""What all pages share: a head, a look, and text that is nothing but text.

A page stands alone: no script, no font, no picture from elsewhere. Its policy lets a browser load
nothing, whatever else may have got into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from typing import TextIO, TypeVar

from commonplace.domain.table import Table
from commonplace.exports.shown import BREAKS, title, visible

AT_ONCE = 256
"""Items put together into one piece of output."""

_ACTING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What acts on the screen, or cannot stand in a page."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --soft: #5c5850; --line: #d8d3c8;
  --page: #fffdf8; --band: #f4efe4; --mark: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8df; --soft: #b0a99c; --line: #45413a;
  --page: #1b1a18; --band: #26241f; --mark: #e0b050; } }
body { margin: 2rem auto; padding: 0 1.25rem; max-width: 46rem; background: var(--page);
  color: var(--ink); font: 1rem/1.55 Georgia, "Noto Serif", "DejaVu Serif", serif; }
body.wide { max-width: none; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; padding-bottom: .25rem;
  border-bottom: 1px solid var(--line); }
.note, figcaption, nav, th, td { font-family: system-ui, "Noto Sans", "DejaVu Sans",
  sans-serif; }
.note { color: var(--soft); font-size: .875rem; max-width: 46rem; }
.note p { margin: .15rem 0; }
nav { font-size: .9rem; columns: 14rem; margin: 1.25rem 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { break-inside: avoid; }
a { color: var(--mark); }
figure { margin: 1.1rem 0; padding-left: 1rem; border-left: 3px solid var(--line);
  break-inside: avoid; }
blockquote { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
figcaption { margin-top: .3rem; color: var(--soft); font-size: .875rem; }
figcaption code { font-size: .8em; overflow-wrap: anywhere; }
.table { position: relative; overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .35rem .7rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); white-space: pre-line; overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid var(--soft); white-space: normal; overflow-wrap: normal; }
tbody th { font-weight: 600; min-width: 8rem; }
td { max-width: 36rem; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody tr:nth-child(even) { background: var(--band); }
@media print { :root { --ink: #000; --soft: #333; --line: #999; --page: #fff; --band: #fff;
  --mark: #000; color-scheme: light; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }
  nav { display: none; } .table { overflow: visible; } table { font-size: 8.5pt; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  h2 { break-after: avoid; } @page { margin: 18mm; } }
"""

_T = TypeVar("_T")


def text(said: str) -> str:
    """Text that a page shows just so, line breaks of all kinds as `\\n`.

    What would act on the screen, or cannot stand in a page, is shown as its picture, in a
    `<data>` element whose value says which character it is.
    """
    marked = escape(said, quote=False)
    return marked if marked.isprintable() else _ACTING.sub(_picture, BREAKS.sub("\n", marked))


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f'<data value="U+{code:04X}">{visible(found[0])}</data>'


def begin(table: Table, stream: TextIO, *, wide: bool) -> None:
    """Writes everything up to the notes under the title."""
    name, look = text(title(table)), ' class="wide"' if wide else ""
    stream.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body{look}>\n<main>\n<h1>{name}</h1>\n"
    )
    if table.remarks:
        remarks = "".join(f"<p>{text(remark)}</p>\n" for remark in table.remarks)
        stream.write(f'<div class="note">\n{remarks}</div>\n')


def end(stream: TextIO) -> None:
    """Writes what closes the page."""
    stream.write("</main>\n</body>\n</html>\n")


def in_pieces(parts: Iterable[str]) -> Iterator[str]:
    """The same text in fewer, longer parts."""
    going = iter(parts)
    while piece := "".join(islice(going, AT_ONCE)):
        yield piece
