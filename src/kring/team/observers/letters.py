"""What goes to and from observers: a question, a word to the others, and what became of each question, under seal.

All observers of a session have one key, so what became of a question is sealed with its id: a random number that only
who asked it and the session itself know.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kring.domain.decide.group.observers import LONGEST
from kring.domain.text import clean, one_line
from kring.observing.source import Asked
from kring.observing.watchers import LONGEST_NAME, MOST

NONCE = 12
MOST_TOLD = 64 << 10


class Hello(msgspec.Struct, frozen=True):
    """That somebody watches: who that is, a number of her own, and what those want to be called who watch there.

    `leaves` = no longer. Without any of it: send what there is.
    """

    who: str
    names: tuple[str, ...] = ()
    leaves: bool = False


class Question(msgspec.Struct, frozen=True):
    """A question on its way to the team."""

    id: str
    observer: str
    text: str
    who: str = ""
    """Who asks, as in what says that she watches."""


class Word(msgspec.Struct, frozen=True):
    """What an observer says to the others; `at` is epoch ms."""

    observer: str
    text: str
    at: int


class Sealed(msgspec.Struct, frozen=True):
    """What became of one question, for who knows its id."""

    tag: str
    box: bytes


def tag_of(question: str) -> str:
    """Return by what who asked a question finds what became of it."""
    return sha256(f"tag {question}".encode()).hexdigest()[:32]


def sealed(asked: Iterable[Asked]) -> bytes:
    """Return what became of questions."""
    return msgspec.json.encode([_sealed(one) for one in asked])


def _sealed(one: Asked) -> Sealed:
    nonce = os.urandom(NONCE)
    return Sealed(tag_of(one.id), nonce + AESGCM(_key(one.id)).encrypt(nonce, msgspec.json.encode(one), None))


def opened(content: bytes, questions: Iterable[str]) -> dict[str, Asked]:
    """Return what became of some questions, by their ids; what is not sealed for them stays closed."""
    wanted = {tag_of(one): one for one in questions}
    found: dict[str, Asked] = {}
    try:
        for each in msgspec.json.decode(content, type=list[Sealed]):
            if (question := wanted.get(each.tag)) is not None:
                told = AESGCM(_key(question)).decrypt(each.box[:NONCE], each.box[NONCE:], None)
                found[question] = msgspec.json.decode(told, type=Asked)
    except (msgspec.DecodeError, InvalidTag, ValueError):
        return found
    return found


def mark_of(who: str) -> str:
    """Return by what somebody is known to the others who watch, and knows herself."""
    return sha256(f"who {who}".encode()).hexdigest()[:16]


def hello(content: bytes) -> Hello | None:
    """Return who says that she watches; None where nobody does, or too much is said."""
    try:
        told = msgspec.json.decode(content, type=Hello) if 0 < len(content) <= MOST_TOLD else None
    except (msgspec.DecodeError, UnicodeError):
        return None
    return told if told is not None and 0 < len(told.who) <= LONGEST_NAME and len(told.names) <= MOST else None


def _key(question: str) -> bytes:
    return sha256(f"key {question}".encode()).digest()


def read(content: bytes, kind: type[Question] | type[Word]) -> Question | Word | None:
    """Return what somebody sent, with a name of one line; None where it is nothing of the kind, or too long."""
    try:
        told = msgspec.json.decode(content, type=kind)
        if isinstance(told, Question):
            UUID(told.id)  # as kring makes it: it becomes the id of a row
    except (msgspec.DecodeError, UnicodeError, ValueError):
        return None
    name, text = one_line(told.observer)[:LONGEST_NAME].strip(), clean(told.text).strip()
    return msgspec.structs.replace(told, observer=name, text=text) if name and 0 < len(text) <= LONGEST else None
