"""How far the clock of a file is from the session's: each piece of evidence by itself, and which one is followed.

Most trusted first: the same message in another file; the turns of the hand log beside those of a transcript, beside its
voices without names, or beside the speech in a recording; what the file or the log says of the beginning of the
recording; a message that somebody typed into the log; who came in when.
All are shown, and where another one contradicts the one that is followed, further apart than both spread, it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median, quantiles
from typing import NamedTuple

from kring.domain.state import State
from kring.domain.stretches import stretch_of
from kring.domain.text import N_, Sentence, folded
from kring.domain.time_text import signed
from kring.imports import zones
from kring.imports.fitting import speech_fit
from kring.imports.fitting.hidden_pauses import hidden_pause
from kring.imports.fitting.overlap import Speaking, Stretch, best_shift, in_turns, same_turns
from kring.imports.parsed import Clock, Parsed, Utterance
from kring.imports.placing import Place, placed, said_by_file
from kring.imports.preview import Evidence, Match, Offset

LAG_MS = 900
"""How long after the first word of a turn somebody presses its key, in the middle (measured with eight observers)."""
SLACK_MS = 3_000
"""How much further apart than their spread two pieces of evidence may lie before that is said."""
BY_HAND_SLACK_MS = 60_000
"""The same for what people log when they come to it: a message that they type over, who came in."""
FEWEST_TURNS, LEAST_SHARE = 5, 1 / 3
"""How many turns must begin together, and which part of those of the log, or of the file where that has fewer.

On made-up evenings (8 to 90 minutes, a tenth to seven tenths of the turns not logged) the right place has 0.6 of them
and more, another evening at most 0.2.
"""
MARKED_LATE_MS = 3 * 60_000
"""How far from where the file or the log says a recording's begin is looked for first."""
UNCLEAR = Sentence(
    N_(
        "What is heard in it does not clearly fit the turns of the log, so it may be of another session: listen to a "
        "moment that you know."
    )
)
TOO_LITTLE = Sentence(
    N_(
        "The turns of the log are too few, or the talk is too short, to see where the recording lies: listen to a "
        "moment that you know, and move it."
    )
)
ENOUGH_MS = 20 * 60_000
ENOUGH_TURNS = 30
"""From how much logged talk on, and how many turns, a recording mostly finds its place."""
FEWEST_JOINS = 2
SHORTEST_TEXT = 4
"""Letters and digits from which on a message is not written twice by chance, such as *ok* and *ja*."""
PAUSE_MS = 2_000
LONGEST_CUE_MS = 15_000
OTHER_ZONE = N_("the clock of another time zone, {time}")
MOVED = N_("The times of this file look like those of another time zone ({time}) and are moved: look whether they fit.")


class Clue(NamedTuple):
    """A piece of evidence: offsets that it found, and how far the middle half of them lies apart."""

    what: Sentence
    offsets: tuple[int, ...]
    slack_ms: int = SLACK_MS

    @property
    def offset_ms(self) -> int:
        return round(median(self.offsets))

    @property
    def spread_ms(self) -> int:
        if len(self.offsets) < 4:
            return max(self.offsets) - min(self.offsets)
        first, _middle, last = quantiles(self.offsets, n=4)
        return round(last - first)


class Proposal(NamedTuple):
    """Where the times of a file lie, None where nothing says it; `doubts` is what contradicts that."""

    offset: Offset | None
    doubts: tuple[Sentence, ...] = ()


