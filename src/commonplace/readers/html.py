"""Pages saved from the web (.html).

Parsed with lxml, which Word files need as well: its parser mends what is broken as browsers do.
"""

from __future__ import annotations

import re
from typing import Any

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import damaged, refuse_dense
from commonplace.readers.decode import decode
from commonplace.readers.errors import ReadError
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.htmlblocks import page_blocks
from commonplace.readers.source import Source

_WHAT = "page"
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*(?:!doctype|/?[a-z][a-z0-9]{0,15}\b[^<>]{0,2000}>)", re.IGNORECASE)
_OPENS = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_HALF_A_TAG = re.compile(r"<[/a-z][^<>]*\Z", re.IGNORECASE)
_TAIL = 2000
_ON_PAGES = re.compile(
    r"utf-?8|(?:windows|cp|ibm|x-cp)-?\d{3,5}|iso-?8859-\d{1,2}|latin-?1|(?:us-)?ascii|koi8-[ru]"
    r"|gb\w{1,8}|big5(?:-hkscs)?|(?:x-)?s(?:hift)?[-_]?jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)"
    r"|tis-620|macintosh|x-mac-\w{3,12}"
)
_BROWSERS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "gb2312": "gbk", "iso-8859-9": "cp1254", "tis-620": "cp874",
}  # fmt: skip
"""Encodings that browsers read as larger ones."""


def _read(source: Source, options: Options) -> list[Transcript]:
    text, notes = _text(source)
    if not _MARKUP.search(text):
        raise ReadError(
            f"{source.name} is no page: there is no markup in it; rename it to .txt if it is "
            "plain text"
        )
    blocks = page_blocks(parse_page(text, source.name))
    return read_flow(source, FORMAT, options, blocks, (*notes, *_cut_off_notes(text)))


def _cut_off_notes(text: str) -> tuple[str, ...]:
    """What to tell of a page that ends before its end: in a tag, or with its body open."""
    unclosed = _OPENS.search(text) and not _CLOSES.search(text)
    if unclosed or _HALF_A_TAG.search(text[-_TAIL:]):
        return ("the page breaks off before its end: look for a whole copy of the file",)
    return ()


def _text(source: Source) -> tuple[str, tuple[str, ...]]:
    declared = _CHARSET.search(source.data, 0, 4096)
    if declared and not source.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii", "replace").lower()
        try:
            if _ON_PAGES.fullmatch(name):
                return source.data.decode(_BROWSERS.get(name, name)), ()
        except (LookupError, UnicodeError):
            pass  # what is declared is wrong: look at the bytes
    decoded = decode(source.data, source.name)
    return decoded.text, decoded.notes


def parse_page(text: str, name: str) -> Any:
    """The root element of a page (lxml). Raises `ReadError` when nothing can be made of it."""
    from lxml import etree

    refuse_dense(text.count("<"), name)

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name, _WHAT, error) from error
    if root is None:
        raise ReadError(f"{name} is empty: there is nothing on the page")
    if any("depth" in entry.message.casefold() for entry in parser.error_log):
        raise ReadError(
            f"{name} nests its elements deeper than any page needs; save its text as .txt"
        )
    return root


FORMAT = Format("html", (".html", ".htm", ".xhtml"), 1, _read)
