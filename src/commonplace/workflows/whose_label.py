"""Which speaker a row of a participants file is about; the rules are in `attach_participants`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonplace.project.errors import NotFoundError

if TYPE_CHECKING:
    from commonplace.project import DocumentInfo, Project, SpeakerInfo
    from commonplace.readers import ParticipantRow


class Matcher:
    """Finds the speaker a row is about."""

    def __init__(self, project: Project) -> None:
        self.project = project
        documents = project.documents.all()
        self.names = {info.id: info.name for info in documents}
        self.speakers = {info.id: project.speakers.all(info.id) for info in documents}
        self.people = {person.id: person for person in project.people.all()}
        self._found: dict[str, DocumentInfo] = {info.name: info for info in documents}

    def match(self, row: ParticipantRow) -> SpeakerInfo | str:
        """The speaker, or why there is none."""
        label = row.label
        if not row.document:
            return self._anywhere(label)
        try:
            document = self._document(row.document)
        except NotFoundError as error:
            return str(error)
        found = _of_label(self.speakers[document.id], label)
        if found is None and row.name:
            found = self._only_interviewee(document)
        if found is None:
            known = ", ".join(f"'{s.label}'" for s in self.speakers[document.id])
            return f"no speaker '{label}' in {document.name}: there are {known or 'none'}"
        return self._participant(found)

    def _document(self, name: str) -> DocumentInfo:
        if name not in self._found:
            self._found[name] = self.project.documents.find(name)
        return self._found[name]

    def _anywhere(self, label: str) -> SpeakerInfo | str:
        found = [s for speakers in self.speakers.values() if (s := _of_label(speakers, label))]
        if len(found) > 1:
            shown = ", ".join(self.names[speaker.document] for speaker in found[:4])
            more = f" and {len(found) - 4} more" if len(found) > 4 else ""
            return (
                f"'{label}' speaks in {len(found)} transcripts ({shown}{more}): say which in a "
                "column 'document'; nobody was joined"
            )
        if found:
            return self._participant(found[0])
        only = self._named_like(label)
        if only is None:
            return f"nobody is labelled '{label}' in any transcript"
        return only

    def _named_like(self, name: str) -> SpeakerInfo | None:
        """The only interviewee of the transcript of that name."""
        try:
            return self._only_interviewee(self._document(name))
        except NotFoundError:
            return None

    def _only_interviewee(self, document: DocumentInfo) -> SpeakerInfo | None:
        heard = [s for s in self.speakers[document.id] if s.person is not None and s.turns]
        return heard[0] if len(heard) == 1 else None

    def _participant(self, speaker: SpeakerInfo) -> SpeakerInfo | str:
        if speaker.person is not None and not speaker.interviewer:
            return speaker
        return (
            f"'{speaker.label}' is the interviewer in {self.names[speaker.document]}; if that is "
            "wrong, import it again and name the interviewer with --interviewer"
        )


def _of_label(speakers: Sequence[SpeakerInfo], label: str) -> SpeakerInfo | None:
    """The speaker of that label; else the only one that differs in case and spaces alone."""
    for speaker in speakers:
        if speaker.label == label:
            return speaker
    alike = [s for s in speakers if _key(s.label) == _key(label)]
    return alike[0] if len(alike) == 1 else None


def _key(label: str) -> str:
    return " ".join(label.casefold().split())
