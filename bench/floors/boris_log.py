"""BORIS's own way to log a behaviour, at its best: nothing is drawn, and nothing is saved.

Runs in an environment in which boris-behav-obs is installed. Logs as many behaviours as it is told, then one more for
each line that it reads, and answers with the microseconds that this took.
"""

import sys
import time
from collections import deque
from decimal import Decimal
from types import ModuleType

ABSENT = {"PyQt5.QtMultimedia": {"QSound": None}, "boris.mpv2": {"sofile": "", "dll": ""}}
"""Sound and film, which need libraries that pip doesn't bring."""

for module, names in ABSENT.items():
    sys.modules[module] = ModuleType(module)
    vars(sys.modules[module]).update(names)

from boris import config as cfg  # noqa: E402
from boris.core import MainWindow  # noqa: E402
from boris.write_event import write_event  # noqa: E402

SUBJECTS = [f"P{number}" for number in range(1, 9)]
SPEAKS = {"type": cfg.STATE_EVENT, cfg.BEHAVIOR_CODE: "speaks", cfg.MODIFIERS: {}, cfg.EXCLUDED: ""}


class Screen:
    """Any part of BORIS's window: it can be asked for anything, and shows nothing."""

    def __getattr__(self, _name):
        return self

    def __call__(self, *_arguments):
        return None


class Window(Screen):
    """As much of BORIS's window as logging a behaviour reads."""

    observationId = "evening"
    playerType = cfg.LIVE
    liveObservationStarted = True
    close_the_same_current_event = False
    state_behaviors_codes = ("speaks",)
    currentSubject = ""

    def __init__(self):
        self.pj = {
            cfg.SUBJECTS: {str(number): {cfg.SUBJECT_NAME: name} for number, name in enumerate(SUBJECTS)},
            cfg.ETHOGRAM: {"0": SPEAKS},
            cfg.OBSERVATIONS: {self.observationId: {cfg.TYPE: cfg.LIVE, cfg.TIME_OFFSET: 0, cfg.EVENTS: []}},
        }
        self.subject_name_index = {name: str(number) for number, name in enumerate(SUBJECTS)}
        self.undo_queue, self.undo_description = deque(), deque()
        self.now = Decimal(0)

    checkSameEvent = MainWindow.checkSameEvent

    def getLaps(self):
        return self.now


def main(events):
    window = Window()
    observed = window.pj[cfg.OBSERVATIONS][window.observationId][cfg.EVENTS]
    observed.extend([Decimal(number), SUBJECTS[number % 8], "speaks", "", ""] for number in range(events))
    number = events
    for _ in sys.stdin:
        window.now, window.currentSubject = Decimal(number), SUBJECTS[number % 8]
        begun = time.perf_counter_ns()
        write_event(window, dict(SPEAKS), window.now)
        print((time.perf_counter_ns() - begun) / 1000, flush=True)
        number += 1
        if len(observed) != number:
            raise SystemExit("BORIS did not log it.")


if __name__ == "__main__":
    main(int(sys.argv[1]))
