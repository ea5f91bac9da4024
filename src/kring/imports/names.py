"""Whom the names in a file mean: a proposal with its reason for each, and a question where two people could be meant.

What is proposed without a question: a participant's code; the same name, in whatever order, case or accents; a first
name that one person alone on the list has (*Piet H.*, where there is one Piet), or its letter before the last name;
what a name in brackets decides. A last name alone, another first name (*Jan-Joost* for Joost), a first letter, a name
that only looks like another, the owner of a device, and who may sit beside or instead of somebody (*Noor (met Kees)*)
are always asked. Two names that look different never come to one participant without somebody saying so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.text import N_, Sentence, folded, one_line
from kring.imports.naming.fits import Fit, fit_of, has_given, may_shorten, shortens, without_particles
from kring.imports.preview import Match, Who
from kring.privacy.known.file_labels import PARTICLES, RELATIONS, Label, flipped, number_of, read_label, words_of

ELSEWHERE, REMEMBERED, CHOSEN = 80, 90, 100
"""How much more than any likeness of names it weighs that somebody said whom a name means."""
LEAST_DIGITS = 8
"""How many last digits of a telephone number tell whose it is, however its country is written."""


class Choice(NamedTuple):
    """Whom somebody said that a name means."""

    who: Who
    participant: str = ""


class Person(NamedTuple):
    """Somebody whom a name can mean: the words of each way in which they are called, and digits of phones."""

    choice: Choice
    called: str
    names: tuple[tuple[str, ...], ...]
    code: str = ""
    phones: tuple[str, ...] = ()


Fits = Mapping[Choice, Fit]

_WHY = {
    Fit.LIKE: N_("looks like {name}: choose"),
    Fit.PIECE: N_("only a part fits {name}: choose"),
    Fit.GIVEN: N_("{name} has another last name: choose"),
    Fit.LETTERS: N_("only first letters: choose"),
    Fit.LAST: N_("only a last name, of {name}: choose"),
    Fit.PART: N_("the only {name}"),
    Fit.SAME: N_("same name"),
    Fit.FULL: N_("same name"),
    Fit.CODE: N_("code of a participant"),
}
_SEVERAL_FIT = N_("fits {n} people: choose")
_LAST_NAME = re.compile(r"last name|surname|family name|lastname|achternaam|familienaam|nachname")
_NUMBERED = re.compile(
    r"(?:deelnemer|participant|respondent|resp|persoon|person|kandidaat|teilnehmer)?\W*(?:nr|no)?\W*0*(\d{1,3})",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![^\W_])([^\W\d_]+) ?0*(\d+)(?![^\W_])")
_ROLES: dict[str, Who] = {
    **dict.fromkeys(("moderator", "gespreksleider", "gespreksleidster", "interviewer", "facilitator"), "moderator"),
    **dict.fromkeys(
        ("assistent", "assistente", "assistant", "observer", "observator", "meekijker", "opdrachtgever"), "team"
    ),
}
_SEVERAL = re.compile(r"\s*(?:[,;/&+]|\ben\b|\band\b)\s*")


class Told(NamedTuple):
    """What a name says by itself: whom it means, how strongly, and how it looks, in each way to read it."""

    match: Match
    strength: int = 0
    looks: frozenset[tuple[str, ...]] = frozenset()


def people_of(state: State) -> tuple[Person, ...]:
    """Return everybody whom a name in a file can mean: participants, who leads, and who else is of the team.

    Somebody who withdrew is known too, so that what is theirs stays out.
    """
    people = [_participant(row) for row in state.participants.values() if row.removed_at is None]
    led = [row.name for row in state.staff.values() if row.role == "moderator"]
    helped = [row.name for row in state.staff.values() if row.role != "moderator"]
    known: set[tuple[str, ...]] = set()
    teams: tuple[tuple[Who, list[str]], ...] = (
        ("moderator", [state.session.moderator]),
        ("team", [state.session.assistant]),  # who led for a while is no moderator in the rest of the evening
        ("moderator", led),
        ("team", helped),
    )
    for who, texts in teams:
        for name in (name for text in texts for name in _SEVERAL.split(text)):
            words = tuple(words_of(name))
            if words and words not in known:
                known.add(words)
                people.append(Person(Choice(who), name, (words,)))
    return tuple(people)


def _participant(row: ParticipantRow) -> Person:
    choice = Choice("participant", row.id) if row.withdrawn_at is None else Choice("left_out")
    last = [words_of(value) for heading, value in row.attributes if _LAST_NAME.search(folded(heading))]
    words = words_of(flipped(row.name))
    longer = [(*words, *more) for more in last if more and not set(more) <= set(words)]
    phones = tuple(digits for _heading, value in row.attributes if len(digits := _digits(value)) >= LEAST_DIGITS)
    return Person(choice, row.name or row.id, tuple(filter(None, (tuple(words), *longer))), row.id, phones)


def match_names(
    labels: Mapping[str, int],
    people: Sequence[Person],
    chosen: Mapping[str, Choice] | None = None,
    remembered: Mapping[str, Choice] | None = None,
    elsewhere: Mapping[str, Choice] | None = None,
) -> tuple[Match, ...]:
    """Return whom each name means, in the order given; `labels` says how many lines are of each.

    What somebody chose for a name now, or for an earlier file of the session, goes before all that is found here; what
    was chosen `elsewhere`, in another session of the study, is proposed where nothing here says anything else.
    """
    known = {"", *(person.choice.participant for person in people)}
    settled = [
        ({key_of(label): one for label, one in (choices or {}).items() if one.participant in known}, weight, why)
        for choices, weight, why in (
            (chosen, CHOSEN, N_("chosen by you")),
            (remembered, REMEMBERED, N_("as in an earlier file")),
        )
    ]
    told = []
    for label, rows in labels.items():
        one = _found(label, read_label(label), people)
        for choices, weight, why in settled:
            choice = choices.get(key_of(label))
            if choice is not None and one.strength < REMEMBERED:
                match = _match(label, choice, Sentence(why), candidates=one.match.candidates)
                one = Told(match, weight, one.looks)
        one = _as_elsewhere(one, (elsewhere or {}).get(key_of(label)), known)
        told.append(one._replace(match=msgspec.structs.replace(one.match, rows=rows)))
    sure = (one.match for one in told if not one.match.is_open)
    named = {Choice(match.who, match.participant) for match in sure}.union((remembered or {}).values())
    return tuple(_never_two_as_one([_never_short_for_another(one, people, named) for one in told]))


def _as_elsewhere(one: Told, choice: Choice | None, known: Collection[str]) -> Told:
    """Return whom a name means by another session of the study, where this one has nobody for it."""
    match = one.match
    others = {*match.candidates, match.participant} - {"", *((choice.participant,) if choice is not None else ())}
    if choice is None or not match.is_open or others or choice.participant not in known:
        return one
    return Told(_match(match.label, choice, Sentence(N_("as in another session"))), ELSEWHERE, one.looks)


def key_of(label: str) -> str:
    """Return a name in a file as choices for it are remembered."""
    return one_line(label).casefold()


def _found(label: str, read: Label, people: Sequence[Person]) -> Told:
    """Return what a name says by itself."""
    match read.sort:
        case "bot":
            return Told(_match(label, Choice("left_out"), Sentence(N_("a program, not a person"))))
        case "screen":
            return Told(_match(label, Choice("left_out"), Sentence(N_("a shared screen, not a person"))))
        case "task":
            return Told(_open(label, N_("a task, not a name: choose"), Choice("left_out")))
        case "speaker":
            return Told(_open(label, N_("a voice without a name: choose")))
        case "nobody" if not (read.digits or read.names or read.others):
            return Told(_match(label, Choice("unknown"), Sentence(N_("no name"))))
    if read.digits:
        return _by_phone(label, read, people)
    roles = {_ROLES[word] for name in (*read.names, *read.others) for word in words_of(name) if word in _ROLES}
    return _by_role(label, read, people, roles.pop()) if len(roles) == 1 else _by_name(label, read, people)


def _by_phone(label: str, read: Label, people: Sequence[Person]) -> Told:
    tail = read.digits[-LEAST_DIGITS:]
    whose = [one for one in people if any(tail == phone[-LEAST_DIGITS:] for phone in one.phones)]
    if len(whose) == 1:
        return _proposal(label, read, whose[0].choice, Sentence(N_("their telephone number")), Fit.FULL)
    return Told(_open(label, N_("a telephone number: choose"), candidates=[one.choice for one in whose]))


def _by_name(label: str, read: Label, people: Sequence[Person]) -> Told:
    """Return whom a name fits best; it is asked where that is no one person, or what stands beside it fits another."""
    called = {one.choice: one.called for one in people}
    if read.sort == "several":
        each = [choice for name in read.names for choice in _likely(_best([name], people))]
        return Told(_open(label, N_("more than one person: choose"), candidates=each))
    fits = _best(read.names, people)
    likely = _likely(fits)
    fits_beside = _best(read.others, people, whole=True)
    beside = [choice for choice, fit in fits_beside.items() if fit >= Fit.LAST] if likely else _likely(fits_beside)
    codes = [one.choice for one in people if _has_code((*read.names, *read.others), one.code)]
    if codes:
        return _by_code(label, read, codes, [*likely, *beside], people)
    both = [choice for choice in beside if choice in likely]
    if likely and beside and not both:
        return Told(_open(label, N_("two names: choose"), candidates=[*likely, *beside]))
    of_all = both or likely or beside
    rivals = _rivals(read, of_all[0], fits, people) if len(of_all) == 1 else []
    if len(of_all) == 1 and not rivals:
        (choice,) = of_all
        if doubt := _doubt(read, choice, people):
            return Told(_open(label, doubt, choice, of_all, name=called[choice]))
        why = _WHY[fits[choice]] if likely == of_all else N_("the name beside it")
        name = min(called[choice], *read.names, key=len)
        return _proposal(label, read, choice, Sentence(why, {"name": name}), max(fits.get(choice, 0), Fit.PART))
    if of_all:
        of_all += rivals
        return Told(_open(label, _SEVERAL_FIT, candidates=of_all, n=len(of_all)))
    return _asked(label, read, fits, people)


def _doubt(read: Label, choice: Choice, people: Sequence[Person]) -> str:
    """Return why a name that fits somebody may still be that of somebody else, "" where nothing says so."""
    if read.sort == "device":
        return N_("a device, perhaps lent: choose")
    said = {word for name in (*read.names, *read.others) for word in words_of(name.replace(".", ""))}
    if said & RELATIONS - _words_of_people(people, choice):
        return N_("somebody beside or instead of {name}? choose")
    return ""


def _words_of_people(people: Sequence[Person], choice: Choice) -> set[str]:
    return {word for one in people if one.choice == choice for way in one.names for word in way}


def _rivals(read: Label, choice: Choice, fits: Fits, people: Sequence[Person]) -> list[Choice]:
    """Return who else may be meant by a name that says more than the one on the list: *Anna M.* of two called Anna.

    That is who has the same first name, and whose name is among the words that nobody explains: *Joke/Piet*,
    *Joke (met Piet)*.
    """
    known = _words_of_people(people, choice)
    said = {word for name in read.names for word in without_particles(tuple(words_of(name)))} - known
    more = {word for word in said if not shortens(word, list(known))}
    beside = {word for name in read.others for word in words_of(name)} - known - PARTICLES
    fitting = fits if more and fits.get(choice, Fit.NONE) == Fit.PART else ()
    named = [one.choice for one in people if any((more | beside) & set(way) for way in one.names)]
    return [one for one in dict.fromkeys((*fitting, *named)) if one != choice]


def _by_role(label: str, read: Label, people: Sequence[Person], role: Who) -> Told:
    """Return who is named by what they do, *moderator Els*; it is asked where the name is that of somebody else."""
    bare = [" ".join(word for word in words_of(name) if word not in _ROLES) for name in (*read.names, *read.others)]
    likely = _likely(_best(bare, people))
    if not likely or Choice(role) in likely:
        return Told(_match(label, Choice(role), Sentence(N_("the word says so"))))
    return Told(_open(label, N_("two names: choose"), Choice(role), likely))


def _by_code(
    label: str, read: Label, codes: Sequence[Choice], named: Sequence[Choice], people: Sequence[Person]
) -> Told:
    """Return who has a code; it is asked where a name beside it is not theirs."""
    letters = {folded(codes[0].participant).strip("0123456789 ")}
    beside = [name for name in (*read.names, *read.others) if name not in read.flags and {*words_of(name)} - letters]
    is_bare = not (beside and _words_of_people(people, codes[0]))
    if len(codes) == 1 and (codes[0] in named or (is_bare and not named)):
        why = N_("code and name") if named else N_("code of a participant")
        return _proposal(label, read, codes[0], Sentence(why), Fit.CODE)
    return Told(_open(label, N_("its code and its name differ: choose"), candidates=[*codes, *named]))


def _asked(label: str, read: Label, fits: Fits, people: Sequence[Person]) -> Told:
    """Return the question on a name that fits nobody well."""
    numbered = _NUMBERED.fullmatch(read.names[0]) if read.names else None
    if numbered is not None:
        its = [one.choice for one in people if (code := _CODE.fullmatch(one.code)) and code[2] == numbered[1]]
        return Told(_open(label, N_("a number: choose"), its[0] if len(its) == 1 else None, its))
    top = max(fits.values(), default=Fit.NONE)
    least = Fit.PIECE if top == Fit.GIVEN else top
    likely = [choice for choice, fit in fits.items() if fit >= least]
    if len(likely) > 1:
        return Told(_open(label, _SEVERAL_FIT, candidates=likely, n=len(likely)))
    if likely:
        name = next(one.called for one in people if one.choice == likely[0])
        return Told(_open(label, _WHY[top], likely[0], likely, name=name))
    if read.sort == "device" and not read.names:
        return Told(_open(label, N_("a device without a name: choose")))
    return Told(_open(label, N_("fits nobody on the list: choose")))


def _match(label: str, choice: Choice, why: Sentence, *, candidates: tuple[str, ...] = ()) -> Match:
    return Match(label, choice.who, choice.participant, why, candidates=candidates)


def _open(
    label: str, why: str, choice: Choice | None = None, candidates: Iterable[Choice] = (), **values: Any
) -> Match:
    """Return a question; `choice` is what it most likely is, and is not done before somebody says so."""
    codes = tuple(dict.fromkeys(one.participant for one in candidates if one.participant))
    choice = choice or Choice("unknown")
    return Match(label, choice.who, choice.participant, Sentence(why, values), is_open=True, candidates=codes)


def _proposal(label: str, read: Label, choice: Choice, why: Sentence, fit: int) -> Told:
    number = () if fit == Fit.CODE or read.digits else (number_of(label),)
    looks = {(*sorted(words), *number) for name in (*read.names, *read.others) if (words := words_of(name))}
    looks |= {(read.digits,)} if read.digits else {(choice.participant,)} if fit == Fit.CODE else set()
    return Told(_match(label, choice, why), fit, frozenset(looks))


def _likely(fits: Fits) -> list[Choice]:
    """Return whom a name may mean without a question, if that is one person; a full name goes before a part of one."""
    least = Fit.FULL if Fit.FULL in fits.values() else Fit.PART
    return [choice for choice, fit in fits.items() if fit >= least]


def _best(names: Iterable[str], people: Sequence[Person], *, whole: bool = False) -> dict[Choice, Fit]:
    """Return whom one of the ways to read a name fits, and how well at best; `whole` = only if all its words do."""
    found: dict[Choice, Fit] = {}
    for name, words in ((name, tuple(words_of(name))) for name in names):
        for person in people if words else ():
            ways = (way for way in person.names if not whole or set(words) <= set(way))
            fit = max((fit_of(words, way) for way in ways), default=Fit.NONE)
            if fit == Fit.PART and not has_given(name, person.called):
                fit = Fit.LAST if set(words) <= set(person.names[-1][1:]) else Fit.PIECE
            if fit > found.get(person.choice, Fit.NONE):
                found[person.choice] = fit
    return found


def _has_code(texts: Iterable[str], code: str) -> bool:
    """Whether a participant's code stands in a name, also with noughts before its number."""
    wanted = _CODE.fullmatch(folded(code))
    found = (_CODE.finditer(folded(text).replace("_", " ")) for text in texts)
    return wanted is not None and any(one.groups() == wanted.groups() for each in found for one in each)


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isascii() and mark.isdigit())


