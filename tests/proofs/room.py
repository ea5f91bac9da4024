"""A room in which a Dutch conversation is played of which every moment is known, and somebody who hears it there."""

import random
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from record.pulse import RATE as ROOM_RATE
from record.pulse import Pulse
from record.sounding import write_wav
from speech import conversation
from speech.conversation import Conversation, said
from speech.ears import Ears, found

RATE = conversation.RATE
PEOPLE = ("P1", "P2", "P3", "P4")
NOISE = 0.002  # never the same twice: a pause too is found in one place only
STEP = ROOM_RATE // RATE


def unrepeated(length_s: float, seed: int) -> Conversation:
    """A conversation in which nobody says the same thing twice, so that each moment of it sounds like no other."""
    dice = random.Random(seed)
    spoken, seconds = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for who, text in dict.fromkeys(conversation.order_of_turns(PEOPLE, 500, dice)):
            sound = conversation.espoken(who, text, Path(folder) / "one.wav")
            spoken.append((who, sound))
            seconds += len(sound) / RATE + 0.4
            if seconds > length_s:
                break
    return said(spoken, dice, NOISE)


class Room:
    """The conversation in the room of a sound server, and a second listener who tells when each word sounded."""

    def __init__(self, pulse: Pulse, folder: Path, length_s: float, seed: int) -> None:
        self.conversation = unrepeated(length_s, seed)
        self.samples = np.clip(self.conversation.samples * 32767, -32768, 32767)
        self._file = write_wav(folder / "conversation.wav", self.samples.astype("<i2")[:, None], RATE)
        self._pulse = pulse
        self._player: subprocess.Popen[bytes] | None = None
        self._ears = Ears("room.monitor")
        self._monotonic_ahead_s = time.time() - time.monotonic()

    def talk(self) -> None:
        """Begin the conversation, and return when its first sound is in the room."""
        self._player = self._pulse.play(self._file)
        time.sleep(0.4)

    def wait(self) -> None:
        """Return when everything was said."""
        assert self._player is not None
        self._player.wait()

    def said_at(self, epoch_ms: float, seconds: float = 2.0) -> float:
        """Which moment of the conversation sounded in the room at a moment, in ms."""
        moment_s = epoch_ms / 1000 - self._monotonic_ahead_s
        return self.place_of(self._ears.heard_at(moment_s + seconds / 2, seconds), ROOM_RATE)

    def place_of(self, sound: np.ndarray, rate: int) -> float:
        """Where in the conversation a piece of sound is, in ms; it has to be a piece of it."""
        length = int(len(sound) * RATE / rate)
        sound = np.interp(np.arange(length) * rate / RATE, np.arange(len(sound)), sound.astype(float))
        place, alike = found(sound, self.samples)
        assert alike > 0.8, f"This is no part of the conversation: likeness {alike:.2f}"
        return place / RATE * 1000

    def close(self) -> None:
        if self._player is not None:
            self._player.kill()
            self._player.wait()
        self._ears.close()
