"""What the session does is on the pages; whose link ends sees no more within a second."""

import asyncio

from kring.domain.text import Sentence
from kring.observing.watchers import Watcher
from web.staged import Stage


async def test_each_change_is_written_once_for_everybody(tmp_path):
    stage = Stage(tmp_path)
    for n in range(48):
        stage.add(f"Observer {chr(65 + n % 26)}{n}")
    following = asyncio.create_task(stage.keeping.follow())
    streams = [stage.hub.stream(each) for each in stage.invitations.all]
    for each in streams:
        await anext(each)
    await asyncio.sleep(0)
    for each in streams:
        await anext(each)
    stage.source.show(present=3)
    await asyncio.sleep(0)
    told = [await anext(each) for each in streams]
    following.cancel()
    assert len(set(told)) == 1
    assert b"3 participants are present" in told[0]


async def test_who_is_revoked_elsewhere_sees_no_more_and_who_is_new_sees_all(tmp_path):
    stage = Stage(tmp_path)
    petra = stage.add("Petra")
    watching = asyncio.create_task(stage.keeping.watch())
    stream = stage.hub.stream(stage.invitations.of_token(petra, 0))
    await anext(stream)
    other = type(stage.invitations)(stage.invitations.folder)
    other.revoke(other.meant("Petra"))
    other.add("Jan", 2**50)
    async with asyncio.timeout(1):
        while b"event: over" not in (told := await anext(stream)):
            pass
    watching.cancel()
    assert b'"revoked"' in told
    jan = stage.hub.stream(stage.invitations.meant("Jan"))
    await anext(jan)
    assert b"What do you save for?" in await anext(jan)


async def test_who_watches_elsewhere_stands_in_the_list_and_hears_of_who_watches_here(tmp_path):
    stage = Stage(tmp_path)
    stage.add("Petra")
    stream = stage.hub.stream(stage.invitations.meant("Petra"))
    await anext(stream)
    stage.source.show(watching=(Watcher("Bram"), Watcher("Petra")))
    watching = asyncio.create_task(stage.keeping.watch())
    async with asyncio.timeout(5):
        while b"event: watching" not in (told := await anext(stream)):
            pass
    watching.cancel()
    assert b'["Petra","Bram"]' in told
    assert stage.source.watching == ("Petra",)


async def test_a_session_that_cannot_be_read_is_said_on_the_page(tmp_path):
    stage = Stage(tmp_path)
    stage.add("Petra")
    following = asyncio.create_task(stage.keeping.follow())
    stage.source.lost = Sentence("Nobody answers at 192.168.1.20.")
    stage.source.show()
    await asyncio.sleep(0)
    stream = stage.hub.stream(stage.invitations.meant("Petra"))
    await anext(stream)
    told = await anext(stream)
    assert b'"lost":"The session can\'t be followed now; what you see may be old."' in told
    assert b"192.168" not in told
    assert str(stage.keeping.lost) == "Nobody answers at 192.168.1.20."
    following.cancel()
