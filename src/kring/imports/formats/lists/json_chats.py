"""Chats as JSON, as Telegram, Slack, Discord and others export them: messages with a moment, a name and words.

What these are called differs, see the models. A chat that says it is one between people, and a message that says to
whom it is, is private.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

from pydantic import AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kring.domain.text import N_, Sentence, clean, one_line
from kring.imports.dates import NOT_THIS_DAY
from kring.imports.formats.chat.addressing import is_everybody
from kring.imports.parsed import Clock, Message, Parsed, Reaction, Skipped
from kring.imports.source import Format, Source
from kring.system.text_files import Unreadable

NAME = "chat-json"
_IS_JSON = re.compile(r'\ufeff?\s*(?:\{\s*"|\[\s*\{)')
_FEWEST = 2
_MOSTLY = 0.5
_MS_FROM = 10**11
"""From here on a number of seconds is one of milliseconds."""
_LATEST_MS = 32_503_680_000_000
_NOT_SAID = N_("This is not said by somebody.")
_BETWEEN_PEOPLE = re.compile(r"personal|saved|im$|mpim$|dm$|direct|privatechat|onetoone|oneonone")
"""How a chat between people calls its kind, without signs; a *private group* is one of all."""
_OF_TWO = "@unq.gbl.spaces"
"""How the name of a chat between two people ends in Teams."""
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"</p>\s*<p[^<>]*>|<br[^<>]*>", re.IGNORECASE)
_OTHER_DAY = N_("This is of another day than the session.")


def _words(given: object) -> object:
    """Return words that are parted by their marks, such as links, as one text."""
    match given:
        case list():
            return "".join(str(part.get("text", "")) if isinstance(part, dict) else str(part) for part in given)
        case {"content": str(content), "contentType": "html"}:  # as Microsoft Graph has it
            return html.unescape(_TAG.sub("", _BREAK.sub("\n", content))).strip()
        case {"content": str(content)}:
            return content
        case _:
            return given


def _person(given: object) -> object:
    """Return what somebody is called, where more is said of them."""
    if not isinstance(given, dict):
        return given
    if isinstance(given.get("user"), dict):
        return _person(given["user"])
    names = (given.get(key) for key in ("nickname", "global_name", "real_name", "displayName", "name", "username"))
    return next((name for name in names if isinstance(name, str) and name), "")


def _moment(given: object) -> object:
    """Return whether a moment is in UTC, as a number and one with a zone are, and the moment in ms from 1970."""
    if isinstance(given, str) and not re.fullmatch(r"\d+(?:\.\d+)?", given):
        found = datetime.fromisoformat(given)
        is_utc = found.tzinfo is not None
        found = found if is_utc else found.replace(tzinfo=UTC)
        return is_utc, round(found.timestamp() * 1000)
    number = float(str(given))
    return True, round(number if number >= _MS_FROM else number * 1000)


Words = Annotated[str, BeforeValidator(_words)]
PersonName = Annotated[str, BeforeValidator(_person)]
Moment = Annotated[tuple[bool, Annotated[int, Field(ge=0, le=_LATEST_MS)]], BeforeValidator(_moment)]


class _Sign(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    sign: str = Field(
        "", validation_alias=AliasChoices(AliasPath("emoji", "name"), "emoji", "reaction", "reactionType", "name")
    )
    people: tuple[PersonName, ...] = Field((), validation_alias=AliasChoices("recent", "users"))
    person: PersonName = Field("", validation_alias=AliasChoices("actor", "from", "user"))


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    at: Moment = Field(
        validation_alias=AliasChoices(
            "date_unixtime",
            "timestamp_ms",
            "timestamp",
            "ts",
            "createdAt",
            "createdDateTime",
            "created_at",
            "sent_at",
            "date",
            "time",
        )
    )
    author: PersonName = Field(
        validation_alias=AliasChoices(
            "from", "user_profile", "sender_name", "author", "sender", "username", "user_name", "user"
        )
    )
    text: Words = Field(validation_alias=AliasChoices("text", "content", "message", "body"))
    id: str = Field("", validation_alias=AliasChoices("id", "ts", "message_id"))
    answers: str = Field(
        "",
        validation_alias=AliasChoices(
            "reply_to_message_id",
            AliasPath("reference", "messageId"),
            "thread_ts",
            "parent_id",
            "reply_to",
            "replyToId",
        ),
    )
    to: PersonName = Field("", validation_alias=AliasChoices("to", "recipient", "recipient_name"))
    reactions: tuple[_Sign, ...] = ()
    chat: str = Field("", validation_alias="chatId")


class _Chat(NamedTuple):
    messages: list[_Message | None]
    is_private: bool


def _lists(found: Any, is_private: bool = False, depth: int = 4) -> Iterator[tuple[list[Any], bool]]:
    """Yield the lists in a file, each with whether what stands around it says that it is between people."""
    match found:
        case list() if any(isinstance(one, dict) for one in found):
            yield found, is_private
            for one in found if depth else ():
                yield from _lists(one, is_private, depth - 1) if isinstance(one, dict) else ()
        case dict() if depth:
            is_private = is_private or any(map(_says_private, (found, found.get("channel"))))
            for value in found.values():
                yield from _lists(value, is_private, depth - 1)


def _says_private(chat: Any) -> bool:
    if not isinstance(chat, dict):
        return False
    kinds = (re.sub(r"[\W_]", "", str(chat.get(key, ""))).casefold() for key in ("type", "chatType"))
    return bool(chat.get("is_im") or chat.get("is_mpim")) or any(map(_BETWEEN_PEOPLE.match, kinds))


def _message_of(given: Any) -> _Message | None:
    try:
        found = _Message.model_validate(given)
    except (ValidationError, ValueError, OverflowError):
        return None
    return found if found.author.strip() and found.text.strip() else None


def _chat(source: Source) -> _Chat:
    """Return the longest list in a file of which most are messages, an empty one where there is none."""
    if source.sheets or not _IS_JSON.match(source.text[:400]):
        return _Chat([], is_private=False)
    try:
        whole = json.loads(source.text)
    except (ValueError, RecursionError):
        return _Chat([], is_private=False)
    for given, is_private in sorted(_lists(whole), key=lambda one: len(one[0]), reverse=True):
        found = [_message_of(one) for one in given]
        count = sum(one is not None for one in found)
        if count >= _FEWEST and count >= _MOSTLY * len(found):
            return _Chat(found, is_private)
    return _Chat([], is_private=False)


def _recognises(source: Source) -> bool:
    return bool(_chat(source).messages)


def _read(source: Source) -> Parsed:
    chat = _chat(source)
    told = [(line, one) for line, one in enumerate(chat.messages, 1) if one is not None]
    if not told:
        raise Unreadable(N_("{file} holds no message with a time and a name."), file=source.name)
    is_utc = sum(one.at[0] for _line, one in told) * 2 > len(told)
    skipped: list[Skipped] = []
    near: list[tuple[int, _Message]] = []
    for line, one in enumerate(chat.messages, 1):
        if one is None or one.at[0] is not is_utc:
            skipped.append(Skipped(line=line, why=Sentence(_NOT_SAID)))
        elif not _is_near(one, source):
            skipped.append(Skipped(line=line, why=Sentence(_OTHER_DAY)))
        else:
            near.append((line, one))
    if not near:
        days = sorted({_day(one) for _line, one in told})
        raise Unreadable(NOT_THIS_DAY, found=" – ".join(dict.fromkeys((days[0], days[-1]))), day=str(source.day))
    lines = {one.id: line for line, one in near if one.id}
    messages = (_message(line, one, lines, is_private=chat.is_private) for line, one in near)
    return Parsed(
        format=NAME,
        clock=Clock.UTC if is_utc else Clock.WALL,
        messages=tuple(sorted(messages, key=lambda one: one.at_ms or 0)),
        skipped=tuple(skipped),
        warnings=source.warnings,
    )


def _message(line: int, one: _Message, lines: Mapping[str, int], *, is_private: bool) -> Message:
    answered = lines.get(one.answers)
    signs = ((sign.sign, tuple(filter(None, (*sign.people, sign.person)))) for sign in one.reactions)
    return Message(
        line=line,
        at_ms=one.at[1],
        author=one_line(one.author),
        text=clean(one.text).strip(),
        recipient=one_line(one.to),
        is_private=is_private or one.chat.endswith(_OF_TWO) or bool(one.to and not is_everybody(one.to)),
        replies_to=None if answered in (None, line) else answered,
        reactions=tuple(Reaction(sign=one_line(sign), people=people) for sign, people in signs if sign),
    )


def _day(one: _Message) -> str:
    return datetime.fromtimestamp(one.at[1] / 1000, UTC).date().isoformat()


def _is_near(one: _Message, source: Source) -> bool:
    if source.day is None:
        return True
    days = datetime.fromtimestamp(one.at[1] / 1000, UTC).date() - source.day
    return abs(days.days) <= 1


FORMATS = (Format(NAME, _recognises, _read),)