def propose(state: State, parsed: Parsed, people: Iterable[Match] = (), voices: Clue | None = None) -> Proposal:
    """Return how far the times of a file are to be moved, with all that says so.

    `people` is whom the names in the file mean, for what is of the same people; questions that are open tell nothing.
    `voices` is what voices without a name say of it.
    """
    if parsed.clock is Clock.NONE:
        return Proposal(Offset(0))
    whom = {match.label: match for match in people if not match.is_open}
    zone = _other_zone(state, parsed, whom)
    said = zone or said_of(state, parsed)
    turns = max(_turns_from(state, parsed, said, whom), key=lambda clue: len(clue.offsets), default=None)
    speech = _from_speech(state, parsed, said)
    base = turns or voices or speech or said
    at = base.offset_ms if base is not None else 0
    place = placed(state, parsed, at)
    trusted = [
        _from_messages(state, parsed, place, at, by_hand=False),
        turns,
        voices,
        speech,
        said,
        _from_mark(state, parsed, said),
        _from_own_sound(state, parsed) if said is None and parsed.sound is None else None,
        _from_messages(state, parsed, place, at, by_hand=True),
        _from_joins(state, place, at, _first_joins(parsed, whom)),
    ]
    clues = [clue for clue in trusted if clue is not None]
    unclear = [_unclear(state)] if parsed.sound is not None and speech is None and parsed.sound.speech else []
    if not clues:
        return Proposal(None, tuple(unclear))
    followed = clues[0]
    evidence = tuple(Evidence(clue.what, clue.offsets) for clue in clues)
    doubts = [_contradiction(followed, clue) for clue in clues[1:] if _contradicts(followed, clue)]
    doubts += unclear
    if followed is said and followed.what.template == OTHER_ZONE:
        doubts.append(Sentence(MOVED, followed.what.values))
    if followed is said and len(starts := _starts(state)) > 1 and _begins_where_logged(parsed):
        doubts.append(Sentence(N_("The platform recorded {n} times: look which one this is."), {"n": len(starts)}))
    return Proposal(Offset(followed.offset_ms, followed.spread_ms, evidence), tuple(doubts))


def said_of(state: State, parsed: Parsed) -> Clue | None:
    """Return what the file, or the log, says of where its times begin; for a clock of another zone whole half hours."""
    said = said_by_file(state, parsed)
    if said is None:
        return None
    if said.evidence:
        return Clue(said.evidence[0].what, said.evidence[0].offsets_ms)
    other = zones.of_hours(state, parsed)
    return _of_zone(other) if other else Clue(Sentence(N_("the clock of the file")), (said.ms,))


def _of_zone(by_ms: int) -> Clue:
    return Clue(Sentence(OTHER_ZONE, {"time": signed(-by_ms)}), (by_ms,))


def _other_zone(state: State, parsed: Parsed, whom: Mapping[str, Match]) -> Clue | None:
    """Return the zone of which who came in, or what was typed in the log, says that the file is."""
    if parsed.clock not in {Clock.WALL, Clock.TIME_OF_DAY}:
        return None
    place = placed(state, parsed, 0)
    typed = _from_messages(state, parsed, place, 0, by_hand=True)
    joins = _first_joins(parsed, whom)
    came = _admitted(state, place, joins) if len(joins) >= FEWEST_JOINS else []
    by_ms = zones.of_evidence(typed.offsets) if typed is not None else 0
    by_ms = by_ms or (zones.of_evidence(came) if came else 0)
    left = [place(stay.left_ms) for stay in parsed.stays if stay.left_ms is not None]
    ended = state.session.ended_at
    if by_ms and left and ended is not None and abs(max(left) + by_ms - ended) > abs(max(left) - ended):
        return None  # they came in early
    return _of_zone(by_ms) if by_ms else None


def _starts(state: State) -> list[int]:
    """Return where the log says that recordings of the platform began, in ms on the session's clock."""
    began = int(state.session.started_at or 0)
    return sorted(int(row.started_at) - began for row in state.recordings.values() if row.source == "platform")


def _begins_where_logged(parsed: Parsed) -> bool:
    """Whether only the log can say when a recording began."""
    return parsed.clock is Clock.RECORDING and parsed.begins_utc_ms is None and parsed.begins_wall_ms is None


def _from_mark(state: State, parsed: Parsed, said: Clue | None) -> Clue | None:
    """Return where the log says that the platform's recording began, beside what the file says of it."""
    starts = _starts(state)
    if parsed.clock is not Clock.RECORDING or said is None or not starts or _begins_where_logged(parsed):
        return None
    nearest = min(starts, key=lambda start: abs(start - said.offset_ms))
    return Clue(Sentence(N_("the log says when the platform's recording began")), (nearest,))


