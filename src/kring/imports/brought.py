"""What of a file comes in: each thing in it as a fact, on the session's clock, of whom its name means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, pairwise
from typing import Any, NamedTuple

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.evolve.withdrawing import is_within_turn_of
from kring.domain.state import State
from kring.domain.text import clean, one_line
from kring.imports.parsed import Answer, Message, Parsed, Read, Utterance
from kring.imports.polls import polls_of
from kring.imports.preview import Match
from kring.privacy.quotes import Quotes

READING_MS = 70
"""How long a character of speech takes, where a file says only when it begins: some 14 a second."""
BEHIND = 2**32
"""How far behind all lines a message has its place that begins on the line of another."""
LONGEST_MS = 15_000
SHORTEST_MS = 1_000
NEAR_MS = {f.MessageRead: 8_000, f.UtteranceRead: 2_000, f.SignalRead: 2_000, f.StayRead: 2_000}
"""How far apart two files may lie that hold the same: two saved chats differ by what the platform rounds."""

SHORT, SHORT_NEAR_MS = 12, 2_000
"""A message of fewer letters, such as *ja*, is written again within seconds: only at the same moment is it the same."""

Who = Mapping[str, Match]
Place = Callable[[int], int]


class Brought(NamedTuple):
    """What comes in of a file, each with its line.

    `also` are the rows of other files that it holds too, and `shared` what it says of these, for when their file goes;
    `known` is how much of it that is, `left_out` of how much the people are left out, and `timeless` are the lines that
    have no time where one is needed.
    """

    facts: tuple[tuple[int, f.Fact], ...]
    also: tuple[str, ...]
    shared: tuple[f.Fact, ...]
    known: int
    left_out: int
    timeless: tuple[int, ...]


class Sides(NamedTuple):
    """Of whom something is: a participant's code, a kind of speaker, or a name that is nobody's of the list."""

    participant: str | None
    speaker_kind: r.TurnKind | None
    label: str


NOBODY = Sides(None, None, "")


def brought(
    state: State,
    parsed: Parsed,
    who: Who,
    place: Place | None,
    with_private: bool = False,
    joined: Mapping[int, str] | None = None,
    told_by_file: Mapping[int, str] | None = None,
) -> Brought:
    """Return what of a file comes in; nothing that needs a moment where there is no `place`.

    `joined` are the participants of the lines of a survey, `told_by_file` those whom a column of it names, which nobody
    asked for. Direct messages come in only `with_private`.
    """
    reading = _Reading(state, parsed, who, place)
    found: list[tuple[int, f.Fact]] = []
    if place is not None:
        for one in (reading.messages(with_private), reading.utterances(), reading.signals()):
            found += one
    found += reading.stays()
    found += reading.answers()
    found += reading.survey(joined or {}, told_by_file or {})
    known = _already_in(state, found)
    notes = {
        fact.line: known[place]
        for place, (_line, fact) in enumerate(found)
        if place in known and isinstance(fact, f.MessageRead)
    }
    fresh = tuple((one[0], _answering(one[1], notes)) for place, one in enumerate(found) if place not in known)
    shared = tuple(_shared(state, _answering(found[place][1], notes), row, notes) for place, row in known.items())
    also = tuple(sorted({row for row in known.values() if row}))
    return Brought(fresh, also, shared, len(known), reading.left_out, tuple(reading.timeless))


def _answering(fact: f.Fact, notes: Mapping[int, str]) -> f.Fact:
    """Return a message with the note that it answers, where that is one of these, by its line."""
    match fact:
        case f.MessageRead(replies_to=int(line)) if line in notes:
            return replace(fact, answers=notes[line])
    return fact


def _shared(state: State, fact: Any, row: str, notes: Mapping[int, str]) -> f.Fact:
    """Return what a file says that is the same as a row of another one, with the number of that if it is a note."""
    match fact:
        case f.MessageRead():
            return replace(fact, same_as=row, number=state.notes[row].number)
        case f.ReactionRead():
            return replace(fact, under=notes[fact.line])
        case _:
            return replace(fact, same_as=row)  # type: ignore[no-any-return]


class _Reading:
    def __init__(self, state: State, parsed: Parsed, who: Who, place: Place | None) -> None:
        self._state = state
        self._parsed = parsed
        self._who = who
        self._place = place
        self.left_out = 0
        self.timeless: list[int] = []

    def _sides(self, name: str) -> Sides | None:
        """Return of whom something is; None where they are left out."""
        match = self._who.get(name)
        if match is None:
            return NOBODY._replace(label=one_line(name))
        match match.who:
            case "left_out":
                self.left_out += 1
                return None
            case "participant":
                return Sides(match.participant, None, "")
            case "moderator":
                return Sides(None, "moderator", "")
            case _:
                return Sides(None, None, one_line(name))

    def _is_left_out(self, name: str) -> bool:
        return self._sides(name) is None

    def _at(self, ms: int | None) -> int | None:
        return None if ms is None or self._place is None else self._place(ms)

    def _placed(self, read: Read, ms: int | None) -> int | None:
        """Return the moment of something; what has none is noted."""
        at = self._at(ms)
        if at is None:
            self.timeless.append(read.line)
        return at

    def messages(self, with_private: bool) -> Iterator[tuple[int, f.Fact]]:
        taken: set[int] = set()
        quotes = self._quotes_of_left_out()
        for message in self._parsed.messages:
            text = clean(message.text).strip()
            text = quotes.out_of(text) if quotes else text
            if (message.is_private and not with_private) or not (text or message.reactions):
                continue
            at = self._placed(message, message.at_ms)
            sides = None if at is None else self._sides(message.author)
            if at is None or sides is None or (message.is_private and self._is_left_out(message.recipient)):
                continue
            line = next(line for line in count(message.line, BEHIND) if line not in taken)
            taken.add(line)
            yield (
                message.line,
                f.MessageRead(
                    line=line,
                    text=text,
                    at_ms=at,
                    **sides._asdict(),
                    replies_to=message.replies_to,
                    private=message.is_private,
                    private_to=one_line(message.recipient) if message.is_private else "",
                ),
            )
            yield from self._reactions(message, line)

    def _quotes_of_left_out(self) -> Quotes:
        """Return what people wrote who are left out, to find it in what others quote."""
        left_out = {label for label, match in self._who.items() if match.who == "left_out"}
        return Quotes([one.text for one in self._parsed.messages if one.author in left_out])

    def _reactions(self, message: Message, line: int) -> Iterator[tuple[int, f.Fact]]:
        for reaction in message.reactions:
            for person in reaction.people or ("",):
                if (giver := self._sides(person) if person else NOBODY) is not None:
                    sign = one_line(reaction.sign)
                    yield message.line, f.ReactionRead(line, sign, giver.participant, giver.label)

    def utterances(self) -> Iterator[tuple[int, f.Fact]]:
        said = [one for one in self._parsed.utterances if clean(one.text).strip()]
        ends = _ends(said)
        for utterance, end_ms in zip(said, ends, strict=True):
            begin = self._placed(utterance, utterance.start_ms)
            sides = None if begin is None else self._sides(utterance.speaker) if utterance.speaker else NOBODY
            if begin is None or sides is None:
                continue
            end = max(begin, self._at(end_ms) or begin)
            gone = self._state.withdrawn
            if gone and sides.participant is None and is_within_turn_of(self._state, gone, begin, end):
                self.left_out += 1
                continue
            zero = int(self._state.session.started_at or begin)
            words = (
                ((self._at(one) or begin) - zero, (self._at(other) or begin) - zero, clean(word))
                for one, other, word in utterance.words
            )
            yield (
                utterance.line,
                f.UtteranceRead(
                    text=clean(utterance.text).strip(),
                    started_ms=begin,
                    ended_ms=end,
                    words=tuple((one / 1000, other / 1000, word) for one, other, word in words),
                    **sides._asdict(),
                    approximate=utterance.is_approximate,
                ),
            )

    def signals(self) -> Iterator[tuple[int, f.Fact]]:
        for signal in self._parsed.signals:
            at, sides = self._at(signal.at_ms), self._sides(signal.person)
            if at is not None and sides is not None:
                yield signal.line, f.SignalRead(one_line(signal.what), at, sides.participant, sides.label)

    def stays(self) -> Iterator[tuple[int, f.Fact]]:
        for stay in self._parsed.stays:
            if (sides := self._sides(stay.person)) is not None:
                yield (
                    stay.line,
                    f.StayRead(
                        participant=sides.participant,
                        label=sides.label or self._label_of_team(stay.person),
                        joined_ms=self._at(stay.joined_ms),
                        left_ms=self._at(stay.left_ms),
                        lasted_s=stay.duration_s,
                        in_waiting_room=stay.in_waiting_room,
                        role=one_line(stay.role),
                    ),
                )

    def _label_of_team(self, name: str) -> str:
        """Return what who leads is called in the file, where no column says that it was they."""
        match = self._who.get(name)
        return one_line(name) if match is not None and match.who == "moderator" else ""

    def answers(self) -> Iterator[tuple[int, f.Fact]]:
        polls = polls_of(self._state)
        for answer in self._parsed.answers:
            sides = self._sides(answer.person) if answer.person else NOBODY
            if sides is not None and (value := _value(answer)):
                at = self._at(answer.at_ms)
                yield answer.line, polls.fact_of(answer.question, value, sides.participant, sides.label, at)

    def survey(self, joined: Mapping[int, str], told: Mapping[int, str]) -> Iterator[tuple[int, f.Fact]]:
        for position, question in enumerate(self._parsed.questions, 1):
            title = clean(question.heading).strip()
            kind: Any = question.kind
            yield 0, f.SurveyQuestionRead(position, one_line(question.name), title, kind)
        for number, response in enumerate(self._parsed.responses, 1):
            values = ((place, clean(value).strip()) for place, value in enumerate(response.values, 1))
            answers = tuple((place, value) for place, value in values if value)
            line = response.line
            who = (joined.get(line), response.is_complete, response.is_test, told.get(line, ""))
            yield line, f.SurveyResponseRead(number, answers, *who)


def _value(answer: Answer) -> str:
    return "; ".join(filter(None, (one_line(one) for one in answer.answers)))


def _ends(said: list[Utterance]) -> Iterator[int | None]:
    """Yield where each utterance ends; where the file doesn't say, where the next begins, or as long as it is read."""
    for one, later in pairwise([*said, None]):
        assert one is not None
        if one.end_ms is not None or one.start_ms is None:
            yield one.end_ms
            continue
        reading = min(max(len(one.text) * READING_MS, SHORTEST_MS), LONGEST_MS)
        begins = later.start_ms if later is not None else None
        yield (
            one.start_ms + reading if begins is None or begins <= one.start_ms else min(begins, one.start_ms + reading)
        )


