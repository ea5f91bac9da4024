"""Transcripts and captions as cues: of Teams, Zoom, Webex, noScribe, WhisperX, YouTube and whoever else writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from statistics import median_low

from kring.domain.text import N_, Sentence, clean
from kring.imports.dates import Dates
from kring.imports.formats.cues.blocks import Cue, cues_in, seems_of_cues
from kring.imports.formats.cues.overlaps import MARK, is_pause, told_apart, without_mark
from kring.imports.formats.cues.rolling import rolls, unrolled
from kring.imports.formats.cues.voices import (
    Piece,
    is_like_a_name,
    is_said,
    name_before_colon,
    pieces_of,
    plain,
    utterances_of,
)
from kring.imports.parsed import Clock, Message, Millis, Parsed, Skipped
from kring.imports.source import Format, Source
from kring.imports.stamps import Begins, moment_in_name
from kring.system.office.documents import is_document
from kring.system.text_files import Unreadable

NO_NAME = N_("This is not said by somebody.")
NOTHING = N_("Nothing is said in this file.")
_HEAD_LINES = 400
_CHAT_MS = 3000  # how long Google Meet shows a message
_NAMED = re.compile(r'(?:\d+[\s:.-]+)?(?:"([^"]+)"|([^\W\d][^"()]*?))(?:\s+\([^()]*\))?')
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_UNPADDED = re.compile(r"^\s*\d{1,2}:(?:\d:\d|\d\d:\d[.,])[^\n]*-->", re.MULTILINE)
_VOICES_OF_NOSCRIBE = re.compile(rf"<v\s+(?:{MARK})?S\d\d+>")


def read_cues(name: str, source: Source) -> Parsed:
    """Return what is said in a file of cues."""
    found = cues_in(_text(source))
    if not found.cues and not source.text.startswith("WEBVTT"):
        raise Unreadable(N_("{file} holds no cues with a time."), file=source.name)
    skipped = list(found.skipped)
    cues = list(unrolled(found.cues)) if rolls(found.cues) else found.cues
    begins = moment_in_name(source.name)
    if _is_metadata(cues):
        pieces, utc_ms = _pieces_of_metadata(cues, skipped)
        begins = Begins(utc_ms) if utc_ms is not None else begins
    elif _names_in_identifiers(cues):
        pieces = _pieces_by_identifier(cues)
    elif _UNPADDED.search(_head(source)) is not None:
        pieces = _pieces_by_first_line(cues)
    else:
        pieces = _overlaps_apart(list(pieces_of(cues, source.knows)), skipped)
    skipped += [Skipped(line=piece.cue.line, why=Sentence(NO_NAME)) for piece in pieces if not is_said(piece)]
    utterances = tuple(utterances_of(piece for piece in pieces if is_said(piece)))
    return Parsed(
        format=name,
        clock=Clock.RECORDING,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        utterances=utterances,
        skipped=tuple(sorted(skipped, key=lambda one: one.line)),
        warnings=source.warnings if utterances else (*source.warnings, Sentence(NOTHING)),
    )


def _is_metadata(cues: Sequence[Cue]) -> bool:
    return bool(cues) and all(cue.lines[0].lstrip().startswith("{") for cue in cues[:3])


def _pieces_of_metadata(cues: Sequence[Cue], skipped: list[Skipped]) -> tuple[list[Piece], Millis | None]:
    pieces: list[Piece] = []
    began: list[Millis] = []
    for cue in cues:
        told = _object("".join(cue.lines))
        text = plain(str(told.get("spokenText") or ""))
        if not text:
            skipped.append(Skipped(line=cue.line, why=Sentence(N_("This cue holds no words."))))
            continue
        pieces.append(Piece(cue, plain(str(told.get("speakerName") or "")), text, is_alone=True))
        moment = Dates().moment(str(told.get("startDateTime") or ""))
        if moment is not None and moment.utc_ms is not None:
            began.append(moment.utc_ms - cue.start_ms)
    return pieces, median_low(began) if began else None


def _object(text: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _name_in(cue: Cue) -> str:
    """Return the name in an identifier such as `1 "Joke" (123)`, "" where it is a number or a code."""
    found = None if _GUID.match(cue.identifier) else _NAMED.fullmatch(cue.identifier)
    return "" if found is None else plain(found[1] or found[2])


def _names_in_identifiers(cues: Sequence[Cue]) -> bool:
    """Whether most cues are called after who speaks: in quotes, or by names of which some come back."""
    names = [name for cue in cues if (name := _name_in(cue)) and is_like_a_name(name)]
    quoted = sum('"' in cue.identifier for cue in cues)
    return bool(names) and len(names) * 2 > len(cues) and (quoted * 2 > len(cues) or len(set(names)) * 2 <= len(names))


def _pieces_by_identifier(cues: Sequence[Cue]) -> list[Piece]:
    return [
        Piece(cue, _name_in(cue) or None, words, is_alone=True) for cue in cues if (words := plain(" ".join(cue.lines)))
    ]


def _pieces_by_first_line(cues: Sequence[Cue]) -> list[Piece]:
    """Return the words of old transcripts of Teams, with unpadded times, in which a name stands above the words."""
    pieces: list[Piece] = []
    for cue in cues:
        first, *rest = [line for line in map(plain, cue.lines) if line] or [""]
        if rest:
            pieces.append(Piece(cue, first, " ".join(rest), is_alone=True))
        elif first:
            pieces.append(Piece(cue, None, first, is_alone=True))
    return pieces


def _overlaps_apart(pieces: list[Piece], skipped: list[Skipped]) -> list[Piece]:
    voices = {without_mark(piece.speaker) for piece in pieces if piece.speaker}
    if not any(MARK in piece.text or is_pause(piece.text) for piece in pieces):
        return pieces
    apart: list[Piece] = []
    for piece in pieces:
        if is_pause(piece.text):
            skipped.append(Skipped(line=piece.cue.line, why=Sentence(N_("This is a pause."))))
        elif piece.speaker is None:
            apart.append(piece)
        else:
            told = list(told_apart(piece.speaker, piece.text, voices))
            apart += [Piece(piece.cue, name, text, piece.is_alone and len(told) == 1) for name, text in told]
    return apart


def _read_chat(name: str, source: Source) -> Parsed:
    found = cues_in(source.text)
    messages: list[Message] = []
    skipped = list(found.skipped)
    for cue in found.cues:
        before = name_before_colon(cue.lines[0])
        if before is None:
            skipped.append(Skipped(line=cue.line, why=Sentence(N_("Nobody is named above this message."))))
            continue
        text = clean("\n".join((before.text, *cue.lines[1:]))).strip()
        messages.append(Message(line=cue.line, at_ms=cue.start_ms, author=before.name, text=text))
    begins = moment_in_name(source.name)
    return Parsed(
        format=name,
        clock=Clock.RECORDING,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        messages=tuple(messages),
        skipped=tuple(sorted(skipped, key=lambda one: one.line)),
        warnings=source.warnings,
    )


def _text(source: Source) -> str:
    """Return the text of a file; in a document every line is a paragraph, so that an empty one ends no cue."""
    return source.text.replace("\n\n", "\n") if is_document(source.content) else source.text


def _head(source: Source) -> str:
    return "\n".join(islice(_text(source).split("\n", _HEAD_LINES), _HEAD_LINES))


def _is_webvtt(source: Source) -> bool:
    return source.text.startswith("WEBVTT")


def _has_arrows(source: Source) -> bool:
    return seems_of_cues(line for line in _head(source).split("\n") if "-->" in line)


def _has_commas(source: Source) -> bool:
    return not _has_arrows(source) and seems_of_cues(_head(source).split("\n"))


def _of_cues(test: Callable[[Sequence[Cue]], bool]) -> Callable[[Source], bool]:
    def recognises(source: Source) -> bool:
        return "-->" in _head(source) and test(cues_in(_head(source)).cues)

    return recognises


def _is_teams(cues: Sequence[Cue]) -> bool:
    return _is_metadata(cues) or any(_GUID.match(cue.identifier) for cue in cues)


def _is_noscribe(source: Source) -> bool:
    return _is_webvtt(source) and _VOICES_OF_NOSCRIBE.search(_head(source)) is not None


def _is_chat(source: Source) -> bool:
    if not _has_commas(source):
        return False
    cues = cues_in(_head(source)).cues
    named = sum(name_before_colon(cue.lines[0]) is not None for cue in cues)
    return named * 5 >= len(cues) * 4 and all(
        cue.end_ms is not None and cue.end_ms - cue.start_ms == _CHAT_MS for cue in cues
    )


FORMATS = (
    Format("noscribe-vtt", _is_noscribe, partial(read_cues, "noscribe-vtt")),
    Format("teams-transcript", _of_cues(_is_teams), partial(read_cues, "teams-transcript")),
    Format("webex-transcript", _of_cues(_names_in_identifiers), partial(read_cues, "webex-transcript")),
    Format("rolling-captions", _of_cues(rolls), partial(read_cues, "rolling-captions")),
    Format("vtt", _is_webvtt, partial(read_cues, "vtt")),
    Format("srt", _has_arrows, partial(read_cues, "srt")),
    Format("meet-chat", _is_chat, partial(_read_chat, "meet-chat")),
    Format("sbv", _has_commas, partial(read_cues, "sbv")),
)
