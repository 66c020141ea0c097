"""Reports as files: one page, or one Word document, with the same contents.

A report is data (see `model`); its pictures are drawn by `charts`, without any library: drawing
bars and lines takes less code than steering a plotting library, and loads in no time.
"""

from __future__ import annotations

from pathlib import Path

from commonplace.exports.files import ExportError, replacing, replacing_bytes
from commonplace.exports.report.model import Report

__all__ = ["ENDINGS", "ReportFormatError", "check", "problem", "shipped_template", "write"]

ENDINGS = (".html", ".docx")


class ReportFormatError(ExportError):
    """A file, or a template, whose name says no format of reports."""


def write(report: Report, path: Path, *, template: Path | None = None) -> None:
    """Writes a report to a file, in the format of its extension.

    The file is readable by its owner only, and is there whole or not at all. `template` is a
    Jinja2 template for a page, or a Word document whose styles, margins and headers are taken.
    Raises `ReportFormatError` before anything is written, and `ExportError`.
    """
    ending = check(path, template)
    if ending == ".docx":
        from commonplace.exports.report import docx

        with replacing_bytes(path.resolve()) as stream:
            docx.write(report, stream, template=template)
        return
    from commonplace.exports.report import html

    pieces = html.render(report, template)
    with replacing(path.resolve()) as text:
        text.writelines(pieces)


def check(path: Path, template: Path | None = None) -> str:
    """The ending of the file's name. Raises `ReportFormatError` for one that is none of
    `ENDINGS`, and for a template of another kind than the file."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        what = f"'{path.suffix}' is no format of reports" if path.suffix else "no format is named"
        raise ReportFormatError(f"{what}: the file's name may end in {' or '.join(ENDINGS)}")
    if template is not None and (template.suffix.lower() == ".docx") is not (ending == ".docx"):
        raise ReportFormatError(
            f"{template.name} is no template for {ending}: a page takes a Jinja2 template, a Word "
            "document another Word document"
        )
    return ending


def problem(path: Path) -> str:
    """Why the name of a file names no format of reports, in words; empty when it does."""
    try:
        check(path)
    except ReportFormatError as error:
        return str(error)
    return ""


def shipped_template() -> str:
    """The template of pages, for whoever wants to change it."""
    from importlib.resources import files

    folder = files("commonplace.exports.report") / "templates"
    return (folder / "report.html.jinja").read_text(encoding="utf-8")
