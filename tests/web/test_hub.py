"""The streams: all at once, then what changed; one text for everybody; over when the link is."""

import itertools
import json
import re
from importlib.resources import files

import pytest

from kring.web.hub import BEAT_S, MOST_STREAMS, Hub
from kring.web.invitations import Invitation

OBSERVER = Invitation("a", "Petra", "t1", 1_000)
OTHER = Invitation("b", "Jan", "t2", 1_000)
ROOM = Invitation("c", "", "t3", 1_000)


class Moment:
    now = 0

    def __call__(self):
        return self.now


@pytest.fixture
def moment():
    return Moment()


@pytest.fixture
def hub(moment):
    hub = Hub(moment)
    for part in ("view", "clock", "talk", "mine:a", "mine:b"):
        hub.put(part, part)
    return hub


async def begun(hub, invitation):
    stream = hub.stream(invitation)
    assert await anext(stream) == b"retry: 2000\n\n"
    return stream


def events(text):
    lines = text.decode().split("\n")
    return {
        a.removeprefix("event: "): json.loads(b.removeprefix("data: "))
        for a, b in itertools.pairwise(lines)
        if a.startswith("event")
    }


async def test_a_page_gets_all_of_it_at_once_and_then_what_changed(hub, moment):
    stream = await begun(hub, OBSERVER)
    assert events(await anext(stream)) == {"now": 0, "view": "view", "talk": "talk", "mine": "mine:a"}
    moment.now = 500
    hub.put("talk", "hello")
    assert events(await anext(stream)) == {"now": 500, "talk": "hello"}


async def test_who_is_slow_gets_the_last_state_and_no_history(hub):
    stream = await begun(hub, OBSERVER)
    for n in range(100):
        hub.put("view", n)
    assert events(await anext(stream))["view"] == 99


async def test_the_room_gets_its_clock_and_nothing_else(hub):
    stream = await begun(hub, ROOM)
    assert events(await anext(stream)) == {"now": 0, "clock": "clock"}
    hub.put("view", "a name")
    hub.put("clock", "later")
    assert events(await anext(stream)) == {"now": 0, "clock": "later"}


async def test_nobody_gets_what_another_asked(hub):
    streams = [await begun(hub, each) for each in (OBSERVER, OTHER)]
    assert [events(await anext(each))["mine"] for each in streams] == ["mine:a", "mine:b"]


async def test_what_is_the_same_is_not_sent_again(hub):
    stream = await begun(hub, OBSERVER)
    await anext(stream)
    hub.put("view", "view")
    hub.put("mine:b", "of another")
    hub.put("talk", "new")
    assert events(await anext(stream)) == {"now": 0, "talk": "new"}


@pytest.mark.parametrize(
    ("valid", "now", "why"),
    [
        ((), 0, "revoked"),
        ((Invitation("a", "Petra", "renewed", 1_000),), 0, "revoked"),
        ((OBSERVER,), 1_000, "expired"),
    ],
)
async def test_a_stream_ends_with_its_link(hub, moment, valid, now, why):
    stream = await begun(hub, OBSERVER)
    await anext(stream)
    moment.now = now
    hub.check(valid)
    assert events(await anext(stream)) == {"over": why}
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_a_link_that_was_extended_goes_on(hub, moment):
    stream = await begun(hub, OBSERVER)
    await anext(stream)
    moment.now = 2_000
    hub.put("watching", hub.check((Invitation("a", "Petra", "t1", 3_000),)))
    assert events(await anext(stream)) == {"now": 2_000, "watching": ["Petra"]}


async def test_who_is_watching_are_those_with_a_page_open_and_not_the_room(hub, moment):
    streams = [await begun(hub, each) for each in (OBSERVER, ROOM)]
    everybody = (OBSERVER, OTHER, ROOM)
    assert [each.name for each in hub.looking(everybody)] == ["Petra"]
    await streams[0].aclose()
    assert [each.name for each in hub.looking(everybody)] == ["Petra"]  # they may load it anew
    moment.now = 5_000
    assert [each.name for each in hub.looking(everybody)] == []


async def test_a_link_is_open_in_so_many_windows_and_no_more(hub):
    streams = [await begun(hub, OBSERVER) for _ in range(MOST_STREAMS)]
    assert not hub.has_room(OBSERVER)
    assert hub.has_room(OTHER)
    assert [part async for part in hub.stream(OBSERVER)] == []  # asked for when there was room still
    await streams[0].aclose()
    assert hub.has_room(OBSERVER)


async def test_when_the_page_ends_every_stream_does(hub):
    stream = await begun(hub, OBSERVER)
    await anext(stream)
    hub.close()
    assert events(await anext(stream)) == {"over": "stopped"}
    late = await begun(hub, OTHER)
    assert events(await anext(late)) == {"over": "stopped"}


def test_a_page_waits_for_two_beats_and_no_more_than_a_quarter_of_a_minute() -> None:
    script = files("kring.web").joinpath("assets/page.js").read_text("utf-8")
    silent_ms = int(re.search(r"SILENT_MS = (\d+);", script)[1])
    assert 2_000 * BEAT_S < silent_ms <= 15_000
