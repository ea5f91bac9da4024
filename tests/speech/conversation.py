"""Conversations of which the truth is known, spoken by espeak-ng or by voices made here, and observers who log them."""

import random
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import NamedTuple

import numpy as np

from speech.scoring import Spoken

RATE = 16_000
LAG_S, LAG_SPREAD_S = 0.9, 0.4

SENTENCES = (
    "Ik heb die kaart al jaren, maar ik weet eerlijk gezegd niet wat ik er aan heb.",
    "Nou, bij de kassa vragen ze er altijd om.",
    "Mijn vrouw spaart wel, die kijkt elke week wat er in de aanbieding is.",
    "Ja.",
    "Dat herken ik wel, je moet zo lang sparen voor iets kleins.",
    "Ik vond het vroeger leuker, toen je nog zegels kon plakken in een boekje.",
    "Precies.",
    "Wat mij stoort is dat je overal een andere app voor nodig hebt.",
    "Toen ik laatst wilde inwisselen bleek dat de punten verlopen waren, zonder dat iemand dat had gezegd.",
    "En de klantenservice kon er niets aan doen.",
    "Nee hoor.",
    "Ik zou liever gewoon korting krijgen, direct aan de kassa.",
    "Voor mij hoeft het niet, ik kijk alleen naar de prijs en of het dichtbij is.",
    "Dat vind ik een mooie gedachte, zo had ik het nog niet bekeken.",
    "Hm, misschien.",
)
QUESTIONS = (
    "Vertel eens over de laatste keer dat u die kaart gebruikte.",
    "Wat ging daar goed aan?",
    "Kunt u daar een voorbeeld van geven?",
    "Hoe is dat voor de anderen aan tafel?",
    "Wie herkent dit?",
)
ESPEAK = {  # voice, pitch, words a minute
    "moderator": ("nl+f3", 52, 165),
    "P1": ("nl+m1", 35, 160),
    "P2": ("nl+f2", 68, 175),
    "P3": ("nl+m3", 22, 150),
    "P4": ("nl+f4", 45, 185),
    "P5": ("nl+m7", 55, 170),
}


class Conversation(NamedTuple):
    """Sound (mono, full scale 1) and who spoke when, in ms."""

    samples: np.ndarray
    truth: list[Spoken]

    @property
    def length_ms(self) -> float:
        return len(self.samples) / RATE * 1000


def order_of_turns(people, length, dice):
    """Who says which sentence: the moderator asks now and then, some say more than others, many turns are short."""
    weights = [1.0, 1.6, 0.6, 1.2, 0.8, 1.0, 0.7, 1.3][: len(people)]
    before = ""
    for number in range(length):
        if number % 6 == 0:
            who, text = "moderator", dice.choice(QUESTIONS)
        else:
            who = dice.choices(
                [p for p in people if p != before], [w for p, w in zip(people, weights, strict=True) if p != before]
            )[0]
            text = dice.choice(SENTENCES) if dice.random() < 0.6 else " ".join(dice.sample(SENTENCES, 2))
        before = who
        yield who, text


