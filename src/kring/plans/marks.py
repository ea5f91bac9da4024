"""The marks in a line of the guide: `!`, `{sleutel}`, `{#id}`, `(5 min)`, and the commands that start with `@`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import get_args

import msgspec

from kring.domain.rows import GuideKind, PollKind, QuestionKind
from kring.domain.text import folded
from kring.plans.escapes import put_back
from kring.plans.lines import without_emphasis
from kring.plans.time_box import TimeBox, split_box, time_box

_KIND_WORDS = {
    "opening": "opening openingsvraag opener",
    "introductory": "introductory introduction intro inleidend inleidende inleiding introductie",
    "transition": "transition overgang overgangsvraag",
    "key": "key sleutel sleutelvraag kern kernvraag",
    "ending": "ending end closing slot slotvraag afsluiting afsluitend einde",
}
QUESTION_KINDS: dict[str, QuestionKind] = {
    word: kind for kind in get_args(QuestionKind) for word in _KIND_WORDS[kind].split()
}
_POLL_WORDS: dict[PollKind, str] = {
    "single": "single enkel enkelvoudig",
    "multiple": "multiple several meervoudig meerdere",
    "scale": "scale schaal rating",
    "ranking": "ranking rank rangschikken rangschikking rangorde volgorde",
}
POLL_KINDS: dict[str, PollKind] = {word: kind for kind, words in _POLL_WORDS.items() for word in words.split()}
_COMMAND_WORDS: dict[GuideKind, str] = {
    "stimulus": "stimulus stimuli prikkel stimulusmateriaal beeld image video filmpje film",
    "poll": "peiling poll stemming vote schaal scale rangschikking rangschikken ranking",
    "breakout": "subgroepen subgroep subgroups subgroup breakout breakouts breakoutrooms groepjes",
    "activity": "opdracht activiteit activity exercise oefening task whiteboard miro mural bord board link",
    "instruction": "instructie instruction",
    "note": "notitie note opmerking",
    "probe": "doorvraag probe",
    "break": "pauze break",
    "yield": "opbrengst opbrengsten yield yields",
}
COMMANDS: dict[str, GuideKind] = {word: kind for kind, words in _COMMAND_WORDS.items() for word in words.split()}
SENTENCE_WORDS = frozenset({"zin", "zinnen", "sentence", "sentences"})
"""What stands before a sentence for a difficult moment, which belongs to no place in the guide."""
NAMES_ITSELF = {
    "whiteboard",
    "miro",
    "mural",
    "bord",
    "board",
    "subgroepen",
    "subgroep",
    "subgroups",
    "subgroup",
    "breakout",
    "breakouts",
}
"""Words behind an `@` that are a part of what they name."""

_MARK = re.compile(r"\s?\{([^{}]{1,60})\}")
_MUST = re.compile(r"(?:^!\s|(?:^|\s)!\s?$|\s!\s?(?=\{))")
_ID = re.compile(r"#([\w][\w.:-]{0,59})$")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"|]{1,1000}")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,200})\]\(((?:https?://|mailto:|tel:)[^\s()]{1,500})\)")
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{1,300})[\"”“»]")
_FILE = re.compile(r"[^\s\"]\.[A-Za-z0-9]{2,5}$")
_RANGE = re.compile(r"(\d{1,3})\s?(?:-|–|t/m|tot|to)\s?(\d{1,3})")
_NEXT_COMMAND = re.compile(r"\s(?=@[a-z]{3,15}\b)", re.IGNORECASE)
_LONGEST_REMARK = 200
_REMARK = re.compile(r"(?<=\?)[ *_\"”]*(?:(?:[\[(][^\[\]()]*[\])]|(?<=\s)\*[^*?]+\*|(?<=\s)_[^_?]+_)[ .]*)+$")
_SENTENCE_ASKS = re.compile(r"\?\s+(?=[A-ZÀ-Þ])")
_BEHIND_QUESTION = " \"'”’»)*_!†‡¹²³⁴⁵⁶⁷⁸⁹"  # what may stand behind a question mark, such as the sign of a footnote
_MOST_OPTIONS = 101
_CLOSING = {'"': '"', "“": "”", "„": "”“", "«": "»", "‘": "’", "'": "'"}


class Marks(msgspec.Struct, frozen=True):
    """A line of the guide without its marks, and what they said."""

    text: str
    id: str = ""
    question_kind: QuestionKind | None = None
    must_ask: bool = False
    box: TimeBox | None = None
    unknown: str = ""


class Command(msgspec.Struct, frozen=True):
    """What a line with `@` says; kind None where the word is not known."""

    kind: GuideKind | None
    word: str
    text: str = ""
    label: str | None = None
    file: str | None = None
    url: str | None = None
    poll_kind: PollKind | None = None
    options: tuple[str, ...] = ()
    id: str = ""
    box: TimeBox | None = None


def read_marks(text: str, *, heading: bool = False, timed: bool = True) -> Marks:
    """Take the marks out of a line; what is no mark stays in its text, and so does a time where none counts."""
    must = bool(_MUST.search(text))
    wanted_id, kind, unknown, kept = "", None, "", []
    position = 0
    for found in _MARK.finditer(text):
        tokens = re.split(r"[\s,;]+", found[1].strip())
        meanings = [_meaning(token) for token in tokens]
        if not all(meanings):
            unknown = unknown or (found[0].strip() if len(tokens) == 1 else "")
            continue
        kept.append(text[position : found.start()])
        position = found.end()
        for what, value in filter(None, meanings):
            match what:
                case "id":
                    wanted_id = wanted_id or value
                case "kind":
                    kind = kind or QUESTION_KINDS[value]
                case "must":
                    must = True
    rest = "".join(kept) + text[position:]
    rest = rest.strip().removeprefix("! ").removesuffix(" !").strip() if must else rest.strip()
    untimed, box = split_box(rest, heading=heading)
    rest = untimed if timed else rest
    if timed and box is not None and rest.endswith(" !"):  # the sign before the time
        must, rest = True, rest.removesuffix("!").rstrip()
    return Marks(_plain(rest), wanted_id, kind, must, box, unknown)


def split_commands(text: str) -> list[str]:
    """Return the commands of a line on which several stand."""
    starts = [
        0,
        *(found.end() for found in _NEXT_COMMAND.finditer(text) if _command_word(text[found.end() :])[1]),
    ]
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def read_command(text: str) -> Command:
    """Read `@stimulus A: concept-a.png "Direct voordeel"`, `@peiling Cijfer: 0-10`, `@subgroepen 2 (12 min)` …"""
    word, kind = _command_word(text)
    rest = text[1 + len(word) :]
    poll_kind = POLL_KINDS.get(folded(word))
    if kind == "poll":
        rest, poll_kind = _take_poll_kind(rest, poll_kind)
    marks = read_marks(rest.lstrip(" :").rstrip())
    rest, url = take_url(marks.text)
    if kind in (None, "yield"):
        return Command(kind, word, marks.text, box=marks.box)
    if kind in ("note", "instruction", "probe"):  # what somebody says keeps the address that is named in it
        return Command(kind, word, marks.text or word.capitalize(), url=url, id=marks.id, box=marks.box)
    if kind == "poll":
        title, options = _poll(marks.text)
        named = title or word.capitalize()
        return Command(kind, word, named, poll_kind=poll_kind, options=options, id=marks.id, box=marks.box)
    if kind == "stimulus":
        return _stimulus(word, rest, url, marks)
    named = f"{word.capitalize()} {rest}".strip() if folded(word) in NAMES_ITSELF else rest
    return Command(kind, word, named or word.capitalize(), url=url, id=marks.id, box=marks.box)


def take_url(text: str) -> tuple[str, str | None]:
    """Return the text without its first link, and the link."""
    if found := _MARKDOWN_LINK.search(text):
        return f"{text[: found.start()]}{found[1]}{text[found.end() :]}".strip(), found[2]
    if found := _URL.search(text):
        url = found[0].rstrip(".,;:)]}!?'’")
        rest = f"{text[: found.start()].rstrip()} {text[found.start() + len(url) :].lstrip()}"
        return rest.strip(" :"), url
    return text, None


def find_url(text: str) -> str | None:
    """Return the first link in a text that keeps it."""
    return take_url(text)[1]


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around all of it."""
    if len(text) < 3 or text[-1] not in _CLOSING.get(text[0], ""):
        return text
    inner = text[1:-1]
    return text if any(mark in inner for mark in '"“”„«»') else inner.strip()


