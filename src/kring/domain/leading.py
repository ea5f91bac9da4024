"""The words for how a talk is led: kinds of probes, difficult moments, what a group shows without words.

The kinds of probes are those of Patton, "Qualitative Research & Evaluation Methods" (2015), and the example that
Krueger and Casey ask for ("Focus Groups", 2015: "Would you give me an example?"). The difficult moments are theirs too:
dominant talkers, shy participants, self-appointed experts and ramblers; conflict and emotion stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from kring.domain.rows import NonverbalCode, ProbeKind, Reminder, Situation
from kring.domain.text import N_, Refused, Sentence, folded, one_line

Meaning = TypeVar("Meaning", bound=str)

PROBE_KINDS: dict[ProbeKind, str] = {
    "detail": N_("detail"),
    "elaboration": N_("elaboration"),
    "clarification": N_("clarification"),
    "example": N_("example"),
    "contrast": N_("contrast"),
}
SITUATIONS: dict[Situation, str] = {
    "talker": N_("a talker"),
    "silent": N_("somebody silent"),
    "expert": N_("an expert"),
    "side_track": N_("a side-track"),
    "conflict": N_("a conflict"),
    "emotion": N_("an emotion"),
}
SENTENCES: dict[Situation, str] = {
    "talker": N_("Thank you, that is clear. I would like to hear how others see this."),
    "silent": N_("I have not heard everybody yet. What comes to mind, for whoever has not spoken?"),
    "expert": N_("You know a lot about this. Here everybody's experience counts as much; who has another one?"),
    "side_track": N_("That is a subject of its own; I write it down. Back to the question."),
    "conflict": N_("I hear two views, and both may be here. What lies behind each of them?"),
    "emotion": N_("I notice that this touches you. Take your time; you need not go on if you don't want to."),
}
"""One short, neutral sentence for each moment; a plan may have its own."""
NONVERBAL: dict[NonverbalCode, str] = {
    "nods": N_("nods"),
    "shakes_head": N_("shakes their head"),
    "laughs": N_("laughs"),
    "frowns": N_("frowns"),
    "sighs": N_("sighs"),
    "looks_away": N_("looks away"),
    "crosses_arms": N_("crosses their arms"),
    "silent": N_("is silent"),
    "moved": N_("is moved"),
}
REMINDERS: dict[Reminder, str] = {
    "introductions": N_("Keep the introductions short: half a minute each."),
    "camera": N_("Look into the camera while you ask."),
    "feelings": N_("Name what you see: a smile, a frown, a silence."),
    "chat": N_("Look in the chat."),
}
"""What a group online needs more than one around a table: less of what is not said comes through."""
_PROBE_WORDS: dict[ProbeKind, str] = {
    "detail": "details bijzonderheden",
    "elaboration": "elaborate meer uitbreiding uitweiding",
    "clarification": "clarify verheldering verduidelijking",
    "example": "voorbeeld",
    "contrast": "tegenstelling anders",
}
_SITUATION_WORDS: dict[Situation, str] = {
    "talker": "talk prater veelprater",
    "silent": "quiet shy stil stille zwijger zwijgt",
    "expert": "deskundige kenner",
    "side_track": "side-track sidetrack rambler zijspoor afdwalen",
    "conflict": "ruzie onenigheid",
    "emotion": "emotie gevoel",
}
_NONVERBAL_WORDS: dict[NonverbalCode, str] = {
    "nods": "nod knikt knikken ja",
    "shakes_head": "shakes schudt schudt-hoofd hoofdschudden nee",
    "laughs": "laugh lacht lachen glimlacht smiles",
    "frowns": "frown fronst fronsen",
    "sighs": "sigh zucht zuchten",
    "looks_away": "away wegkijken kijkt-weg weg",
    "crosses_arms": "arms armen armen-over-elkaar",
    "silent": "quiet zwijgt zwijgen stil",
    "moved": "emotional geraakt ontroerd",
}


PROBE_KINDS_NAMED = N_("detail, elaboration, clarification, example, contrast")
SITUATIONS_NAMED = N_("talker, silent, expert, side-track, conflict, emotion")
NONVERBAL_NAMED = N_("nods, shakes, laughs, frowns, sighs, looks away, arms, silent, moved")
"""The words that can be typed, in the language of who types."""


def probe_kind(word: str) -> ProbeKind | None:
    """Return the kind of probe that a word means, in one language or the other, or None."""
    return _PROBES.get(_squeezed(word))


def situation(word: str) -> Situation | None:
    """Return the difficult moment that a word means, or None."""
    return _SITUATIONS.get(_squeezed(word))


def nonverbal_code(word: str) -> NonverbalCode | None:
    """Return what somebody shows without words by a word for it, or None."""
    return _CODES.get(_squeezed(word))


def not_known(word: str, known: str) -> Refused:
    """Return the refusal of a word that is none of those that a sentence names."""
    return Refused("{value} is none of {options}.", value=one_line(word), options=Sentence(known))


def _squeezed(word: str) -> str:
    return "".join(mark for mark in folded(word) if mark.isalnum())


def _by_word(words: Mapping[Meaning, str]) -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for meaning, others in words.items():
        found |= {_squeezed(word): meaning for word in [str(meaning), *others.split()]}
    return found


_PROBES, _SITUATIONS, _CODES = _by_word(_PROBE_WORDS), _by_word(_SITUATION_WORDS), _by_word(_NONVERBAL_WORDS)
