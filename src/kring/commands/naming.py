"""The command that decides whether a word in the texts is a name: what is typed or chosen, as whose name it is."""

from __future__ import annotations

from kring.domain import lookup
from kring.domain.decide import Decision, coding
from kring.domain.facts import NameRuled
from kring.domain.rows import NoteRow
from kring.domain.state import State
from kring.domain.text import folded

A_WORD, A_NAME, OPEN = "word", "name", "open"
_WORDS = {A_WORD: A_WORD, "woord": A_WORD, A_NAME: A_NAME, "naam": A_NAME, OPEN: OPEN}
EVERYWHERE = ""


def rule(words: str, taken_as: str, place: str = EVERYWHERE) -> Decision:
    """Decide that words are a word, a name of whoever bears it, or of a participant; or leave them open again.

    One letter is that of somebody of the team, never the beginning of a participant's name.
    `place` is a row, as `table/id`, or the number of a note.
    """

    def decide(state: State, now: int) -> NameRuled:
        where = place.strip()
        if where and "/" not in where:
            where = f"{NoteRow.TABLE}/{lookup.note(state, where).id}"
        match _WORDS.get(folded(taken_as.strip())):
            case "word":
                return coding.rule_name(state, now, words, "word", place=where)
            case "open":
                return coding.rule_name(state, now, words, "open", place=where)
            case "name":
                return coding.rule_name(state, now, words, "name", place=where)
        if (letter := taken_as.strip()) in _letters_of(state, words):
            return coding.rule_name(state, now, words, "name", place=where)
        among = [one for one in state.participants.values() if len(letter) > 1 or letter.isdigit() or one.id == letter]
        person = lookup.person(state, taken_as, among)
        return coding.rule_name(state, now, words, "name", person.id, where)

    return decide


def _letters_of(state: State, words: str) -> set[str]:
    """Return the letters of those of the team whose name holds words, such as the A in `groot (A)`."""
    from kring.privacy.known_names import staff_labels
    from kring.privacy.name_parts import plain_words  # only who decides about names needs what finds them

    wanted = set(plain_words(words))
    return {letter for name, letter in staff_labels(state).items() if wanted and wanted <= set(plain_words(name))}


def names_nobody(taken_as: str) -> bool:
    """Whether what was typed makes words no name, or leaves them open."""
    return _WORDS.get(folded(taken_as.strip())) in ("word", "open")
