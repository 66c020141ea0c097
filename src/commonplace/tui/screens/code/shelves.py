"""The transcripts and the codebook at the side: listing, counting, going from one to the next."""

from __future__ import annotations

from commonplace.domain.codebook import Codebook
from commonplace.project import DocumentInfo, Project
from commonplace.tui.screens.code.desk import Desk, shares
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.codetree import CodeTree
from commonplace.tui.widgets.shelf import Shelf, Volume


class Shelves(Desk):
    """Keeps the lists at the side in step with the project."""

    _steps = 0
    """Transcripts forward, or back, that were asked for before there was a list of them."""

    def list_transcripts(self) -> None:
        """Asks which transcripts there are."""
        self.session.desk.ask("shelf", _listed, self._listed)

    def _listed(self, found: tuple[list[DocumentInfo], set[str]]) -> None:
        infos, done = found
        shelf = self.query_one(Shelf)
        self.shelf = [info.id for info in infos]
        known = {volume.id: volume.share for volume in shelf.volumes}
        shelf.show_volumes(
            [Volume(info.id, info.name, known.get(info.id), info.id in done) for info in infos]
        )
        self.query_one("#shelf-title", Heading).show(
            "Transcripts", f"{len(done)} of {len(infos)} done" if infos else ""
        )
        opened = self.opened
        if opened is not None:
            opened.done = opened.id in done
            opened.info = next((info for info in infos if info.id == opened.id), opened.info)
            self.document_shown()
        elif infos:
            self.open(infos[0].id)
        if opened is not None and opened.id not in self.shelf:
            self.removed()
        steps, self._steps = self._steps, 0
        for _ in range(abs(steps)):
            self.action_document(1 if steps > 0 else -1)
        self.session.desk.ask("shares", shares, self.shares_known)

    def removed(self) -> None:
        """The open transcript is no longer in the project."""
        self.say("this transcript was removed from the project — u undoes", trouble=True)
        self.opened = None
        if self.shelf:
            self.open(self.shelf[0])

    def count_codings(self) -> None:
        """Asks how often each code stands."""
        tree = self.query_one(CodeTree)
        self.session.desk.ask("counts", lambda project: project.codes.counts(), tree.show_counts)

    def read_codebook(self) -> None:
        """Reads the codebook anew."""

        def known(codebook: Codebook) -> None:
            self.session.set_codebook(codebook)
            self.reader.set_codes(self.session.looks)
            if self.only not in codebook:
                self.only = ""
            self.codebook_shown()
            self.show_marks()

        self.session.desk.ask("codebook", lambda project: project.codes.codebook(), known)

    def codebook_shown(self) -> None:
        """Shows the codebook as it is now."""

    def action_document(self, direction: int) -> None:
        if not self.shelf:  # not listed yet: keys that come before the list count all the same
            self._steps += direction
            return
        if self.opened is None or self.opened.id not in self.shelf:
            return
        here = self.wanted if self.wanted in self.shelf else self.opened.id
        place = self.shelf.index(here) + direction
        if 0 <= place < len(self.shelf):
            self.open(self.shelf[place])
        else:
            self.say(
                "this is the last transcript" if direction > 0 else "this is the first transcript"
            )

    def action_done(self) -> None:
        opened = self.opened
        if opened is None:
            return
        done = not opened.done
        said = f"{opened.info.name} is {'done' if done else 'not done'}"
        self.session.write(
            lambda project: project.documents.set_done(opened.id, done),
            lambda _: self.say(f"{said} — u undoes"),
        )


def _listed(project: Project) -> tuple[list[DocumentInfo], set[str]]:
    """All transcripts, and the ids of those this coder has read to the end."""
    done = project.connection.execute(
        "SELECT document_id FROM done WHERE coder = ?", (project.coder,)
    )
    return project.documents.all(), {row[0] for row in done}
