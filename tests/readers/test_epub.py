"""Books: chapters in the order in which they are read, and what is refused."""

from __future__ import annotations

import pytest

from commonplace.readers import ReadError
from tests.readers.conftest import Reading
from tests.readers.packages import zipped
from tests.readers.show import check_layout, said

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
TURNS = [("Int", "How is it?"), ("Mary", "Damp & cold."), ("Int", "Oh?"), ("Mary", "Yes.")]
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{}</body></html>'


def book(pages: dict[str, str], order: list[str], *, items: str = "", **more: str | bytes) -> bytes:
    listed = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in pages
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in order)
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": f"<package><manifest>{listed}{items}</manifest>"
        f"<spine>{spine}</spine></package>",
    }
    members |= {f"OEBPS/{name}.xhtml": page for name, page in pages.items()}
    return zipped(members | {name.replace("__", "/"): content for name, content in more.items()})


def paragraphs(turns: list[tuple[str, str]]) -> str:
    return "".join(f"<p>{who}: {words.replace('&', '&amp;')}</p>" for who, words in turns)


def test_chapters_come_in_the_order_of_the_spine(reading: Reading) -> None:
    pages = {"b": XHTML.format(paragraphs(TURNS[2:])), "a": XHTML.format(paragraphs(TURNS[:2]))}
    found = reading("a.epub", book(pages, ["a", "b"]))
    assert said(found) == TURNS
    check_layout(found.text, found)


def test_contents_pictures_and_pages_outside_the_spine_are_left_out(reading: Reading) -> None:
    pages = {"a": XHTML.format(paragraphs(TURNS)), "notes": XHTML.format("<p>Not read</p>")}
    items = (
        '<item id="nav" href="a.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="pic" href="x.png" media-type="image/png"/>'
    )
    order = ["nav", "pic", "a", "gone"]
    assert said(reading("a.epub", book(pages, order, items=items))) == TURNS


def test_pages_that_are_not_well_formed_are_read_as_browsers_do(reading: Reading) -> None:
    page = "<!DOCTYPE html><html><body><p>Q: How&nbsp;is it?<p>A: Damp.</body></html>"
    found = reading("a.epub", book({"a": page}, ["a"]))
    assert said(found) == [("Q", "How\xa0is it?"), ("A", "Damp.")]


def test_a_document_type_without_entities_is_passed_over(reading: Reading) -> None:
    kind = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/x.dtd">'
    found = reading("a.epub", book({"a": kind + XHTML.format(paragraphs(TURNS))}, ["a"]))
    assert said(found) == TURNS


ENTITIES = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LOCKED = '<e><CipherData><CipherReference URI="OEBPS/a.xhtml"/></CipherData></e>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "cut off"),
        (zipped({"mimetype": "application/epub+zip"}), "container.xml"),
        (zipped({"META-INF/container.xml": "<container/>"}), "where its pages are"),
        (book({"a": ENTITIES + XHTML.format("<p>&x;</p>")}, ["a"]), "entities"),
        (book({"a": XHTML.format("<p>x</p>")}, []), "empty"),
        (
            book({"a": XHTML.format("<p>x</p>")}, ["a"], **{"META-INF__encryption.xml": LOCKED}),
            "locked",
        ),
    ],
)
def test_what_is_no_free_book_is_refused(reading: Reading, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.epub.*{reason}"):
        reading("a.epub", content)


def test_a_page_outside_the_book_is_not_read(reading: Reading) -> None:
    items = (
        '<item id="out" href="../../../../etc/passwd" media-type="text/html"/>'
        '<item id="root" href="/etc/passwd" media-type="text/html"/>'
    )
    content = book({"a": XHTML.format(paragraphs(TURNS))}, ["out", "root", "a"], items=items)
    assert "root:" not in reading("a.epub", content).text
