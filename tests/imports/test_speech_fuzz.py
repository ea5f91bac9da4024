"""However a transcript or a chat is damaged, it is read in part or refused in a sentence, and never in a traceback."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports import chat_cases, cue_cases, transcript_cases
from kring.domain.text import KringError
from kring.imports.formats.chat import lines as chat_lines
from kring.imports.formats.chat import zoom
from kring.imports.formats.cues import files as cues
from kring.imports.formats.lists import recognisers, tables
from kring.imports.formats.texts import files as texts
from kring.imports.formats.texts import marks, named, noscribe_html, teams
from kring.imports.parsed import Parsed
from kring.imports.source import Format, Source

MODULES = (zoom, chat_lines, recognisers, noscribe_html, cues, marks, teams, texts, named, tables)
FORMATS = [one for module in MODULES for one in module.FORMATS]
FILES = [
    value if isinstance(value, str) else json.dumps(value)
    for cases in (chat_cases, cue_cases, transcript_cases)
    for name, value in vars(cases).items()
    if name.isupper()
]
SIGNS = [
    *('"', ":", " : ", "\t", "\n", "\r", "\x00", "#", "-", "0", "99", "99999999", "é", "\ufeff", "  ", "//", "<v "),
    *(">", "-->", "[", "]", "{", "}", "**", "👍", "From", "\u2028", "\u3000", "null", "1e999", "-1", "(", ")", "/"),
    *("00:00:61", "S01", "\u0663", "\u00b2", "AM", "&lt;", "}{", "to", "12:61:00", ";"),
]
ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be"]


def damaged(chance: random.Random) -> bytes:
    """Return a file with lines taken out, twice, moved or of another file, with other line ends, or cut off."""
    lines = chance.choice(FILES).split("\n")
    for _ in range(chance.randint(0, 5)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        line = lines[at]
        place = chance.randint(0, len(line))
        match chance.randint(0, 6):
            case 0:
                lines[at] = line[:place] + chance.choice(SIGNS) + line[place:]
            case 1:
                lines[at] = line[:place] + line[place + chance.randint(1, 12) :]
            case 2:
                lines[at], lines[other] = lines[other], line
            case 3:
                lines.insert(other, line)
            case 4:
                lines[at] = ""
            case 5:
                del lines[at + 1 :]
            case _:
                lines[at] = chance.choice(chance.choice(FILES).split("\n"))
    content = chance.choice(["\n", "\n", "\r\n", "\r"]).join(lines).encode(chance.choice(ENCODINGS), "replace")
    return content[: chance.randint(0, len(content))] if chance.random() < 0.1 else content


def try_all(seed: int, count: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        source = Source("avond.txt", damaged(chance))
        for one in (first(source), chance.choice(FORMATS)):
            if one is not None:
                try:
                    parsed = one.read(source)
                except KringError:
                    continue
                assert_whole(parsed)


def first(source: Source) -> Format | None:
    for one in FORMATS:
        try:
            if one.recognises(source):
                return one
        except KringError:
            continue
    return None


def assert_whole(parsed: Parsed) -> None:
    for said in parsed.utterances:
        assert said.text
        assert said.start_ms is None or said.start_ms >= 0
        assert said.start_ms is None or said.end_ms is None or said.end_ms >= said.start_ms
        assert all(start <= end for start, end, _ in said.words)
    lines = {message.line for message in parsed.messages}
    assert all(message.replies_to in {None, *lines} for message in parsed.messages)
    if parsed.format == "zoom-chat":
        moments = [message.at_ms for message in parsed.messages]
        assert None not in moments
        assert moments == sorted(moments)


@given(st.integers(0, 2**32))
def test_a_damaged_file_never_ends_in_a_traceback(seed: int) -> None:
    try_all(seed, 4)


@pytest.mark.slow
@given(st.integers(0, 2**32))
def test_two_hundred_thousand_damaged_files_never_end_in_a_traceback(seed: int) -> None:
    try_all(seed, 400)
