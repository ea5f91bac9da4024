"""`vtt` and `srt`: who speaks and what was said, as subtitles beside the recording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

import msgspec

from kring.domain.local_time import local
from kring.domain.stretches import FOREVER_MS, Stretch, Touching, shared_ms, stretch_of
from kring.domain.time_text import stamp
from kring.exports.account import zero
from kring.privacy.snapshot import Snapshot
from kring.privacy.speech import Said, said, turns
from kring.system.i18n import _
from kring.system.output_files import Progress

_BLANK_LINES = re.compile(r"\n\s*\n+")
_MARKUP = re.compile(r"<(?=[A-Za-z/!])|\{(?=[\\A-Za-z])")


def write_vtt(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write WebVTT, with the speaker as its voice."""
    blocks = ["WEBVTT", f"NOTE {_told_zero(snapshot)}"]
    for number, cue in enumerate(cues(snapshot), 1):
        span = f"{stamp(cue.started_at, 3)} --> {stamp(cue.ended_at, 3)}"
        voice = f"<v {escape(_line(cue.speaker), quote=False)}>" if cue.speaker else ""
        blocks.append(f"{number}\n{span}\n{voice}{escape(_block(cue.text), quote=False)}")
    file.write(_marked("\n\n".join(blocks) + "\n"))
    progress(1, 1)


def write_srt(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write SubRip, with the speaker before the words; it knows no escapes, so signs of markup become look-alikes."""
    blocks = []
    for number, cue in enumerate(cues(snapshot), 1):
        span = f"{stamp(cue.started_at, 3, ',')} --> {stamp(cue.ended_at, 3, ',')}"
        text = f"{_line(cue.speaker)}: {_block(cue.text)}" if cue.speaker else _block(cue.text)
        blocks.append(f"{number}\n{span}\n{_bare(text)}\n")
    file.write(_marked("\n".join(blocks)))
    progress(1, 1)


def cues(snapshot: Snapshot) -> Iterator[Said]:
    """Yield what to show and when, in ms since the beginning of the recording; turns without words say who speaks."""
    begin, end = recorded(snapshot)
    words = said(snapshot)
    heard = _by_speaker(words)
    silent = [turn for turn in turns(snapshot) if not _has_words(turn, heard)]
    speaking = [msgspec.structs.replace(turn, text=_("(speaks)")) for turn in silent]
    for cue in sorted([*words, *speaking], key=lambda one: (one.started_at, one.ended_at, one.speaker, one.text)):
        start, until = max(begin, cue.started_at), min(end, cue.ended_at)
        if until > start:
            yield msgspec.structs.replace(cue, started_at=start - begin, ended_at=until - begin)


def recorded(snapshot: Snapshot) -> Stretch:
    """Return from when to when there is something to show (epoch ms), counted from its begin.

    Of kring's own recording, which becomes one file, that is from its first second on. A platform makes a file each
    time that it is started: then it is the recording that holds most of the talk, as it lasts, or its file where its
    sound was brought in. Else it is the session.
    """
    state = snapshot.state
    began = int(state.session.started_at or state.session.created_at or snapshot.now)
    own = [int(row.started_at) for row in state.recordings.values() if row.source == "kring"]
    sound = [row for row in state.segments.values() if row.source == "platform"]
    if own or not (state.recordings or sound):
        return min(own, default=began), FOREVER_MS
    talk = (began, int(state.session.ended_at or snapshot.now))
    files = [stretch_of(row, talk[1]) for row in sound or state.recordings.values()]
    return max(files, key=lambda one: (shared_ms(one, talk), one[1] - one[0], -one[0]))


def _by_speaker(words: Iterable[Said]) -> dict[str, Touching[Said]]:
    found: dict[str, list[Said]] = {}
    for one in words:
        found.setdefault(one.speaker, []).append(one)
    return {who: Touching(theirs, lambda one: (one.started_at, one.ended_at)) for who, theirs in found.items()}


def _has_words(turn: Said, heard: dict[str, Touching[Said]]) -> bool:
    theirs = heard.get(turn.speaker)
    return theirs is not None and any(True for _ in theirs.touching(turn.started_at, turn.ended_at))


def _told_zero(snapshot: Snapshot) -> str:
    begin, _end = recorded(snapshot)
    at = stamp(begin - zero(snapshot.state), 1)
    return _("0:00:00 here is {time}, {at} on the session's clock.").format(
        time=f"{local(snapshot.state, begin):%Y-%m-%d %H:%M:%S}", at=at
    )


def _marked(text: str) -> bytes:
    """Return text in UTF-8, with the mark that says so where it matters: without it some take é for Ã©."""
    return text.encode() if text.isascii() else text.encode("utf-8-sig")


def _line(text: str) -> str:
    return " ".join(text.split())


def _block(text: str) -> str:
    """Return text without the blank lines that would end a cue."""
    return _BLANK_LINES.sub("\n", text).strip() or "…"


def _bare(text: str) -> str:
    return _MARKUP.sub(lambda sign: "‹" if sign[0] == "<" else "(", text.replace("-->", "→"))  # noqa: RUF001
