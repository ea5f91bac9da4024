"""Two laptops that share a session, through a real server, while the line between them is cut for a while."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from acting import act
from kring.domain.lookup import person
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.tables import COLUMNS, SELECTS
from kring.store.verify import verify
from kring.system.clock import SystemClock
from kring.team import codes, joining, shared_folder
from kring.team.sharing import Sharing
from kring.team.tasks import Way
from team.conftest import access_with, needs_server, until
from team.relay import Cable
from team.test_sharing import session_in, shared


@dataclass
class Evening:
    els: Session
    bo: Session
    cable: Cable
    sharing: tuple[Sharing, Sharing]
    heard: list[str]

    def look(self) -> None:
        for session, sharing in zip((self.els, self.bo), self.sharing, strict=True):
            session.catch_up()
            sharing.tick()

    def is_level(self) -> bool:
        self.look()
        return said_by(self.els) == said_by(self.bo)


def said_by(session: Session) -> object:
    read = session.store.connection.execute
    events = read("select id, data from events order by hlc, device, id").fetchall()
    return events, {table: read(SELECTS[table]).fetchall() for table in COLUMNS}


def evening(opened: ExitStack, folder: Path) -> Evening:
    els = opened.enter_context(session_in(folder))
    act(els, "start anyway", "go 1.1", "floor 1")
    hers = opened.enter_context(shared(els))
    code = codes.read(hers.codes["assistant"])
    cable = Cable(code.port)
    opened.callback(cable.close)
    way = codes.written(replace(code, port=cable.port))
    wanted = access_with(way)
    file = joining.make(wanted, Way(way), joining.fetch(wanted), lambda _state: folder / "bo.db")
    kept = shared_folder.joined(file.with_suffix(".share"))
    assert kept is not None
    bo = opened.enter_context(closing(sessions.resume(file, SystemClock(), Me("Bo", "assistant", kept.device))))
    his = Sharing(bo)
    opened.callback(his.close)
    heard: list[str] = []
    hers.hear = his.hear = lambda sentence: heard.append(str(sentence))
    his.share()
    one = Evening(els, bo, cable, (hers, his), heard)
    until(lambda: (one.is_level(), his.status and his.status.condition == "live")[1])
    return one


@needs_server
def test_what_each_did_while_the_line_was_cut_stands_as_it_was_in_the_room(tmp_path: Path) -> None:
    with ExitStack() as opened:
        one = evening(opened, tmp_path)
        one.cable.pull()
        act(one.els, "add Zeynep", "floor 9", 'note "van Zeynep" @9', "floor 2", "go 2.1")
        act(one.bo, "add Koos", 'note "van Koos" @9', "hand 9", "go 2.1", "consent 1 withdraw")
        one.cable.plug_in()
        until(one.is_level, most_s=40)
        state = one.els.state
        assert state.open_turn is not None
        assert state.open_turn.participant == "P2"
        zeynep, koos = person(state, "Zeynep"), person(state, "Koos")
        assert {zeynep.id, koos.id} == {"P9", "P9b"}
        said = {note.text: note.participant for note in state.notes.values()}
        assert said == {"van Zeynep": zeynep.id, "van Koos": koos.id}
        assert koos.hand_at is not None
        assert sum(visit.item == "laatste" for visit in state.visits.values()) == 1
        until(lambda: (one.look(), sum("P9b now" in told for told in one.heard) == 2)[1])
        act(one.bo, "end")
        until(one.is_level)
    for name in ("els.db", "bo.db"):
        assert verify(tmp_path / name).is_whole


@needs_server
def test_a_session_that_one_ended_while_the_line_was_cut_goes_on(tmp_path: Path) -> None:
    with ExitStack() as opened:
        one = evening(opened, tmp_path)
        one.cable.pull()
        act(one.bo, "end")
        act(one.els, "floor 3", "note we gaan door", "go 2.2")
        one.cable.plug_in()
        until(one.is_level, most_s=40)
        assert one.els.state.session.phase == "ended"
        act(one.els, "resume", "floor 4")
        until(one.is_level)
        assert one.bo.state.session.phase == "live"
        assert [turn.participant for turn in one.bo.state.turns.values()] == ["P1", "P3", "P4"]