def _already_in(state: State, found: Sequence[tuple[int, f.Fact]]) -> dict[int, str]:
    """Return what another file brought in already, by its place among the facts: the row that says the same.

    Each row is the same as one thing in the file only: who says *ja* twice said it twice.
    """
    known = _known(state)
    same: dict[Key, list[tuple[int, int | None]]] = {}
    for place, (_line, fact) in enumerate(found):
        if known and (key := _key(fact)) is not None and key in known:
            same.setdefault(key, []).append((place, moment_of(fact)))
    pairs = (pair for key, places in same.items() for pair in _pairs(key, places, known[key]))
    known_in = dict(pairs)
    gone = {
        fact.line for place, (_line, fact) in enumerate(found) if place in known_in and isinstance(fact, f.MessageRead)
    }
    for place, (_line, fact) in enumerate(found):
        if isinstance(fact, f.ReactionRead) and fact.line in gone:
            known_in[place] = ""
    return known_in


def _pairs(
    key: Key, places: Sequence[tuple[int, int | None]], known: Sequence[tuple[int | None, str]]
) -> Iterator[tuple[int, str]]:
    """Yield places with the row that is the same, the nearest in time first."""
    near_ms = _near_ms(key)
    moments = sorted((at, row) for at, row in known if at is not None)
    timeless = [row for at, row in known if at is None or not near_ms]
    apart: list[tuple[int, int, int]] = []
    for place, at in places:
        if (at is None or not near_ms) and known:
            yield place, known[0][1]
        elif timeless:
            yield place, timeless[0]
        elif at is not None:
            first = bisect_left(moments, at - near_ms, key=_time)
            last = bisect_right(moments, at + near_ms, key=_time)
            apart += [(abs(moments[index][0] - at), place, index) for index in range(first, last)]
    placed: set[int] = set()
    taken: set[int] = set()
    for _apart, place, index in sorted(apart):
        if place not in placed and index not in taken:
            placed.add(place)
            taken.add(index)
            yield place, moments[index][1]