def _from_own_sound(state: State, parsed: Parsed) -> Clue | None:
    """Return when kring's own recording began, of which a transcript may have been made elsewhere."""
    began = state.session.started_at
    starts = [int(row.started_at) for row in state.recordings.values() if row.source == "kring"]
    if parsed.clock is not Clock.RECORDING or began is None or not starts:
        return None
    return Clue(Sentence(N_("kring's own recording began then")), (min(starts) - began,))


def _from_messages(state: State, parsed: Parsed, place: Place, base: int, *, by_hand: bool) -> Clue | None:
    """Return by how much messages differ that are in the session already: from another file, or typed into the log."""
    ours = [
        (text, int(note.at))
        for note in state.notes.values()
        if note.kind == "chat" and note.removed_at is None and (note.import_id is None) is by_hand
        if (text := _text(note.text))
    ]
    theirs = [
        (text, message.at_ms)
        for message in parsed.messages
        if message.at_ms is not None
        if (text := _text(message.text))
    ]
    known = _once(ours)
    offsets = tuple(known[text] - place(at_ms) + base for text, at_ms in sorted(_once(theirs).items()) if text in known)
    if not offsets:
        return None
    what = (
        N_("chat messages that were typed in the log: {n}")
        if by_hand
        else N_("messages that another file has too: {n}")
    )
    return Clue(Sentence(what, {"n": len(offsets)}), offsets, BY_HAND_SLACK_MS if by_hand else SLACK_MS)


def _text(text: str) -> str:
    kept = "".join(filter(str.isalnum, folded(text)))
    return kept if len(kept) >= SHORTEST_TEXT else ""


