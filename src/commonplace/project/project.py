"""A project: one file, and everything known of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from commonplace.project import connection
from commonplace.project.adjudication import Adjudication
from commonplace.project.amendments import Amendments
from commonplace.project.attributes import Attributes
from commonplace.project.audits import Audits
from commonplace.project.blind import Blind
from commonplace.project.codes import Codes
from commonplace.project.codings import Codings
from commonplace.project.documents import Documents
from commonplace.project.errors import ProjectError
from commonplace.project.journal import Journal
from commonplace.project.memos import Memos
from commonplace.project.people import People
from commonplace.project.queries import Queries
from commonplace.project.quotes import Quotes
from commonplace.project.rereading import Rereading
from commonplace.project.search import Search
from commonplace.project.settings import coder_name
from commonplace.project.speakers import Speakers
from commonplace.project.store import Change, Store, new_id, now
from commonplace.project.suggestions import Suggestions
from commonplace.project.unplaced import UnplacedRows
from commonplace.project.versions import Versions


class Project:
    """An open project file, used by one thread; others open it for themselves.

    Every writing method is one transaction and one journal entry under this coder's name, or,
    inside `transaction`, part of that one.
    """

    def __init__(self, path: Path, opened: sqlite3.Connection, coder: str) -> None:
        self.path = path
        self.coder = coder
        self.connection = opened
        self._store = Store(opened, coder)
        self.documents = Documents(self._store)
        self.speakers = Speakers(self._store)
        self.people = People(self._store)
        self.attributes = Attributes(self._store)
        self.codes = Codes(self._store)
        self.codings = Codings(self._store)
        self.rereading = Rereading(self._store)
        self.memos = Memos(self._store)
        self.quotes = Quotes(self._store)
        self.suggestions = Suggestions(self._store)
        self.audits = Audits(self._store)
        self.search = Search(self._store)
        self.queries = Queries(self._store, self.codes.codebook)
        self.journal = Journal(self._store)
        self.adjudication = Adjudication(self._store)
        self.blind = Blind(self._store)
        self.amendments = Amendments(self._store)
        self.versions = Versions(self._store)
        self.unplaced = UnplacedRows(self._store)

    @classmethod
    def create(cls, path: Path, *, name: str | None = None, coder: str | None = None) -> Project:
        """Makes an empty project. Raises `ProjectError` when the file exists already."""
        from importlib.metadata import version

        coder = coder_name(coder)
        connection.create_file(path)
        project = cls(path, connection.open_file(path), coder)
        facts = {
            "uuid": new_id(),
            "name": name or path.stem,
            "created_at": now(),
            "made_by": f"commonplace {version('commonplace')}",
        }
        project.connection.executemany("INSERT INTO project VALUES (?, ?)", [*facts.items()])
        return project

    @classmethod
    def open(cls, path: Path, *, coder: str | None = None) -> Project:
        """Opens a project. Raises `ProjectError` when it is missing, damaged or too new."""
        return cls(path, connection.open_file(path), coder_name(coder))

    def hurry(self) -> None:
        """Does not wait for the disk from now on: for one who writes only what can be made again.

        A power cut may take the last writes, never the soundness of the file: without a
        write-ahead log, where it could, nothing changes.
        """
        if self.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            self.connection.execute("PRAGMA synchronous = NORMAL")

    def close(self) -> None:
        """Closes the file; the last to do so leaves one plain file and no log."""
        self.connection.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def uuid(self) -> str:
        """The project's identity, the same in every copy."""
        return str(self.fact("uuid"))

    @property
    def name(self) -> str:
        """What the project is called."""
        return self.fact("name") or self.path.stem

    @property
    def writable(self) -> bool:
        """Whether changes can be kept where the file lies."""
        return connection.why_read_only(self.path) is None

    @property
    def notice(self) -> str | None:
        """What the user should know about where the file lies."""
        refused = connection.why_read_only(self.path)
        if refused is not None:
            return f"{refused}: {connection.WHAT_TO_DO}"
        reason = connection.why_not_wal(self.path)
        return None if reason is None else f"{reason}: a slower but safer way of writing is used"

    def fact(self, key: str) -> str | None:
        """A fact about the project as a whole (table `project`)."""
        value = self._store.value("SELECT value FROM project WHERE key = ?", key)
        return None if value is None else str(value)

    def set_fact(self, key: str, value: str) -> None:
        """Sets a fact about the project as a whole; can be undone."""
        with self._store.transaction(f"set {key.replace('_', ' ')} to {value}") as change:
            if change.row("project", key) is None:
                change.insert("project", [(key, value)])
            else:
                change.update("project", key, value=value)

    def transaction(
        self, action: str, *, group: str | None = None
    ) -> AbstractContextManager[Change]:
        """Everything written inside is one transaction and one journal entry, or nothing.

        `action` says in words what is done; `group` (see `new_group`) makes several
        transactions one thing to undo.
        """
        return self._store.transaction(action, group=group)

    @staticmethod
    def new_group() -> str:
        """An identity for a group of transactions."""
        return new_id()

    def data_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return int(self._store.value("PRAGMA data_version"))

    def backup(self, target: Path | None = None) -> Path:
        """Writes a consistent copy, beside the project unless told where; returns its path."""
        from commonplace.project.backup import backup

        return backup(self.connection, self.path, target)

    def check(self) -> Iterator[str]:
        """Everything that is wrong with the file, in words."""
        from commonplace.project import check

        return check.problems(self._store)

    def remarks(self) -> Iterator[str]:
        """What waits for somebody, though nothing is wrong with the file, in words."""
        from commonplace.project import check

        return check.remarks(self._store)

    def compact(self) -> None:
        """Rewrites the file without what was deleted."""
        from commonplace.project import erase

        erase.compact(self._store)

    def erase_document(self, document: str, *, facts: Iterable[str] = ()) -> list[Path]:
        """Erases a transcript for good; returns other files nearby that still hold it.

        What `facts` (keys) said before goes out of the history.
        """
        from commonplace.project import erase

        held = erase.copies_that_hold(self.path, document)
        erase.erase_document(self._store, document, facts)
        return held

    def erase_person(self, person: str, *, facts: Iterable[str] = ()) -> list[Path]:
        """Erases a person and their words for good; returns files that still hold them.

        What `facts` (keys) said before goes out of the history.
        """
        from commonplace.project import erase

        held: dict[Path, None] = {}
        for document in self.people.documents_of(person):
            held.update(dict.fromkeys(erase.copies_that_hold(self.path, document)))
        erase.erase_person(self._store, person, facts)
        return list(held)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside belongs to one state of the project, whatever others write."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")


__all__ = ["Project", "ProjectError"]
