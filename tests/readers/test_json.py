"""Transcripts of services, each in its own layout, and what is no transcript."""

from __future__ import annotations

import json
from typing import Any

import pytest

from commonplace.readers import ReadError
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, said

TURNS = [("Ann", "So how was it?"), ("Ben", "Damp, I would say."), ("Ann", "Oh?")]
WORDS = [
    (1.0, who, word)
    for who, speech in TURNS
    for word in speech.replace(",", " ,").replace("?", " ?").replace(".", " .").split()
]


def timed() -> list[tuple[float, str, str]]:
    return [(1.0 + n / 2, who, word) for n, (_, who, word) in enumerate(WORDS)]


def rev() -> Any:
    return {
        "speakers": [{"id": 0, "name": "Ann"}, {"id": 1, "name": "Ben"}],
        "monologues": [
            {
                "speaker": "AB".index(who[0]),
                "elements": [
                    {"type": "text", "value": speech, "ts": 1.0 + n, "end_ts": 1.5 + n},
                    {"type": "punct", "value": " "},
                ],
            }
            for n, (who, speech) in enumerate(TURNS)
        ],
    }


def aws() -> Any:
    items: list[dict[str, Any]] = []
    segments: list[dict[str, Any]] = []
    for time, who, word in timed():
        item: dict[str, Any] = {"alternatives": [{"content": word, "confidence": "0.9"}]}
        if word in ".,?":
            item["type"] = "punctuation"
        else:
            item |= {"type": "pronunciation", "start_time": f"{time}", "end_time": f"{time + 0.4}"}
            segments.append({"speaker_label": who, "items": [{"start_time": f"{time}"}]})
        items.append(item)
    return {"results": {"items": items, "speaker_labels": {"segments": segments}}}


def otter() -> Any:
    return {
        "speech": {
            "speakers": [
                {"speaker_id": 7, "speaker_name": "Ann"}, {"speaker_id": 8, "speaker_name": "Ben"}
            ],
            "transcripts": [
                {"speaker_id": 7 if who == "Ann" else 8, "transcript": speech,
                 "start_offset": 16000 * (n + 1), "end_offset": 16000 * (n + 2)}
                for n, (who, speech) in enumerate(TURNS)
            ],
        }
    }  # fmt: skip


def whisper() -> Any:
    segments = [
        {"id": n, "start": 1.0 + n, "end": 1.5 + n, "text": f" {speech}", "speaker": who}
        for n, (who, speech) in enumerate(TURNS)
    ]
    return {"text": "all", "segments": segments, "language": "en"}


def assembly() -> Any:
    return {
        "utterances": [
            {"speaker": who, "text": speech, "start": 1000 + 1000 * n, "end": 1500 + 1000 * n}
            for n, (who, speech) in enumerate(TURNS)
        ]
    }


def deepgram() -> Any:
    words = []
    for time, who, word in timed():
        if word in ".,?":
            words[-1]["punctuated_word"] += word
        else:
            words.append({"word": word.casefold(), "punctuated_word": word, "start": time,
                          "end": time + 0.4, "speaker": who})  # fmt: skip
    return {"results": {"channels": [{"alternatives": [{"words": words}]}]}}


def google() -> Any:
    words = [
        {"word": w["punctuated_word"], "startTime": f"{w['start']}s", "endTime": f"{w['end']}s",
         "speakerLabel": w["speaker"]}
        for w in deepgram()["results"]["channels"][0]["alternatives"][0]["words"]
    ]  # fmt: skip
    return {"results": [{"alternatives": [{"transcript": "x", "words": words}]}]}


def azure() -> Any:
    return {
        "recognizedPhrases": [
            {"offsetInTicks": 10_000_000 * (n + 1), "speaker": who, "nBest": [{"display": speech}]}
            for n, (who, speech) in enumerate(TURNS)
        ]
    }


def podcast() -> Any:
    return {
        "segments": [
            {"speaker": who, "startTime": 1 + n, "endTime": 2 + n, "body": speech}
            for n, (who, speech) in enumerate(TURNS)
        ]
    }


def aws_channels() -> Any:
    """Each speaker on a channel of their own: punctuation says its channel and no time."""
    data = aws()
    who = {item["start_time"]: segment["speaker_label"]
           for segment in data["results"].pop("speaker_labels")["segments"]
           for item in segment["items"]}  # fmt: skip
    last = ""
    for item in data["results"]["items"]:
        last = item["channel_label"] = who.get(item.get("start_time"), last)
    return data


