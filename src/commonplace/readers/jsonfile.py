"""Transcripts as transcription services give them to programs (.json), by what is in them.

Known are Rev, AWS Transcribe, Otter, Google Speech, Azure Speech, Deepgram, AssemblyAI, ElevenLabs,
Speechmatics, IBM Watson, and the lists of segments of Whisper and its kin (`speaker`, where
diarised). Each becomes cues.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from commonplace.domain.transcript import Transcript
from commonplace.readers.cues import Cue, read_cues
from commonplace.readers.decode import decode
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options
from commonplace.readers.source import Source
from commonplace.readers.speakers.stamps import seconds

_OTTER_RATE = 16_000
_VALUES_AT_MOST = 5_000_000
_OBJECTS_AT_MOST = 1_500_000
"""Services give some five values and two objects for each word."""
_TICKS = 10_000_000
_WORDS = ("text", "transcript", "body", "sentence", "display", "words_text")
_VOICE = ("speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "speaker_id",
          "speakerId", "channel_name")  # fmt: skip
_START = ("start", "start_time", "startTime", "begin", "from", "ts", "offset")
_END = ("end", "end_time", "endTime", "to", "end_ts")
_LISTS = ("segments", "utterances", "transcription", "transcripts", "paragraphs", "sentences",
          "entries", "monologues", "chunks", "phrases")  # fmt: skip
_NO_SPACE_BEFORE = frozenset(".,?!;:…)%”’")
_SENTENCE_ENDS = frozenset(".?!…")
_PAUSE = 1.0
"""Seconds after which somebody on a channel of their own speaks anew."""
_LONGEST_NAME = 60
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, as `\\ud83d` without its other half writes them."""


def _read(source: Source, options: Options) -> list[Transcript]:
    text, _, notes = decode(source.data, source.name)
    if text.count(",") > _VALUES_AT_MOST or text.count("{") + text.count("[") > _OBJECTS_AT_MOST:
        raise ReadError(
            f"{source.name} has more values in it than any transcript; export it as .docx, .vtt or "
            ".srt"
        )
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ReadError(
            f"{source.name} has values within values, deeper than any transcript; export it as "
            ".docx, .vtt or .srt"
        ) from error
    except ValueError as error:
        reason = " ".join(str(error).split())[:120]
        raise ReadError(
            f"{source.name} is no JSON or is cut off ({reason}); export the transcript again, or "
            "as .docx, .vtt or .srt"
        ) from error
    for reader in _SERVICES:
        try:
            cues = _whole(list(reader(data)))
        except (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError):
            continue  # some other service's
        if any(cue.text.strip() for cue in cues):
            return read_cues(source, FORMAT, cues, options, notes)
    raise ReadError(
        f"{source.name} is JSON, but no transcript of a service that is known (Otter, Rev, AWS, "
        "Google, Azure, Deepgram, AssemblyAI, ElevenLabs, Speechmatics, Watson, Whisper); export "
        "it as .docx, .vtt or .srt"
    )


def _whole(cues: list[Cue]) -> list[Cue]:
    """The cues, with the replacement character for each half of a character."""
    try:
        "".join([cue.text for cue in cues] + [cue.voice or "" for cue in cues]).encode()
    except UnicodeEncodeError:
        return [
            cue._replace(
                text=_HALVES.sub("\ufffd", cue.text),
                voice=cue.voice and _HALVES.sub("\ufffd", cue.voice),
            )
            for cue in cues
        ]
    return cues


def _rev(data: Any) -> Iterator[Cue]:
    names = {str(each["id"]): each.get("name") for each in data.get("speakers", [])}
    for monologue in data["monologues"]:
        number = str(monologue.get("speaker", ""))
        elements = monologue["elements"]
        times = [float(each["ts"]) for each in elements if "ts" in each]
        ends = [float(each["end_ts"]) for each in elements if "end_ts" in each]
        yield Cue(
            min(times, default=0.0),
            max(ends, default=0.0),
            "".join(str(each["value"]) for each in elements),
            _voice(monologue.get("speaker_name") or names.get(number) or number),
        )


