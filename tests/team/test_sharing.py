"""Sharing as a face has it: codes, a file that somebody joined with, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from acting import act, texts
from conftest import make_plan
from kring.commands.sharing import Wish, wish
from kring.domain.text import KringError, Refused
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.verify import verify
from kring.system.clock import SystemClock
from kring.team import addresses, codes, joining, shared_folder, sharing, status
from kring.team.access import Access
from kring.team.sharing import Sharing
from kring.team.status import Status
from kring.team.tasks import Role, Way
from team.conftest import HERE, access_with, needs_server, until


@contextmanager
def session_in(folder: Path) -> Iterator[Session]:
    me = Me("Els", "moderator", "e" * 16)
    with closing(sessions.begin(folder / "els.db", make_plan(), SystemClock(), me, zone=("UTC", 0))) as session:
        yield session


@contextmanager
def shared(session: Session) -> Iterator[Sharing]:
    one = Sharing(session)
    try:
        one.share(HERE)
        one.wait()
        assert one.problem is None
        yield one
    finally:
        one.close()


def join(folder: Path, code: str) -> Path:
    wanted: Access = access_with(code)
    return joining.make(wanted, Way(code), joining.fetch(wanted), lambda _state: folder / "bo.db")


@needs_server
def test_who_joins_has_all_of_it_and_both_see_what_the_other_does(tmp_path: Path) -> None:
    with ExitStack() as opened:
        els = opened.enter_context(session_in(tmp_path))
        act(els, "note hallo", "start anyway", "floor 3")
        hers = opened.enter_context(shared(els))
        file = join(tmp_path, hers.codes["assistant"])
        assert verify(file).is_whole
        kept = shared_folder.joined(file.with_suffix(".share"))
        assert kept is not None
        bo = opened.enter_context(closing(sessions.resume(file, SystemClock(), Me("Bo", "assistant", kept.device))))
        his = Sharing(bo)
        opened.callback(his.close)
        his.share()  # as it was joined before
        act(bo, "note hoi")
        act(els, "note daar")
        until(lambda: (bo.catch_up(), els.catch_up(), texts(bo) == texts(els) == ["hallo", "hoi", "daar"])[2])
        his.close()
        assert his.left() is None
    assert verify(file).is_whole
    assert verify(tmp_path / "els.db").is_whole


@needs_server
def test_a_file_that_was_joined_before_is_found_again(tmp_path: Path) -> None:
    with session_in(tmp_path) as els, shared(els) as hers:
        file = join(tmp_path, hers.codes["moderator"])
        assert joining.file_of(tmp_path, els.state.session.id) == file
        assert joining.file_of(tmp_path, "another") is None
        with pytest.raises(KringError, match="exists already"):
            join(tmp_path, hers.codes["moderator"])


@needs_server
def test_what_was_done_alone_waits_and_is_told(tmp_path: Path) -> None:
    with session_in(tmp_path) as els, shared(els) as hers:
        file = join(tmp_path, hers.codes["assistant"])
        hers.close()
        with closing(sessions.resume(file, SystemClock(), Me("Bo", "assistant", "b" * 16))) as bo:
            his = Sharing(bo)
            his.share()
            act(bo, "note alleen")
            until(lambda: (his.tick(), his.status and his.status.to_send)[1])
            assert str(sharing.told(his.status)).startswith("offline, ")
            his.close()
            left = his.left()
            assert left is not None
            assert str(left).startswith(f"Not sent yet: {his.status.to_send if his.status else 0}.")


@needs_server
def test_a_new_code_of_the_moderator_leaves_the_one_who_shares_in(tmp_path: Path) -> None:
    with session_in(tmp_path) as els, shared(els) as hers:
        before = hers.codes["moderator"]
        hers.let_nobody_in_with("moderator")
        until(lambda: (hers.tick(), hers.codes["moderator"] != before)[1])
        act(els, "note daarna")
        until(lambda: (hers.tick(), hers.status == Status("live", ahead_ms=hers.status.ahead_ms))[1])


def test_who_shares_nothing_makes_nothing_and_says_nothing(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        alone = Sharing(els)
        assert not alone.tick()
        assert not alone.is_known
        assert alone.status is None
        with pytest.raises(Refused, match="not shared from here"):
            alone.let_nobody_in_with("observer")
        alone.close()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["els.db", "els.db-shm", "els.db-wal"]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (None, "only here"),
        (Status("live", to_send=3), "shared live"),
        (Status("offline"), "offline"),
        (Status("offline", to_send=12), "offline, 12 to send"),
    ],
)
def test_where_acts_are_is_told_in_a_few_words(now: Status | None, told: str) -> None:
    assert str(sharing.told(now)) == told


def test_an_agent_that_is_gone_left_its_file_offline(tmp_path: Path) -> None:
    status.tell(tmp_path, Status("live", to_send=2))
    assert status.read(tmp_path) == Status("offline", to_send=2)
    (tmp_path / status.FILE).write_text("{")
    assert status.read(tmp_path) is None


def test_what_people_should_know_is_said_once(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        folder = els.store.path.with_suffix(".share")
        folder.mkdir()
        heard: list[str] = []
        one = Sharing(els)
        one.hear = lambda sentence: heard.append(str(sentence))
        with status_held(folder):
            for now in (Status("live", newer=2, declined=1, ahead_ms=-300_000), Status("live", newer=3, declined=1)):
                status.tell(folder, now)
                one.tick()
        assert [told.split(":")[0].split(".")[0] for told in heard] == [
            "The other laptop has a newer kring",
            "Something came in that is no act of this session; it was left out",
            "The clock of this laptop is 5",
        ]


@contextmanager
def status_held(folder: Path) -> Iterator[None]:
    from kring.system.file_lock import Lock

    with Lock(folder, status.LOCK) as taken:
        assert taken
        yield


@pytest.mark.parametrize(
    ("here", "asked", "found"),
    [
        (["192.168.1.20"], "", "192.168.1.20"),
        (["192.168.1.20", "10.0.0.5"], "10.0.0.5", "10.0.0.5"),
        (["192.168.1.20"], "127.0.0.1", "127.0.0.1"),
        (["192.168.1.20", "10.0.0.5"], "", "several addresses"),
        ([], "", "no network"),
        (["192.168.1.20"], "192.168.1.21", "192.168.1.20, 127.0.0.1"),
        (["192.168.1.20"], "0.0.0.0", "no address"),
    ],
)
def test_an_address_is_picked(monkeypatch: pytest.MonkeyPatch, here: list[str], asked: str, found: str) -> None:
    monkeypatch.setattr(addresses, "own", lambda: here)
    assert found in _answer(asked)


def _answer(asked: str) -> str:
    try:
        return addresses.chosen(asked)
    except Refused as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Wish()),
        ("192.168.1.20", Wish("192.168.1.20")),
        ("fe80::1", Wish("fe80::1")),
        ("new observer", Wish(new="observer")),
        ("nieuw Meekijker", Wish(new="observer")),
        ("new", None),
        ("new boss", None),
        ("here", None),
        ("192.168.1.20 please", None),
    ],
)
def test_what_stands_behind_the_word_is_understood_or_refused(text: str, asked: Wish | None) -> None:
    if asked is not None:
        assert wish(text) == asked
        return
    with pytest.raises(Refused, match=text.split(maxsplit=1)[0]):
        wish(text)


def test_each_role_has_a_word_in_both_languages() -> None:
    from typing import get_args

    from kring.commands.sharing import ROLES

    assert set(ROLES.values()) == set(get_args(Role)) == set(codes.ROLES)
