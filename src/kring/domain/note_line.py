"""The note line: a short grammar with which one line says what was said, by whom, when, and how it's known.

    "…      a quote, word for word; ending in … it's a stub, to be completed from the recording
    ~ …     a paraphrase (also without a sign)         ( …    the note-taker's own view
    / …     nonverbal                                   = …    a summary
    > …     written in the chat; >3 by whom
    * …     starred                                     ? …    parked: a question for later
    @3 @fatima @mod @?   another speaker                #tag    a tag             -20s -2m   that long ago

Star and parking stand in front, in any order, then the sign of kind; the others stand anywhere between blanks, in front
of the signs too. Nothing is ever refused: what doesn't fit the grammar is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from kring.domain.rows import NoteKind, NoteRow, ParticipantRow, TurnKind
from kring.domain.text import clean, folded, pattern

_QUOTES = '"“”„«»❝❞'
_KINDS: dict[str, NoteKind] = {
    "~": "paraphrase",
    "≈": "paraphrase",
    "(": "remark",
    "/": "nonverbal",
    "=": "summary",
    ">": "chat",
}
SIGNS: dict[NoteKind, str] = {
    "quote": '"',
    "paraphrase": "~",
    "remark": "(",
    "nonverbal": "/",
    "summary": "=",
    "mark": "",
    "chat": ">",
}
SPEAKERS: dict[str, TurnKind] = {
    "?": "unknown",
    "mod": "moderator",
    "gl": "moderator",
    "moderator": "moderator",
    "gespreksleider": "moderator",
    "+": "crosstalk",
}
_TAG = pattern(r"#([^\W\d_][\w-]{0,40})\Z")
_BACK = pattern(r"-(\d{1,4})(s|sec|m|min)?\Z|-(\d{1,2}):(\d\d)\Z")
_SIGNED = pattern(r"[@#-](?<!\S[@#-])\S+")  # a token that begins with a sign, sought by the sign
_QUOTE_END = pattern(rf"[\s{_QUOTES}]+\Z")
_STUB_END = ("…", "...")


class NoteDraft(msgspec.Struct, frozen=True):
    """What a note line says; `speaker` None = whoever has the floor; `unknown` holds @names that nobody bears."""

    kind: NoteKind = "paraphrase"
    text: str = ""
    speaker: tuple[TurnKind | None, str | None] | None = None
    tags: tuple[str, ...] = ()
    starred: bool = False
    parked: bool = False
    stub: bool = False
    back_ms: int = 0
    unknown: tuple[str, ...] = ()


def read(line: str, people: Sequence[ParticipantRow] = ()) -> NoteDraft:
    """Return what a note line says; total."""
    rest = clean(line).strip()
    words = _Words(people)
    kind: NoteKind | None = None
    starred = parked = False
    while rest and kind is None:  # what stands behind the sign of kind is text, whatever it looks like
        sign = rest[0]
        if sign == "*" and not starred:
            starred = True
        elif sign == "?" and not parked:
            parked = True
        elif sign in _KINDS:
            kind = _KINDS[sign]
        elif sign in _QUOTES:
            kind = "quote"
        elif words.takes(token := rest.split(None, 1)[0]):
            rest = rest.removeprefix(token).lstrip()
            continue
        else:
            break
        rest = words.without_author(rest[1:]) if kind == "chat" else rest[1:]
        rest = rest.lstrip()
    text = _closed(rest, kind)
    while _SIGNED.search(text) and (left := _closed(words.taken_out_of(text), kind)) != text:
        text = left  # what closes a kind may hide a tag, and back
    return NoteDraft(
        kind=kind or "paraphrase",
        text=text,
        speaker=words.speaker,
        tags=tuple(dict.fromkeys(words.tags)),
        starred=starred,
        parked=parked,
        stub=kind == "quote" and text.endswith("…"),
        back_ms=words.back_ms,
        unknown=tuple(dict.fromkeys(words.unknown)),
    )


def unknown_in(text: str, people: Sequence[ParticipantRow]) -> tuple[str, ...]:
    """Return the @names in what a note says that nobody bears, or more than one."""
    words = _Words(people)
    words.taken_out_of(text)
    return tuple(dict.fromkeys(words.unknown))


class _Words:
    """The tokens of a line that are not text."""

    def __init__(self, people: Sequence[ParticipantRow]) -> None:
        self.people = people
        self.speaker: tuple[TurnKind | None, str | None] | None = None
        self.tags: list[str] = []
        self.back_ms = 0
        self.unknown: list[str] = []

    def taken_out_of(self, text: str) -> str:
        if not _SIGNED.search(text):
            return text.strip()
        kept: list[str] = []
        place = 0
        for token in _SIGNED.finditer(text):
            if self.takes(token.group()):
                kept.append(text[place : token.start()])
                place = token.end()
        kept.append(text[place:])
        joined = "".join(kept) if len(kept) == 1 else re.sub(r"[ \t]{2,}", " ", "".join(kept))
        return joined.strip()

    def without_author(self, text: str) -> str:
        """Return what was written in the chat without its author: a seat, code or name right behind its sign."""
        word = re.split(r"[\s:]", text, maxsplit=1)[0]
        wanted = folded(word)
        names = ((str(p.seat), p.id.casefold(), folded(p.name), *folded(p.name).split()) for p in self.people)
        found = [p for p, called in zip(self.people, names, strict=True) if wanted in called]
        if not wanted or len(found) != 1:
            return text
        self.speaker = ("participant", found[0].id)
        return text[len(word) :].removeprefix(":")

    def takes(self, token: str) -> bool:
        """Take a token that says who, what tag or how long ago; return whether it is one."""
        match token[0]:
            case "@" if len(token) > 1:
                return self._takes_speaker(token[1:])
            case "#" if tag := _TAG.match(token):
                self.tags.append(tag.group(1).casefold())
                return True
            case "-" if (back := _BACK.match(token)) and (back.group(2) or back.group(3)):
                self.back_ms += _back_ms(back)
                return True
        return False

    def _takes_speaker(self, word: str) -> bool:
        word = word.rstrip(",:;.")
        if word.casefold() in SPEAKERS:
            self.speaker = (SPEAKERS[word.casefold()], None)
            return True
        wanted = folded(word)
        exact = [p for p in self.people if wanted in (str(p.seat), p.id.casefold(), folded(p.name))]
        near = [
            p for p in self.people if any(part.startswith(wanted) for part in (folded(p.name), *folded(p.name).split()))
        ]
        found = exact[:1] or near
        if len(found) != 1 or not wanted:
            self.unknown.append(word)
            return False
        self.speaker = ("participant", found[0].id)
        return True


def _back_ms(back: re.Match[str]) -> int:
    if back.group(3):
        return (int(back.group(3)) * 60 + int(back.group(4))) * 1000
    unit = 60_000 if back.group(2).startswith("m") else 1000
    return int(back.group(1)) * unit


def _closed(text: str, kind: NoteKind | None) -> str:
    """Return the text without what closes its kind: a quote's marks, a bracket too many."""
    match kind:
        case "quote":
            if text and (text[-1] in _QUOTES or text[-1].isspace()):
                text = _QUOTE_END.sub("", text)
            if text.endswith(_STUB_END):
                text = f"{text.rstrip('.… ')} …".lstrip()
        case "remark":
            while text.endswith(")") and text.count(")") > text.count("("):
                text = text[:-1].rstrip()
    return text


