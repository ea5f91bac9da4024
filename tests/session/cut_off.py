"""A program that makes a session again and again, killed so many calls to the system or to SQLite later each time."""

import os
import resource
import signal
import sys
from pathlib import Path

from conftest import START_MS, make_plan
from kring.domain.text import KringError
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SimulatedClock

WATCHED = ("posix", "fcntl")
FOLDER = Path(sys.argv[2])
FILE = FOLDER / "session.db"


def make():
    me = Me("Bo", "assistant", "d")
    sessions.begin(FILE, make_plan(), SimulatedClock(START_MS), me, zone=("UTC", 0))


def killed_at(point):
    """Whether a child that is killed before its call with this number lives to make the session."""
    calls = 0

    def count(frame, event, called):
        nonlocal calls
        owner = type(getattr(called, "__self__", None)).__name__
        if event == "c_call" and (called.__module__ in WATCHED or owner in ("Connection", "Cursor")):
            calls += 1
            if calls == point:
                os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        sys.setprofile(count)
        make()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def stopped_at(size):
    """Whether a child whose files may not grow beyond a size makes the session."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            make()
        except KringError:
            os._exit(1)
        os._exit(0)
    return not os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def left():
    """What a try left, taken away for the next: the names that lie there, and how many events the session has."""
    from kring.store.verify import verify

    names = sorted(path.name for path in FOLDER.iterdir())
    events = 0
    if FILE.exists():
        report = verify(FILE)
        assert report.is_whole, report.findings
        events = report.events
    for path in FOLDER.iterdir():
        path.unlink()
    return names, events


def main():
    try_one, step = {"kill": (killed_at, 1), "grow": (stopped_at, 4096)}[sys.argv[1]]
    step *= int(sys.argv[3])
    tried = 0
    lives = False
    while not lives:
        lives = try_one(tried * step + 1)
        tried += 1
        names, events = left()
        print(int(lives), events, *names, flush=True)


main()
