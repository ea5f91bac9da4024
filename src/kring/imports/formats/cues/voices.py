"""Who says what in a cue: a voice tag, a name before a colon, a name on a line of its own, or nobody that is named."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kring.domain.text import one_line
from kring.imports.formats.cues.blocks import Cue
from kring.imports.formats.cues.not_names import is_note, is_notice, may_be_a_name, opens_words
from kring.imports.parsed import Millis, Utterance

_SAME_TURN_MS = 2000  # the widest gap before a cue without a name that goes on, in cloud transcripts
MOSTLY = 0.8  # of the cues have a name: then every one before a colon is one
_SOMETIMES = 0.1
_ANOTHER = ">>"  # of captions
_DASHES = ("-", "–", "—")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>\n]{0,200})>|</v>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font|span)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}")
_PREFIX = re.compile(r"(?:>>\s?|-\s)?(?:\[([^\[\]:\n]{1,60})\]:|([^:\n]{1,60}?): )\s*(?=\S)")
_IN_BRACKETS = re.compile(r"\[([^\[\]:\n]{1,60})\]\s+(?=\S)")
_LABEL = re.compile(r"\(([^()]{1,60})\)\s*")
_LETTER = re.compile(r"[^\W\d_]|\d{5}")
_ENDS_A_SENTENCE = re.compile(r"[!?;]|\.{2,}|…|[^\W\d_]{4,}\.(?:\s|$)|://")
_WORDS_OF_A_NAME = 8


Knows = Callable[[str], bool]
"""Whether a name is of somebody who was in the session."""


class Piece(NamedTuple):
    """Words in a cue, and who says them: None where the cue names nobody, "" where it ends the voice before."""

    cue: Cue
    speaker: str | None
    text: str
    is_alone: bool


def utterances_of(pieces: Iterable[Piece]) -> Iterator[Utterance]:
    """Yield what was said; a cue that names nobody goes on with the speaker before, if there is hardly a gap.

    Where it begins with `>>`, or with a dash in each of its lines, somebody else speaks, and nobody knows who.
    """
    speaker: str = ""
    ended_ms: Millis | None = None
    for cue, named, text, is_alone in pieces:
        if named is not None:
            speaker = named
        elif ended_ms is None or cue.start_ms - ended_ms >= _SAME_TURN_MS or _is_of_another(cue, text):
            speaker = ""
        ended_ms = cue.end_ms if cue.end_ms is not None else cue.start_ms
        yield Utterance(
            line=cue.line,
            start_ms=cue.start_ms,
            end_ms=cue.end_ms,
            speaker=speaker,
            text=text.removeprefix(_ANOTHER).lstrip(),
            is_approximate=not is_alone or cue.end_ms is None,
        )


def _is_of_another(cue: Cue, text: str) -> bool:
    """Whether a cue says that somebody else than before speaks, without a name."""
    dashed = sum(line.lstrip()[:1] in _DASHES for line in cue.lines)
    return text.startswith(_ANOTHER) or (dashed > 1 and dashed == len(cue.lines))


def pieces_of(cues: Sequence[Cue], knows: Knows) -> Iterator[Piece]:
    """Yield the words of each cue by the way in which their file names speakers."""
    voiced = any("<v" in line for cue in cues for line in cue.lines)
    known = _voices(cues) if voiced else set()
    names_in, names = _named_lines(cues, knows)
    names |= known
    is_labelled = not voiced and _has_labels(cues)
    for cue in cues:
        spoken: list[tuple[str | None, str]]
        if voiced and any("<v" in line for line in cue.lines):
            spoken = list(_by_voice("\n".join(cue.lines)))
        else:
            spoken = list(_by_label(cue.lines) if is_labelled else _by_prefix(cue.lines, names_in, names))
            if voiced:  # nobody goes on in a file whose speakers have a tag
                spoken = [(speaker or "", text) for speaker, text in spoken]
        for speaker, text in spoken:
            yield Piece(cue, speaker, text, len(spoken) == 1)


def is_said(piece: Piece) -> bool:
    """Whether somebody says it, and it is no note or notice that stands between what is said."""
    return not is_note(piece.speaker) if piece.speaker else not is_notice(piece.text)


def plain(text: str) -> str:
    """Return the words of a cue without tags, on one line; what is written as an entity is text, never a tag."""
    if "<" in text or "{" in text:
        text = _TAG.sub("", text)
    return one_line(html.unescape(text) if "&" in text else text)


def is_like_a_name(text: str) -> bool:
    """Whether a text can be what a program calls a person."""
    return (
        _LETTER.search(text) is not None
        and _ENDS_A_SENTENCE.search(text) is None
        and len(text.split()) <= _WORDS_OF_A_NAME
        and not opens_words(text)
    )


class Named(NamedTuple):
    """A line with a name before a colon; in brackets a name is certain."""

    name: str
    text: str
    is_certain: bool


NamesIn = Callable[[str], Named | None]


def name_before_colon(line: str) -> Named | None:
    """Return the name and the words of a line such as `Joke: yes` or `[SPEAKER_00]: yes`."""
    found = _PREFIX.match(line) if ":" in line else None
    if found is None:
        return None
    name = one_line(found[1] or found[2])
    return Named(name, line[found.end() :], found[1] is not None) if is_like_a_name(name) else None


def name_in_brackets(line: str) -> Named | None:
    """Return the name and the words of a line such as `[Joke] yes`."""
    found = _IN_BRACKETS.match(line) if line.startswith("[") else None
    name = "" if found is None else one_line(found[1])
    return Named(name, line[found.end() :], False) if found is not None and is_like_a_name(name) else None


def likely_names(named: Counter[str], of_all: int, knows: Knows, mostly: float = MOSTLY) -> set[str]:
    """Return which names before colons are people: every one where nearly all have one, else those that come back.

    Who is known is one always, and what opens a sentence never.
    """
    known = {name for name in named if knows(name)}
    named = Counter({name: count for name, count in named.items() if may_be_a_name(name)})
    share = named.total() / max(1, of_all)
    if share >= mostly:
        return known | set(named)
    return known | ({name for name, count in named.items() if count > 1} if share >= _SOMETIMES else set())


def _voices(cues: Sequence[Cue]) -> set[str]:
    return {
        plain(found[1])
        for cue in cues
        for line in cue.lines
        if "<v" in line
        for found in _VOICE.finditer(line)
        if found[1]
    }


def _named_lines(cues: Sequence[Cue], knows: Knows) -> tuple[NamesIn, set[str]]:
    """Return where on a line its name stands, in a file or where it has no voice tags, and which names there are."""
    first = [plain(cue.lines[0]) for cue in cues if not any("<v" in line for line in cue.lines)]
    before = [named for line in first if (named := name_before_colon(line)) is not None]
    inside = [named for line in first if (named := name_in_brackets(line)) is not None]
    names_in: NamesIn = name_in_brackets if len(before) * 2 < len(inside) else name_before_colon
    told = inside if names_in is name_in_brackets else before
    certain = {named.name for named in told if named.is_certain}
    below = [plain(line) for cue in cues for line in cue.lines[1:] if ":" in line or line.startswith("[")]
    known = {named.name for line in below if (named := names_in(line)) is not None and knows(named.name)}
    return names_in, certain | known | likely_names(Counter(named.name for named in told), len(first), knows)


def _has_labels(cues: Sequence[Cue]) -> bool:
    labelled = sum(len(cue.lines) > 1 and _LABEL.fullmatch(cue.lines[0]) is not None for cue in cues)
    return labelled * 2 > len(cues)


def _by_voice(text: str) -> Iterator[tuple[str | None, str]]:
    speaker, start = "", 0
    for found in _VOICE.finditer(text):
        if words := plain(text[start : found.start()]):
            yield speaker, words
        speaker, start = plain(found[1]) if found[1] else "", found.end()
    if words := plain(text[start:]):
        yield speaker, words


def _by_prefix(lines: Sequence[str], names_in: NamesIn, names: set[str]) -> Iterator[tuple[str | None, str]]:
    speaker: str | None = None
    words: list[str] = []
    for line in lines:
        text = plain(line)
        before = names_in(text) if names else None
        if before is not None and before.name in names:
            if words:
                yield speaker, " ".join(words)
            speaker, words, text = before.name, [], before.text
        if text:
            words.append(text)
    if words:
        yield speaker, " ".join(words)


def _by_label(lines: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """Yield the words below each name in brackets, which stands first or after a line with a dash alone."""
    speaker: str | None = None
    words: list[str] = []
    may_be_label = True
    for text in filter(None, map(plain, lines)):
        label = _LABEL.fullmatch(text) if may_be_label else None
        may_be_label = text == "-"
        if label is not None:
            if words:
                yield speaker, " ".join(words)
            speaker, words = one_line(label[1]), []
        elif not may_be_label:
            words.append(text)
    if words:
        yield speaker, " ".join(words)
