"""Fixtures for all rooms: a small project, and how tests treat what the machine lacks."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from commonplace.project import Project
from tests import make

settings.register_profile(
    "commonplace",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("commonplace")

MEMORY = Path("/dev/shm")
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 << 30:
    # Thousands of commits, each waiting for the disk: most of the time that the tests would take.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    tempfile.tempdir = str(MEMORY)

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True, scope="module")
def frozen() -> None:
    """What earlier tests left is not gone through at each collection of garbage."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: many tests wait, for terminals, timers and other processes."""
    return (os.cpu_count() or 1) + 1


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no name for a test: archives made anew hold the time of day, and every worker
    must collect the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real third-party files to try things on; they stay outside the project."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the folder of real files is not here")
    return SHARED / "data"


@pytest.fixture
def need_program():
    """Skips by name where a program of the system is missing; in CI that is a failure."""

    def need(program: str) -> None:
        if shutil.which(program) is None:
            message = f"{program} is not installed"
            if os.environ.get("COMMONPLACE_CI"):
                pytest.fail(message)
            pytest.skip(message)

    return need


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the user's own settings or writes them, and the coder is always Amira."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COMMONPLACE_CODER", "Amira")
    for name in ("COLUMNS", "LINES"):  # the size of whatever terminal the tests were started in
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project with a small codebook."""
    with Project.create(tmp_path / "study.commonplace") as created:
        created.codes.load(make.codebook())
        yield created