def _aws(data: Any) -> Iterator[Cue]:
    results = data["results"]
    if not results["items"] and results.get("channel_labels"):
        return _by_channel(results["channel_labels"]["channels"])
    labels = {
        item["start_time"]: segment["speaker_label"]
        for segment in (results.get("speaker_labels") or {}).get("segments", [])
        for item in segment.get("items", [])
    }
    return _said(
        (
            item["alternatives"][0]["content"],
            _seconds(item.get("start_time")),
            _seconds(item.get("end_time")),
            item.get("speaker_label")
            or labels.get(item.get("start_time"))
            or (None if labels else item.get("channel_label")),
        )
        for item in results["items"]
    )


def _by_channel(channels: Iterable[Mapping[str, Any]]) -> Iterator[Cue]:
    """The words of each channel up to a full stop or pause: who talk at once are not mixed up."""
    said: list[Cue] = []
    for channel in channels:
        sentence: list[tuple[Any, float, float, Any]] = []
        last, ended = 0.0, False
        for item in channel["items"]:
            word = item["alternatives"][0]["content"]
            start, end = _seconds(item.get("start_time")), _seconds(item.get("end_time"))
            if "start_time" in item and (ended or start - last > _PAUSE):
                said += _said(sentence)
                sentence = []
            sentence.append((word, start, end, channel["channel_label"]))
            last, ended = max(last, end), word in _SENTENCE_ENDS
        said += _said(sentence)
    return iter(sorted(said, key=attrgetter("start")))


def _otter(data: Any) -> Iterator[Cue]:
    speech = data.get("speech", data)
    names = {
        str(each.get("speaker_id", each.get("id"))): each.get("speaker_name") or each.get("name")
        for each in speech.get("speakers", [])
    }
    for part in speech["transcripts"]:
        speaker = part.get("speaker_name") or names.get(str(part.get("speaker_id")))
        yield Cue(
            part["start_offset"] / _OTTER_RATE,
            part["end_offset"] / _OTTER_RATE,
            part["transcript"],
            _voice(speaker or part.get("label")),
        )


def _google(data: Any) -> Iterator[Cue]:
    results = data.get("results") or data["response"]["results"]
    best = [result["alternatives"][0] for result in results if result.get("alternatives")]
    tagged = [a for a in best if any(_tag(word) is not None for word in a.get("words", []))]
    if tagged:  # the last result repeats all words, with speakers
        words = tagged[-1]["words"] if len(tagged[-1]["words"]) >= max(
            len(a.get("words", [])) for a in best
        ) else [word for a in tagged for word in a["words"]]  # fmt: skip
        return _said(
            (w["word"], _seconds(w.get("startTime")), _seconds(w.get("endTime")), _tag(w))
            for w in words
        )
    return (
        Cue(
            _seconds((a.get("words") or [{}])[0].get("startTime")),
            _seconds((a.get("words") or [{}])[-1].get("endTime")),
            a["transcript"],
        )
        for a in best
    )


def _tag(word: Mapping[str, Any]) -> object:
    return word.get("speakerTag") or word.get("speakerLabel") or word.get("speaker_tag")


def _azure(data: Any) -> Iterator[Cue]:
    phrases = sorted(data["recognizedPhrases"], key=lambda phrase: phrase["offsetInTicks"])
    for phrase in phrases:
        start = phrase["offsetInTicks"] / _TICKS
        yield Cue(
            start,
            start + phrase.get("durationInTicks", 0) / _TICKS,
            phrase["nBest"][0]["display"],
            _voice(phrase.get("speaker")),
        )


def _deepgram(data: Any) -> Iterator[Cue]:
    results = data["results"]
    if results.get("utterances"):
        return _segments(results)
    words = results["channels"][0]["alternatives"][0]["words"]
    return _said(
        (w.get("punctuated_word") or w["word"], w["start"], w["end"], w.get("speaker"))
        for w in words
    )


def _segments(data: Any) -> Iterator[Cue]:
    """Lists of segments with words and perhaps speaker and times, however they are called."""
    found, scale = data, 1.0
    if isinstance(data, dict):
        name = next((name for name in _LISTS if data.get(name)), "")
        found = data[name]
        scale = 0.001 if _in_milliseconds(name, found) else 1.0
    names = _names(data)
    voices: dict[str | None, str | None] = {}
    for each in found:
        words = _first(each, _WORDS)
        if words is None:
            continue
        times = each.get("timestamps") or each
        speaker = _first(each, _VOICE)
        known_as = None if speaker is None else str(speaker)
        if known_as not in voices:
            voices[known_as] = _voice(names.get(str(speaker), speaker))
        yield Cue(
            _seconds(_first(times, _START)) * scale,
            _seconds(_first(times, _END)) * scale,
            str(words),
            voices[known_as],
        )


