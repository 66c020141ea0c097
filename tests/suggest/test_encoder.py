"""Sentence encoders: small ones made here, and the one of the extra where it is installed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from commonplace.suggest import encoder
from commonplace.suggest.cache import Shelf
from commonplace.suggest.encoder import VARIABLE, Encoder, EncoderError, WordPieces
from commonplace.suggest.engine import Engine
from commonplace.suggest.senses import Senses
from tests.suggest.build import (
    code,
    codebook,
    make_project,
    propose,
    segments_of,
    transcript,
)
from tests.suggest.test_engine import cold

WORDS = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "damp", "mould", "fungus", "bus", "play", "##ing", ".", "'",
    "the", "on", "wall", "we", "saw", "a", "went", "by", "cafe", "茶", "屋",
)  # fmt: skip
SIZE = 8


def write_tensors(path: Path, tensors: dict[str, np.ndarray]) -> None:
    """A file of safetensors."""
    described, data = {}, b""
    for name, tensor in tensors.items():
        start = len(data)
        data += tensor.astype("<f4").tobytes()
        described[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [start, len(data)],
        }
    head = json.dumps(described).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + data)


def make_encoder(folder: Path, *, layers: int = 0, **settings: object) -> Path:
    """An encoder that means the same by mould and fungus; its layers, if any, are random."""
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(3)
    words = rng.normal(size=(len(WORDS), SIZE))
    words[WORDS.index("fungus")] = words[WORDS.index("mould")]
    tensors = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": np.zeros((32, SIZE)),
        "embeddings.token_type_embeddings.weight": np.zeros((2, SIZE)),
        "embeddings.LayerNorm.weight": np.ones(SIZE),
        "embeddings.LayerNorm.bias": np.zeros(SIZE),
    }
    for number in range(layers):
        layer = f"encoder.layer.{number}"
        for name, rows, columns in (
            ("attention.self.query", SIZE, SIZE),
            ("attention.self.key", SIZE, SIZE),
            ("attention.self.value", SIZE, SIZE),
            ("attention.output.dense", SIZE, SIZE),
            ("intermediate.dense", 2 * SIZE, SIZE),
            ("output.dense", SIZE, 2 * SIZE),
        ):
            tensors[f"{layer}.{name}.weight"] = rng.normal(size=(rows, columns))
            tensors[f"{layer}.{name}.bias"] = rng.normal(size=rows)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            tensors[f"{layer}.{name}.weight"] = np.ones(SIZE)
            tensors[f"{layer}.{name}.bias"] = np.zeros(SIZE)
    write_tensors(folder / "model.safetensors", tensors)
    described = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": SIZE,
        "num_hidden_layers": layers,
        "num_attention_heads": 2,
        "max_position_embeddings": 32,
        **settings,
    }
    (folder / "config.json").write_text(json.dumps(described))
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    return make_encoder(tmp_path / "model")


def test_words_are_cut_as_bert_cuts_them(folder):
    pieces = WordPieces(folder)

    def words(text: str) -> list[str]:
        return [WORDS[number] for number in pieces.of(text, 32)]

    assert words("The damp.") == ["[CLS]", "the", "damp", ".", "[SEP]"]
    assert words("playing") == ["[CLS]", "play", "##ing", "[SEP]"]
    assert words("Café\u200b 茶屋 zebra") == ["[CLS]", "cafe", "茶", "屋", "[UNK]", "[SEP]"]
    assert words("bus " * 50)[-2:] == ["bus", "[SEP]"]
    assert len(words("bus " * 50)) == 32
    assert words("") == ["[CLS]", "[SEP]"]


def test_a_vector_hangs_on_its_text_alone(tmp_path):
    made = Encoder(make_encoder(tmp_path / "deep", layers=2))
    texts = ["the damp wall.", "we saw a bus", "", "mould on the wall"]
    vectors = made.encode(texts)
    assert np.allclose(np.linalg.norm(vectors.astype(float), axis=1), 1, atol=1e-3)
    assert (made.encode(texts[::-1])[::-1] == vectors).all()
    assert not (vectors[0] == vectors[3]).all()


def test_the_first_token_can_stand_for_the_text(folder):
    whole = Encoder(folder)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    first = Encoder(folder)
    assert (first.encode(["damp"]) == first.encode(["bus"])).all()  # without layers: no context
    assert not (whole.encode(["damp"]) == whole.encode(["bus"])).all()
    assert whole.digest != first.digest


def test_what_is_no_encoder_is_refused_with_a_reason(tmp_path, folder):
    with pytest.raises(EncoderError, match="no sentence encoder"):
        Encoder(tmp_path / "nowhere")
    with pytest.raises(EncoderError, match="'xlm-roberta': only BERT"):
        Encoder(make_encoder(tmp_path / "other", model_type="xlm-roberta"))
    (folder / "model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0nonsense")
    with pytest.raises(EncoderError, match="no sentence encoder"):
        Encoder(folder)


def test_the_folder_that_is_named_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert encoder.find() == tmp_path
    monkeypatch.setenv(VARIABLE, "None")
    assert encoder.find() is None


BOOK = codebook(code("Fungus", "fungus"), code("Buses", "bus"))
TALK = transcript(
    "one.txt",
    ("Ann", "Mould on the wall we saw. Fungus on the wall we saw."),
    ("Bo", "The zebra went by us. We went by a damp cafe."),
)


def test_what_no_keyword_names_is_found_by_its_meaning_and_says_by_which_word(folder, monkeypatch):
    talk = transcript(
        "one.txt",
        ("Ann", "We saw the mould."),
        ("Bo", "We went by a cafe. We saw the wall. The damp went on."),
    )
    found = segments_of(talk)
    fungus = 0
    assert len(set(cold(BOOK, found)[:, fungus])) == 1
    monkeypatch.setenv(VARIABLE, str(folder))
    first, *others = cold(BOOK, found)[:, fungus]
    assert first > max(others)
    monkeypatch.setattr("commonplace.suggest.calibration.FLOOR", 0.0)
    monkeypatch.setattr("commonplace.suggest.choose.FLOOR_AT_FIRST", 1e-6)
    proposed = [one for one in propose(BOOK, found, balance=10) if one.code == "Fungus"]
    assert proposed[0].reasons[0] == "mould"


@pytest.fixture
def private(tmp_path, monkeypatch, folder):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv(VARIABLE, str(folder))


def test_each_text_is_computed_once_and_kept(private, tmp_path, monkeypatch):
    with make_project(tmp_path / "p.commonplace", BOOK, TALK) as project:
        first = Engine(project, shelf=Shelf(project.uuid)).run()
        asked: list[str] = []
        whole = Encoder.encode

        def heard(self: Encoder, texts: list[str]) -> np.ndarray:
            asked.extend(texts)
            return whole(self, texts)

        monkeypatch.setattr(Encoder, "encode", heard)
        assert Engine(project, shelf=Shelf(project.uuid)).run() == first
        assert asked == []
        project.codes.add("Walls", keywords=("wall",))
        project.documents.add(
            transcript("two.txt", ("Cy", "We saw a bus. We went by a damp cafe."))
        )
        Engine(project, shelf=Shelf(project.uuid)).run()
        assert sorted(asked) == ["Walls", "We saw a bus.", "wall"]
        asked.clear()
        for path in Shelf(project.uuid).folder.iterdir():
            path.unlink()
        rebuilt = Engine(project, shelf=Shelf(project.uuid)).run()
        assert Engine(project, shelf=Shelf(project.uuid)).run() == rebuilt
        assert "Mould on the wall we saw." in asked


def test_files_of_vectors_grow_and_are_read_again(private, folder, monkeypatch):
    monkeypatch.setattr("commonplace.suggest.senses.TOGETHER", 2)
    made, shelf = Encoder(folder), Shelf("p")
    texts = ["damp", "bus", "mould", "damp", "wall", "the"]
    heard: list[tuple[int, int]] = []
    vectors = Senses(made, shelf).of(texts, lambda *done: heard.append(done))
    assert heard == [(2, 5), (4, 5), (5, 5)]
    assert (vectors == made.encode(texts)).all()
    again = Senses(made, shelf)
    assert (again.of([*texts, "saw"], lambda *done: heard.append(done))[:6] == vectors).all()
    assert heard[3:] == [(1, 1)]
    assert (Senses(made, None).of(texts, lambda *_: None) == vectors).all()
    first = shelf.folder / "sense-00000.npz"
    first.write_bytes((shelf.folder / "sense-00001.npz").read_bytes())  # another process was there
    with pytest.raises(OSError, match="try again"):
        again.of(texts[::-1], lambda *_: None)


def test_the_encoder_of_the_extra_gives_the_vectors_that_are_known_of_it(monkeypatch):
    monkeypatch.delenv(VARIABLE)
    folder = encoder.find()
    if folder is None:
        pytest.skip("needs commonplace[semantic]")
    (vector,) = Encoder(folder).encode(["This is an example sentence"])
    assert np.allclose(vector[:4], [0.0677, 0.0635, 0.0487, 0.0793], atol=2e-4)
