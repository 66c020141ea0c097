"""kill -9 at any moment: what was confirmed is there, and nothing is half there."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commonplace.project import Project
from tests import make

WORK = """
import sys
from pathlib import Path
from commonplace.domain.span import Span
from commonplace.project import Project
project = Project.open(Path(sys.argv[1]), coder="Amira")
document = project.documents.find("P01").id
damp, rent = project.codes.find("Damp").id, project.codes.find("Rent").id
for n in range(100_000):
    start = n % 900
    coding = project.codings.add(document, Span(start, start + 1 + n // 900), damp)
    print("coded", coding.id, flush=True)
    if n % 3 == 1:
        project.codings.change(coding.id, code=rent)
        print("moved", coding.id, flush=True)
    if n % 3 == 2:
        project.codings.remove(coding.id)
        print("removed", coding.id, flush=True)
"""


@pytest.mark.parametrize("milliseconds", [0, 40, 170])
def test_what_was_confirmed_survives_kill_9(project: Project, milliseconds: int) -> None:
    project.documents.add(make.transcript(("P1", "damp and cold " * 80)))
    project.close()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORK, str(project.path)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    said = [worker.stdout.readline()]
    time.sleep(milliseconds / 1000)
    worker.send_signal(signal.SIGKILL)
    said += worker.stdout.read().splitlines(keepends=True)
    worker.wait()
    confirmed: dict[str, str] = {}
    for line in said:
        if line.endswith("\n"):
            what, coding = line.split()
            confirmed[coding] = what
    with Project.open(project.path) as after:
        assert list(after.check()) == []
        rent = after.codes.find("Rent").id
        document = after.documents.find("P01").id
        there = {coding.id: coding for coding in after.codings.of_document(document)}
        last = list(confirmed)[-1]
        for coding, what in confirmed.items():
            if what == "removed":
                assert coding not in there
            elif what == "moved":
                assert there[coding].code == rent
            elif coding != last:  # the last one may have been on its way to something else
                assert coding in there
        assert len(there) <= len(confirmed) + 1


def test_a_half_made_project_is_never_left(tmp_path: Path) -> None:
    path = tmp_path / "p.commonplace"
    for milliseconds in range(0, 240, 40):
        path.unlink(missing_ok=True)
        worker = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys, pathlib; from commonplace.project.connection import create_file; "
                "create_file(pathlib.Path(sys.argv[1]))",
                str(path),
            ]
        )
        time.sleep(0.1 + milliseconds / 1000)
        worker.kill()
        worker.wait()
        if path.exists():
            with Project.open(path) as project:
                assert list(project.check()) == []