def _time(known: tuple[int, str]) -> int:
    return known[0]


def _near_ms(key: Key) -> int:
    kind, _who, what = key
    near_ms = NEAR_MS.get(kind, 0)
    return min(near_ms, SHORT_NEAR_MS) if len(what) < SHORT and kind is f.MessageRead else near_ms


Key = tuple[type[f.Fact], str, str]


def _key(fact: f.Fact) -> Key | None:
    """Return what two facts share that say the same; None of what is only ever told with something else."""
    match fact:
        case f.MessageRead() | f.UtteranceRead():
            return type(fact), fact.participant or fact.speaker_kind or fact.label, fact.text
        case f.SignalRead():
            return type(fact), fact.participant or fact.label, fact.what
        case f.StayRead():
            return type(fact), fact.participant or fact.label, str(fact.in_waiting_room)
        case f.PollAnswerRead() if fact.participant or fact.label:
            return type(fact), fact.participant or fact.label, fact.poll or fact.question
    return None


def moment_of(fact: f.Fact) -> int | None:
    """Return when something was that comes in, None where it has no moment."""
    for name in ("at_ms", "started_ms", "joined_ms"):
        if hasattr(fact, name):
            return None if (at := getattr(fact, name)) is None else int(at)
    return None


def _known(state: State) -> dict[Key, list[tuple[int | None, str]]]:
    """Return the moments and the rows of what files brought in, by what they say of whom."""
    found: dict[Key, list[tuple[int | None, str]]] = {}
    for kind, who, what, at, row_id in _said(state):
        found.setdefault((kind, who or "", what), []).append((None if at is None else int(at), row_id))
    return found


