"""Reports as pages and Word documents, from a report made up by hand."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from commonplace.exports import ExportError, report
from commonplace.exports.report.charts import svg
from commonplace.exports.report.html import SHADES, shade
from commonplace.exports.report.model import (
    Bar,
    Bars,
    Cell,
    Curve,
    Entries,
    Entry,
    Fact,
    Grid,
    Line,
    Prose,
    Quotation,
    Quotations,
    Range,
    Ranges,
    Remarks,
    Report,
    Section,
)

HOSTILE = "<script>alert('x')</script> & \u202eright\x1b[31m"
BARS = Bars(
    "people-chart",
    "How many people speak of each theme",
    "Housing: 14 of 22 people; Transport: 3 of 22 people.",
    (
        (
            "",
            (Bar("Housing", 14 / 22, "14 of 22"), Bar("Transport", 3 / 22, "3 of 22", second=True)),
        ),
    ),
    ("here", "elsewhere"),
)
CURVE = Curve(
    *("curve-chart", "Codes so far", "After 3 transcripts 9 codes.", "transcripts", "codes"),
    points=(4, 7, 9),
    mean=(4.5, 7, 9),
    low=(3, 6, 9),
    high=(6, 8, 9),
)
RANGES = Ranges(
    *("ranges-chart", "Alpha", "Housing: 0.71; Transport: −0.30; Damp: not defined."),
    ranges=(
        Range("Housing", 0.71, 0.5, 0.9, "0.71 (0.50 to 0.90)"),
        Range(
            "Transport, a name that does not fit into one line at all", -0.3, None, None, "−0.30"
        ),
        Range("Damp", None, None, None, "not defined"),
    ),
    marks=((0.8, "0.80"),),
)
GRID = Grid(
    "themes-table",
    "Themes",
    ("Theme", "People", "Passages"),
    (
        Line((Cell("Housing"), Cell("14 of 22", 14 / 22), Cell("45"))),
        Line((Cell("Damp"), Cell("3 of 22", 3 / 22), Cell("5")), 1),
        Line((Cell(""), Cell("the same elsewhere"), Cell("4"))),
    ),
    "bars",
)
HEAT = replace(GRID, id="by-nation", title="People by nation", look="heat")
REPORT = Report(
    "Hidden costs",
    "Report on 22 interviews",
    (Fact("22", "people interviewed"),),
    (f"4 of 22 are not read. {HOSTILE}",),
    (
        Section("themes", "Themes", (BARS, GRID, HEAT, Remarks(("Of 22.",)))),
        Section(
            "quotes",
            "In their words",
            (
                Quotations(
                    "Housing",
                    "2 of 45 passages.",
                    (
                        Quotation(1, f"=1+1 Damp. {HOSTILE}\nAnd cold.", "Resident, Wales"),
                        Quotation(2, "No attribution at all.", ""),
                    ),
                ),
            ),
        ),
        Section("quality", "How far it holds", (CURVE, RANGES, Prose(("All that is known.",)))),
        Section(
            "codebook",
            "Appendix: the codebook",
            (
                Entries(
                    (
                        Entry("Housing", 0, (("", "About homes."), ("Include", "Rent."))),
                        Entry("Damp", 1, ()),
                    )
                ),
            ),
            appendix=True,
        ),
    ),
    "Made by hand.",
)


def page(tmp_path: Path, made: Report = REPORT, template: Path | None = None) -> str:
    file = tmp_path / "report.html"
    report.write(made, file, template=template)
    return file.read_text(encoding="utf-8")


def test_a_page_holds_every_section_in_order(tmp_path: Path) -> None:
    found = page(tmp_path)
    assert re.findall(r'<h2 id="([\w-]+)">([^<]+)', found) == [
        ("themes", "Themes"),
        ("quotes", "In their words"),
        ("quality", "How far it holds"),
        ("codebook", "Appendix: the codebook"),
    ]
    assert re.findall(r'href="#([\w-]+)"', found) == ["themes", "quotes", "quality", "codebook"]
    assert re.findall(r'<caption id="([\w-]+)">([^<]+)', found) == [
        ("themes-table", "Themes"),
        ("by-nation", "People by nation"),
    ]
    assert re.findall(r'<th scope="row" class="level(\d)">(\w+)', found)[:2] == [
        ("0", "Housing"),
        ("1", "Damp"),
    ]
    assert '<span class="said">14 of 22</span>' in found and 'style="width:63.6%"' in found
    assert '<td class="figure shade4">14 of 22</td>' in found
    assert "— Resident, Wales <span" in found and "[Q2]" in found
    ids = re.findall(r'\bid="([^"]+)"', found)
    assert len(ids) == len(set(ids))


def test_a_page_loads_nothing_runs_nothing_and_shows_text_as_text(tmp_path: Path) -> None:
    found = page(tmp_path)
    assert "default-src 'none'; style-src 'unsafe-inline'" in found
    assert "<script" not in found and "&lt;script&gt;" in found
    assert not re.search(r"(?:src|url|@import|http-equiv=.refresh)\s*[=(]", found)
    addresses = set(re.findall(r"https?://[^\"\s<]+", found))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "\x1b" not in found and "\u202e" not in found and "␛[31m" in found


def test_files_are_private_and_the_same_each_time(tmp_path: Path) -> None:
    for ending in report.ENDINGS:
        one, other = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
        report.write(REPORT, one)
        report.write(REPORT, other)
        assert one.read_bytes() == other.read_bytes()
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "chart", [BARS, CURVE, RANGES, replace(CURVE, points=(3,), mean=(), low=())]
)
def test_a_chart_is_drawn_with_its_text(chart: Bars | Curve | Ranges) -> None:
    root = ElementTree.fromstring(svg(chart))
    space = "{http://www.w3.org/2000/svg}"
    assert [root.find(f"{space}{tag}").text for tag in ("title", "desc")] == [
        chart.title,
        chart.description,
    ]
    assert root.get("role") == "img"
    wide, tall = (float(n) for n in root.get("viewBox").split()[2:])
    for each in root.iter(f"{space}rect"):
        x, y, w, h = (float(each.get(name)) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= wide and 0 <= y <= y + h <= tall
    for each in root.iter(f"{space}text"):
        assert 0 <= float(each.get("x")) <= wide and 0 <= float(each.get("y")) <= tall


def test_bars_are_as_long_as_their_shares() -> None:
    bars = r'class="(rail|bar2?)" x="210" [^>]*width="([\d.]+)" height="14"'
    widths = re.findall(bars, svg(BARS))
    whole, first, again, second = (float(width) for _, width in widths)
    assert whole == again
    assert first / whole == pytest.approx(14 / 22, abs=0.001)
    assert second / whole == pytest.approx(3 / 22, abs=0.001)


def test_shades_say_nothing_some_and_all() -> None:
    assert [shade(share) for share in (None, 0, 0.001, 0.5, 0.999, 1)] == [0, 0, 1, 3, 5, SHADES]


def test_word_has_the_same_contents(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    report.write(REPORT, file)
    made = docx.Document(str(file))
    said = [(p.style.name, p.text) for p in made.paragraphs]
    assert [text for style, text in said if style == "Heading 1"] == [
        section.title for section in REPORT.sections
    ]
    assert ("Commonplace Attribution", "— Resident, Wales [Q1]") in said
    assert ("Commonplace Attribution", "[Q2]") in said
    assert ("Normal", "Damp. —") in said
    bars, themes, heat, curve = made.tables
    assert [c.text for c in bars.rows[0].cells] == ["Housing", "█" * 15, "14 of 22"]
    assert [c.text for c in themes.rows[2].cells] == ["\u2003Damp", "3 of 22  █", "5"]
    fill = re.search(r'w:fill="(\w+)"', heat.rows[1].cells[1]._tc.xml)
    assert fill is not None and fill[1] == "8CBFE0"
    assert [row.cells[1].text.strip("█ ") for row in curve.rows[1:]] == ["4", "7", "9"]


def test_a_template_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    mine = tmp_path / "mine.jinja"
    mine.write_text(
        "<h1>{{ report.title }}</h1>{% for s in report.sections %}[{{ s.id }}]{% endfor %}"
    )
    made = replace(REPORT, title=HOSTILE)
    said = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; \ufffdright␛[31m"
    assert page(tmp_path, made, mine) == f"<h1>{said}</h1>[themes][quotes][quality][codebook]"
    mine.write_text(report.shipped_template(), encoding="utf-8")
    assert page(tmp_path, template=mine) == page(tmp_path)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% for x in %}", "mine.jinja, line 1"),
        ("{{ report.titel }}", "no attribute 'titel'"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% include '/etc/passwd' %}", "does not fit"),
        ("{{ 1 / 0 }}", "does not fit"),
    ],
)
def test_a_template_that_is_wrong_leaves_what_was_there(
    tmp_path: Path, template: str, said: str
) -> None:
    (tmp_path / "mine.jinja").write_text(template)
    (tmp_path / "report.html").write_text("old")
    with pytest.raises(ExportError, match=said):
        report.write(REPORT, tmp_path / "report.html", template=tmp_path / "mine.jinja")
    assert (tmp_path / "report.html").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.jinja", "report.html"]


def test_a_word_document_gives_its_styles_and_keeps_its_words_to_itself(tmp_path: Path) -> None:
    house = docx.Document()
    house.add_paragraph("Letterhead of the house")
    house.sections[0].header.paragraphs[0].text = "Our foundation"
    house.styles["Heading 1"].font.name = "Futura"
    house.save(str(tmp_path / "house.docx"))
    report.write(REPORT, tmp_path / "report.docx", template=tmp_path / "house.docx")
    made = docx.Document(str(tmp_path / "report.docx"))
    assert made.styles["Heading 1"].font.name == "Futura"
    assert made.sections[0].header.paragraphs[0].text == "Our foundation"
    assert "Letterhead of the house" not in [p.text for p in made.paragraphs]
    report.write(REPORT, tmp_path / "again.docx", template=tmp_path / "report.docx")
    assert len(docx.Document(str(tmp_path / "again.docx")).paragraphs) == len(made.paragraphs)


def test_formats_and_templates_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(report.ReportFormatError, match=r"'\.pdf' is no format of reports"):
        report.write(REPORT, tmp_path / "report.pdf")
    with pytest.raises(report.ReportFormatError, match=r"no template for \.html"):
        report.write(REPORT, tmp_path / "report.html", template=tmp_path / "house.docx")
    (tmp_path / "house.docx").write_text("no Word document")
    with pytest.raises(ExportError, match="no Word document that can be used"):
        report.write(REPORT, tmp_path / "report.docx", template=tmp_path / "house.docx")
