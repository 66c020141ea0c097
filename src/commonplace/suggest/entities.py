"""Names as a trained spaCy pipeline recognises them, where the user has installed one.

None comes along, and none is ever fetched: without one there is nothing to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from commonplace.domain.identifiers import Identifier, Kind
from commonplace.domain.span import Span

_KINDS = {
    **dict.fromkeys(("PERSON", "PER"), Kind.PERSON),
    **dict.fromkeys(("GPE", "LOC", "FAC"), Kind.PLACE),
    **dict.fromkeys(("ORG", "NORP", "MISC"), Kind.NAME),
}


def finder(language: str = "en") -> Callable[[str], Iterator[Identifier]] | None:
    """What finds names in a text of that language; None where no pipeline is installed."""
    pipeline = _pipeline(language)
    if pipeline is None:
        return None

    def found(text: str) -> Iterator[Identifier]:
        for entity in pipeline(text).ents:
            kind = _KINDS.get(entity.label_)
            if kind is not None and entity.text.strip():
                yield Identifier(kind, Span(entity.start_char, entity.end_char))

    return found


def _pipeline(language: str) -> Any:
    """The first installed pipeline of that language that recognises names; else None."""
    from importlib.metadata import entry_points

    names = sorted(each.name for each in entry_points(group="spacy_models"))
    for name in names:
        if not name.startswith(f"{language}_"):
            continue
        import spacy

        try:
            loaded = spacy.load(name)
        except (OSError, ValueError, ImportError):
            continue  # made for another version of spaCy
        if "ner" in loaded.pipe_names:
            return loaded
    return None
