"""What reading a codebook file gives, and how its faults are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commonplace.domain.codebook import Codebook, CodebookError

SHOWN = 20
"""Faults named in one message; who has more puts these right first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A codebook, and notes on what was left out or put right on the way in."""

    codebook: Codebook
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a file. `line` counts from 1; in a table it is the row, header 1."""

    line: int
    message: str


class CodebookFileError(CodebookError):
    """A codebook file that cannot be read. `faults` are all that were found, in file order."""

    def __init__(self, file: str, faults: Iterable[Fault], *, unit: str = "line") -> None:
        self.faults = tuple(sorted(faults))
        told = [f"{file}, {unit} {fault.line}: {fault.message}" for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            told.append(f"… and {len(self.faults) - SHOWN} more")
        super().__init__("\n".join(told))