def _said(state: State) -> Iterator[tuple[type[f.Fact], str | None, str, int | None, str]]:
    for note in state.notes.values():
        if note.import_id is not None and note.removed_at is None:
            yield f.MessageRead, note.participant or note.speaker_kind or note.label, note.text, note.at, note.id
    for said in state.transcript.values():
        if said.removed_at is None and _is_of_file(state, said.import_id):
            kind = "moderator" if said.speaker_kind == "moderator" else ""
            yield f.UtteranceRead, said.participant or kind or said.label, said.text, said.started_at, said.id
    for signal in state.signals.values():
        yield f.SignalRead, signal.participant or signal.label, signal.what, signal.at, signal.id
    for stay in state.platform_stays.values():
        yield f.StayRead, stay.participant or stay.label, str(stay.in_waiting_room), stay.started_at, stay.id
    for answer in state.platform_answers.values():
        who = answer.participant or answer.label
        yield f.PollAnswerRead, who, answer.poll or answer.question, None, answer.id
    for given in state.answers.values():
        if given.import_id is not None:
            yield f.PollAnswerRead, given.participant, given.poll, None, given.id


def _is_of_file(state: State, import_id: str | None) -> bool:
    brought_in = state.imports.get(import_id or "")
    return brought_in is not None and brought_in.kind == "file"
