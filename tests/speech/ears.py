"""What comes out of the headphones of a test's own sound server, and where in a sound that is."""

import os
import subprocess
import threading
import time

import numpy as np

from kring.audio.align import Anchor, Mapping, Piece
from record.pulse import RATE, until


class Ears:
    """What comes out of the headphones, or sounds elsewhere, each frame with its moment on the monotonic clock."""

    def __init__(self, device="headphones.monitor"):
        words = ["parec", f"--device={device}", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le"]
        self._recorder = subprocess.Popen([*words, "--latency-msec=10"], stdout=subprocess.PIPE)
        self._heard = bytearray()
        self._anchors = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        until(lambda: len(self._anchors) > 5)

    def _listen(self):
        while part := os.read(self._recorder.stdout.fileno(), 1 << 16):
            self._heard += part
            self._anchors.append(Anchor(len(self._heard) // 2, time.monotonic() * 1000))

    def samples(self):
        return np.frombuffer(bytes(self._heard[: len(self._heard) // 2 * 2]), "<i2")

    def heard_at(self, moment_s, seconds=0.2):
        """The samples that were heard around a moment, and their first one's moment."""
        samples = self.samples()
        mapping = Mapping([Piece(RATE, len(samples), tuple(self._anchors))])
        place = mapping.frame_at((moment_s - seconds / 2) * 1000)
        return samples[place.frame : place.frame + round(seconds * RATE)]

    def close(self):
        self._recorder.kill()
        self._recorder.wait()
        self._thread.join()
        self._recorder.stdout.close()


def found(part, source):
    """Where a part of a sound is in its source, and how alike they are (1 = the same)."""
    part, source = part.astype(float), source.astype(float)
    length = 1 << (len(part) + len(source)).bit_length()
    products = np.fft.irfft(np.fft.rfft(source, length) * np.conj(np.fft.rfft(part, length)), length)
    energy = np.concatenate([[0.0], np.cumsum(source**2)])
    loudness = np.sqrt(np.maximum(energy[len(part) :] - energy[: -len(part)], 0.0))
    # what is soft is as good a place as what is loud, but silence is like nothing
    alike = products[: len(loudness)] / np.maximum(loudness, max(1.0, 1e-4 * loudness.max()))
    place = int(np.argmax(alike))
    there = source[place : place + len(part)]
    return place, float(there @ part / max(np.linalg.norm(there) * np.linalg.norm(part), 1.0))
