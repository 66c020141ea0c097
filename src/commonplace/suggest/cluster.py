"""Who does the work on batches of segments: this process, or a Dask cluster by joblib.

What is asked is the same function of the same batch either way, so the results are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import Any, Protocol

from commonplace.suggest.protocol import SetUpError

A_CORE = 8
"""Batches for each core of the cluster that are under way at a time: what bounds the memory. All
wait for the last of them: with 2, one of two workers did two thirds of the work."""

CONNECT_SECONDS = 10.0


class ClusterError(SetUpError):
    """A cluster cannot be used; the message says why, and what to do."""


class Crew(Protocol):
    """Who works."""

    def map(
        self, work: Callable[..., Any], shared: tuple[Any, ...], items: Iterable[Any]
    ) -> Iterator[Any]:
        """`work(*shared, item)` for each item, in order."""
        ...


class _Here:
    def map(
        self, work: Callable[..., Any], shared: tuple[Any, ...], items: Iterable[Any]
    ) -> Iterator[Any]:
        for item in items:
            yield work(*shared, item)


HERE: Crew = _Here()
"""This process, one item at a time, when it is asked for."""


class _Dask:
    def __init__(self, client: Any) -> None:
        self._client = client

    def map(
        self, work: Callable[..., Any], shared: tuple[Any, ...], items: Iterable[Any]
    ) -> Iterator[Any]:
        from joblib import Parallel, delayed, parallel_config

        rest = iter(items)
        with (
            _understood(),
            parallel_config("dask", client=self._client),
            Parallel(batch_size=1) as crew,
        ):
            # Not by joblib, which names what is sent after its content: sent again while the
            # scheduler is still forgetting it from last time, it would be lost.
            there = self._client.scatter(list(shared), broadcast=True, hash=False)
            while wave := list(islice(rest, A_CORE * _cores(self._client))):
                yield from crew(delayed(_single)(work, *there, item) for item in wave)


_ALONE = Lock()


def _single(work: Callable[..., Any], *arguments: Any) -> Any:
    """One thread: more would give other digits, and slow each other down.

    Those of a Dask worker take turns, too: a stemmer is not for two at a time.
    """
    from threadpoolctl import threadpool_limits

    with _ALONE, threadpool_limits(1):
        return work(*arguments)


@contextmanager
def _understood() -> Iterator[None]:
    """Says what users can do about what goes wrong on other machines."""
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        yield
    except ImportError as error:
        raise ClusterError(
            "the cluster's workers lack something: install the same commonplace[cluster] there as "
            f"here ({error})"
        ) from error
    except (KilledWorker, CommClosedError, TimeoutError) as error:
        raise ClusterError(f"the cluster's workers were lost: {error}") from error


def _cores(client: Any) -> int:
    return max(1, int(sum(client.ncores().values())))


@contextmanager
def cluster(address: str | None) -> Iterator[Crew]:
    """The workers of the Dask scheduler at an address; without one, this process.

    Raises `ClusterError`.
    """
    if address is None:
        yield HERE
        return
    try:
        import distributed
    except ImportError:
        raise ClusterError(
            "a cluster needs Dask: install commonplace[cluster] here and on its machines"
        ) from None
    try:
        connect: Any = distributed.Client  # it has no types
        client = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}: start one with `dask scheduler`, workers "
            "with `dask worker ADDRESS`, and give its address, such as tcp://host:8786"
        ) from error
    with client:
        if not client.ncores():
            raise ClusterError(f"the scheduler at {address} has no workers: start some")
        yield _Dask(client)