def aws_channels_alone() -> Any:
    """The same without the list of all words."""
    items = aws_channels()["results"]["items"]
    channels = [
        {
            "channel_label": who,
            "items": [
                {name: value for name, value in item.items() if name != "channel_label"}
                for item in items
                if item["channel_label"] == who
            ],
        }
        for who in ("Ben", "Ann")
    ]
    return {"results": {"channel_labels": {"channels": channels}, "items": []}}


def eleven() -> Any:
    words = []
    for word in deepgram()["results"]["channels"][0]["alternatives"][0]["words"]:
        times = {"start": word["start"], "end": word["end"], "speaker_id": word["speaker"]}
        words.append({"text": word["punctuated_word"], "type": "word", **times})
        words.append({"text": " ", "type": "spacing", **times})
    return {"language_code": "eng", "text": "all", "words": words}


def assembly_words() -> Any:
    words = [
        {"text": w["text"], "start": int(1000 * w["start"]), "end": int(1000 * w["end"]),
         "confidence": 0.9, "speaker": w["speaker_id"]}
        for w in eleven()["words"] if w["type"] == "word"
    ]  # fmt: skip
    return {"text": "all", "words": words, "utterances": None, "status": "completed"}


def speechmatics() -> Any:
    results = [
        {"type": "punctuation" if word in ".,?" else "word", "start_time": time,
         "end_time": time + 0.4, "alternatives": [{"content": word, "speaker": who}]}
        for time, who, word in timed()
    ]  # fmt: skip
    return {"format": "2.9", "metadata": {}, "results": results}


def watson() -> Any:
    words = eleven()["words"][::2]
    spoken = [[w["text"], w["start"], w["end"]] for w in words]
    labels = [{"from": w["start"], "to": w["end"], "speaker": w["speaker_id"]} for w in words]
    halves = [spoken[:5], spoken[5:]]
    results = [{"final": True, "alternatives": [{"transcript": "x ", "timestamps": half}]}
               for half in halves]  # fmt: skip
    return {"result_index": 0, "results": results, "speaker_labels": labels}


SERVICES = [rev, aws, otter, whisper, assembly, deepgram, google, azure, podcast]
SERVICES += [aws_channels, aws_channels_alone, eleven, assembly_words, speechmatics, watson]


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_gives_the_same_turns(reading: Reading, service: Any) -> None:
    found = reading("a.json", json.dumps(service()))
    assert said(found) == TURNS
    assert found.turns[0].time == 1.0
    assert found.turns[1].time is not None
    assert 1.0 < found.turns[1].time < 4.0
    check_layout(found.text, found)


def test_speakers_without_names_are_numbered(reading: Reading) -> None:
    segments = [{"speaker": n % 2, "text": f"This is {n}.", "start": n} for n in range(4)]
    found = reading("a.json", json.dumps(segments))
    assert [speaker for speaker, _ in said(found)] == ["Speaker 0", "Speaker 1"] * 2


def test_segments_without_speakers_are_nobodys(reading: Reading) -> None:
    data = {"transcription": [
        {"timestamps": {"from": "00:00:01,500", "to": "00:00:02,000"}, "text": " It was damp."},
    ]}  # fmt: skip
    found = reading("a.json", json.dumps(data))
    assert said(found) == [(None, "It was damp.")]
    assert found.turns[0].time == 1.5


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("plain words", "no JSON"),
        ('{"segments": [', "no JSON or is cut off"),
        ("[" * 100_000, "values within values"),
        ("1" * 10_000, "no JSON"),
        ('{"a": 1}', "no transcript of a service"),
        ('{"segments": [1, null, "x"]}', "no transcript of a service"),
        ('{"results": {"items": [{}]}}', "no transcript of a service"),
        (
            '{"segments": [{"text": "x", "start": NaN, "end": {"a": 1}}]}',
            "no transcript of a service",
        ),
        ("[]", "no transcript of a service"),
    ],
    ids=range(9),
)
def test_what_is_no_transcript_is_refused(reading: Reading, content: str, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.json.*{reason}"):
        reading("a.json", content)


def test_halves_of_characters_are_shown_as_such(reading: Reading) -> None:
    given = [{"start": 0, "end": 1, "text": "Damp \ud83d, yes", "speaker": "A\udc00b"}]
    transcript = reading("a.json", json.dumps({"segments": given}))
    assert said(transcript, transcript.text) == [("A\ufffdb", "Damp \ufffd, yes")]
