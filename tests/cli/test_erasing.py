"""Erasing on the command line reaches the cache of suggestions."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.project import Project
from commonplace.suggest.cache import Shelf, folder
from tests.cli.conftest import Commonplace


@pytest.mark.parametrize("command", [("documents", "P01"), ("participants", "Rosa")])
def test_the_cache_of_the_project_goes(
    commonplace: Commonplace, imported: Path, command: tuple[str, str]
) -> None:
    with Project.open(imported) as project:
        kept = folder(project.uuid)
        Shelf(project.uuid).save("learnt", "key", {})
    assert kept.is_dir()
    noun, name = command
    assert commonplace(noun, imported, "erase", name, "--yes").code == 0
    assert not kept.exists()
