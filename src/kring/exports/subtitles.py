"""`vtt` and `srt`: who speaks and what was said, as subtitles beside the recording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

import msgspec

from kring.domain.stretches import Touching
from kring.domain.time_text import stamp
from kring.privacy.snapshot import Snapshot
from kring.privacy.speech import Said, said, turns
from kring.system.i18n import _
from kring.system.output_files import Progress

_BLANK_LINES = re.compile(r"\n\s*\n+")
_MARKUP = re.compile(r"<(?=[A-Za-z/!])|\{(?=[\\A-Za-z])")


def write_vtt(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write WebVTT, with the speaker as its voice."""
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues(snapshot), 1):
        span = f"{stamp(cue.started_at, 3)} --> {stamp(cue.ended_at, 3)}"
        voice = f"<v {escape(_line(cue.speaker), quote=False)}>" if cue.speaker else ""
        blocks.append(f"{number}\n{span}\n{voice}{escape(_block(cue.text), quote=False)}")
    file.write(("\n\n".join(blocks) + "\n").encode())
    progress(1, 1)


def write_srt(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write SubRip, with the speaker before the words; it knows no escapes, so signs of markup become look-alikes."""
    blocks = []
    for number, cue in enumerate(cues(snapshot), 1):
        span = f"{stamp(cue.started_at, 3, ',')} --> {stamp(cue.ended_at, 3, ',')}"
        text = f"{_line(cue.speaker)}: {_block(cue.text)}" if cue.speaker else _block(cue.text)
        blocks.append(f"{number}\n{span}\n{_bare(text)}\n")
    file.write("\n".join(blocks).encode())
    progress(1, 1)


def cues(snapshot: Snapshot) -> Iterator[Said]:
    """Yield what to show and when, in ms since the beginning of the recording; turns without words say who speaks."""
    begin = beginning(snapshot)
    words = said(snapshot)
    heard = _by_speaker(words)
    silent = [turn for turn in turns(snapshot) if not _has_words(turn, heard)]
    speaking = [msgspec.structs.replace(turn, text=_("(speaks)")) for turn in silent]
    for cue in sorted([*words, *speaking], key=lambda one: (one.started_at, one.ended_at, one.speaker, one.text)):
        if cue.ended_at > max(begin, cue.started_at):
            start, end = max(0, cue.started_at - begin), cue.ended_at - begin
            yield msgspec.structs.replace(cue, started_at=start, ended_at=end)


def beginning(snapshot: Snapshot) -> int:
    """Return the moment (epoch ms) of a recording's first second: kring's own, else the platform's, else the start."""
    state = snapshot.state
    recordings = sorted(state.recordings.values(), key=lambda row: (row.source != "kring", row.started_at))
    if recordings:
        return int(recordings[0].started_at)
    return int(state.session.started_at or state.session.created_at or snapshot.now)


def _by_speaker(words: Iterable[Said]) -> dict[str, Touching[Said]]:
    found: dict[str, list[Said]] = {}
    for one in words:
        found.setdefault(one.speaker, []).append(one)
    return {who: Touching(theirs, lambda one: (one.started_at, one.ended_at)) for who, theirs in found.items()}


def _has_words(turn: Said, heard: dict[str, Touching[Said]]) -> bool:
    theirs = heard.get(turn.speaker)
    return theirs is not None and any(True for _ in theirs.touching(turn.started_at, turn.ended_at))


def _line(text: str) -> str:
    return " ".join(text.split())


def _block(text: str) -> str:
    """Return text without the blank lines that would end a cue."""
    return _BLANK_LINES.sub("\n", text).strip() or "…"


def _bare(text: str) -> str:
    return _MARKUP.sub(lambda sign: "‹" if sign[0] == "<" else "(", text.replace("-->", "→"))  # noqa: RUF001
