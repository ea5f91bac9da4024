"""Sharing a session through the server of an agency, as a face has it."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from acting import act, texts
from kring.cli import main
from kring.domain.text import KringError, Refused
from kring.line_mode.sharing import SharedLines
from kring.session import session as sessions
from kring.session.session import Me
from kring.store.verify import verify
from kring.system.clock import SystemClock
from kring.team import shared_folder, tasks
from kring.team.agency.installation import STUDIES
from kring.team.entry import issuing, passes
from kring.team.sharing import Sharing
from kring.team.tasks import Way
from lines import PLAN
from team.agency.conftest import Agency
from team.conftest import needs_server, until
from team.test_sharing import join, session_in


def file_of(agency: Agency) -> Path:
    return agency.folder / STUDIES / "brug.creds"


@needs_server
@pytest.mark.slow
@pytest.mark.parametrize("web", [True, False])
def test_nobody_listens_and_both_see_what_the_other_does(agency: Agency, tmp_path: Path, web: bool) -> None:
    with ExitStack() as opened:
        els = opened.enter_context(session_in(tmp_path))
        act(els, "note hallo", "start anyway")
        hers = Sharing(els)
        opened.callback(hers.close)
        hers.share_through(file_of(agency), agency.made.nodes[0].addresses[1] if web else "")
        until(lambda: (hers.wait(), hers.problem is None)[1], most_s=60)
        file = join(tmp_path, hers.codes["assistant"])
        kept = shared_folder.joined(file.with_suffix(".share"))
        assert kept is not None
        bo = opened.enter_context(closing(sessions.resume(file, SystemClock(), Me("Bo", "assistant", kept.device))))
        his = Sharing(bo)
        opened.callback(his.close)
        his.share()
        act(bo, "note hoi")
        act(els, "note daar")
        said = ["daar", "hallo", "hoi"]
        until(
            lambda: (bo.catch_up(), els.catch_up(), texts(bo) == texts(els) and sorted(texts(bo)) == said)[2], most_s=60
        )
        act(els, "end")
        until(lambda: (hers.tick(), his.tick(), hers.parted() and his.parted())[2], most_s=60)
        acts = els.store.connection.execute("select count(*) from events").fetchone()[0]
        (told,) = map(str, hers.parted())
        assert told == f"This copy and that of the assistant are equal: {acts} acts."
        hers.close()
        assert [str(sentence) for sentence in hers.parted()] == [told]
    assert verify(file).is_whole


@pytest.fixture
def without_agent(monkeypatch: pytest.MonkeyPatch) -> list[Way]:
    ways: list[Way] = []

    class Agent:
        is_over = False

        def poll(self) -> list[object]:
            return []

        def ring(self) -> None:
            """It is not there to hear it."""

        def kill(self) -> None:
            """It begins again with another way."""

        def finish(self, _patience_s: float) -> None:
            """It was never there."""

    def levelling(wanted: tasks.Levelling) -> Agent:
        ways.append(wanted.way)
        return Agent()

    monkeypatch.setattr(tasks, "levelling", levelling)
    return ways


def test_the_next_evening_goes_on_with_the_same_keys(agency: Agency, tmp_path: Path, without_agent: list[Way]) -> None:
    with session_in(tmp_path) as els:
        with closing(Sharing(els)) as hers:
            hers.share_through(file_of(agency))
            assert hers.is_host
            given = passes.read(hers.codes["assistant"])
        with closing(Sharing(els)) as later:
            later.share()
            again = passes.read(later.codes["assistant"])
        assert (again.secret, again.session, again.public) == (given.secret, given.session, given.public)
        assert again.until_s - again.at_s == issuing.LASTS_S
    assert [passes.read(way.code).role for way in without_agent] == ["moderator", "moderator"]
    assert (tmp_path / "els.share" / issuing.FILE).stat().st_mode & 0o077 == 0


def test_a_new_code_is_another_one_and_the_others_are_as_they_were(
    agency: Agency, tmp_path: Path, without_agent: list[Way]
) -> None:
    with session_in(tmp_path) as els, closing(Sharing(els)) as hers:
        hers.share_through(file_of(agency))
        before = hers.codes
        assert str(hers.renew("assistant")) == "The code of the assistant is a new one."
        assert passes.read(hers.codes["assistant"]).public != passes.read(before["assistant"]).public
        assert passes.read(hers.codes["observer"]).public == passes.read(before["observer"]).public
        lines = SharedLines(hers, lambda _: None)
        with pytest.raises(Refused, match="shared already"):
            lines.answer("192.0.2.7")


def test_another_file_is_refused_before_anything_begins(tmp_path: Path, without_agent: list[Way]) -> None:
    with session_in(tmp_path) as els, closing(Sharing(els)) as hers:
        with pytest.raises(KringError, match="no credentials"):
            hers.share_through(tmp_path / "els.db")
        assert not hers.is_on
    assert without_agent == []


@pytest.mark.parametrize(
    "asked",
    [
        ["--credentials", "els.md"],
        ["--credentials", "nowhere.creds"],
        ["--server", "wss://server.example.org"],
        ["--credentials", "els.md", "--share"],
        ["--credentials", "els.md", "--simulated-clock", "13:00"],
    ],
)
def test_what_is_no_way_to_a_server_is_refused_before_there_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("els.md").write_text(PLAN)
    assert main.main(["run", "els.md", "--plain", *asked]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["els.md"]


@pytest.mark.parametrize(
    "words",
    [
        ["join", "A"],
        ["observe"],
        ["observe", "A"],
        ["server", "check", "."],
        ["sound", "els.db", "--send"],
        ["run", "els.md", "--plain", "--credentials", "x"],
    ],
)
def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("els.md").write_text(PLAN)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert main.main(words) == 1
    assert "[team]" in capsys.readouterr().err
