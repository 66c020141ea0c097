"""Books (.epub): their chapters in reading order, each a page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import Archive, opened
from commonplace.readers.blocks import Block
from commonplace.readers.decode import decode
from commonplace.readers.errors import ReadError
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.html import parse_page
from commonplace.readers.htmlblocks import page_blocks
from commonplace.readers.safexml import local_name, parse_xml
from commonplace.readers.source import Source

_WHAT = "book"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_SHEETS_AT_MOST = 20
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def _read(source: Source, options: Options) -> list[Transcript]:
    with opened(source, _WHAT) as archive:
        chapters = list(_chapters(archive))
        _refuse_locked(archive, chapters)
        return read_flow(source, FORMAT, options, _blocks(archive, chapters))


def _chapters(archive: Archive) -> Iterator[str]:
    """The names of the members with the book's pages, in order; its table of contents is none."""
    container = parse_xml(archive.read(_CONTAINER), archive.name, _WHAT)
    package = next((each.get("full-path") for each in _all(container, "rootfile")), None)
    if not package:
        raise ReadError(f"{archive.name} does not say where its pages are; convert it anew")
    root = parse_xml(archive.read(package), archive.name, _WHAT, doctype=True)
    folder = posixpath.dirname(package)
    items = {each.get("id"): each for each in _all(root, "item")}
    for entry in _all(root, "itemref"):
        item = items.get(entry.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        path = unquote(item.get("href") or "").partition("#")[0]
        member = posixpath.normpath(posixpath.join(folder, path))
        if member in archive.names:
            yield member


def _refuse_locked(archive: Archive, chapters: list[str]) -> None:
    """Raises `ReadError` when chapters are encrypted; fonts often are, which does no harm."""
    if _ENCRYPTION not in archive.names:
        return
    listed = parse_xml(archive.read(_ENCRYPTION), archive.name, _WHAT)
    locked = {unquote(each.get("URI") or "") for each in _all(listed, "CipherReference")}
    if locked & set(chapters):
        raise ReadError(f"{archive.name} is locked by its seller; only free books can be read")


def _blocks(archive: Archive, chapters: list[str]) -> Iterator[Block]:
    sheets = sorted(name for name in archive.names if name.endswith(".css"))[:_SHEETS_AT_MOST]
    css = "\n".join(archive.read(name).decode("utf-8", "replace") for name in sheets)
    for chapter in chapters:
        yield from page_blocks(_page(archive.read(chapter), f"{archive.name}, {chapter}"), css)


def _page(data: bytes, name: str) -> Any:
    """The page's root element: strict if possible, for `<title/>` is not what browsers think."""
    try:
        return parse_xml(data, name, _WHAT, doctype=True)
    except ReadError:
        if b"<!ENTITY" in data:
            raise
        return parse_page(decode(data, name).text, name)


def _all(root: Any, name: str) -> Iterator[Any]:
    return (each for each in root.iter() if local_name(each) == name)


FORMAT = Format("epub", (".epub",), 1, _read)
