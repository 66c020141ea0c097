"""How files are read for import and for its review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonplace.workflows.find_files import Found

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.readers import Corrections, TableReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are to be read; see `commonplace.readers.read`."""

    speakers: str = "auto"
    corrections: Corrections | None = None
    """Beyond those that the project remembers."""
    table: TableReading | None = None


def read_file(found: Found, reading: Reading, corrections: Corrections) -> list[Transcript]:
    """The transcripts in a file. Raises `ValueError` or `OSError` for what cannot be read."""
    from commonplace import readers

    try:
        return readers.read(
            found.path,
            name=found.name,
            speakers=reading.speakers,
            corrections=corrections,
            table=reading.table or readers.TableReading(),
        )
    except (ValueError, OSError):
        raise
    except Exception as error:
        # One file that a library chokes on must not take the others with it.
        raise ValueError(
            f"it cannot be read ({type(error).__name__}: {error}); it may be damaged: open "
            "it where it came from and save it again"
        ) from error
