"""Reports, checklists and audit trails by command, on the demo and on small studies."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path
from unittest.mock import patch

import pytest

from commonplace.domain.attribution import WITHHELD
from commonplace.exports import ExportError
from commonplace.project import Project
from tests.cli.conftest import Commonplace

SECTIONS = [
    "Who was interviewed",
    "Themes",
    "Who speaks of what",
    "In their words",
    "What comes up together",
    "Do further interviews bring anything new?",
    "Do coders agree?",
    "How this was done",
    "Appendix: how the quotes were chosen",
    "Appendix: the codebook",
]


def text(page: str) -> str:
    """What a reader sees of a page, white space made one."""
    bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


@pytest.fixture
def report(commonplace: Commonplace, demo: Path, tmp_path: Path):
    """The text of a report on the demo with these options."""

    def make(*options: object) -> str:
        file = tmp_path / "report.html"
        said = commonplace("report", demo, "-o", file, *options)
        assert said.code == 0, said.err
        assert said.out == ""
        return file.read_text(encoding="utf-8")

    return make


def test_a_report_has_its_sections_and_the_same_bytes_again(report) -> None:
    page = report()
    assert re.findall(r"<h2[^>]*>([^<]+)", page) == SECTIONS
    assert report() == page
    assert "Demo: what people said" in page
    assert "4 of 9 transcripts are not marked as read to the end." in page


def test_no_small_group_nobodys_name_and_no_transcript_is_in_it(report, demo: Path) -> None:
    said = text(report())
    assert "England 5 of 9" in said and "Scotland or Wales 4 of 9" in said
    assert not re.search(r"(?<!Scotland or )\b(Wales|Scotland) [0-9]+ of", said)
    assert not re.search(r"— [^[]*Wales", said)
    with Project.open(demo) as project:
        for info in project.documents.all():
            assert info.name not in said
        people = {person.name for person in project.people.all()}
    attributions = re.findall(r"— ([^[]{1,60}) \[Q[0-9]+\]", said)
    assert len(attributions) == 27
    assert set(attributions) == {"Participant", "Practitioner, Local Conversations"}
    assert not people & set(attributions)


def test_attributions_that_the_project_keeps_hold_and_are_told(
    commonplace: Commonplace, demo: Path, tmp_path: Path
) -> None:
    with Project.open(demo, coder="ben") as project, project.transaction("set"):
        project.set_fact("attribution", "{nation}")
        project.set_fact("attribution_k", "4")
    kept = "attribution as the project keeps it: {nation}, shared by at least 4 people"
    said = commonplace("quotes", demo, "--json")
    assert kept in said.err
    assert {row["attribution"] for row in said.json} == {"England", WITHHELD}
    asked = commonplace("quotes", demo, "--json", "--attribution", "{role}")
    assert "{nation}" not in asked.err and "shared by at least 4 people" in asked.err
    chosen = commonplace("choose", demo, "Housing", "--json", "--k", 3)
    assert "keeps it: {nation} (" in chosen.err
    assert {row["attribution"] for row in chosen.json} <= {"England", "Wales", WITHHELD}
    file = tmp_path / "report.html"
    assert kept in commonplace("report", demo, "-o", file).err
    attributions = re.findall(r"— ([^[]{1,60}) \[Q[0-9]+\]", text(file.read_text(encoding="utf-8")))
    assert set(attributions) <= {"England", WITHHELD}


def test_attributes_dropped_from_an_attribution_are_not_told_elsewhere(report) -> None:
    said = text(report("--quotes-per-theme", 1))
    appendix = said[
        said.index("The quotes and why these") : said.index(
            "Social determinants of health, version"
        )
    ]
    assert not re.search("Wales|Scotland|England|wave|participant|practitioner", appendix)


def test_k_decides_what_stays_together_and_whom_a_report_is_about(
    commonplace: Commonplace, demo: Path, report, tmp_path: Path
) -> None:
    assert re.search(r"Wales 2 of 9 .* Wave", text(report("--k", 1)))
    said = commonplace("report", demo, "-o", tmp_path / "x.html", "--where", "nation=Scotland")
    assert said.code == 1 and "a report on 2 people would give them away" in said.err
    assert not (tmp_path / "x.html").exists()
    page = report("--k", 1, "--document", "ln05-practitioner-scotland", "--speaker", "RAB")
    assert "1 transcript by name; 1 speaker by name" in page
    assert "Filters" not in page and "ln05" not in page and "RAB" not in page


def test_withdrawal_and_refusal_reach_the_report(report, demo: Path) -> None:
    with Project.open(demo) as project:
        for person in project.people.all():
            project.people.set_attributes(person.id, {"consent_quote": "yes"})
        document = project.documents.find("ln08-resident-wales-w1").id
        (kayleigh,) = [
            p for p in project.people.by_speaker(document).values() if p.name == "Kayleigh"
        ]
        words = "tide's right out"
        before = text(report())
        assert words in before and "quotes left out" not in before
        project.people.set_attributes(kayleigh.id, {"consent_quote": "no"})
    refused = text(report())
    assert words not in refused and "no consent to be quoted" in refused
    assert "9 people interviewed" in refused
    with Project.open(demo) as project:
        project.people.set_attributes(kayleigh.id, {"withdrawn": "yes"})
    gone = text(report())
    assert words not in gone and "8 people interviewed" in gone
    assert "1 participant has withdrawn; nothing of theirs is shown or counted." in gone


def test_published_versions_and_pseudonyms_are_what_is_printed(
    commonplace: Commonplace, demo: Path, report
) -> None:
    assert "on Hagg Lane" in text(report())
    added = commonplace("pseudonyms", demo, "add", "Hagg Lane", "[a street]", "--kind", "place")
    assert added.code == 0, added.err
    said = text(report())
    assert "Hagg Lane" not in said and "on [a street]" in said
    assert "Pseudonyms were applied (1 name in the key)." in said
    kept = text(report("--no-pseudonyms"))
    assert "on Hagg Lane" in kept and "names are as spoken" in kept
    found = commonplace("quotes", demo, "--code", "Transport", "--json").json
    quote = next(
        row["quote_id"] for row in found if row["quote"].endswith("So I stopped that class.")
    )
    edited = "Two times I missed it, and I walked on the big road […]. So I stopped that class."
    assert commonplace("quote", demo, "publish", quote, edited).code == 0
    said = text(report())
    methods = said[said.index("How this was done", said.index(edited)) :]
    assert "1 quote is printed in an edited version, which passed the check" in methods


def test_the_survey_stands_beside_the_themes(report, tmp_path: Path) -> None:
    survey = tmp_path / "survey.csv"
    survey.write_text(
        "theme,statement,figure,base,comparator,comparator_figure,source\n"
        "Housing,Home is warm enough,60,50,England,75,Made up\n"
        "Housing,Home is warm enough,60,50,Wales,70,Made up\n"
    )
    said = text(report("--survey", survey))
    assert (
        "Housing 5 of 9 “Home is warm enough” 60% (46–72) 50 England: 75% −15 Wales: 70% −10"
        in said
    )
    assert "Sources: Made up." in said


def test_by_and_title_and_quotes_are_as_asked(report) -> None:
    page = report("--by", "gender", "--title", "A <title>", "--quotes-per-theme", 0)
    said = text(page)
    assert said.startswith("A <title>") and "People by gender" in said
    assert "In their words" not in said and "People by role" not in said


def test_word_says_the_same(commonplace: Commonplace, demo: Path, report, tmp_path: Path) -> None:
    import docx

    file = tmp_path / "report.docx"
    assert commonplace("report", demo, "-o", file).code == 0
    made = docx.Document(str(file))
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert headings == SECTIONS
    page = text(report())
    quotes = [p.text for p in made.paragraphs if p.style.name == "Commonplace Quote"]
    assert len(quotes) == 27
    assert all(" ".join(quote.split()) in page for quote in quotes)


def test_what_cannot_be_is_refused(commonplace: Commonplace, demo: Path, tmp_path: Path) -> None:
    assert commonplace("report", demo).code == 2
    assert commonplace("report", demo, "-o", tmp_path / "report.pdf").code == 2
    said = commonplace("report", demo, "-o", tmp_path / "r.html", "--attribution", "{nation")
    assert said.code == 1 and "attributes stand as" in said.err
    said = commonplace("report", demo, "-o", tmp_path / "r.html", "--survey", tmp_path / "none.csv")
    assert said.code == 1 and "none.csv" in said.err
    assert not list(tmp_path.glob("r*.html"))


def test_nothing_coded_and_nobody_interviewed(
    commonplace: Commonplace, study: Path, imported: Path, tmp_path: Path
) -> None:
    said = commonplace("report", imported, "-o", tmp_path / "r.html", "--k", 1)
    assert said.code == 0, said.err
    assert "Nothing is coded yet." in text((tmp_path / "r.html").read_text())
    assert commonplace("documents", imported, "remove", "P01").code == 0
    said = commonplace("report", imported, "-o", tmp_path / "r.html")
    assert said.code == 1 and "nobody to report on" in said.err


def test_the_template_can_be_had_and_given_back(
    commonplace: Commonplace, report, tmp_path: Path
) -> None:
    page = report()
    mine = tmp_path / "mine.jinja"
    mine.write_text(commonplace("report", "--print-template").out)
    assert report("--template", mine) == page


def test_checklists_and_trails_are_written(
    commonplace: Commonplace, demo: Path, tmp_path: Path
) -> None:
    rows = commonplace("checklist", demo, "coreq", "--json").json
    assert len(rows) == 32
    assert commonplace("checklist", demo, "srqr", "-o", tmp_path / "srqr.docx").code == 0
    assert commonplace("checklist", demo, "prisma").code == 2
    folder = tmp_path / "trail"
    with patch("commonplace.exports.write", side_effect=ExportError("no room")):
        assert commonplace("audit-trail", demo, "-o", folder).code == 1
    assert not folder.exists()
    said = commonplace("audit-trail", demo, "-o", folder)
    assert said.code == 0 and len(said.lines) == 8
    assert folder.stat().st_mode & 0o777 == 0o700
    with (folder / "history.csv").open(encoding="utf-8", newline="") as file:
        history = list(csv.DictReader(file))
    assert history[-1]["action"] == "loaded the codebook Social determinants of health"
    assert commonplace("history", demo, "-o", tmp_path / "history.csv").code == 0
    assert (tmp_path / "history.csv").read_bytes() == (folder / "history.csv").read_bytes()
