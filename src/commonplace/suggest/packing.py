"""What was read as arrays that can be kept on disk, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from commonplace.suggest.features import Space, Vectorised
from commonplace.suggest.prior import Prior, Usual

Arrays = dict[str, Any]

_PARTS = ("data", "indices", "indptr")


def pack_vectorised(vectorised: Vectorised) -> Arrays:
    """A batch of segments."""
    arrays = {
        **_pack("words", vectorised.words),
        **_pack("hits", vectorised.hits),
        "lengths": vectorised.lengths,
    }
    return arrays if vectorised.vectors is None else {**arrays, "vectors": vectorised.vectors}


def vectorised_of(arrays: Mapping[str, Any]) -> Vectorised:
    """The batch again."""
    return Vectorised(
        _matrix("words", arrays), _matrix("hits", arrays), arrays["lengths"], arrays.get("vectors")
    )


def pack_prior(prior: Prior) -> Arrays:
    """The space of a prior, what is usual in its corpus, and its glossary, if any."""
    space, usual = prior.space, prior.usual
    arrays = {
        "names": packed(space.names),
        "rarity": space.rarity,
        "terms": space.terms,
        **_pack("shapes", space.shapes),
        "cues": usual.rarity,
        "usual_words": usual.words,
        "usual_meaning": usual.meaning,
        "usual_sense": usual.sense,
        "usual_length": np.array(usual.length),
    }
    return arrays if prior.glossary is None else {**arrays, "glossary": prior.glossary}


def space_of(arrays: Mapping[str, Any]) -> tuple[Space, Usual]:
    """The space, and what is usual, again."""
    space = Space.again(
        unpacked(arrays["names"]), arrays["rarity"], arrays["terms"], _matrix("shapes", arrays)
    )
    usual = Usual(
        rarity=arrays["cues"],
        words=arrays["usual_words"],
        meaning=arrays["usual_meaning"],
        sense=arrays["usual_sense"],
        length=float(arrays["usual_length"]),
    )
    return space, usual


def packed(words: Sequence[str]) -> Any:
    """Words without line breaks as an array of bytes."""
    return np.frombuffer("\n".join(words).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def unpacked(array: Any) -> list[str]:
    """The words again. `packed` of none and of one empty word are the same: none."""
    text = array.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []


def _pack(name: str, matrix: sparse.csr_matrix) -> Arrays:
    parts = {f"{name}_{part}": getattr(matrix, part) for part in _PARTS}
    return {**parts, f"{name}_shape": np.array(matrix.shape)}


def _matrix(name: str, arrays: Mapping[str, Any]) -> sparse.csr_matrix:
    parts = tuple(arrays[f"{name}_{part}"] for part in _PARTS)
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}_shape"]))
