"""Saturation as a report tells it: how many tags and codes each group brought that no group before it had."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain.study.saturation import new_per_group
from kring.study.sessions import StudySession


def new_words(sessions: Iterable[StudySession]) -> list[int]:
    """Return for each session that was held, in the order given, how many tags and codes were new in it.

    Nothing where fewer than two were held, or where none has a tag or a code.
    """
    held = [session.words for session in sessions if session.started_at]
    found = new_per_group(held)
    return found if sum(found) and len(held) > 1 else []
