"""Better turns: the hand log tells who is who, the sound tells when.

The observers teach: the voice of a person is learned from the turns that were logged for them. Then every moment goes
to the nearest voice, with a bonus for the one that was logged there (earlier, for people press late) and a price for
every change of speaker (Viterbi 1967); twice more with the voices learned anew from what was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kring.domain.rows import TurnKind
from kring.speech import features as voices
from kring.speech.features import CELL_S, Flags, Floats, Sound

CELL_MS = CELL_S * 1000

LAG_MS, LAG_SPREAD_MS = 900.0, 400.0  # of an observer's key behind the first word
BONUS = 2.0
SWITCH = 12.0
SWITCH_IN_PAUSE = 6.0
SHARPNESS = 1.5
STRANGE = 2.5  # times the usual distance: from there on it's as likely somebody whose voice isn't known
ROUNDS = 3
EDGE_CELLS = 8  # of a logged turn that teach nothing: there somebody else may be heard
SHORT_PAUSE_MS = 800.0
LEAST_TURN_MS = 350.0


class Speaker(NamedTuple):
    """Who has the floor, as the floor's keys say it."""

    kind: TurnKind
    participant: str | None = None


SILENCE = Speaker("silence")
NAMELESS = ("crosstalk", "unknown", "silence")


class Turn(NamedTuple):
    """A turn of the hand log (with its id) or one that was heard (without); times in session ms.

    `is_exact` where somebody looked again: there no key was late.
    """

    id: str
    speaker: Speaker
    started: float
    ended: float
    is_exact: bool = False

    @property
    def length(self) -> float:
        """Return how long it lasts, in ms."""
        return self.ended - self.started

    def without_lag(self) -> Turn:
        """Return the turn as it probably was when nobody's key had been late."""
        if self.is_exact:
            return self
        return self._replace(started=self.started - LAG_MS, ended=self.ended - LAG_MS)


class Heard(NamedTuple):
    """A piece of the recording: its sound, when each cell begins in session ms, and in which the talk is on."""

    sound: Sound
    times: NDArray[np.float64]
    live: Flags


def refined(log: Sequence[Turn], pieces: Sequence[Heard]) -> list[Turn]:
    """Return the turns as they are heard; every piece of the recording is judged by all voices of the session."""
    pieces = _alike([piece for piece in pieces if len(piece.sound)])
    speakers = sorted({turn.speaker for turn in log if turn.speaker != SILENCE}, key=str)
    if not speakers or not pieces:
        return []
    spoken = [voices.speaking(piece.sound.levels) & piece.live for piece in pieces]
    features = [voices.windows(piece.sound, flags) for piece, flags in zip(pieces, spoken, strict=True)]
    likely = [turn.without_lag() for turn in log]
    logged = [_expected(likely, speakers, piece.times) for piece in pieces]
    paths = [_labels(likely, speakers, piece.times) for piece in pieces]
    for _ in range(ROUNDS):
        taught = _taught(paths, speakers, spoken, np.concatenate(features))
        paths = [
            _path(_scores(taught, speakers, windows, bonus), flags)
            for windows, bonus, flags in zip(features, logged, spoken, strict=True)
        ]
    heard = [
        turn
        for piece, flags, path in zip(pieces, spoken, paths, strict=True)
        for turn in _stretches(path, flags, speakers, piece.times)
    ]
    return _joined(sorted(heard, key=lambda turn: turn.started))


def _alike(pieces: Sequence[Heard]) -> Sequence[Heard]:
    """Return the pieces with as many channels each: where a microphone came or went, all of them count as one."""
    if len({piece.sound.levels.shape[1] for piece in pieces}) < 2:
        return pieces
    return [
        piece._replace(sound=piece.sound._replace(levels=piece.sound.levels.max(1, keepdims=True))) for piece in pieces
    ]


