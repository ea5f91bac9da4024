"""What a guide in Word says behind a line, `(key question · must be asked · 5 min)`: how it is told, and read again."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from kring.domain.leading import PROBE_KINDS, probe_kind
from kring.domain.plan import GuideItem, PlannedCheck
from kring.domain.text import N_, folded
from kring.domain.words import POLL_WORDS
from kring.plans.marks import POLL_KINDS, QUESTION_KINDS
from kring.plans.outline import KINDS_OF_QUESTIONS
from kring.plans.time_box import time_box, told_length
from kring.system.i18n import LANGUAGES, _, as_written, translated

JOINT = " · "
MUST = N_("must be asked")
GATE, EACH, RECORDING, CONSENT = (
    N_("before the start"), N_("for each participant"), N_("a recording runs"), N_("everybody agreed"),
)  # fmt: skip
TIMES, NAME, SIGNED_ON, SIGNATURE = N_("Section"), N_("Name"), N_("Date"), N_("Signature")
"""The first cells of the two tables: of the times, and of the place to sign."""
TITLE = N_("Discussion guide")
AROUND_TABLES = (
    N_("Times"),
    N_("Signed off"),
    N_("I agree with this guide, with what is marked or added in it."),
    N_("Place to sign"),
)
"""What stands above these tables: their headings, and what is signed."""
_BETWEEN = re.compile(r"[·()]")
Meaning = TypeVar("Meaning", bound=str)


def told(item: GuideItem) -> Iterator[str]:
    """Yield what is said behind a line of the guide, in the language in use."""
    if item.question_kind:
        yield _(KINDS_OF_QUESTIONS[item.question_kind])
    if item.probe_kind:
        yield _(PROBE_KINDS[item.probe_kind])
    if item.poll_kind:
        yield _(POLL_WORDS[item.poll_kind])
    if item.must_ask:
        yield _(MUST)
    if item.planned_s:
        low = f"{as_written(item.planned_low_s / 60)}-" if item.planned_low_s else ""
        yield f"{low}{told_length(item.planned_s, as_written)}"
    if item.until:
        yield _("until {time}").format(time=item.until)
    if item.warn_s:
        yield _("warns at {minutes} min").format(minutes=as_written(item.warn_s / 60))


def told_of_check(check: PlannedCheck) -> Iterator[str]:
    """Yield what is said behind a check."""
    marks = {GATE: check.gate, EACH: check.per_participant, RECORDING: check.recording, CONSENT: check.consent}
    yield from (_(words) for words, holds in marks.items() if holds)


def understood(words: str, allowed: Container[str]) -> tuple[dict[str, Any], str]:
    """Return what stands behind a line as fields that it may have, and what of it says nothing of the kind."""
    fields: dict[str, Any] = {}
    left = []
    for part in map(str.strip, _BETWEEN.split(words)):
        found = _meaning(part) if part else {}
        if found is not None and all(name in allowed and name not in fields for name in found):
            fields |= found
        else:
            left.append(part)
    return fields, " ".join(left)


def _meaning(words: str) -> Mapping[str, Any] | None:
    if meaning := _signs().get(folded(words)):
        return meaning
    kind = QUESTION_KINDS.get(folded(words.partition(" ")[0]))
    if kind and folded(words).partition(" ")[2] in ("", "question", "vraag"):
        return {"question_kind": kind}
    if probe := probe_kind(words):
        return {"probe_kind": probe}
    if poll := POLL_KINDS.get(folded(words)):
        return {"poll_kind": poll}
    box = time_box(words)
    if box is None or box.starts:
        return None
    found = {"planned_s": box.planned_s, "low_s": box.low_s, "until": box.until, "warn_s": box.warn_s}
    return {name: value for name, value in found.items() if value is not None}


@cache
def _signs() -> Mapping[str, Mapping[str, Any]]:
    """Return what the words of kring itself say, in every language that it speaks."""
    signs: dict[str, dict[str, Any]] = {MUST: {"must_ask": True}, GATE: {"gate": True}, EACH: {"per_participant": True}}
    signs |= {RECORDING: {"recording": True}, CONSENT: {"consent": True}}
    signs |= _of_kinds("question_kind", KINDS_OF_QUESTIONS) | _of_kinds("probe_kind", PROBE_KINDS)
    signs |= _of_kinds("poll_kind", POLL_WORDS)
    return {folded(translated(words, language)): field for language in LANGUAGES for words, field in signs.items()}


def _of_kinds(field: str, words: Mapping[Meaning, str]) -> dict[str, dict[str, Any]]:
    return {said: {field: kind} for kind, said in words.items()}


def in_all_languages(words: str) -> frozenset[str]:
    """Return words of kring as they are compared with those of a file, in every language that it speaks."""
    return frozenset(folded(translated(words, language)) for language in LANGUAGES)