def _once(messages: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Return the messages whose text was written once only."""
    counts = Counter(text for text, _at in messages)
    return {text: at for text, at in messages if counts[text] == 1}


def _turns_from(state: State, parsed: Parsed, said: Clue | None, whom: Mapping[str, Match]) -> Iterator[Clue]:
    """Yield by how much the turns of the log differ from a transcript's, past the pauses of each possible begin."""
    cues = [cue for cue in parsed.utterances if _tells(cue, whom)]
    log = logged(state)
    if not cues or not log:
        return
    bases = _starts(state) if said is not None and _begins_where_logged(parsed) else []
    for base in dict.fromkeys([said.offset_ms if said is not None else 0, *bases]):
        clue = _from_turns(log, _spoken(cues, whom, placed(state, parsed, base)), base)
        if clue is not None:
            yield clue


def _from_turns(log: Speaking, file: Speaking, base: int) -> Clue | None:
    shift = best_shift(log, file)
    if shift is None:
        return None
    offsets = tuple(sorted(round(ours - theirs) + base for ours, theirs in same_turns(log, file, shift)))
    fewest = min(sum(map(len, log.values())), sum(map(len, file.values())))
    if len(offsets) < max(FEWEST_TURNS, LEAST_SHARE * fewest):
        return None
    return Clue(Sentence(N_("turns that the log has too: {n}"), {"n": len(offsets)}), offsets)


def _from_speech(state: State, parsed: Parsed, said: Clue | None) -> Clue | None:
    """Return where the speech of a recording fits the log, first near where it is said to begin, then anywhere."""
    log = anybody(state)
    if parsed.sound is None or len(log) < FEWEST_TURNS:
        return None
    said_at = [said.offset_ms] if said is not None else []
    bases = dict.fromkeys([*said_at, *(_starts(state) if _begins_where_logged(parsed) else [])])
    tried: list[tuple[int, int | None]] = [*((base, MARKED_LATE_MS) for base in bases), ((*said_at, 0)[0], None)]
    for base, within_ms in tried:
        place = placed(state, parsed, base)
        speech = [(float(place(begin)), float(place(end))) for begin, end in parsed.sound.speech]
        shift = speech_fit.best_shift(log, speech, within_ms)
        if shift is None and within_ms is None:
            shift = _past_a_pause(log, speech)
        offsets = () if shift is None else tuple(sorted(by for _turn, by in speech_fit.differences(log, speech, shift)))
        if len(offsets) >= FEWEST_TURNS:
            what = Sentence(N_("turns of the log that begin where somebody is heard: {n}"), {"n": len(offsets)})
            return Clue(what, tuple(round(one) + base for one in offsets))
    return None


def _unclear(state: State) -> Sentence:
    """Return why a recording has no place by what is heard in it: too little to tell, or it doesn't fit."""
    log = anybody(state)
    is_enough = len(log) >= ENOUGH_TURNS and log[-1][1] - log[0][0] >= ENOUGH_MS
    return UNCLEAR if is_enough else TOO_LITTLE


def _past_a_pause(log: Sequence[Stretch], speech: Sequence[Stretch]) -> float | None:
    """Return where the most of a recording fits whose rest fits elsewhere, by a pause that nobody logged."""
    shift = speech_fit.best_shift(log, speech, clearer=1.0)
    if shift is None or hidden_pause(tuple(log), tuple((at + shift, to + shift) for at, to in speech)) is None:
        return None
    return shift


def anybody(state: State) -> list[tuple[float, float]]:
    """Return when the people of the log spoke, in order, whoever they are."""
    return sorted(turn for turns in logged(state).values() for turn in turns)


def _spoken(cues: Sequence[Utterance], whom: Mapping[str, Match], place: Place) -> Speaking:
    return in_turns(
        [
            (_speaker(whom[cue.speaker]), place(cue.start_ms), None if cue.end_ms is None else place(cue.end_ms))
            for cue in cues
            if cue.start_ms is not None
        ],
        PAUSE_MS,
        LONGEST_CUE_MS,
    )


def _tells(cue: Utterance, whom: Mapping[str, Match]) -> bool:
    match = whom.get(cue.speaker)
    return match is not None and match.who in {"participant", "moderator"} and not cue.is_approximate


def _speaker(match: Match) -> str:
    return match.participant or match.who


def logged(state: State) -> Speaking:
    """Return when each of the people spoke by the log, as it was before somebody pressed the key."""
    now = int(state.session.ended_at or 0)
    log: dict[str, list[tuple[float, float]]] = {}
    for turn in state.alive_turns:
        if turn.kind in ("participant", "moderator"):
            begin, end = stretch_of(turn, now)
            late = 0 if turn.changed_at is not None else LAG_MS
            log.setdefault(turn.participant or turn.kind, []).append((begin - late, end - late))
    return {who: sorted(turns) for who, turns in log.items()}


def _first_joins(parsed: Parsed, whom: Mapping[str, Match]) -> dict[str, int]:
    """Return when each participant came in first, by the clock of the file; the waiting room is not in."""
    joins: dict[str, int] = {}
    for stay in parsed.stays:
        match = whom.get(stay.person)
        if match is not None and match.participant and stay.joined_ms is not None and not stay.in_waiting_room:
            joins[match.participant] = min(stay.joined_ms, joins.get(match.participant, stay.joined_ms))
    return joins


def _from_joins(state: State, place: Place, base: int, joins: Mapping[str, int]) -> Clue | None:
    """Return by how much people came in earlier or later by the log."""
    offsets = tuple(offset + base for offset in _admitted(state, place, joins))
    if len(offsets) < FEWEST_JOINS:
        return None
    what = Sentence(N_("times that people came in, by the log: {n}"), {"n": len(offsets)})
    return Clue(what, offsets, BY_HAND_SLACK_MS)


def _admitted(state: State, place: Place, joins: Mapping[str, int]) -> list[int]:
    """Return how much later people were logged than they came in; of those admitted together the last one tells."""
    logged: dict[str, int] = {}
    for row in state.attendance.values():
        if row.logged and row.status == "present":
            logged[row.participant] = min(int(row.started_at), logged.get(row.participant, int(row.started_at)))
    together: dict[int, int] = {}
    for who, at in logged.items():
        if who in joins:
            together[at] = max(place(joins[who]), together.get(at, place(joins[who])))
    return sorted(at - joined for at, joined in together.items())


def _contradicts(one: Clue, other: Clue) -> bool:
    slack = max(one.slack_ms, other.slack_ms)
    return abs(one.offset_ms - other.offset_ms) > one.spread_ms + other.spread_ms + slack


def _contradiction(followed: Clue, other: Clue) -> Sentence:
    values = {
        "one": followed.what,
        "at": signed(followed.offset_ms),
        "other": other.what,
        "then": signed(other.offset_ms),
    }
    return Sentence(N_("The clock: {at} ({one}), but {then} ({other})."), values)
