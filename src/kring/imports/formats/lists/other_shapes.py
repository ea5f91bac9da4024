"""JSON of recognisers that has a shape of its own, as the stretches of which others write a list.

Amazon parts words from their speakers, Azure has its best guess a level down and counts in ticks or in parts of a
second, Microsoft Stream writes times with hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kring.imports.stamps import seconds_of

_TICKS_PER_S = 10_000_000


def as_stretches(whole: Any) -> Any:
    """Return a JSON value in the shape of most recognisers, the same one where it has no shape that is known here."""
    for shape in (_amazon, _azure, _azure_fast, _stream):
        try:
            found = list(shape(whole))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            continue
        if found:
            return {"segments": found}
    return whole


def _amazon(whole: Any) -> Iterator[dict[str, Any]]:
    """Yield what each speaker says in one go: words stand in one list, who says them in another one."""
    results = whole["results"]
    if "audio_segments" in results:
        return
    labels = results.get("speaker_labels", {}).get("segments", ())
    speakers = {one["start_time"]: one["speaker_label"] for part in labels for one in part.get("items", ())}
    said: dict[str, Any] | None = None
    for item in results["items"]:
        content, start = item["alternatives"][0]["content"], item.get("start_time")
        if start is None:
            if said is not None:
                said["text"] += content
            continue
        speaker = item.get("speaker_label") or speakers.get(start, "")
        word = {"word": content, "start": float(start), "end": float(item["end_time"])}
        if said is None or said["speaker"] != speaker or said["text"][-1:] in ".?!":
            if said is not None:
                yield said
            said = {"start": word["start"], "speaker": speaker, "text": "", "words": []}
        said |= {"text": f"{said['text']} {content}".strip(), "end": word["end"]}
        said["words"].append(word)
    if said is not None:
        yield said


def _azure(whole: Any) -> Iterator[dict[str, Any]]:
    for one in whole["recognizedPhrases"]:
        start = one["offsetInTicks"] / _TICKS_PER_S
        yield {
            "start": start,
            "end": start + one["durationInTicks"] / _TICKS_PER_S,
            "text": one["nBest"][0]["display"] if one.get("nBest") else "",
            **_spoken_by(one),
        }


def _azure_fast(whole: Any) -> Iterator[dict[str, Any]]:
    for one in whole["phrases"]:
        words = [{"word": word["text"], **_in_ms(word)} for word in one.get("words") or ()]
        yield {"text": one["text"], "words": words, **_in_ms(one), **_spoken_by(one)}


def _stream(whole: Any) -> Iterator[dict[str, Any]]:
    for one in whole["entries"]:
        name = one.get("speakerDisplayName") or ""
        yield {
            "start": _hours(one["startOffset"]),
            "end": _hours(one["endOffset"]),
            "text": one["text"],
            "speaker": name,
        }


def _in_ms(one: Any) -> dict[str, float]:
    start = one["offsetMilliseconds"] / 1000
    return {"start": start, "end": start + one["durationMilliseconds"] / 1000}


def _spoken_by(one: Any) -> dict[str, Any]:
    return {"speaker": one["speaker"]} if one.get("speaker") is not None else {}


def _hours(written: str) -> float:
    found = seconds_of(written)
    if found is None:
        raise ValueError(written)
    return found