def said(spoken, dice, noise=0.001):
    """Put pieces of sound one after the other, with pauses, and a few a little through each other."""
    pieces, truth, at = [], [], int(0.5 * RATE)
    for who, sound in spoken:
        loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
        piece = sound[loud[0] : loud[-1] + 1]
        pieces.append((at, piece))
        truth.append((who, at / RATE * 1000, (at + len(piece)) / RATE * 1000))
        pause = dice.uniform(0.15, 0.9) if dice.random() < 0.9 else -0.3
        at = max(at + RATE // 4, at + len(piece) + int(pause * RATE))
    samples = np.zeros(at + 2 * RATE, np.float32)
    for begin, piece in pieces:
        samples[begin : begin + len(piece)] += piece
    chance = np.random.default_rng(dice.randrange(2**32))
    samples += chance.normal(0, noise, len(samples)).astype(np.float32)
    return Conversation(samples, truth)


def by_espeak(turns=60, seed=1, noise=0.001):
    """A Dutch conversation of a moderator and five people, spoken by espeak-ng."""
    dice = random.Random(seed)
    script = list(order_of_turns([name for name in ESPEAK if name != "moderator"], turns, dice))
    with tempfile.TemporaryDirectory() as folder:
        return said([(who, espoken(who, text, Path(folder) / "one.wav")) for who, text in script], dice, noise)


def espoken(who, text, path):
    voice, pitch, speed = ESPEAK[who]
    subprocess.run(["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(speed), "-w", str(path), text], check=True)
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    times = np.arange(int(len(samples) * RATE / rate)) * rate / RATE
    return 0.5 * np.interp(times, np.arange(len(samples)), samples).astype(np.float32)


class Tract(NamedTuple):
    """A voice made of numbers: pitch, how long the throat is against the usual, how hoarse."""

    pitch_hz: float
    length: float
    breath: float


TRACTS = {
    "moderator": Tract(205, 0.88, 0.02),
    "P1": Tract(110, 1.06, 0.03),
    "P2": Tract(230, 0.84, 0.05),
    "P3": Tract(95, 1.12, 0.02),
    "P4": Tract(180, 0.94, 0.08),
    "P5": Tract(130, 1.0, 0.04),
}
VOWELS = (
    (730, 1090, 2440),
    (530, 1840, 2480),
    (270, 2290, 3010),
    (570, 840, 2410),
    (300, 870, 2240),
    (440, 1020, 2240),
)


def made(turns=60, seed=1, noise=0.001):
    """A conversation in vowels, made here: runs where no synthesizer is."""
    dice = random.Random(seed)
    script = order_of_turns([name for name in TRACTS if name != "moderator"], turns, dice)
    return said([(who, _sung(TRACTS[who], max(0.5, len(text) / 15), dice)) for who, text in script], dice, noise)


def _sung(tract, seconds, dice):
    pieces = []
    for _ in range(max(2, int(seconds / 0.2))):
        length = int(dice.uniform(0.12, 0.28) * RATE)
        t = np.arange(length) / RATE
        pitch = tract.pitch_hz * dice.uniform(0.9, 1.12) * (1 + 0.06 * np.sin(2 * np.pi * dice.uniform(2, 5) * t))
        source = (np.cumsum(pitch / RATE) % 1.0 < 0.12).astype(np.float64)
        chance = np.random.default_rng(dice.randrange(2**32))
        source += tract.breath * chance.normal(size=length)
        spectrum, hz = np.fft.rfft(source), np.fft.rfftfreq(length, 1 / RATE)
        shape = sum(
            1 / (1 + ((hz - formant / tract.length) / (70 + 0.04 * formant)) ** 2) for formant in dice.choice(VOWELS)
        )
        sound = np.fft.irfft(spectrum * shape / (1 + hz / 800), length) * np.hanning(length) ** 0.5
        pieces.append(0.3 * sound / np.abs(sound).max())
    return np.concatenate(pieces).astype(np.float32)


class Pressed(NamedTuple):
    """A turn as somebody logged it."""

    speaker: str
    from_ms: float
    to_ms: float


def observed(truth, seed, lag_s=LAG_S, spread_s=LAG_SPREAD_S):
    """Log a conversation as people do: late, without many short turns, and now and then with the wrong key."""
    dice = random.Random(seed)
    people = sorted({who for who, _, _ in truth})
    presses: list[tuple[float, str]] = []
    for who, begin, to in truth:
        missed = 0.45 if to - begin < 1500 else 0.08
        if dice.random() < missed:
            continue
        key = dice.choice([other for other in people if other != who]) if dice.random() < 0.03 else who
        presses.append((begin + max(100, 1000 * dice.gauss(lag_s, spread_s)), key))
    end = truth[-1][2] + 900
    presses.sort()
    log: list[Pressed] = []
    for (at, who), (following, _) in zip(presses, [*presses[1:], (end, "")], strict=True):
        if log and log[-1].speaker == who:
            log[-1] = log[-1]._replace(to_ms=following)
        else:
            log.append(Pressed(who, at, following))
    return log


def share_error(truth, guess):
    """The mean error of the shares of talk time, in percentage points."""
    people = sorted({who for who, _, _ in truth})

    def shares(spoken):
        times = {who: sum(to - begin for name, begin, to in spoken if name == who) for who in people}
        return {who: each / sum(times.values()) * 100 for who, each in times.items()}

    real, found = shares(truth), shares(guess)
    return sum(abs(real[who] - found[who]) for who in people) / len(people)
