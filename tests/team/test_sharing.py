"""Sharing as a face has it: codes, a file that somebody joined with, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from acting import act, texts
from conftest import make_plan
from kring.cli import main
from kring.cli.joining.join import _joined_file
from kring.commands.sharing import JOINING, ROLES, Wish, wish
from kring.domain import facts as f
from kring.domain.local_time import day_of_file
from kring.domain.state import EMPTY
from kring.domain.text import KringError, Refused, Sentence
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.making import making
from kring.store.verify import verify
from kring.system.clock import SimulatedClock, SystemClock
from kring.system.i18n import use
from kring.system.worker_process import DIED, Failed
from kring.team import addresses, codes, joining, shared_folder, sharing, status, tasks, wording
from kring.team.access import Access
from kring.team.codes import Code
from kring.team.entry import issuing
from kring.team.entry.issuing import Issuer
from kring.team.recordings import tasks as carrying_tasks
from kring.team.recordings.tasks import Carried, Carrying, Progress
from kring.team.shared_folder import Joined
from kring.team.sharing import Sharing
from kring.team.status import Status
from kring.team.tasks import Listening, Role, Way
from kring.ui.live import sharing_dialog
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
        until(lambda: (hers.tick(), his.tick(), str(hers.told()) == "live, assistant there")[2])
        until(lambda: (his.tick(), str(his.told()) == "live, moderator there")[1])
        his.close()
        until(lambda: (hers.tick(), str(hers.told()).startswith("live, nobody since "))[1])
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
            assert str(his.told()).startswith("offline, ")
            his.close()
            left = his.left()
            assert left is not None
            assert str(left).startswith(f"Not sent yet: {his.status.to_send if his.status else 0}.")


@needs_server
def test_who_comes_back_hears_once_that_the_codes_of_before_are_good(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        heard: list[str] = []
        with shared(els) as hers:
            hers.hear = lambda sentence: heard.append(str(sentence))
            hers.tick()
            assert not hers.is_again
            before = hers.codes
        assert not heard
        again = Sharing(els)
        again.hear = lambda sentence: heard.append(str(sentence))
        again.share(HERE)
        until(lambda: (again.tick(), heard)[1])
        again.tick()
        assert again.is_again
        assert again.codes == before
        again.close()
        assert [told.partition(":")[0] for told in heard] == ["Shared again"]


@needs_server
def test_a_new_code_of_the_moderator_leaves_the_one_who_shares_in(tmp_path: Path) -> None:
    with session_in(tmp_path) as els, shared(els) as hers:
        before = hers.codes["moderator"]
        hers.renew("moderator")
        assert hers.codes["moderator"] != before
        act(els, "note daarna")
        until(lambda: (hers.tick(), hers.status == Status("live", ahead_ms=hers.status.ahead_ms))[1])


class Dying:
    """A server's process that gives its codes, dies, and is started again."""

    def __init__(self, news: list[Listening | Failed]) -> None:
        self._news = news
        self.is_over = False

    def poll(self) -> list[Listening | Failed]:
        self.is_over = True
        told, self._news = self._news, []
        return told

    def ring(self) -> None:
        """Nobody hears it."""

    def finish(self, _patience_s: float) -> None:
        """It is gone already."""

    def kill(self) -> None:
        """It is gone already."""


class Doing:
    """A process that tells one thing at each look."""

    def __init__(self, news: list[Progress | Carried]) -> None:
        self._news = news

    @property
    def is_over(self) -> bool:
        return not self._news

    def poll(self) -> list[Progress | Carried]:
        return [self._news.pop(0)]

    def leave(self) -> None:
        self._news.clear()


def test_a_server_that_dies_and_starts_again_is_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes_given = Listening({"moderator": "a code", "assistant": "another"})
    lives = iter([Dying([codes_given, DIED])])
    monkeypatch.setattr(tasks, "hosting", lambda _wanted: next(lives, Dying([])))
    monkeypatch.setattr(tasks, "levelling", lambda _wanted: Dying([]))
    heard: list[str] = []
    with session_in(tmp_path) as els, closing(Sharing(els)) as hers:
        hers.hear = lambda sentence: heard.append(str(sentence))
        hers.share(HERE)
        hers.tick()
        assert (hers.codes, hers.problem, heard) == (codes_given.codes, None, [])


