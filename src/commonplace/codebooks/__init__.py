"""Codebook files to `Codebook` and back: YAML, CSV and REFI-QDA (.qdc).

`load` and `save` choose the format by the file's extension. `read` does what `load` does and
also tells what the person should know: what a format could not hold, what was put right.
"""

from __future__ import annotations

import difflib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.codebooks.reading import Reading
from commonplace.domain.codebook import Codebook, CodebookError

if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "Reading",
    "builtin",
    "builtin_names",
    "builtin_path",
    "formats",
    "load",
    "read",
    "save",
]

DEFAULT = "social-determinants"
"""The codebook a new project gets unless another is named."""

_MODULES = {".yaml": "yaml_file", ".yml": "yaml_file", ".csv": "csv_file", ".qdc": "qdc"}


def formats() -> tuple[str, ...]:
    """The extensions that can be read and written: `.yaml`, `.yml`, `.csv`, `.qdc`."""
    return tuple(_MODULES)


def load(path: Path | str) -> Codebook:
    """The codebook in a file.

    Codes of a file that gives them no identity get `code_id(codebook.name, path)`, so that the
    same file makes the same codes in every project. A file that does not name its codebook
    names it by its own stem. Raises `CodebookError`, saying file, line or row, what is wrong
    and what would be right, and `OSError` when the file cannot be opened.
    """
    return read(path).codebook


def read(path: Path | str) -> Reading:
    """As `load`, with notes on what was left out or put right."""
    path = Path(path)
    reading: Reading = _module(path).read(path)
    return reading


def save(codebook: Codebook, path: Path | str) -> tuple[str, ...]:
    """Write a codebook; returns notes on what the format could not hold.

    The file appears at once or not at all. A YAML file that is already there is updated in
    place: its comments, order of keys and line breaks stay wherever the codes they belong to
    stay. Raises `CodebookError` when the codebook cannot be written so, or when a YAML file is
    there that cannot be read as a codebook, and `OSError` when the file cannot be written.
    """
    path = Path(path)
    notes: tuple[str, ...] = _module(path).save(codebook, path)
    return notes


def builtin_names() -> tuple[str, ...]:
    """The names of the codebooks that come with Commonplace, the default one first."""
    names = sorted(path.stem for path in _builtin_folder().glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT))


def builtin_path(name: str) -> Path:
    """The file of a codebook that comes with Commonplace. Raises `CodebookError` if none does."""
    names = builtin_names()
    if name not in names:
        close = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean '{close[0]}'?" if close else f"there are {', '.join(names)}"
        raise CodebookError(f"no codebook named '{name}' comes with Commonplace; {hint}")
    return _builtin_folder() / f"{name}.yaml"


def builtin(name: str = DEFAULT) -> Codebook:
    """A codebook that comes with Commonplace. Raises `CodebookError` if there is none."""
    return load(builtin_path(name))


def _builtin_folder() -> Path:
    """Inside the package when installed from a wheel, else beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "data" / "codebooks"
    return installed if installed.is_dir() else package.parents[1] / "codebooks"


def _module(path: Path) -> ModuleType:
    name = _MODULES.get(path.suffix.casefold())
    if name is None:
        raise CodebookError(
            f"{path.name}: a codebook file ends in {', '.join(formats())}; "
            "rename it, or save it in one of these formats"
        )
    return import_module(f"commonplace.codebooks.{name}")
