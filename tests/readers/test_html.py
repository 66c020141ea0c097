"""Pages: blocks, line breaks, white space, what is no speech on them, encodings."""

from __future__ import annotations

import pytest

from commonplace.readers import ReadError
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, said

QA = "<p>Q: How?</p><p>A: Damp.</p>"


def test_blocks_are_paragraphs_and_breaks_are_lines(reading: Reading) -> None:
    page = (
        "<div>Q:  How\n is   it?</div><ul><li>A: <b>Da</b>mp.<br>And cold.</ul>"
        "<p>Q: Oh&nbsp;&amp;?<p>A: <pre>two  spaces\nand a line</pre>"
    )
    found = reading("a.html", page)
    assert said(found) == [
        ("Q", "How is it?"), ("A", "Damp.\nAnd cold."), ("Q", "Oh\xa0&?"),
        ("A", "two  spaces\nand a line"),
    ]  # fmt: skip
    check_layout(found.text, found)


def test_what_is_not_read_on_a_page_is_left_out(reading: Reading) -> None:
    page = (
        "<head><title>T</title><style>p{}</style></head><body><nav>Menu</nav><script>x()</script>"
        f"<!-- c --><p hidden>H</p><p style='display: none'>N</p>{QA}<del>gone</del>"
        "<footer>F</footer></body>"
    )
    assert reading("a.html", page).text == "Q: How?\n\nA: Damp."


def test_the_main_part_is_the_page(reading: Reading) -> None:
    page = f"<body><div>Share this</div><main>{QA}</main><div>More</div></body>"
    assert reading("a.htm", page).text == "Q: How?\n\nA: Damp."


def test_two_breaks_part_paragraphs(reading: Reading) -> None:
    found = reading("a.html", "<div>Q: How?<br><br>A: Damp.<br>\n<br>Q: Oh?<br><br>A: Yes.</div>")
    assert [words for _, words in said(found)] == ["How?", "Damp.", "Oh?", "Yes."]


def test_a_list_of_terms_names_the_speakers(reading: Reading) -> None:
    lines = [("Ann", "So how is it?"), ("Ben", "Damp."), ("Ann", "Oh?"), ("Ben", "Yes, damp.")]
    page = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in lines)
    assert said(reading("a.html", f"<dl>{page}</dl>")) == lines


def test_questions_made_bold_by_a_style_sheet_are_the_interviewers(reading: Reading) -> None:
    asked = "<p class='c1 c2'>What did you do then, Ann?</p><p class=c2>I went home, and early.</p>"
    page = f"<style>.c1{{color:red;font-weight:700}}.c2{{margin:0}}</style>{asked * 4}"
    found = reading("a.html", page)
    assert [speaker for speaker, _ in said(found)] == ["Interviewer", "Participant"] * 4


def test_a_table_of_turns_is_read_as_such_and_others_by_rows(reading: Reading) -> None:
    rows = "<tr><td>Int<td>How is it there?<tr><td>Mary<td>Damp, I would say.<tr><td>Int<td>Oh?"
    found = reading("a.html", f"<table>{rows}</table>")
    assert [speaker for speaker, _ in said(found)] == ["Int", "Mary", "Int"]
    assert reading("a.html", "<table><tr><td>1<td>2</table>").text == "1\t2"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1251>", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-5">', "iso-8859-5"),
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-16"),
        ("<meta charset=hex>", "utf-8"),
        ("<meta charset=idna>", "utf-8"),
    ],
)
def test_the_declared_encoding_is_used(reading: Reading, head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>Привет, как дела?</p></body></html>"
    assert reading("a.html", page.encode(encoding)).text == "Привет, как дела?"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Only plain words.", "no markup"),
        ("<html><body> <script>x</script></body></html>", "empty"),
        (b"%PDF-1.4 <html>", "a PDF"),
        ("<div>" * 100_000 + "x", "deeper"),
    ],
    ids=["text", "empty", "pdf", "deep"],
)
def test_what_is_no_page_is_refused(reading: Reading, content: str, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.html.*{reason}"):
        reading("a.html", content)


def test_entities_of_its_own_are_not_expanded(reading: Reading) -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>Hello &x; you</p>'
    assert "root:" not in reading("a.html", page).text


@pytest.mark.parametrize("rest", ["", "</p>", "</p><p cla", "</p></bod"])
def test_a_page_that_breaks_off_is_told(reading: Reading, rest: str) -> None:
    begin = "<html><body><p>Int: So?</p><p>Mary: It was damp."
    assert any("breaks off" in note for note in reading("a.html", begin + rest).notes)
    assert not any("breaks off" in n for n in reading("a.html", f"{begin}</p></body></html>").notes)
    assert not any("breaks off" in n for n in reading("a.html", "<p>Int: 3 < 4").notes)
