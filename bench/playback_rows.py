"""How far what the player tells is from what is heard, through a sound server of the bench's own."""

import os
import sys
import tempfile
import time
from pathlib import Path

from measure import Compare, Effort, NotMeasurable, Row

TESTS = Path(__file__).parent.parent / "tests"
LENGTH_S = 60
SETTLE_S = 0.8
PART_S = 0.2
ALIKE = 0.9


def playback(effort: Effort) -> list[Row]:
    """The place that the player tells against the one that a correlation finds in what comes out of the headphones."""
    row = Row("playback", "position told against position heard", "ms", 20, compare=Compare.EXCESS)
    try:
        row.kring = _errors_ms(effort.rounds)
        row.floor = [0.0] * len(row.kring)
    except NotMeasurable as reason:
        row.remark = str(reason)
    return [row]


def _errors_ms(rounds: int) -> list[float]:
    sys.path.insert(0, str(TESTS))
    from record.pulse import Pulse, why_no_sound

    if reason := why_no_sound():
        raise NotMeasurable(reason)
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="snd", ignore_cleanup_errors=True) as folder:
        server = Pulse(Path(folder))
        os.environ.update(server.environ)
        try:
            return _heard(Path(folder), rounds)
        finally:
            server.close()
            os.environ.clear()
            os.environ.update(before)


def _heard(folder: Path, rounds: int) -> list[float]:
    from kring.audio.player_client import Player
    from record.pulse import RATE, until
    from record.sounding import noise, write_wav
    from speech.ears import Ears, found

    sound = noise(LENGTH_S, RATE) | 1  # no sample of it is silent
    path = write_wav(folder / "0001.wav", sound, RATE)
    ears, player = Ears(), Player()
    errors: list[float] = []
    try:
        for number in range(rounds):
            begin = round((number * 7.3) % (LENGTH_S - 5) * RATE)
            player.play([path], 0, begin)
            until(lambda begin=begin: (at := player.position()) and at.frame > begin + SETTLE_S * RATE, 10)
            moment, told = time.monotonic(), player.position().frame
            time.sleep(PART_S + 0.3)
            place, alike = found(ears.heard_at(moment, PART_S), sound[:, 0])
            if alike > ALIKE:  # a drop-out of the busy machine is no error of the position
                errors.append(abs(place + PART_S / 2 * RATE - told) / RATE * 1000)
    finally:
        player.close()
        ears.close()
    if not errors:
        raise NotMeasurable("what was heard is not what was played")
    return errors
