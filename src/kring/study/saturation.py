"""Saturation as a report tells it: how many tags and codes each group brought that no group before it had."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain.study.saturation import new_per_group
from kring.domain.study.themes import as_one, codes_of
from kring.study.sessions import StudySession


def new_words(sessions: Iterable[StudySession]) -> list[int]:
    """Return for each session that was held, in the order given, how many tags and codes were new in it.

    A tag and a code of one name are one.

    Nothing where fewer than two were held, or where none has a tag or a code.
    """
    words = [session.words for session in sessions if session.started_at]
    codes = codes_of(word for those in words for word in those)
    held = [frozenset(as_one(word, codes) for word in those) for those in words]
    found = new_per_group(held)
    return found if sum(found) and len(held) > 1 else []
