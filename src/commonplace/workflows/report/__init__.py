"""The report of a study: put together from what the project knows, and written as one file."""

from __future__ import annotations

from commonplace.workflows.report.making import Asked, ReportError, make_report, write_report

__all__ = ["Asked", "ReportError", "make_report", "write_report"]