def _words(data: Any) -> Iterator[Cue]:
    """One list of words, as ElevenLabs gives it, and AssemblyAI where it tells nobody apart."""
    words = [each for each in data["words"] if each.get("type") != "spacing"]
    scale = 0.001 if _in_milliseconds("words", words) else 1.0
    return _said(
        (
            str(each["text"]).strip(),
            _seconds(_first(each, _START)) * scale,
            _seconds(_first(each, _END)) * scale,
            _first(each, _VOICE),
        )
        for each in words
    )


def _speechmatics(data: Any) -> Iterator[Cue]:
    if not any(each["type"] == "word" for each in data["results"]):
        raise ValueError("no words")
    spoken = ((each, each["alternatives"][0]) for each in data["results"] if "type" in each)
    return _said(
        (
            best["content"],
            _seconds(each["start_time"]),
            _seconds(each["end_time"]),
            best.get("speaker"),
        )
        for each, best in spoken
    )


def _watson(data: Any) -> Iterator[Cue]:
    """Words with times, and a list that says at which times who speaks."""
    who = {each["from"]: each["speaker"] for each in data["speaker_labels"]}
    best = (result["alternatives"][0] for result in data["results"])
    words = (word for each in best for word in each["timestamps"])
    return _said(
        (word, _seconds(start), _seconds(end), who.get(start)) for word, start, end in words
    )


def _in_milliseconds(name: str, segments: Iterable[Mapping[str, Any]]) -> bool:
    """Whether times are whole thousandths, as AssemblyAI has them."""
    if name not in ("utterances", "words"):
        return False
    ends = [each.get("end") for each in segments]
    whole = [end for end in ends if isinstance(end, int)]
    return len(whole) == len(ends) and max(whole, default=0) >= 1000


def _names(data: Any) -> dict[str, Any]:
    listed = data.get("speakers") if isinstance(data, dict) else None
    if isinstance(listed, dict):
        return {str(key): name for key, name in listed.items() if isinstance(name, str)}
    if not isinstance(listed, list):
        return {}
    people = [each for each in listed if isinstance(each, dict) and each.get("name")]
    return {str(each.get("id")): each["name"] for each in people}


def _said(words: Iterable[tuple[Any, float, float, Any]]) -> Iterator[Cue]:
    """Words with times and speakers as cues; punctuation has neither and goes with the word."""
    parts: list[str] = []
    speaker: Any = None
    begin = last = 0.0
    for word, start, end, who in words:
        mark = str(word) in _NO_SPACE_BEFORE
        if parts and not mark and who is not None and who != speaker:
            yield Cue(begin, last, "".join(parts), _voice(speaker))
            parts = []
        if not parts:
            begin, speaker = start, who
        parts += [str(word)] if mark or not parts else [" ", str(word)]
        last = max(last, end)
    if parts:
        yield Cue(begin, last, "".join(parts), _voice(speaker))


def _first(each: Mapping[str, Any], names: Iterable[str]) -> Any:
    for name in names:
        if (found := each.get(name)) is not None:
            return found
    return None


def _voice(speaker: Any) -> str | None:
    """A speaker's name; numbers and single letters are told to be speakers."""
    if isinstance(speaker, dict):
        speaker = _first(speaker, ("name", "label", "id"))
    name = " ".join(str(speaker if speaker is not None else "").split()).rstrip(":")
    if not name or len(name) > _LONGEST_NAME:
        return None
    return f"Speaker {name}" if name.isdigit() or len(name) == 1 else name


def _seconds(time: Any) -> float:
    """A time in seconds from `1.2`, `"1.200"`, `"1.200s"` or `"00:00:01,200"`; 0 if none."""
    if isinstance(time, str):
        time = seconds(time) if ":" in time else float(time.rstrip("s") or 0)
    found = float(time or 0)
    return found if 0 <= found < 1e9 else 0.0


_SERVICES: tuple[Callable[[Any], Iterator[Cue]], ...] = (
    _rev, _aws, _otter, _speechmatics, _watson, _google, _azure, _deepgram, _segments, _words,
)  # fmt: skip
FORMAT = Format("json", (".json",), 1, _read)
