"""How a session is told to those who only watch: who may be shown, as what, and which words stay out of texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import is_

from msgspec.structs import replace

from kring.domain.consent import WORD_FOR_WORD, consent_to
from kring.domain.measures.presence import seated
from kring.domain.plan import names_on_list
from kring.domain.rows import NoteKind, NoteRow, ParticipantRow
from kring.domain.state import State
from kring.domain.text import clean
from kring.privacy.contacts import without_contacts
from kring.privacy.former_names import FormerNames, former_names
from kring.privacy.known_names import UNKNOWN, labels_of, rulings_of, staff_labels
from kring.privacy.name_parts import even, parts_of, plain_words, spelled
from kring.privacy.names import Names
from kring.privacy.quoting import QuotingRules
from kring.privacy.sealing import Kept

SCOPE = "observers"
_OF_THE_TEAM: frozenset[NoteKind] = frozenset({"remark", "summary"})
"""Kinds of notes that are the team's own words."""
MOST_TEXTS = 1_000
_LETTER = r"[^\W\d_]"
_IN_CODE = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""Where letters end and digits begin: what has that is a code and no word, nor a number."""


class _Names:
    """Who may be shown, as what, and which words stay out: worked out anew when who is there, or what they said, is.

    `made_of` is what that depends on; a text is told once, however often a view is made.
    """

    def __init__(self, state: State, kept: Kept, made_of: tuple[object, ...]) -> None:
        self.made_of = made_of
        people = {person.id: person for person in seated(state) if consent_to(state, person.id, SCOPE) is True}
        former = former_names(kept)
        named, ruled = labels_of(state, former._replace(earlier=())), list(rulings_of(state))
        team = staff_labels(state)
        letters = frozenset(team.values())
        silent = {
            *(word for name, label in named if label not in people and label not in letters for word in _words(name)),
            *(ruling.words for ruling in ruled if ruling.label is not None and ruling.label not in people),
            *_earlier(former, people),
        }
        codes = {
            even(code) for code in {*state.participants, *state.withdrawn} - people.keys() if _IN_CODE.search(code)
        }
        self._stays_out = _pattern(silent, codes)
        self.team = frozenset(word for name in team for word in _words(name))
        self.labels = _labels(state, people.values(), silent)
        self._names = Names(
            [(name, label if label in letters else self.labels.get(label, UNKNOWN)) for name, label in named],
            state.session.language,
            [
                replace(ruling, label=self.labels.get(ruling.label, UNKNOWN)) if ruling.label else ruling
                for ruling in ruled
            ],
        )
        self.text = lru_cache(MOST_TEXTS)(self._told)

    def _told(self, text: str) -> str:
        told = self._names.hidden(without_contacts(clean(text))[0])
        return told if self._stays_out is None else _without(told, self._stays_out)


_KNOWN: dict[str, _Names] = {}
"""What was worked out last, by session."""


def _earlier(former: FormerNames, people: Mapping[str, ParticipantRow]) -> Iterator[str]:
    """Yield the words of names that people had before; of who may be shown, what they are not called now."""
    called = {code: names_on_list(person.name, person.attributes) for code, person in people.items()}
    now = {code: frozenset(word for name in names for word in _words(name)) for code, names in called.items()}
    for name, code in former.earlier:
        yield from (word for word in _words(name) if word not in now.get(code, ()))


def _names(state: State, kept: Kept) -> _Names:
    session = state.session
    team = (session.moderator, session.assistant, session.recruiter)
    told = (session.language, *team, session.observer_names, state.withdrawn)
    tables = (
        state.participants,
        state.consents,
        state.staff,
        state.import_names,
        state.name_rulings,
        state.rooms,
        state.observer_questions,
    )
    known = _KNOWN.get(session.id)
    if known is None or known.made_of[0] != told or not all(map(is_, known.made_of[1:], tables)):
        _KNOWN.clear()  # a process follows one session, a test many
        known = _KNOWN[session.id] = _Names(state, kept, (told, *tables))
    return known


def words_told(state: State, kept: Kept) -> Callable[[str], str]:
    """Return by what any text is told to observers of a session that stands like this."""
    return _names(state, kept).text


class Telling:
    """What may be told to observers of a session as it stands, of which `kept` has all that happened.

    A name of somebody who did not say yes to being watched stays out as a word, whatever it may mean where it stands:
    of what observers read nothing can be taken back.
    """

    def __init__(self, state: State, kept: Kept) -> None:
        self._names = _names(state, kept)
        self.labels = self._names.labels
        """What each participant is called who said yes to being watched, by code and by seat; nobody else is in it."""
        self._rules = QuotingRules(state)
        self._all_may = all(person.id in self.labels for person in _who_may_have_spoken(state))

    def text(self, text: str) -> str:
        """Return a text as it may be told."""
        return self._names.text(text) if text else text

    def may_read(self, note: NoteRow) -> bool:
        """Whether observers may read a note: nobody in it who did not say yes, nothing of the team about itself."""
        if note.private or (note.participant is not None and note.participant not in self.labels):
            return False
        if note.speaker_kind == "moderator":
            return False
        if note.kind in WORD_FOR_WORD and not self._rules.may_be_told(note.speaker_kind, note.participant):
            return False
        if note.kind in _OF_THE_TEAM:
            return self._names.team.isdisjoint(plain_words(note.text))
        return note.participant is not None or self._all_may


def _labels(state: State, people: Iterable[ParticipantRow], silent: Collection[str]) -> dict[str, str]:
    """Return the code of each, or the first name where the plan says so and it is nobody else's."""
    if state.session.observer_names == "codes":
        return {person.id: person.id for person in people}
    first = {person.id: _first_name(person) for person in people}
    words = [even(name) for name in first.values()]
    return {
        code: name if name and words.count(word) == 1 and word not in silent else code
        for (code, name), word in zip(first.items(), words, strict=True)
    }


def _first_name(person: ParticipantRow) -> str:
    return next((part.written for part in parts_of(person.name, person.id) if part.given), "")


def _words(name: str) -> Iterator[str]:
    """Yield the words, folded, by which a name calls somebody."""
    return (part.word for part in parts_of(name, ""))


def _who_may_have_spoken(state: State) -> Iterator[ParticipantRow]:
    """Yield everybody of whom words can be that nobody put a name to: all but those who never came."""
    heard = {turn.participant for turn in state.turns.values()}
    return (person for person in state.participants.values() if person.id in heard or person.status != "no_show")


def _pattern(words: Collection[str], codes: Collection[str]) -> re.Pattern[str] | None:
    """Return what finds any of these words, with a genitive or a diminutive, and any of these codes, in folded text."""
    if not (words or codes):
        return None
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    alternatives = "|".join(r"[\W_]{1,3}".join(map(re.escape, word.split())) for word in longest_first)
    found = [rf"(?<!{_LETTER})(?:{alternatives})(?:['’]?(?:s|en|(?:etje|[tp]?je)s?))?(?!{_LETTER})"] if words else []
    apart = (_IN_CODE.sub(r"[\\W_]?", re.escape(code)) for code in sorted(codes))
    found += [rf"(?<![^\W_]){code}(?![^\W_])" for code in apart]
    return re.compile("|".join(found))


def _without(text: str, pattern: re.Pattern[str]) -> str:
    plain, places = spelled(text)
    pieces: list[str] = []
    done = 0
    for found in pattern.finditer(even(plain)):
        pieces += [text[done : places[found.start()]], UNKNOWN]
        done = places[found.end()]
    return "".join([*pieces, text[done:]]) if pieces else text