def test_codes_of_an_agency_are_made_anew_while_kring_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: SimulatedClock
) -> None:
    begun: list[str] = []
    is_away = False

    def codes_of(_issuer: Issuer, now_s: int) -> dict[Role, str]:
        if is_away:
            raise KringError("{file} cannot be read: {reason}.", file="bridge.creds", reason="")
        return {role: f"{role} from {now_s}" for role in codes.ROLES}

    def levelling(wanted: tasks.Levelling) -> Dying:
        begun.append(wanted.way.code)
        return Dying([])

    monkeypatch.setattr(issuing, "codes_of", codes_of)
    monkeypatch.setattr(tasks, "levelling", levelling)
    monkeypatch.setattr(tasks, "feeding", lambda _wanted: Dying([]))
    me = Me("Els", "moderator", "e" * 16)
    with closing(sessions.begin(tmp_path / "els.db", make_plan(), clock, me, zone=("UTC", 0))) as els:
        hers = Sharing(els)
        issuing.keep(hers.folder, Issuer(els.state.session.id, "tls://kring.example.org", "bridge.creds", {}))
        hers.share()
        first, hour_ms = dict(hers.codes), 3_600_000
        clock.advance(11 * hour_ms)
        hers.tick()
        assert hers.codes == first
        is_away = True
        clock.advance(2 * hour_ms)
        hers.tick()
        assert hers.codes == first
        is_away = False
        clock.advance(2 * 60_000)
        assert hers.tick()
        assert hers.codes == codes_of(Issuer("", "", "", {}), els.now() // 1000) != first
        assert hers._way == Way(hers.codes["moderator"])
        for _ in range(5):
            clock.advance(10 * hour_ms)
            hers.tick()
        assert int(hers.codes["moderator"].rsplit(" ", 1)[1]) > els.now() // 1000 - issuing.LASTS_S
        hers.close()
    assert begun[0] == first["moderator"]


def test_recordings_go_in_the_background_with_how_far_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Carrying] = []

    def begun(task: Carrying) -> Doing:
        asked.append(task)
        return Doing([Progress(2_000_000, 9_000_000), Carried(3, True, (Sentence("0002.wav is still being made"),))])

    monkeypatch.setattr(carrying_tasks, "carrying", begun)
    monkeypatch.setattr(tasks, "levelling", lambda _wanted: Dying([]))
    heard: list[str] = []
    with session_in(tmp_path) as els, closing(Sharing(els)) as hers:
        hers.hear = lambda sentence: heard.append(str(sentence))
        with pytest.raises(Refused, match="not shared from here"):
            sharing.carry(hers, "send")
        with pytest.raises(Refused, match="under way"):
            sharing.carry(hers, "stop")
        hers.join(Way("a code"))
        sharing.carry(hers, "send")
        with pytest.raises(Refused, match="under way"):
            sharing.carry(hers, "fetch")
        hers.tick()
        assert str(hers.carried) == "Recordings: 2 of 9 MB."
        hers.tick()
        assert (hers.carried, heard) == (None, ["Recordings sent: 3.", "0002.wav is still being made"])
        assert [task.sends for task in asked] == [True]
        sharing.carry(hers, "fetch")
        sharing.carry(hers, "stop")
        assert hers.carried is None
        act(els, "consent 1 audio no")
        with pytest.raises(Refused, match="The recordings stay here"):
            sharing.carry(hers, "send")


def test_who_shares_nothing_makes_nothing_and_says_nothing(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        alone = Sharing(els)
        assert not alone.tick()
        assert not alone.is_known
        assert alone.status is None
        with pytest.raises(Refused, match="not shared from here"):
            alone.renew("observer")
        alone.close()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["els.db", "els.db-shm", "els.db-wal"]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (None, "only here"),
        (Status("live", to_send=3), "shared live"),
        (Status("live", others={"assistant": 1}), "live, assistant there"),
        (Status("live", others={"assistant": 1}, alone_since=1), "live, assistant there"),
        (Status("live", others={"observer": 3, "moderator": 2}), "live, 2 × moderator, 3 observing there"),
        (Status("live", others={"new": 1}), "live, somebody there"),
        (Status("live", alone_since=73_440_000), "live, nobody since 20:24"),
        (Status("offline"), "offline"),
        (Status("offline", to_send=12), "offline, 12 to send"),
    ],
)
def test_where_acts_are_is_told_in_a_few_words(now: Status | None, told: str) -> None:
    assert str(wording.told(now, EMPTY)) == told


@pytest.mark.parametrize(
    ("others", "told"),
    [({"assistant": 1, "observer": 3}, "live, assistant there"), ({"observer": 3}, "live, 3 observing there")],
)
def test_where_there_is_little_room_observers_are_left_out_beside_the_team(others: dict[str, int], told: str) -> None:
    assert str(wording.told(Status("live", others=others), EMPTY, in_short=True)) == told


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("room", [80, 140])
def test_who_is_connected_stands_whole_beside_the_keys(lang: str, role: str, room: int) -> None:
    now = Status("live", others={role: 1, "observer": 12})
    seen = SimpleNamespace(problem=None, carried=None, status=now, told=partial(wording.told, now, EMPTY))
    use(lang)
    shown = "".join(text for text, *_ in sharing_dialog.cell(seen, room) if text)  # type: ignore[arg-type]
    use("en")
    assert "…" not in shown
    assert ("12" in shown) is (room == 140)


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


