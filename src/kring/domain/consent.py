"""Consent: what a participant consents to, scope by scope, and whether their words may be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

import msgspec

from kring.domain.rows import ConsentRow, NoteKind, ParticipantRow, RoomTurnRow, TurnRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table
from kring.domain.stretches import shared_ms, stretch_of
from kring.domain.text import N_, Refused, Sentence

ALL = "all"
SCOPE_WORDS = {
    "taking_part": N_("taking part"),
    "audio": N_("audio"),
    "video": N_("video"),
    "quoting": N_("quoting"),
    "observers": N_("observers"),
    "clips": N_("clips"),
}
SCOPES = tuple(SCOPE_WORDS)


class Lacking(NamedTuple):
    """Who of the group consented to nothing: those who said no, and those of whom nothing is known."""

    refused: tuple[ParticipantRow, ...]
    unknown: tuple[ParticipantRow, ...]

    @property
    def people(self) -> str:
        """Who they are, for a sentence."""
        return _called((*self.refused, *self.unknown))


class Answers(msgspec.Struct, frozen=True):
    """What the group says of one scope: who said yes, who said no, of whom nothing is known."""

    given: tuple[ParticipantRow, ...]
    refused: tuple[ParticipantRow, ...]
    unknown: tuple[ParticipantRow, ...]

    def in_words(self) -> Sentence:
        """Return how many said yes, and who did not: 7 of 8: Noor gave no answer yet."""
        told = {"n": len(self.given), "all": len(self.given) + len(self.refused) + len(self.unknown)}
        names = {"refused": _called(self.refused), "unknown": _called(self.unknown)}
        match bool(self.refused), bool(self.unknown):
            case True, True:
                return Sentence("{n} of {all}: {refused} said no; {unknown}: no answer yet", told | names)
            case True, False:
                return Sentence("{n} of {all}: {refused} said no", told | names)
            case False, True:
                return Sentence("{n} of {all}: {unknown}: no answer yet", told | names)
        return Sentence("{n} of {all}", told)


def answers(state: State, scope: str) -> Answers:
    """Return what those who are in the group, or are still expected, say of a scope.

    Who consents to anything takes part, where nothing else was said of that.
    """
    found: dict[bool | None, list[ParticipantRow]] = {True: [], False: [], None: []}
    for person in group(state):
        said = consents_of(state, person.id)
        takes_part = True if scope == "taking_part" and any(said.values()) else said.get(ALL)
        found[said.get(scope, takes_part)].append(person)
    return Answers(tuple(found[True]), tuple(found[False]), tuple(found[None]))


def against_recording(state: State) -> list[ParticipantRow]:
    """Return who did not consent to audio: who refused, and where consent is known of anybody, who did not answer."""
    if not state.consents:
        return []
    found = answers(state, "audio")
    return [*found.refused, *found.unknown]


def group(state: State) -> list[ParticipantRow]:
    """Return who is in the group or still expected, by seat; who never came or left needs no consent."""
    alive = (p for p in state.participants.values() if p.removed_at is None and p.status not in ("no_show", "left"))
    return sorted(alive, key=lambda person: (person.seat, person.id))


def _called(people: Iterable[ParticipantRow]) -> str:
    return ", ".join(person.name or person.id for person in people)


def refused_by_everybody(state: State) -> dict[str, list[str]]:
    """Return which scopes each participant refuses, by code, in their usual order; `all` where nothing is granted."""
    return _refused_by(state.consents, state.participants)


@kept_by_table
def _refused_by(consents: Rows[ConsentRow], people: Rows[ParticipantRow]) -> dict[str, list[str]]:
    said = _said(consents)
    return {code: _refused(said.get(code, {})) for code in people}


def _refused(said: Mapping[str, bool]) -> list[str]:
    if said.get(ALL) is False and not any(said.values()):
        return [ALL]
    return [scope for scope in SCOPES if said.get(scope, said.get(ALL)) is False]


def consent_to(state: State, participant: str | None, scope: str) -> bool | None:
    """Return whether a participant consents to a scope: by that scope, else by all of them, None where unknown."""
    said = consents_of(state, participant) if participant else {}
    return said.get(scope, said.get(ALL))


def refuses_taking_part(said: Mapping[str, bool]) -> bool:
    """Whether somebody who says this no longer takes part; said once the talk began, it is a withdrawal."""
    if "taking_part" in said:
        return not said["taking_part"]
    return said.get(ALL) is False and not any(said.values())


def consents_of(state: State, participant: str) -> dict[str, bool]:
    """Return what a participant said, by scope."""
    return dict(_said(state.consents).get(participant, {}))


@kept_by_table
def _said(consents: Rows[ConsentRow]) -> dict[str, dict[str, bool]]:
    found: dict[str, dict[str, bool]] = {}
    for row in consents.values():
        found.setdefault(row.participant, {})[row.scope] = row.given
    return found


def in_words(consents: Mapping[str, bool]) -> Sentence:
    """Return what somebody consents to as people say it: everything, nothing, some scopes and not others."""
    granted = [scope for scope, given in consents.items() if given and scope != ALL]
    refused = [scope for scope, given in consents.items() if not given and scope != ALL]
    match consents.get(ALL), bool(granted), bool(refused):
        case True, _, True:
            return Sentence("everything but {scopes}", {"scopes": listed(refused)})
        case True, _, False:
            return Sentence("everything")
        case False, True, _:
            return Sentence("only {scopes}", {"scopes": listed(granted)})
        case False, False, _:
            return Sentence("nothing")
        case None, True, True:
            return Sentence("{scopes}; not {others}", {"scopes": listed(granted), "others": listed(refused)})
        case None, False, True:
            return Sentence("not {scopes}", {"scopes": listed(refused)})
        case None, True, False:
            return Sentence("{scopes}", {"scopes": listed(granted)})
    return Sentence("not known")


def listed(scopes: Iterable[str]) -> str | Sentence:
    """Return scopes as people say them, with commas between."""
    words = [Sentence(SCOPE_WORDS[scope]) if scope in SCOPE_WORDS else scope for scope in scopes]
    return reduce(lambda first, second: Sentence("{first}, {second}", {"first": first, "second": second}), words)


WORD_FOR_WORD: frozenset[NoteKind] = frozenset({"quote", "chat"})
"""Kinds of notes that hold somebody's own words: nobody may read those of who refused to be quoted."""


