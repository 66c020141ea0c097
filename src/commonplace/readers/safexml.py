"""XML from files that nobody vouches for: no entities, no document types, no network."""

from __future__ import annotations

import re
from typing import Any

from commonplace.readers.archive import damaged, refuse_dense
from commonplace.readers.errors import ReadError

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DOCTYPE = re.compile(rb"<!DOCTYPE\b[^\[<>]*>")


def parse_xml(data: bytes, name: str, what: str, *, doctype: bool = False) -> Any:
    """The root element (lxml). Raises `ReadError` for what is no well-formed XML in UTF-8 or 16.

    A document type is where entities come from, which can blow up in memory or fetch other
    files. The formats that we read have none; with `doctype` one that declares nothing itself is
    passed over, as pages of books have it.
    """
    from lxml import etree

    refuse_dense(data.count(b"<"), name)
    if data.startswith(_WIDE):
        data = data.decode("utf-16", "replace").encode()
    if doctype:
        data = _DOCTYPE.sub(b"", data, count=1)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError(
            f"{name} declares entities of its own, as no {what} needs to; open it in the program "
            "it comes from and save it again"
        )
    parser = etree.XMLParser(
        encoding="utf-8",  # without this a declared encoding could hide a document type
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,  # one line may have ten million characters; sizes are limited before
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name, what, error) from error
    if root is None:
        raise damaged(name, what, ValueError("it has no content"))
    return root


def local_name(element: Any) -> str:
    """The element's name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
