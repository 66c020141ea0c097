from __future__ import annotations

import os
import queue
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.suggest import client
from commonplace.suggest.client import Busy, Client, Gone, Idle, Starting, SuggestError, run_once
from commonplace.suggest.protocol import (
    ACCOUNT,
    QUIT,
    RUN,
    Accounts,
    Likeness,
    Request,
    Told,
    ask,
    decode,
    encode,
    request_on,
)
from commonplace.suggest.worker import Change, Watch
from tests.suggest.build import TALK, make_project, transcript

PATIENCE = 60.0
"""Seconds to wait for a status on a busy machine; no test waits that long when all is well."""


class Ear:
    """Hears statuses and waits for one of a kind."""

    def __init__(self) -> None:
        self._heard: queue.Queue = queue.Queue()
        self.all: list = []

    def __call__(self, status) -> None:
        self.all.append(status)
        self._heard.put(status)

    def wait_for(self, kind):
        until = time.monotonic() + PATIENCE
        while True:
            status = self._heard.get(timeout=max(0.01, until - time.monotonic()))
            if isinstance(status, kind):
                return status


@pytest.fixture
def project(tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("COMMONPLACE_CODER", "Tess")
    with make_project(tmp_path / "study.commonplace") as made:
        yield made


@pytest.fixture
def hired(project, monkeypatch):
    """A client and what it heard; the worker is gone after the test."""
    monkeypatch.setattr(client, "BACK_OFF_SECONDS", (0.05, 0.1))
    ear = Ear()
    hired = Client(project.path, ear)
    yield hired, ear
    hired.close()


def gone(pid: int) -> bool:
    """Whether a process has ended (one that nobody has reaped yet counts as ended)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def wait_until(holds) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def test_a_status_survives_its_line():
    for status in (Starting(), Busy(3, 9), Idle(4, 120), Gone("Zoë’s disk\nis full")):
        line = encode(status)
        assert line.isascii()
        assert line.count("\n") == 1
        assert decode(line) == status


def test_lines_that_say_nothing_are_passed_over():
    for line in ("", "warning: x", "[]", "7", '{"status": "king"}', '{"status": "busy"}', "{"):
        assert decode(line) is None
        assert request_on(line) is None
    assert [request_on(ask(request)) for request in (RUN, QUIT)] == [Request(RUN), Request(QUIT)]
    assert request_on(ask("dance")) is None


def test_accounts_and_the_request_for_them_survive_their_lines():
    like = Likeness("one.txt", Span(3, 9), "mould\n„überall“", 0.25)
    said = Accounts((Told("a", 0.5, -1.25, (like,)), Told("b", 0.0, 2.0)))
    for answer in (Accounts(), said):
        line = encode(answer)
        assert line.isascii() and line.count("\n") == 1
        assert decode(line) == answer
    assert request_on(ask(ACCOUNT, ["a", "b"])) == Request(ACCOUNT, ("a", "b"))
    for odd in ('{"accounts": 3}', '{"accounts": [{}]}', '{"request": "account", "of": 3}'):
        assert decode(odd) is None and request_on(odd) is None


def test_a_run_on_request_fills_the_project(project, hired):
    worker, ear = hired
    worker.request_run()
    idle = ear.wait_for(Idle)
    assert idle.run == project.suggestions.run == 1
    assert idle.count == len(project.suggestions.pending()) > 0
    assert isinstance(ear.all[0], Starting)
    assert any(isinstance(status, Busy) for status in ear.all)


def test_it_tells_what_spoke_for_a_suggestion_and_what_it_is_like(project):
    project.documents.add(transcript("two.txt", ("Cy", "There was damp and mould in the bedroom.")))
    heard, told = Ear(), Ear()
    worker = Client(project.path, heard, told=told)
    try:
        worker.request_run()
        heard.wait_for(Idle)
        damp = project.codes.find("Damp").id
        first, second = [one for one in project.suggestions.pending() if one.code == damp][-2:]
        worker.request_account("no such suggestion")
        worker.request_account(first.id)
        before = told.wait_for(Told)
        assert before.suggestion == first.id
        assert before.codebook > 0 and before.learnt == 0 and before.like == ()
        project.suggestions.accept(first.id)
        heard.wait_for(Idle)
        worker.request_account(second.id)
        after = told.wait_for(Told)
        assert after.suggestion == second.id
        assert {like.document for like in after.like} == {"one.txt"}
        assert any("mould" in like.quote and 0 < like.likeness <= 1 for like in after.like)
        assert len(told.all) == 2
    finally:
        worker.close()


def test_the_worker_is_nice_and_out_of_the_way_of_the_keyboard(hired):
    worker, ear = hired
    worker.request_run()
    ear.wait_for(Idle)
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) >= 10
    assert os.getsid(worker.pid) != os.getsid(0)


def test_it_runs_by_itself_when_the_codebook_changes_and_after_a_coding(project, hired):
    worker, ear = hired
    worker.request_run()
    ear.wait_for(Idle)
    project.codes.add("Cinema", keywords=("cinema",))
    assert ear.wait_for(Idle).run == 2
    cinema = project.codes.find("Cinema").id
    (found,) = [one for one in project.suggestions.pending() if one.code == cinema]
    project.codings.add(found.document, found.span, cinema)
    assert ear.wait_for(Idle).run == 3
    assert project.suggestions.basis.labelled == 1


def test_a_killed_worker_is_said_to_be_gone_and_comes_back_to_what_it_owes(project, hired):
    worker, ear = hired
    worker.request_run()
    ear.wait_for(Busy)
    worker.request_run()
    ear.wait_for(Idle)
    before = project.suggestions.pending()
    first = worker.pid
    os.kill(first, signal.SIGKILL)
    assert "Killed" in ear.wait_for(Gone).reason
    ear.wait_for(Starting)
    if sum(isinstance(status, Idle) for status in ear.all) < 2:  # it died before it was done
        ear.wait_for(Idle)
    assert worker.pid != first
    assert project.suggestions.pending() == before
    assert list(project.check()) == []


def test_killed_in_the_middle_of_a_run_it_owes_the_run(project, hired):
    worker, ear = hired
    worker.request_run()
    ear.wait_for(Busy)
    os.kill(worker.pid, signal.SIGKILL)
    ear.wait_for(Gone)
    assert ear.wait_for(Idle).count == len(project.suggestions.pending())
    assert list(project.check()) == []


def test_a_worker_that_cannot_live_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "BACK_OFF_SECONDS", (0.01,))
    ear = Ear()
    worker = Client(tmp_path / "missing.commonplace", ear)
    worker.request_run()
    reasons = [ear.wait_for(Gone).reason for _ in range(2)]
    assert all("no such project" in reason for reason in reasons)
    wait_until(lambda: not worker._watcher.is_alive())
    assert [type(status) for status in ear.all] == [Starting, Gone] * 2
    worker.close()


def test_close_ends_the_worker_and_leaves_one_plain_file(project, hired):
    worker, ear = hired
    worker.request_run()
    ear.wait_for(Idle)
    pid = worker.pid
    worker.close()
    assert gone(pid)
    assert worker.pid is None
    assert not any(isinstance(status, Gone) for status in ear.all)
    project.close()
    assert [path.name for path in project.path.parent.iterdir()] == [project.path.name]
    assert stat.S_IMODE(project.path.stat().st_mode) == 0o600


def test_close_during_a_run_and_twice_is_harmless(project, hired):
    worker, ear = hired
    worker.request_run()
    ear.wait_for(Busy)
    worker.close()
    worker.close()
    worker.request_run()
    assert worker.pid is None
    assert list(project.check()) == []


def test_the_worker_leaves_when_its_parent_dies(project):
    script = (
        "import sys, time, pathlib\n"
        "from commonplace.suggest.client import Client, Idle\n"
        "worker = Client(pathlib.Path(sys.argv[1]), lambda status: isinstance(status, Idle)"
        " and print(worker.pid, flush=True))\n"
        "worker.request_run()\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(project.path)], stdout=subprocess.PIPE, text=True
    )
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: gone(pid))


def test_run_once_waits_and_counts_and_leaves_other_coders_suggestions_alone(project):
    heard = []
    count = run_once(project.path, lambda done, total: heard.append((done, total)))
    assert count == len(project.suggestions.pending()) > 0
    assert heard[-1][0] == heard[-1][1] > 0
    waiting = project.suggestions.pending()
    with Project.open(project.path, coder="Bea") as hers:
        hers.suggestions.reject(waiting[0])
        assert run_once(project.path, coder="Bea") == count - 1
        assert hers.suggestions.run == project.suggestions.run == 1
    assert project.suggestions.pending() == waiting


def test_run_once_says_why_not(tmp_path):
    with pytest.raises(SuggestError, match="no such project"):
        run_once(tmp_path / "missing.commonplace")


def test_modules_of_the_current_folder_are_not_run(project, tmp_path, monkeypatch):
    (tmp_path / "commonplace").mkdir()
    (tmp_path / "commonplace" / "__init__.py").write_text("raise SystemExit('not me')")
    (tmp_path / "numpy.py").write_text("raise SystemExit('not me')")
    monkeypatch.chdir(tmp_path)
    assert run_once(Path(project.path.name)) > 0


def test_only_protocol_goes_to_standard_output(project):
    done = subprocess.run(
        [sys.executable, "-m", "commonplace.suggest.worker", str(project.path)],
        input="nonsense\n" + ask(RUN),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    assert all(decode(line) is not None for line in done.stdout.splitlines())


def test_what_has_changed_decides_what_is_read_anew(project):
    with Project.open(project.path, coder="other") as other:
        watch = Watch(project)
        assert watch.changed() is Change.NOTHING
        document = other.documents.all()[0].id
        other.codings.add(document, Span(5, 9), other.codes.find("Damp").id)
        other.documents.set_done(document)
        assert watch.changed() is Change.LESSONS
        other.memos.write("so it is", document=document)
        assert watch.changed() is Change.NOTHING
        label = other.documents.turns(document)[1].speaker
        other.speakers.set_interviewer(document, label, True)
        assert watch.changed() is Change.TEXTS
        assert watch.changed() is Change.NOTHING
        other.documents.add(transcript("two.txt", *TALK))
        assert watch.changed() is Change.TEXTS
        other.erase_document(document)
        assert watch.changed() is Change.TEXTS


def test_talking_to_the_worker_costs_no_heavy_import():
    script = (
        "import sys, commonplace.suggest, commonplace.suggest.client\n"
        "heavy = {'spacy', 'sklearn', 'numpy', 'scipy', 'snowballstemmer', 'sqlite_utils'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