def test_whose_code_got_a_letter_is_said_once(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        folder = els.store.path.with_suffix(".share")
        folder.mkdir()
        heard: list[str] = []
        one = Sharing(els)
        one.hear = lambda sentence: heard.append(str(sentence))
        act(els, "add Zeynep")
        with status_held(folder):
            status.tell(folder, Status("live"))
            one.tick()
            assert heard == []
            els.do(lambda state, now: f.ParticipantAdded("P9", "Koos", 9))  # as of another laptop
            one.tick()
            act(els, "hand 3")
            one.tick()
        (told,) = heard
        assert told.startswith("Koos is P9b now, on seat 10: on the other laptop Zeynep had P9 too.")


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


def test_of_several_addresses_one_is_asked_for_before_there_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "own", lambda: ["192.168.1.20", "10.0.0.5"])
    with pytest.raises(Refused, match="several addresses"):
        sharing.require_address(tmp_path / "els.db", "")
    sharing.require_address(tmp_path / "els.db", "10.0.0.5")
    shared_folder.keep_joined(tmp_path / "els.share", Joined("another", Way(), "b" * 16))
    sharing.require_address(tmp_path / "els.db", "")  # it is joined again, not shared


def test_a_folder_that_is_not_there_is_named_before_anybody_is_asked(tmp_path: Path) -> None:
    code = codes.written(Code("assistant", HERE, 4222, "0192f3c8-0000-7000-8000-00000000000a", bytes(16), bytes(16)))
    for out in (tmp_path / "weg" / "bo.db", tmp_path / "weg" / "dieper" / "bo"):
        with pytest.raises(KringError, match=r"There is no folder \S+; make it first"):
            _joined_file(out, access_with(code), Way(code))
    with (
        pytest.raises(KringError, match=r"There is no folder \S+weg; make it first"),
        making(tmp_path / "weg" / "x.db"),
    ):
        raise AssertionError("it was made")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Wish()),
        ("192.168.1.20", Wish("192.168.1.20")),
        ("fe80::1", Wish("fe80::1")),
        ("new assistant", Wish(new="assistant")),
        ("nieuw Gespreksleider", Wish(new="moderator")),
        ("send", Wish(carry="send")),
        ("Ophalen", Wish(carry="fetch")),
        ("stop", Wish(carry="stop")),
        ("send now", None),
        ("new", None),
        ("new boss", None),
        ("new observer", Wish(new="observer")),
        ("nieuw meekijker", Wish(new="observer")),
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


def test_each_role_that_joins_has_a_word_in_both_languages() -> None:
    assert set(ROLES.values()) == set(JOINING) == set(codes.ROLES)


def test_what_is_in_the_way_of_joining_is_said(tmp_path: Path) -> None:
    code = codes.written(Code("assistant", HERE, 4222, "0192f3c8-0000-7000-8000-00000000000a", bytes(16), bytes(16)))
    wanted, file = access_with(code), tmp_path / "bo.db"
    file.write_text("hallo")
    with pytest.raises(KringError, match=r"bo\.db is there already"):
        _joined_file(file, wanted, Way(code))
    shared_folder.keep_joined(file.with_suffix(".share"), Joined(wanted.session, Way("an older code"), "b" * 16))
    for out in (file, tmp_path):  # the file, or the folder in which it is
        assert _joined_file(out, wanted, Way(code)) == (file, ())
    kept = shared_folder.joined(file.with_suffix(".share"))
    assert kept is not None
    assert kept.way == Way(code)


def test_the_file_of_who_joins_is_called_after_the_same_day_as_that_of_who_shares() -> None:
    def day(made_at: int, planned: str | None) -> str:
        row = replace(EMPTY.session, created_at=made_at, planned_start=planned, utc_offset_min=0)
        return day_of_file(EMPTY.put([row]))

    made = 1_796_064_000_000  # 30 November 2026
    assert day(made, "2026-12-03T19:00") == "2026-12-03"
    assert day(made, "2026-11-03T19:00") == "2026-11-30"
    assert day(made, None) == "2026-11-30"


def test_a_session_is_not_joined_in_the_folder_in_which_it_lies_already(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        wanted = Access("assistant", els.state.session.id, "tls://192.0.2.7:4222")
        (tmp_path / "other.db").write_text("no session")
        with pytest.raises(KringError, match=r"els\.db in this folder is that session already"):
            _joined_file(tmp_path, wanted, Way("x"))


@pytest.mark.parametrize("command", ["run", "review", "report", "check", "sound"])
def test_a_code_where_a_file_is_asked_for_is_told_as_such_and_stands_in_no_message(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = codes.written(Code("assistant", HERE, 4222, "0192f3c8-0000-7000-8000-00000000000a", bytes(16), bytes(16)))
    assert main.main(["--lang", "en", command, code]) == 1
    told = capsys.readouterr()
    assert "This is the code of a session" in told.err
    assert code not in told.out + told.err