def _never_short_for_another(one: Told, people: Sequence[Person], named: Collection[Choice]) -> Told:
    """Ask where a name is the beginning of that of somebody else, whom no other name means: *Jan* beside Jan-Willem."""
    match = one.match
    if not match.participant or match.is_open or one.strength not in range(Fit.PART, Fit.CODE):
        return one
    own = Choice(match.who, match.participant)
    names = read_label(match.label).names
    unnamed = (person for person in people if person.choice != own and person.choice not in named)
    others = [person for person in unnamed if any(may_shorten(name, person.called) for name in names)]
    if not others:
        return one
    why = N_("{name} may be called so too: choose")
    candidates = [own, *(person.choice for person in others)]
    return one._replace(match=_open(match.label, why, own, candidates, name=others[0].called))


def _never_two_as_one(told: Sequence[Told]) -> Iterator[Match]:
    """Ask where names that look different come to one participant; one that is stronger than all others stays.

    Whom somebody chose now stands, and is no reason to ask about the others: they were in sight.
    """
    for one in told:
        match = one.match
        others = [
            other
            for other in told
            if other is not one
            and other.match.participant == match.participant
            and not (other.match.is_open or other.strength == CHOSEN or other.looks & one.looks)
        ]
        stands = one.strength >= REMEMBERED or all(other.strength < one.strength for other in others)
        if not match.participant or match.is_open or stands:
            yield match
            continue
        rival = min(others, key=lambda other: (-other.strength, other.match.label))
        why = Sentence(N_("the same person as {label}? choose"), {"label": rival.match.label})
        codes = match.candidates or (match.participant,)
        yield msgspec.structs.replace(match, why=why, is_open=True, candidates=codes)