def _labels(log: Sequence[Turn], speakers: Sequence[Speaker], times: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return who was logged for each cell, by place in `speakers`; -1 where nobody was."""
    labels = np.full(len(times), -1, np.intp)
    for turn in log:
        if turn.speaker in speakers:
            begin, end = np.searchsorted(times, (turn.started, turn.ended))
            labels[begin:end] = speakers.index(turn.speaker)
    return labels


def _expected(log: Sequence[Turn], speakers: Sequence[Speaker], times: NDArray[np.float64]) -> Floats:
    """Return how likely each speaker is in each cell by the log alone: nobody knows how late a key was exactly."""
    labels = _labels(log, speakers, times)
    exact = (labels[:, None] == np.arange(len(speakers))).astype(np.float64)
    reach = round(2 * LAG_SPREAD_MS / CELL_MS)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * CELL_MS / LAG_SPREAD_MS) ** 2)
    smooth = [np.convolve(np.pad(column, reach, "edge"), bell / bell.sum(), "valid") for column in exact.T]
    return np.stack(smooth, axis=1).astype(np.float32)


def _taught(
    paths: Sequence[NDArray[np.intp]], speakers: Sequence[Speaker], spoken: Sequence[Flags], features: Floats
) -> voices.Voices | None:
    own: dict[str, Flags] = {}
    for place, speaker in enumerate(speakers):
        if speaker.kind not in NAMELESS:
            inner = [_inner(path == place) & flags for path, flags in zip(paths, spoken, strict=True)]
            own[str(place)] = np.concatenate(inner)
    return voices.learn(features, own)


def _inner(flags: Flags) -> Flags:
    kept = np.zeros_like(flags)
    for begin, end in voices.runs(flags):
        kept[begin + EDGE_CELLS : max(begin + EDGE_CELLS, end - EDGE_CELLS)] = True
    return kept


def _scores(taught: voices.Voices | None, speakers: Sequence[Speaker], windows: Floats, logged: Floats) -> Floats:
    """Return how well each speaker fits each cell; whose voice isn't known fits only where they were logged."""
    scores = BONUS * logged
    known = [int(name) for name in taught.names] if taught else []
    nameless = [place for place in range(len(speakers)) if place not in known]
    scores[:, nameless] -= SHARPNESS * STRANGE + 100.0 * (logged[:, nameless] < 0.05)
    if taught is not None:
        far = np.nan_to_num(taught.distances(np.nan_to_num(windows)), nan=STRANGE)
        far[np.isnan(windows).any(1)] = 1.0
        scores[:, known] -= SHARPNESS * np.minimum(far, 2 * STRANGE)
    return scores


def _path(scores: Floats, spoken: Flags) -> NDArray[np.intp]:
    """Return the best speaker of each cell when every change has its price, less in a pause."""
    count, people = scores.shape
    came_from = np.zeros((count, people), np.int16)
    stay = np.arange(people, dtype=np.int16)
    gains = np.where(spoken[:, None], scores, 0.0).astype(np.float64)
    prices = np.where(spoken, SWITCH, SWITCH_IN_PAUSE)
    best = np.zeros(people)
    for cell in range(count):
        leader = int(best.argmax())
        changed = best[leader] - prices[cell]
        changes = best < changed
        came_from[cell] = np.where(changes, leader, stay)
        best = np.where(changes, changed, best) + gains[cell]
    path = np.zeros(count, np.intp)
    at = int(best.argmax()) if count else 0
    for cell in range(count - 1, -1, -1):
        path[cell] = at
        at = int(came_from[cell, at])
    return path


def _stretches(
    path: NDArray[np.intp], spoken: Flags, speakers: Sequence[Speaker], times: NDArray[np.float64]
) -> Iterator[Turn]:
    for begin, end in voices.runs(np.where(spoken, path + 1, 0)):
        yield Turn("", speakers[path[begin]], float(times[begin]), float(times[end - 1]) + CELL_MS)


def _joined(heard: Sequence[Turn]) -> list[Turn]:
    """Return as one turn what somebody said with a breath in between."""
    found: list[Turn] = []
    for turn in heard:
        if found and found[-1].speaker == turn.speaker and turn.started - found[-1].ended <= SHORT_PAUSE_MS:
            found[-1] = found[-1]._replace(ended=turn.ended)
        else:
            found.append(turn)
    return [turn for turn in found if turn.length >= LEAST_TURN_MS]
