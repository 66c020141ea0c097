from __future__ import annotations

import stat

import numpy as np
import pytest

from commonplace.suggest import dataset
from commonplace.suggest.cache import Shelf, folder, forget, key
from commonplace.suggest.corpus import Corpus
from commonplace.suggest.engine import Engine
from commonplace.suggest.packing import packed, unpacked
from tests.suggest.build import HOUSING, TALK, make_project, segments_of, transcript


@pytest.fixture(autouse=True)
def _private(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


PRIOR, BATCH = "prior.npz", "batch-00000.npz"


@pytest.fixture
def project(tmp_path):
    with make_project(tmp_path / "p.commonplace") as made:
        yield made


def run(project):
    return Engine(project, shelf=Shelf(project.uuid)).run()


def test_what_was_read_is_kept_for_its_owner_alone_and_not_read_again(project, monkeypatch):
    first = run(project)
    kept = folder(project.uuid)
    assert {path.name for path in kept.iterdir()} == {PRIOR, BATCH}
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}
    ours = (kept, kept.parent, kept.parent.parent)
    assert {stat.S_IMODE(path.stat().st_mode) for path in ours} == {0o700}
    monkeypatch.setattr(dataset, "read", None)
    assert run(project) == first


@pytest.mark.parametrize("name", [PRIOR, BATCH])
def test_deleted_or_damaged_it_is_made_again_to_the_same_suggestions(project, name):
    first = run(project)
    kept = folder(project.uuid) / name
    kept.write_bytes(kept.read_bytes()[:200])
    assert run(project) == first
    forget(project.uuid)
    assert not folder(project.uuid).exists()
    assert run(project) == first
    kept.write_bytes(b"nothing of the kind")
    assert run(project) == first
    arrays = dict(np.load(kept))
    lost = next(name for name in arrays if name.endswith("indices"))
    changed = {**arrays, lost: arrays[lost] + 10_000}
    lacking = {each: array for each, array in arrays.items() if each != lost}
    for damaged in (changed, lacking):
        np.savez(kept, **damaged)
        assert run(project) == first


def test_a_pickle_is_never_loaded(project):
    first = run(project)
    for name in (PRIOR, BATCH):
        np.savez(folder(project.uuid) / name, key=np.array([{}], dtype=object))
    assert run(project) == first


def test_another_text_codebook_or_speaker_is_another_key():
    codes = HOUSING.in_reading_order()
    changed = (*TALK[:-1], ("Bo", "The busses never come."))
    found, again, other = (
        Corpus.of(segments_of(transcript("one.txt", *talk))) for talk in (TALK, TALK, changed)
    )
    assert key(codes, found) == key(codes, again)
    assert len({key(codes, found), key(codes[1:], found), key(codes, other)}) == 3


@pytest.mark.parametrize("words", [[], ["a"], ["é", "a b", "茶"]])
def test_words_come_back_as_they_were(words):
    assert unpacked(packed(words)) == words


def test_only_so_many_projects_are_kept(monkeypatch):
    monkeypatch.setattr("commonplace.suggest.cache.MOST_PROJECTS", 2)
    for name in "abc":
        Shelf(name).clear()
        (folder(name) / "tmpwhat_was_killed").touch()
        Shelf(name).clear()
        assert list(folder(name).iterdir()) == []
        Shelf(name).save("one", "k", {})
    assert len(list(folder("a").parent.iterdir())) == 2
    assert Shelf("c").load("one", "k") is not None
