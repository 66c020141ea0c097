"""Questions in a thread: what is not wanted any more is broken off, and nobody hears of it."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event

from commonplace.tui.queries import Queries, Stop

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_a_question_that_is_left_ends_and_the_next_is_answered(path):
    answers: SimpleQueue = SimpleQueue()
    begun = Event()

    def endless(project):
        begun.set()
        return project.connection.execute(ENDLESS).fetchone()

    queries = Queries(path, "amira", answers.put)
    queries.ask("table", endless, print)
    assert begun.wait(10)
    queries.drop("table")
    queries.ask("other", lambda project: project.name, print)
    left, answered = answers.get(timeout=10), answers.get(timeout=10)
    queries.close()
    assert (left.result, left.error) == (None, "")
    assert not queries.is_current("table", left.number)
    assert (answered.result, answered.error) == ("Small", "")


def test_a_newer_question_breaks_off_the_older_one(path):
    answers: SimpleQueue = SimpleQueue()
    begun = Event()

    def endless(project):
        begun.set()
        return project.connection.execute(ENDLESS).fetchone()

    queries = Queries(path, "amira", answers.put)
    queries.ask("table", endless, print)
    assert begun.wait(10)
    queries.ask("table", lambda project: 7, print)
    results = [answers.get(timeout=10).result for _ in range(2)]
    assert results == [None, 7]
    begun.clear()
    stop = Stop()
    queries.ask("file", endless, print, stop)
    assert begun.wait(10)
    stop.set()
    stopped = answers.get(timeout=10)
    assert (stopped.result, stopped.error) == (None, "")
    assert queries.stops == {"file": stop}
    assert queries.read(stopped) and not queries.stops, "who asked hears that it was stopped"
    queries.close()


def test_closing_does_not_wait_for_an_endless_question(path):
    begun = Event()

    def endless(project):
        begun.set()
        return project.connection.execute(ENDLESS).fetchone()

    queries = Queries(path, "amira", lambda message: None)
    queries.ask("table", endless, print)
    assert begun.wait(10)
    queries.close()
