"""Rows of what other programs made of an evening: a transcript and a chat read, and what a preview shows at once."""

import io
import time
from functools import partial

import webvtt
from measure import Compare, Effort, Row, alternate, medians

from kring.domain.state import EMPTY
from kring.imports.parsed import Parsed
from kring.imports.recognise import read
from kring.imports.source import Source
from kring.session.intake import first_look
from kring.session.intake_remarks import Wishes
from kring.ui.intake.views import incoming

CUES = 20_000
CUE_MS = 540
"""Three hours."""
MESSAGES = 5_000
FRAME_MS = 1000 / 60
PEOPLE = 9


def transcript(effort: Effort) -> list[Row]:
    """A transcript of three hours recognised and read, against another reader that only finds its cues."""
    row = Row("transcript", f"a transcript of {CUES:,} cues read", "s", 3)
    text = _transcript()
    samples = {"floor": partial(_cues_alone, text), "kring": partial(_read, "x.vtt", text.encode())}
    taken = alternate(samples, rounds=min(effort.rounds, 6), per_round=1, is_collecting=True)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return [row]


def chat(effort: Effort) -> list[Row]:
    """A long chat recognised and read, answers and signs found, against only decoding it; processor time."""
    row = Row("chat", f"a chat of {MESSAGES:,} messages read", "s", 0.3, compare=Compare.EXCESS)
    content = _chat().encode()
    samples = {"floor": partial(_decoded, content), "kring": partial(_read, "meeting_saved_chat.txt", content)}
    taken = alternate(samples, rounds=min(effort.rounds, 6), per_round=1, is_collecting=True)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return [row]


def preview(effort: Effort) -> list[Row]:
    """What a transcript of three hours holds, from the moment that it is read to the lines on the screen."""
    row = Row("preview", f"lines of a preview of {CUES:,} cues", "ms", FRAME_MS, compare=Compare.AT_MOST)
    source = Source("x.vtt", _transcript().encode())
    parsed = read(source)
    samples = {"kring": partial(_first_lines, source, parsed)}
    taken = alternate(samples, rounds=min(effort.rounds, 6), per_round=5, is_collecting=True)
    row.kring = [1000 * one for one in medians(taken["kring"])]
    return [row]


def _first_lines(source: Source, parsed: Parsed) -> float:
    started = time.process_time()
    incoming(EMPTY, first_look(source, parsed), Wishes(), 78)
    return time.process_time() - started


def _read(name: str, content: bytes) -> float:
    started = time.process_time()
    read(Source(name, content))
    return time.process_time() - started


def _cues_alone(text: str) -> float:
    started = time.process_time()
    webvtt.from_buffer(io.StringIO(text))
    return time.process_time() - started


def _decoded(content: bytes) -> float:
    started = time.process_time()
    content.decode()
    return time.process_time() - started


def _transcript() -> str:
    cues = ["WEBVTT\n"]
    for number in range(CUES):
        start, end = _stamp(number * CUE_MS), _stamp(number * CUE_MS + CUE_MS - 40)
        words = f"<v Person {number % PEOPLE}>Sentence {number} of this evening &amp; more.</v>"
        cues.append(f"3f0c2a9e-7b7a-4f0e-9c9f-0d6f0a1b2c3d/{number}-0\n{start} --> {end}\n{words}\n")
    return "\n".join(cues)


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _chat() -> str:
    lines = []
    for number in range(MESSAGES):
        second = 19 * 3600 + number
        head = f"2026-03-16 {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02} From P{number % PEOPLE} - Name"
        lines.append(f"{head} to Everyone:\n")
        if number % 5 == 4:
            lines.append(f'\tReplying to "Message {number - 1} about the time that people wait for...":\n')
        lines.append(f"\tMessage {number} about the time that people wait for an answer by telephone.\n")
        if number % 3 == 0:
            lines.append("\tP1 - Name, P2 - Name:\N{THUMBS UP SIGN}\n")
        lines.append("\t\n")
    return "".join(lines)