def may_be_quoted(state: State, participant: str | None) -> bool:
    """Whether a participant's words may leave as a quote: only where they said so."""
    return consent_to(state, participant, "quoting") is True


def quoting_remark(state: State, kind: NoteKind, participant: str | None) -> Sentence | None:
    """Return what stands against quoting somebody, where that is so and a note has their words."""
    if kind not in WORD_FOR_WORD or participant is None:
        return None
    match consent_to(state, participant, "quoting"):
        case True:
            return None
        case False:
            return Sentence("not to be quoted")
        case None:
            return Sentence("consent to quoting?")


def lacking_in_words(state: State) -> Sentence | None:
    """Return who consented to nothing, as a gate says it: 7 of 8: Noor: no answer yet; None where that is nobody."""
    found = lacking(state)
    if not any(found):
        return None
    given = [person for person in group(state) if person not in (*found.refused, *found.unknown)]
    return Answers(tuple(given), found.refused, found.unknown).in_words()


def require_writing_out(state: State) -> None:
    """Refuse to have sound written out where the plan doesn't say so, or somebody of the group didn't consent to audio.

    Who never came or left needs none; who was not asked did not consent.
    """
    if not state.session.quote_drafts:
        raise Refused("The plan does not say that quotes may be written out: put  complete quotes: yes  in its header.")
    without = [
        person.name or person.id
        for person in state.participants.values()
        if person.removed_at is None
        and person.status not in ("no_show", "left")
        and consent_to(state, person.id, "audio") is not True
    ]
    if without:
        raise Refused("Nothing is written out: no consent to audio of {names}.", names=", ".join(without))


def require_sound_to_go(state: State) -> None:
    """Refuse to have the sound go to another computer where somebody withdrew, or said no to audio: they are heard."""
    without = [
        person.name or person.id
        for person in state.participants.values()
        if person.id in state.withdrawn or consent_to(state, person.id, "audio") is False
    ]
    if without:
        raise Refused("The recordings stay here: {names} withdrew, or said no to audio.", names=", ".join(without))


def require_passage(state: State, begin: int, end: int) -> None:
    """Refuse to have a passage written out, begin to end in epoch ms, in which somebody speaks without consent.

    That is who left, and did not consent to audio, and who withdrew.
    """
    for turn in (*state.turns.values(), *state.tables[RoomTurnRow.TABLE].values()):
        assert isinstance(turn, TurnRow | RoomTurnRow)
        is_withdrawn = turn.participant in state.withdrawn
        counts = turn.participant is not None and (is_withdrawn or turn.removed_at is None)
        if not counts or not shared_ms(stretch_of(turn, end), (begin, end)):
            continue
        if is_withdrawn or consent_to(state, turn.participant, "audio") is not True:
            raise Refused("Somebody speaks in these seconds who did not consent to audio, or withdrew.")


def lacking(state: State) -> Lacking:
    """Return who sits in the group without having consented to anything; who never came or left needs none."""
    asked = {row.participant for row in state.consents.values()}
    gave = {row.participant for row in state.consents.values() if row.given}
    without = [person for person in group(state) if person.id not in gave]
    return Lacking(
        tuple(person for person in without if person.id in asked),
        tuple(person for person in without if person.id not in asked),
    )
