import asyncio
from contextvars import ContextVar

from kring.ui.ticker import Ticker


class SlowLoop:
    """A loop whose time the test moves; it runs one handle at a time."""

    def __init__(self):
        self.now, self.due, self.call = 100.0, None, None

    def time(self):
        return self.now

    def call_at(self, due, call, *arguments):
        self.due, self.call = due, lambda: call(*arguments)
        return self

    def cancel(self):
        self.due = None

    def until(self, now):
        while self.due is not None and self.due <= now:
            self.now = max(self.now, self.due)
            self.call()
        self.now = now


def ticker(monkeypatch, on_tick, faults=None):
    loop = SlowLoop()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: loop)
    ticking = Ticker(on_tick, on_fault=(faults if faults is not None else []).append)
    ticking.start()
    return loop, ticking


def test_ticks_keep_to_the_schedule_however_long_a_tick_takes(monkeypatch):
    at = []

    def slow():
        at.append(loop.now)
        loop.now += 0.1

    loop, _ = ticker(monkeypatch, slow)
    loop.until(110.0)
    assert at == [100.25 + 0.25 * number for number in range(40)]


def test_ticks_that_were_missed_are_left_out(monkeypatch):
    at = []
    loop, _ = ticker(monkeypatch, lambda: at.append(loop.now))
    loop.until(100.5)
    loop.now = 700.1  # the laptop slept
    loop.until(701.0)
    assert at == [100.25, 100.5, 700.1, 700.25, 700.5, 700.75, 701.0]


def test_a_tick_that_fails_is_told_and_the_next_one_comes(monkeypatch):
    faults = []
    loop, ticking = ticker(monkeypatch, lambda: 1 / 0, faults)
    loop.until(101.0)
    assert [type(fault) for fault in faults] == [ZeroDivisionError] * 4
    ticking.stop()
    assert not ticking.running
    loop.until(102.0)
    assert len(faults) == 4


async def test_it_ticks_on_a_real_loop():
    ticked = asyncio.Event()
    ticking = Ticker(ticked.set, on_fault=lambda fault: None, period_s=0.01)
    ticking.start()
    await asyncio.wait_for(ticked.wait(), 5)
    ticking.stop()


async def test_who_rings_in_another_thread_makes_it_tick_at_once_where_it_started():
    whose = ContextVar("whose", default="nobody's")
    heard = asyncio.Queue()
    ticking = Ticker(lambda: heard.put_nowait(whose.get()), on_fault=heard.put_nowait, period_s=3600)
    ticking.ring()  # nothing ticks yet
    whose.set("the app's")
    ticking.start()
    whose.set("another one's")
    await asyncio.to_thread(ticking.ring)
    assert await heard.get() == "the app's"
    ticking.stop()
    ticking.ring()
    await asyncio.sleep(0)
    assert heard.empty()