def written(note: NoteRow) -> str:
    """Return the line that says what a note says, to be edited; who and when stay as they are unless it says so."""
    signs = ("*" if note.starred else "") + ("?" if note.parked else "") + SIGNS[note.kind]
    space = " " if signs else ""
    tags = "".join(f" #{tag}" for tag in note.tags)
    return f"{signs}{space}{note.text}{tags}"


def to_complete(note: NoteRow) -> tuple[str, int]:
    """Return the line to edit a note, and where to go on typing: in a stub the place of its `…`, else its end."""
    if not note.stub:
        line = written(note)
        return line, len(line)
    bare = written(replace(note, text=note.text.rstrip(".… "), tags=()))
    begun = f"{bare.rstrip()} "
    return begun + "".join(f" #{tag}" for tag in note.tags), len(begun)


def tag_being_typed(line: str) -> str | None:
    """Return the beginning of a tag at the end of a line, to offer the session's tags; None when there is none."""
    last = line.rsplit(None, 1)[-1] if line and not line[-1].isspace() else ""
    return last[1:].casefold() if last.startswith("#") else None


def speaker_being_typed(line: str) -> str | None:
    """Return the beginning of a speaker at the end of a line, None when there is none."""
    last = line.rsplit(None, 1)[-1] if line and not line[-1].isspace() else ""
    return last[1:] if last.startswith("@") else None
