"""Direct messages in a file of whatever program: found by what stands above them, and in what others quote of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from kring.domain.text import N_, Sentence
from kring.imports.formats.chat.addressing import (
    Addressed,
    addressed,
    opens_private,
    opens_with_mark,
    says_alone,
    without_suffix,
)
from kring.imports.formats.chat.replies import with_links
from kring.imports.formats.cues.not_names import may_be_a_name
from kring.imports.formats.texts.ends import ENDS_ESTIMATED
from kring.imports.parsed import Message, Parsed
from kring.imports.source import Source
from kring.privacy.quotes import Quotes
from kring.system.text_files import Unreadable

_WITH_RECIPIENTS = frozenset({"zoom-chat"})
"""Formats that read themselves to whom something was written."""
_HIDDEN_QUOTES = N_("Quotes of direct messages in messages to all, which stay out too: {n}.")
_IN_A_TRANSCRIPT = N_(
    "Line {n} of {file} says that a message was private, and which words it was is not clear; take it out first."
)


def with_private_apart(parsed: Parsed, source: Source) -> Parsed:
    """Return a file in which direct messages are known as such, and nothing else quotes them.

    What looks like a transcript, but says to whom something was said, is a chat: people type to one, and speak to all.
    Raises Unreadable where a line of it says so, and nobody can tell of which words.
    """
    knows = source.knows
    parsed = _as_chat(parsed, source)
    if parsed.format not in _WITH_RECIPIENTS:
        labels = {one.author for one in parsed.messages}
        told = _told(labels, lambda name: name in labels or knows(name), knows) | _with_more(labels)
        if told:
            parsed = parsed.model_copy(update={"messages": tuple(_addressed(one, told) for one in parsed.messages)})
        lines = _lines(source) if parsed.messages and not source.sheets else []
        messages = with_links(list(_marked_apart(parsed.messages, lines, told)))
        parsed = parsed.model_copy(update={"messages": tuple(messages)})
    return _without_quotes(parsed)


def _as_chat(parsed: Parsed, source: Source) -> Parsed:
    labels = {one.speaker for one in parsed.utterances if one.speaker}
    told = _told(labels, lambda name: name in labels or source.knows(name), source.knows)
    if parsed.utterances and not source.sheets:
        _require_clear(parsed, source, told)
    if not told:
        return parsed
    messages = (
        Message(line=one.line, at_ms=one.start_ms, author=one.speaker, text=one.text) for one in parsed.utterances
    )
    return parsed.model_copy(
        update={
            "format": "chat-lines",
            "utterances": (),
            "messages": (*parsed.messages, *messages),
            "warnings": tuple(one for one in parsed.warnings if one.template != ENDS_ESTIMATED),
        }
    )


def _require_clear(parsed: Parsed, source: Source, labels: Collection[str]) -> None:
    """Raise Unreadable where a line says that words are private, but for labels; the answer "Privé" is only a word."""
    said = {one.text for one in parsed.utterances}
    for one in parsed.utterances:
        if not one.speaker and opens_private(one.text):
            raise Unreadable(_IN_A_TRANSCRIPT, file=source.name, n=one.line)
    for number, line in enumerate(_lines(source), 1):
        if says_alone(line) and line not in said and not any(map(line.count, labels)):
            raise Unreadable(_IN_A_TRANSCRIPT, file=source.name, n=number)


def _lines(source: Source) -> list[str]:
    return [line.strip() for line in source.text.replace("\r", "\n").split("\n")]


def _marked_apart(messages: Sequence[Message], lines: Sequence[str], labels: Collection[str]) -> Iterator[Message]:
    """Yield messages, private where a line in one or just above it says so, other than one of `labels`."""
    heads = {one.line for one in messages}
    said = enumerate(lines, 1)
    marks = {number for number, line in said if says_alone(line) and not any(map(line.count, labels))} - heads
    for one in messages:
        text = [line for line in one.text.split("\n") if line.strip()]
        is_inside = any(says_alone(line) and (len(text) > 1 or " " in line) for line in text)
        is_inside = is_inside or any(map(opens_with_mark, text[:1]))
        above = next((number for number in range(one.line - 1, 0, -1) if lines[number - 1 : number] != [""]), 0)
        is_private = one.is_private or is_inside or above in marks
        yield one.model_copy(update={"is_private": True}) if is_private else one


def _told(labels: set[str], is_person: Callable[[str], bool], is_listed: Callable[[str], bool]) -> dict[str, Addressed]:
    found = {label: addressed(label, is_person, is_listed) for label in labels}
    return {label: one for label, one in found.items() if one is not None}


def _with_more(labels: Collection[str]) -> dict[str, Addressed]:
    """Return the labels that say more of somebody who writes without it too: *Noor apart*, beside *Noor*."""
    found = {}
    for label in labels:
        words = without_suffix(label)[0].split()
        name = next((name for end in range(len(words) - 1, 0, -1) if (name := " ".join(words[:end])) in labels), None)
        if name is not None and not may_be_a_name(" ".join(words)):
            found[label] = Addressed(name, "", is_private=True)
    return found


def _addressed(message: Message, told: dict[str, Addressed]) -> Message:
    found = told.get(message.author)
    if found is None:
        return message
    return message.model_copy(
        update={
            "author": found.author,
            "recipient": found.recipient or message.recipient,
            "is_private": found.is_private or message.is_private,
        }
    )


def _without_quotes(parsed: Parsed) -> Parsed:
    """Return a file in which no message to all quotes a direct one."""
    private = Quotes([one.text for one in parsed.messages if one.is_private])
    if not private:
        return parsed
    hidden = {
        place: text
        for place, one in enumerate(parsed.messages)
        if not one.is_private and (text := private.out_of(one.text)) != one.text
    }
    if not hidden:
        return parsed
    messages = (
        one.model_copy(update={"text": hidden[place]}) if place in hidden else one
        for place, one in enumerate(parsed.messages)
    )
    warning = Sentence(_HIDDEN_QUOTES, {"n": len(hidden)})
    return parsed.model_copy(update={"messages": tuple(messages), "warnings": (*parsed.warnings, warning)})
