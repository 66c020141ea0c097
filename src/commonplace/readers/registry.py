"""The formats there are. A new one is a module with a `FORMAT`, named here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import PurePath

from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format

_MODULES = (
    "plain",
    "markdown",
    "word",
    "webvtt",
    "srt",
    "table",
    "odf",
    "html",
    "rtf",
    "pdf",
    "epub",
    "excel",
    "ods",
    "jsonfile",
)

_ADVICE = {
    ".doc": "an old Word format; save it as .docx",
    ".xls": "an old Excel format; save it as .xlsx or .csv",
}


@cache
def _by_extension() -> dict[str, Format]:
    forms = [import_module(f"commonplace.readers.{module}").FORMAT for module in _MODULES]
    return {extension: form for form in forms for extension in form.extensions}


def formats() -> dict[str, Format]:
    """The formats that can be read, by file name extension (`.txt`, small letters)."""
    return dict(_by_extension())


def format_of(name: str) -> Format:
    """The format of a file by its name. Raises `ReadError` when there is none."""
    extension = PurePath(name).suffix.lower()
    form = _by_extension().get(extension)
    if form is not None:
        return form
    known = ", ".join(sorted(_by_extension()))
    what = f"the ending {extension}" if extension else "no ending in its name"
    advice = _ADVICE.get(extension, "rename it if it is one of these, or save it as one")
    raise ReadError(f"{name} has {what}; readable are {known}: {advice}")
