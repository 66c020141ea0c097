"""The project file: one SQLite file that holds transcripts, codes, codings and their history."""

from commonplace.project.amending import Fate
from commonplace.project.amendments import Amendment
from commonplace.project.codings import Codings
from commonplace.project.documents import DocumentInfo, StoredTurn
from commonplace.project.errors import DuplicateError, NotFoundError, ProjectError
from commonplace.project.journal import Entry
from commonplace.project.memos import Memo
from commonplace.project.project import Project
from commonplace.project.rereading import Reread
from commonplace.project.search import Hit
from commonplace.project.speakers import SpeakerInfo
from commonplace.project.suggestions import Decision
from commonplace.project.unplaced import Unplaced
from commonplace.project.versions import Version

__all__ = [
    "Amendment",
    "Codings",
    "Decision",
    "DocumentInfo",
    "DuplicateError",
    "Entry",
    "Fate",
    "Hit",
    "Memo",
    "NotFoundError",
    "Project",
    "ProjectError",
    "Reread",
    "SpeakerInfo",
    "StoredTurn",
    "Unplaced",
    "Version",
]
