"""Which respondent of a survey is which participant, by the column that somebody chose for it; no key is ever kept.

Also what a file holds of somebody who withdraws, though nobody joined or matched it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from kring.domain.state import State
from kring.domain.text import N_, KringError, Sentence, folded, one_line
from kring.imports.names import Choice, Person, match_names, people_of
from kring.imports.parsed import Parsed, Response, Skipped
from kring.imports.tables.words import AUTHORS, NAMES, has_word
from kring.privacy.known.file_labels import words_of


def keys_of(parsed: Parsed) -> list[str]:
    """Return the columns of a survey that can tell who a respondent is."""
    return list(dict.fromkeys(name for response in parsed.responses for name, value in response.keys if value.strip()))


def without_withdrawn(state: State, parsed: Parsed, names: Sequence[str]) -> Parsed:
    """Return a survey without the respondents of whom a column says that they are somebody who withdrew.

    `names` are those that people bore who withdrew.
    """
    left_out = [Person(Choice("left_out"), name, (words,)) for name in names if (words := tuple(words_of(name)))]
    full = {frozenset(words) for one in left_out for words in one.names if len(words) > 1}
    told = {response.line: set(_called(parsed, response, full)) for response in parsed.responses}
    named = match_names(dict.fromkeys(sorted(set().union(*told.values())), 1), (*people_of(state), *left_out))
    theirs = {one.label for one in named if one.who == "left_out"}
    codes = {folded(code) for code in state.withdrawn}
    gone = {line for line, values in told.items() if values & theirs or codes & set(map(folded, values))}
    return parsed.model_copy(
        update={
            "responses": tuple(one for one in parsed.responses if one.line not in gone),
            "skipped": (*parsed.skipped, *(Skipped(line=line, why=_WITHDREW) for line in sorted(gone))),
        }
    )


def _called(parsed: Parsed, response: Response, full: Collection[frozenset[str]]) -> Iterator[str]:
    """Yield what a response calls who answered: in a column that tells it, under a heading of names, or in full."""
    yield from (one_line(value) for _heading, value in response.keys if value.strip())
    for question, value in zip(parsed.questions, response.values, strict=False):
        is_name = has_word(question.heading, NAMES + AUTHORS) or frozenset(words_of(value)) in full
        if is_name and value.strip():
            yield one_line(value)


_WITHDREW = Sentence(N_("of somebody who withdrew"))


def told_by_file(state: State, parsed: Parsed) -> dict[int, str]:
    """Return the participant whom a column of a survey names, likely or for certain, for each line that has one."""
    full = {frozenset(words) for one in people_of(state) for words in one.names if len(words) > 1}
    called = {response.line: list(_called(parsed, response, full)) for response in parsed.responses}
    labels = dict.fromkeys((value for values in called.values() for value in values), 1)
    found = {one.label: one.participant for one in match_names(labels, people_of(state)) if one.participant}
    found |= _addresses(state, labels)
    told = ((line, found[value]) for line, values in called.items() for value in reversed(values) if value in found)
    return dict(told)


def _addresses(state: State, values: Iterable[str]) -> dict[str, str]:
    """Return whose e-mail address each value is that is one."""
    people = [row for row in state.participants.values() if row.removed_at is None]
    known = {folded(value): row.id for row in people for _heading, value in row.attributes if "@" in value}
    return {value: known[folded(value)] for value in values if folded(value) in known}


def labels_that_may_be(state: State, code: str) -> tuple[str, ...]:
    """Return the names in files brought in that nobody matched, and that may be those of a participant.

    That is each that fits this participant, perhaps others too: who withdraws is not kept for a name that is unclear.
    """
    names = (row for row in state.import_names.values() if row.participant is None)
    labels = dict.fromkeys((row.label for row in names if row.who in {"unknown", "left_out"}), 1)
    return tuple(
        one.label for one in match_names(labels, people_of(state)) if code in (one.participant, *one.candidates)
    )


def joined_by(state: State, parsed: Parsed, column: str) -> dict[int, str]:
    """Return the code of the participant of each line of a survey, where its column tells one and tells it once.

    A value joins by the code, by a column of the list of participants that says the same, or as the name of somebody.
    Raises KringError where the survey has no such column.
    """
    wanted = _column(parsed, column)
    values = {line: value for response in parsed.responses for line, value in _value(response, wanted)}
    told = _told(state, set(values.values()))
    found = {line: told[value] for line, value in values.items() if value in told}
    twice = {code for code, count in Counter(found.values()).items() if count > 1}
    return {line: code for line, code in found.items() if code not in twice}


def _column(parsed: Parsed, column: str) -> str:
    names = keys_of(parsed)
    wanted = next((name for name in names if folded(name) == folded(column)), None)
    if wanted is None:
        raise KringError(
            "The survey has no column {name} that tells who answered; it has: {names}.",
            name=column,
            names=", ".join(names) or "–",
        )
    return wanted


def _value(response: Response, wanted: str) -> Iterator[tuple[int, str]]:
    for name, value in response.keys:
        if name == wanted and value.strip():
            yield response.line, one_line(value)


def _told(state: State, values: set[str]) -> dict[str, str]:
    people = [row for row in state.participants.values() if row.removed_at is None and row.withdrawn_at is None]
    by_key: dict[str, set[str]] = {}
    for person in people:
        for key in (person.id, *(value for _heading, value in person.attributes)):
            by_key.setdefault(folded(key), set()).add(person.id)
    found = {value: next(iter(codes)) for value in values if len(codes := by_key.get(folded(value), set())) == 1}
    rest = dict.fromkeys(sorted(values - found.keys()), 1)
    names = (match for match in match_names(rest, people_of(state)) if match.participant and not match.is_open)
    return found | {match.label: match.participant for match in names}
