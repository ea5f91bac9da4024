"""Saturation: how many tags and codes each group of a study brought that no group before it had.

Guest, Namey and McKenna (2017, Field Methods 29(1)) and Hennink, Kaiser and Weber (2019, Qualitative Health Research
29(10)) count so to see when further groups bring little that is new; whether that is enough stays a judgement.
"""

from __future__ import annotations

from collections.abc import Iterable

from kring.study.sessions import StudySession


def new_words(sessions: Iterable[StudySession]) -> list[int]:
    """Return for each session that was held, in the order given, how many tags and codes were new in it.

    Nothing where fewer than two were held, or where none has a tag or a code.
    """
    held = [session.words for session in sessions if session.started_at]
    known: set[str] = set()
    found = []
    for words in held:
        found.append(len(words - known))
        known |= words
    return found if known and len(held) > 1 else []
