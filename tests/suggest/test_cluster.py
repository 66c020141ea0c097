"""Work on a Dask cluster: the same as here, to the last digit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest

from commonplace.suggest.client import SuggestError, run_once
from commonplace.suggest.cluster import HERE, ClusterError, _single, cluster
from commonplace.suggest.dataset import Dataset
from commonplace.suggest.evaluation import taught
from commonplace.suggest.packing import pack_vectorised
from tests.suggest.build import HOUSING, make_project, transcript
from tests.suggest.test_evaluation import statements

distributed = pytest.importorskip("distributed", reason="needs commonplace[cluster]")


@contextmanager
def served(**options: object) -> Iterator[str]:
    """The address of a scheduler with workers."""
    with distributed.LocalCluster(dashboard_address=None, **options) as made:
        yield made.scheduler_address


def test_without_an_address_the_work_is_done_here():
    with cluster(None) as crew:
        assert list(crew.map(pow, (2,), range(4))) == [1, 2, 4, 8]


@pytest.mark.parametrize(
    "workers",
    [
        {"n_workers": 1, "threads_per_worker": 4, "processes": False, "protocol": "tcp"},
        pytest.param(
            {"n_workers": 2, "threads_per_worker": 1, "processes": True}, marks=pytest.mark.slow
        ),
    ],
    ids=["four threads", "two processes"],
)
def test_a_cluster_gives_the_same_to_the_last_digit(workers, monkeypatch):
    monkeypatch.setattr("commonplace.suggest.corpus.BATCH", 25)
    monkeypatch.setattr("commonplace.suggest.corpus.FIT_ON", 60)
    monkeypatch.setattr("commonplace.suggest.dataset.MOST_AT_HAND", 0)
    study = statements()
    told = []
    with served(**workers) as address, cluster(address) as crew:
        for who in (HERE, crew):
            dataset = Dataset.of(study.codebook, study.segments, crew=who)
            logit = dataset.logit(taught(dataset, study, np.arange(0, 120, 3)))
            seen = [
                pack_vectorised(dataset._batches.batch(number).vectorised) for number in range(5)
            ]
            told.append(
                [
                    logit.tobytes(),
                    *(array.tobytes() for arrays in seen for array in arrays.values()),
                ]
            )
    assert len(logit) == 120
    assert told[0] == told[1]


@pytest.mark.slow
def test_suggestions_are_made_by_a_cluster_as_they_are_here(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    talks = [transcript(f"{n}.txt", ("Ann", f"There was damp in room {n}.")) for n in range(3)]
    with make_project(tmp_path / "p.commonplace", HOUSING, *talks) as project:
        here = run_once(project.path)
        alone = project.suggestions.pending()
        with served(n_workers=2, threads_per_worker=1, processes=True) as address:
            assert run_once(project.path, cluster=address) == here > 0
        assert project.suggestions.pending() == alone


def test_threads_of_a_worker_take_turns():
    busy = []

    def work(number):
        busy.append(number)
        time.sleep(0.001)
        assert busy == [number]
        return busy.pop()

    with ThreadPoolExecutor(4) as threads:
        assert [*threads.map(partial(_single, work), range(8))] == [*range(8)]


def test_an_address_where_nobody_answers_is_said_to_be_one(monkeypatch, tmp_path):
    monkeypatch.setattr("commonplace.suggest.cluster.CONNECT_SECONDS", 0.2)
    with (
        pytest.raises(ClusterError, match="no Dask scheduler answers at tcp"),
        cluster("tcp://127.0.0.1:9"),
    ):
        pass
    with (
        make_project(tmp_path / "p.commonplace") as project,
        pytest.raises(SuggestError, match="no Dask scheduler answers at nowhere"),
    ):
        run_once(project.path, cluster="nowhere")


def test_a_cluster_without_workers_is_refused():
    with (
        served(n_workers=0, processes=False, protocol="tcp") as address,
        pytest.raises(ClusterError, match="no workers"),
        cluster(address),
    ):
        pass
