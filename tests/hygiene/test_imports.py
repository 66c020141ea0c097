"""Start-up stays light: who loads what, seen in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("spacy", "sklearn", "numpy", "scipy", "pandas", "matplotlib")
READING = (
    "docx",
    "openpyxl",
    "xlsxwriter",
    "lxml",
    "ruamel",
    "charset_normalizer",
    "lark",
    "jinja2",
    "sqlite_utils",
)


def loaded_by(code: str, *arguments: str) -> set[str]:
    """The top-level modules that are loaded when `code` has run."""
    script = (
        f"import sys\n{code}\nprint('\\n'.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


ROOMS = (
    "domain.transcript",
    "project",
    "readers",
    "codebooks",
    "analysis",
    "exports",
    "workflows",
    "suggest",
    "suggest.client",
    "cli.main",
    "cli.start",
)


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_room_loads_nothing_heavy(room: str) -> None:
    loaded = loaded_by(f"import commonplace.{room}")
    assert loaded.isdisjoint({*HEAVY, *READING, "textual", "rich"})


def test_help_loads_no_interface_and_no_model() -> None:
    code = (
        "import contextlib, io\nfrom commonplace.cli.start import run\n"
        "sys.argv = ['commonplace', '--help']\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    run()"
    )
    assert loaded_by(code).isdisjoint({*HEAVY, *READING, "textual", "rich"})


def test_opening_an_existing_project_loads_nothing_heavy(project) -> None:
    project.close()
    code = (
        "from pathlib import Path\nfrom commonplace.project import Project\n"
        "with Project.open(Path(sys.argv[1])) as p:\n"
        "    p.codes.codebook(), p.documents.all(), p.journal.history()"
    )
    assert loaded_by(code, str(project.path)).isdisjoint({*HEAVY, *READING, "textual", "rich"})


def test_an_idle_first_screen_loads_no_model(project) -> None:
    from tests import make

    project.documents.add(make.transcript())
    project.close()
    code = (
        "import asyncio\nfrom pathlib import Path\nfrom commonplace.tui.app import CommonplaceApp\n"
        "async def look():\n"
        "    app = CommonplaceApp(Path(sys.argv[1]))\n"
        "    async with app.run_test() as pilot:\n"
        "        await pilot.pause(0.3)\n"
        "asyncio.run(look())"
    )
    assert loaded_by(code, str(project.path)).isdisjoint({*HEAVY, *READING, "typer"})