def is_quoted(text: str) -> bool:
    """Whether a line starts as something to be read aloud."""
    return bool(text) and text[0] in '"“„«'


def asks(text: str) -> bool:
    """Whether a text ends as a question; a remark in brackets behind it does not count."""
    return put_back(_REMARK.sub("", text[-_LONGEST_REMARK:])).rstrip(_BEHIND_QUESTION).endswith("?")


def holds_question(text: str) -> bool:
    """Whether a text asks, at its end or in a sentence before that: `Hoe reist u? Denk aan de trein.`"""
    return asks(text) or bool(_SENTENCE_ASKS.search(text))


def _meaning(token: str) -> tuple[str, str] | None:
    if found := _ID.match(token):
        return "id", found[1]
    word = folded(token)
    if word in QUESTION_KINDS:
        return "kind", word
    return ("must", word) if word in {"!", "moet", "must", "verplicht"} else None


def _plain(text: str) -> str:
    if "](" in text:
        text = _MARKDOWN_LINK.sub(r"\1 \2", text)
    return without_emphasis(text)


def _command_word(text: str) -> tuple[str, GuideKind | None]:
    name = command_word(text)
    return name, COMMANDS.get(folded(name))


def command_word(text: str) -> str:
    """Return the word behind the `@` of a line."""
    word = re.match(r"@([^\W\d_]{0,30})", text)
    return word[1] if word else ""


