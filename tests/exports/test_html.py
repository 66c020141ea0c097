"""Pages: they stand alone, mean what they show, and run nothing."""

from __future__ import annotations

import io
import re

from hypothesis import given
from lxml import html

from commonplace.domain.table import Column, Table
from commonplace.exports import to_stream
from commonplace.exports.html_page import text
from commonplace.exports.shown import BREAKS
from tests.exports.tables import AWKWARD, TEXTS, quotes, table

_HEAD = re.compile(r".*</head>\n", re.DOTALL)


def written(given_table: Table) -> str:
    stream = io.StringIO(newline="")
    to_stream(given_table, stream, ".html")
    return stream.getvalue()


def test_a_golden_pack_of_quotes() -> None:
    page = written(
        quotes(
            ("id1", "Transport", "No <b>bus</b>.\nNone.", "Resident & co"),
            ("id2", "Housing/Damp", " Damp. ", ""),
            ("id3", "Transport", "", "Practitioner"),
            note=("3 distinct quotes.", "No filters."),
        )
    )
    assert _HEAD.sub("", page) == (
        "<body>\n<main>\n<h1>Quotes</h1>\n"
        '<div class="note">\n<p>3 distinct quotes.</p>\n<p>No filters.</p>\n</div>\n'
        '<nav aria-label="Themes">\n<ul>\n<li><a href="#t0">Housing/Damp</a></li>\n'
        '<li><a href="#t1">Transport</a></li>\n</ul>\n</nav>\n'
        '<section aria-labelledby="t0">\n<h2 id="t0">Housing/Damp</h2>\n'
        '<figure><blockquote dir="auto">Damp.</blockquote>\n'
        "<figcaption>— <code>id2</code></figcaption></figure>\n</section>\n"
        '<section aria-labelledby="t1">\n<h2 id="t1">Transport</h2>\n'
        '<figure><blockquote dir="auto">No &lt;b&gt;bus&lt;/b&gt;.\nNone.</blockquote>\n'
        "<figcaption>— Resident &amp; co · <code>id1</code></figcaption></figure>\n"
        '<figure><blockquote dir="auto">[…]</blockquote>\n'
        "<figcaption>— Practitioner · <code>id3</code></figcaption></figure>\n</section>\n"
        "</main>\n</body>\n</html>\n"
    )


def test_a_golden_table() -> None:
    page = written(
        Table(
            "themes",
            (
                Column("quotes", "quotes"),
                Column("code_path"),
                Column("participants", "people", of="participants_of"),
                Column("participants_of", "people"),
                Column("memo"),
            ),
            lambda: [(3, "Housing", 14, 22, None)],
        )
    )
    assert _HEAD.sub("", page) == (
        '<body class="wide">\n<main>\n<h1>Themes</h1>\n'
        '<div class="table" role="region" aria-labelledby="caption" tabindex="0">\n<table>\n'
        '<caption id="caption">Themes</caption>\n<thead>\n'
        '<tr><th scope="col" class="figure">Quotes</th><th scope="col">Code path</th>'
        '<th scope="col" class="figure">Participants</th><th scope="col">Memo</th></tr>\n'
        '</thead>\n<tbody>\n<tr><td class="figure">3</td><th scope="row">Housing</th>'
        '<td class="figure">14 of 22</td><td></td></tr>\n</tbody>\n</table>\n</div>\n'
        "</main>\n</body>\n</html>\n"
    )


@given(TEXTS)
def test_text_can_be_had_back_from_the_page(said: str) -> None:
    (shown,) = html.fragments_fromstring(f"<p>{text(said)}</p>")
    assert {element.tag for element in shown.iter()} <= {"p", "data"}
    for element in shown.iter("data"):
        element.text = ""
    back = ""
    for part in shown.iter():
        if part.tag == "data":
            back += chr(int(part.get("value")[2:], 16)) + (part.tail or "")
        else:
            back += part.text or ""
    assert back == BREAKS.sub("\n", said)


def test_a_page_needs_nothing_and_runs_nothing() -> None:
    rows = [(f"id{n}", said, said, said) for n, said in enumerate(AWKWARD)]
    for page in (written(quotes(*rows)), written(table(*rows))):
        parsed = html.document_fromstring(page)
        assert not set(parsed.xpath("//@src | //@srcset | //@style | //link | //script"))
        assert all(link.startswith("#") for link in parsed.xpath("//@href"))
        assert not re.search(r"url\(|@import", page)
        policy = parsed.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
        assert not set(page) & {*map(chr, range(32)), *"\x7f\x85\u202e\ufffe"} - {*"\t\n"}
