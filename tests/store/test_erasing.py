"""One person's data can be taken out of the events by hand; everybody else, the guide and the chain stay."""

from __future__ import annotations

from acting import act
from kring.session.session import Session
from kring.store.rebuild import rebuild
from kring.store.verify import verify
from kring.system.sqlite import sqlite3


def test_one_person_can_be_erased_and_all_else_stays(session: Session) -> None:
    for line in ("start anyway", "go 1.1", "floor 3", 'note "dat zei ik" @3', "floor 2", 'note "dat zei Anna" @2'):
        act(session, line)
    path, before = session.store.path, session.state
    session.close()
    connection = sqlite3.connect(str(path), isolation_level=None)
    about_p3 = "data like '%\"P3\"%'"
    erased = connection.execute(f"update events set data = null, salt = null where {about_p3}").rowcount
    connection.close()
    assert erased >= 3
    rebuild(path)
    connection = sqlite3.connect(str(path), isolation_level=None)
    connection.execute("vacuum")
    connection.close()
    report = verify(path)
    assert report.is_whole, report.findings
    connection = sqlite3.connect(str(path))
    rows = dict(connection.execute("select id, name from participants"))
    assert rows == {code: person.name for code, person in before.participants.items() if code != "P3"}
    assert connection.execute("select count(*) from guide").fetchone() == (len(before.guide),)
    assert connection.execute("select text from notes").fetchall() == [("dat zei Anna",)]
    connection.close()
    assert b"Fatima" not in path.read_bytes()