def _stimulus(word: str, rest: str, url: str | None, marks: Marks) -> Command:
    label: str | None = None
    before, colon, after = rest.partition(":")
    if colon and len(before) <= 12:
        label, rest = before.strip() or None, after.strip()
    title = ""
    if found := _QUOTED.search(rest):
        title = found[1].strip()
        rest = f"{rest[: found.start()].strip()} {rest[found.end() :].strip()}".strip()
    file = rest if _FILE.search(rest) else None
    if not colon and file and " " in file and not title:  # `@stimulus A concept-a.png`
        label, _, file = file.partition(" ")
    elif not file and rest and not label and len(rest) <= 3:
        label, rest = rest, ""
    text = title or (PurePosixPath(file.replace("\\", "/")).stem if file else rest) or label or word.capitalize()
    return Command("stimulus", word, text, label=label, file=file, url=url, id=marks.id, box=marks.box)


def _poll(text: str) -> tuple[str, tuple[str, ...]]:
    for colon in ("?:", ": ", ":"):
        title, found, choices = text.partition(colon)
        if found:
            return title + ("?" if colon == "?:" else ""), choices_in(choices)
    if found_range := _RANGE.search(text[-12:]):
        options = choices_in(found_range[0])
        return text[: max(0, len(text) - 12) + found_range.start()].strip(), options
    return ("", choices_in(text)) if ";" in text else (text, ())


def _take_poll_kind(text: str, kind: PollKind | None) -> tuple[str, PollKind | None]:
    """Return the text of a poll without the mark that names its kind (`{multiple}`), and that kind."""
    for found in _MARK.finditer(text):
        if named := POLL_KINDS.get(folded(found[1].strip())):
            return text[: found.start()] + text[found.end() :], named
    return text, kind


def choices_in(text: str) -> tuple[str, ...]:
    text = text.strip()
    if found := _RANGE.fullmatch(text):
        low, high = int(found[1]), int(found[2])
        step = 1 if low <= high else -1
        return tuple(str(value) for value in range(low, high + step, step)[:_MOST_OPTIONS])
    between = ";" if ";" in text else " / " if " / " in text else ","
    return tuple(option for part in text.split(between) if (option := part.strip(" .")))[:_MOST_OPTIONS]


__all__ = [
    "COMMANDS", "NAMES_ITSELF", "QUESTION_KINDS", "SENTENCE_WORDS", "Command", "Marks", "asks", "command_word",
    "find_url", "holds_question", "is_quoted", "read_command", "read_marks", "split_commands", "take_url", "time_box",
    "unquoted",
]  # fmt: skip
