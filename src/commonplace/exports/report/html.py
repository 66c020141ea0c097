"""A report as one page that stands alone, by a Jinja2 template.

Whatever the template prints is text: what would act on the screen is shown as its picture, markup
is escaped. Templates come from elsewhere and run in a sandbox: they see the report, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonplace.exports.files import ExportError
from commonplace.exports.html_page import in_pieces
from commonplace.exports.report import shipped_template
from commonplace.exports.report.charts import svg
from commonplace.exports.report.model import Report
from commonplace.exports.shown import visible

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

SHADES = 5
"""Steps of a heat table, beside that for nothing."""


def render(report: Report, template: Path | None = None) -> Iterable[str]:
    """The page, in pieces. Raises `ExportError` for a template that cannot be read or is wrong."""
    from jinja2 import TemplateError

    name = "the template" if template is None else template.name
    try:
        pieces = _environment().from_string(_source(template)).generate(report=report)
        # Mistakes of a template show while it runs: before any file is touched.
        return list(in_pieces(pieces))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"{name}, line {line}" if line else name
        raise ExportError(f"{where}: {error.message or error}") from error
    except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
        raise ExportError(f"{name} does not fit the report: {error}") from error


def shade(share: float | None) -> int:
    """Which step of a heat table a share is: 0 for nothing, `SHADES` for all."""
    if not share:
        return 0
    return min(SHADES, 1 + int(share * SHADES))


def _source(template: Path | None) -> str:
    if template is None:
        return shipped_template()
    try:
        return template.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ExportError(f"{template} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ExportError(f"{template} is no text in UTF-8: {error}") from error


def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shade"] = shade
    environment.filters["chart"] = _chart
    return environment


def _shown(value: Any) -> Any:
    """Text as it may be shown; what is markup already stays."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _chart(block: Any) -> Any:
    from markupsafe import Markup

    return Markup(svg(block))
