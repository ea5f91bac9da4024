"""Which session file a plan or a file leads to, and with which words another is refused."""

import os
import shutil
import stat
import tempfile
import threading
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from acting import act
from conftest import make_plan
from kring.cli import main
from kring.cli.run import wish_for
from kring.domain.text import KringError
from kring.session import open as opening
from kring.store import files
from kring.store.header import is_sealed
from kring.store.making import making
from kring.store.rebuild import rebuild
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3
from lines import AT, plan_file, type_lines, write_plan

__all__ = ["plan_file", "type_lines"]

DAY = date(2026, 12, 3)
NAME = "2026-12-03-loyaliteit-groep-1"
AS = f"--simulated-clock {AT}"


def lies_in(said):
    return Path(said.greeting.partition(".db: ")[0] + ".db")


def test_a_session_lies_beside_its_plan(plan_file, type_lines):
    type_lines(plan_file)
    assert [file.name for file in plan_file.parent.glob("*.db*")] == [f"{NAME}.db"]


def test_a_session_lies_in_the_folder_sessions_where_there_is_one(plan_file, type_lines, tmp_path):
    (tmp_path / "sessions").mkdir()
    assert lies_in(type_lines(plan_file)) == Path("sessions") / f"{NAME}.db"


def test_a_session_lies_in_the_folder_that_is_asked_for(plan_file, type_lines, tmp_path):
    (tmp_path / "sessions").mkdir()
    (tmp_path / "other").mkdir()
    assert lies_in(type_lines(plan_file, options=f"{AS} --dir other")) == Path("other") / f"{NAME}.db"


def test_only_its_owner_can_read_it(plan_file, type_lines):
    type_lines(plan_file)
    (file,) = plan_file.parent.glob("*.db")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_plan_goes_on_in_the_same_file(plan_file, type_lines):
    type_lines(plan_file, "note one")
    assert type_lines(plan_file, "notes").answers == ["1 19:30 ~ one"]
    assert len(list(plan_file.parent.glob("*.db"))) == 1


def test_new_begins_another(plan_file, type_lines):
    for number in ("", "-2", "-3"):
        said = type_lines(plan_file, "notes", "note one", options=f"{AS} --new")
        assert said.answers[0] == "There are no notes yet."
        assert lies_in(said).name == f"{NAME}{number}.db"
    type_lines(plan_file, "note in the third", options=AS)
    said = type_lines(plan_file, "notes")
    assert lies_in(said).name == f"{NAME}-3.db"
    assert "in the third" in said.answers[0]


def test_the_tenth_is_newer_than_the_second(plan_file, type_lines, tmp_path):
    for _ in range(11):
        type_lines(plan_file, options=f"{AS} --new")
    assert lies_in(type_lines(plan_file)).name == f"{NAME}-11.db"


@pytest.mark.parametrize(
    ("typed", "later", "same"),
    [
        ((), "2026-12-09T19:30", True),  # only prepared: the checks of a week before stay ticked
        (("start anyway",), "2026-12-04T00:10", True),  # past midnight
        (("start anyway",), "2026-12-05T19:30", False),
        (("start anyway", "end"), "2026-12-03T22:00", True),  # the checks afterwards
        (("start anyway", "end"), "2026-12-04T19:30", False),
    ],
)
def test_another_day(typed, later, same, plan_file, type_lines):
    first = lies_in(type_lines(plan_file, *typed))
    second = lies_in(type_lines(plan_file, options=f"--simulated-clock {later}"))
    assert (first == second) is same


def test_a_file_is_called_after_the_day_for_which_it_is_prepared_and_found_whenever_it_is_held(plan_file, type_lines):
    prepared = lies_in(type_lines(plan_file, "note voorbereid", options="--simulated-clock 2026-11-29T10:00"))
    assert prepared.name == f"{NAME}.db"
    for held, lines in (("2026-12-01T19:30", ("start anyway",)), ("2026-12-02T00:10", ("end now",))):
        assert lies_in(type_lines(plan_file, *lines, options=f"--simulated-clock {held}")) == prepared
    later = lies_in(type_lines(plan_file, options="--simulated-clock 2026-12-09T19:30"))
    assert later.name == NAME.replace("2026-12-03", "2026-12-09") + ".db"


def copies_on_later_days(file, number):
    """Lay copies of a session file beside it, as if held on the days after it."""
    first = date.fromisoformat(file.name[:10])
    for later in range(1, number + 1):
        shutil.copy(file, file.with_name(f"{first + timedelta(days=later)}-loyaliteit-groep-1.db"))


def test_a_prepared_session_is_found_behind_many_that_ended_without_a_look_into_these(
    plan_file, type_lines, monkeypatch
):
    prepared = lies_in(type_lines(plan_file, "note one"))
    ended = lies_in(type_lines(plan_file, "start anyway", "end", options="--simulated-clock 2026-12-04T19:30 --new"))
    copies_on_later_days(ended, 40)
    looked_into = []
    look = opening.look_into
    monkeypatch.setattr(opening, "look_into", lambda file: looked_into.append(file) or look(file))
    found = opening.find(plan_file, None, date(2027, 6, 1)).found
    assert found.resolve() == prepared.resolve()
    assert len(set(looked_into)) == opening.MOST_SEALED + 1


def test_a_prepared_session_that_was_sealed_by_being_made_again_is_found(plan_file, type_lines):
    held = lies_in(type_lines(plan_file, "start anyway", "end"))
    copies_on_later_days(held, 3)
    prepared = lies_in(type_lines(plan_file, "note one", options="--simulated-clock 2026-12-04T09:00 --new"))
    assert not is_sealed(str(prepared))
    rebuild(prepared)
    assert is_sealed(str(prepared))
    assert opening.find(plan_file, None, date(2027, 6, 1)).found.resolve() == prepared.resolve()


def test_a_header_tells_what_was_sealed(make_session, tmp_path):
    session = make_session(path=tmp_path / "evening.db")
    act(session, "start anyway")
    session.close()
    assert not is_sealed(str(session.store.path))  # its log may hold more
    session = make_session(path=tmp_path / "evening.db")
    act(session, "end")
    session.close()
    assert is_sealed(str(session.store.path))
    with closing(sqlite3.connect(str(tmp_path / "other.db"))) as other:
        other.execute("create table people (name)")
    (tmp_path / "short.db").write_bytes(session.store.path.read_bytes()[:50])
    others = ("other.db", "short.db", "none.db", ".", "nul\0.db")
    assert [name for name in others if is_sealed(str(tmp_path / name))] == []


@pytest.mark.parametrize(("shared", "ending"), [(False, ""), (True, " --share")])
def test_how_to_go_on_can_be_copied_into_the_shell(make_session, tmp_path, shared, ending):
    session = make_session(path=tmp_path / "evening (1).db")
    assert str(opening.close(session, shared)).endswith(f"kring run '{session.store.path}'{ending}")


def test_another_plan_of_the_same_title_gets_its_own_file(plan_file, type_lines, tmp_path):
    type_lines(plan_file, "note one")
    other = Path(shutil.copy(plan_file, tmp_path / "other.md"))
    said = type_lines(other, "notes")
    assert said.answers == ["There are no notes yet."]
    assert lies_in(said).name == f"{NAME}-2.db"


def test_a_file_of_a_newer_version_with_other_tables_is_not_taken_for_free(plan_file, type_lines, tmp_path):
    newer = lies_in(type_lines(plan_file, "note one"))
    with closing(sqlite3.connect(str(newer), isolation_level=None)) as connection:
        connection.execute("alter table session rename to gathering")
        connection.execute("pragma user_version = 99")
    before = newer.read_bytes()
    assert lies_in(type_lines(plan_file, "note one")).name == f"{NAME}-2.db"
    assert newer.read_bytes() == before


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Loyaliteit: groep 1!", "loyaliteit-groep-1"),
        ("Café Überraschung", "cafe-uberraschung"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 300, "x" * 60),
        ("数据 \x00/", "session"),
        ("", "session"),
    ],
)
def test_a_title_becomes_a_file_name(title, slug):
    assert opening.slug_of(title) == slug


def test_the_people_are_called_as_the_plan_says(plan_file, type_lines):
    type_lines(plan_file, "note hers")
    type_lines(plan_file, "note his", options=f"--as assistant {AS}")
    (file,) = plan_file.parent.glob("*.db")
    type_lines(file, "note again", options=f"--as assistant {AS}")
    type_lines(file, "note other", options=f"--as assistant --name Kim {AS}")
    with closing(sqlite3.connect(str(file))) as connection:
        authors = connection.execute("select author, role from notes order by number").fetchall()
    assert authors == [("Els", "moderator"), ("Bo", "assistant"), ("Bo", "assistant"), ("Kim", "assistant")]


def test_a_name_is_cleaned_before_it_is_kept(plan_file, type_lines):
    said = type_lines(plan_file, "note one", options=f"--name \x1b[2JKim\udcff {AS}")
    assert said.answers == ["Paraphrase: one"]
    (file,) = plan_file.parent.glob("*.db")
    with closing(sqlite3.connect(str(file))) as connection:
        assert connection.execute("select author from notes").fetchall() == [("[2JKim\ufffd",)]


@pytest.mark.parametrize(("language", "word"), [("nl", "voorbereid"), ("en", "prepared")])
def test_the_plan_chooses_the_language_and_so_does_its_session_file(language, word, type_lines, tmp_path):
    plan = write_plan(tmp_path, language)
    assert word in type_lines(plan).greeting
    i18n.use("en")
    (file,) = tmp_path.glob("*.db")
    assert word in type_lines(file).greeting
    assert "prepared" in type_lines(file, options=f"--lang en {AS}").greeting


def refused(type_lines, file, options=AS):
    said = type_lines(file, options=options)
    assert (said.code, said.lines) == (1, [])
    assert said.complaints.count("\n") == 1
    return said.complaints.removeprefix("kring: ").strip()


def test_what_leads_nowhere_is_one_sentence(plan_file, type_lines, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")
    assert refused(type_lines, tmp_path / "none.md") == "none.md is not there; look at the name and the folder."
    assert refused(type_lines, Path("none.db")) == "There is no file none.db."
    assert refused(type_lines, tmp_path) == f"{tmp_path.name} is a folder; name a file in it."
    assert refused(type_lines, plan_file, f"{AS} --dir none") == "There is no folder none; make it first."
    away = refused(type_lines, plan_file, "--share 192.0.2.1")
    assert away.startswith("192.0.2.1 is no address of this computer")
    assert list(plan_file.parent.glob("*.db")) == []
    text = tmp_path / "text.db"
    text.write_text("no database\n" * 200, "utf-8")
    assert refused(type_lines, text) == "text.db is no session file of kring."
    with closing(sqlite3.connect(str(tmp_path / "other.db"))) as other:
        other.execute("create table people (name)")
        other.commit()
    assert refused(type_lines, Path("other.db")) == "other.db is no session file of kring."
    (tmp_path / "empty.db").touch()
    assert refused(type_lines, Path("empty.db")) == (
        "empty.db is empty: its making was cut off, or it was copied without empty.db-wal, in which the session is."
    )


def test_a_damaged_file_is_not_silently_left_for_a_new_one(plan_file, type_lines, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")
    type_lines(plan_file, *(f"note {number} {'x' * 500}" for number in range(60)))
    (file,) = tmp_path.glob("*.db")
    with file.open("r+b") as damaged:
        damaged.seek(4096 * 2)
        damaged.write(b"\xff" * (file.stat().st_size - 4096 * 2))
    for subject in (file, plan_file):
        assert refused(type_lines, subject) == f"{file.name} is damaged; save what it holds with kring rescue."
    assert len(list(tmp_path.glob("*.db"))) == 1
    assert type_lines(plan_file, "notes", options=f"{AS} --new").answers == ["There are no notes yet."]


def test_a_file_in_which_nothing_was_begun_is_taken(plan_file, type_lines, tmp_path):
    with making(tmp_path / f"{NAME}.db"):
        pass
    said = type_lines(plan_file)
    assert said.lines[0] == f"· {NAME}.db was never finished by an earlier start; it is made anew."
    assert lies_in(said).name == f"{NAME}.db"


def test_a_session_that_others_could_read_is_theirs_no_longer(plan_file, type_lines, monkeypatch):
    file = lies_in(type_lines(plan_file, "note one"))
    file.chmod(0o644)
    said = type_lines(plan_file, "notes")
    assert said.lines[0] == f"· {file.name} could be read by others on this computer; from now on only by you."
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "could be read" not in type_lines(file).lines[0]


def test_a_session_of_somebody_else_is_only_joined_when_it_is_named(plan_file, type_lines, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")
    file = lies_in(type_lines(plan_file, "note one"))
    monkeypatch.setattr("os.geteuid", lambda: file.stat().st_uid + 1)
    assert refused(type_lines, plan_file) == (
        f"{file.name} was made by somebody else on this computer; to work in it, name it: kring run {file}"
    )
    assert type_lines(file, "notes").code == 0


def test_a_log_without_its_file_keeps_its_name_from_a_new_session(plan_file, type_lines, tmp_path):
    (tmp_path / f"{NAME}.db-wal").write_bytes(b"what was done")
    assert lies_in(type_lines(plan_file)).name == f"{NAME}-2.db"
    assert (tmp_path / f"{NAME}.db-wal").read_bytes() == b"what was done"


def test_options_that_need_plain_say_so(plan_file, capsys):
    assert main.main(["run", str(plan_file), "--strict", "--lang", "en"]) == 1
    assert capsys.readouterr().err == "kring: --strict and --simulated-clock need --plain.\n"


def test_a_folder_that_a_service_keeps_in_sync_is_warned_of(type_lines, tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    said = type_lines(write_plan(folder))
    assert said.lines[0].startswith("· This folder is kept in sync by a cloud service")
    assert said.code == 0


def target(found="session.db", phase="live", joined=("moderator",), plan=True):
    glimpse = opening.SessionSummary(phase, "nl", "plan.md", {}, frozenset(joined), 9) if found else None
    return opening.Target(Path(found) if found else None, None, glimpse, object() if plan else None, None)


@pytest.mark.parametrize(
    ("what", "role", "joins"),
    [
        (target(), "moderator", False),
        (target(), "assistant", True),
        (target(joined=("assistant",)), "moderator", True),
        (target(joined=("assistant", "moderator")), "assistant", True),
        (target(phase="ended"), "assistant", False),
        (target(plan=False), "moderator", True),
        (target(found=None), "moderator", True),
    ],
)
def test_who_joins_without_a_question(what, role, joins):
    assert what.is_joined_without_question(role) is joins


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", "resume"),
        ("r", "resume"),
        ("New one", "new"),
        ("x\nc", "cancel"),
        ("h", "resume"),
        ("n", "new"),
        ("a", "cancel"),
    ],
)
def test_on_a_terminal_people_are_asked(typed, wish, monkeypatch):
    if typed in ("h", "a"):
        i18n.use("nl")
    asked = []
    answers = iter(typed.split("\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or next(answers))
    assert wish_for(target(), "moderator") == wish
    assert all("session.db" in question for question in asked)
    assert max(len(row) for question in asked for row in question.split("\n")[1:]) <= 70  # and what is typed behind it


def test_the_end_of_the_input_cancels(monkeypatch, capsys):
    def ended(question):
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", ended)
    assert wish_for(target(), "moderator") == "cancel"


def test_two_who_begin_at_once_meet_in_one_file(plan_file):
    clock = SimulatedClock(0)
    targets = [opening.find(plan_file, plan_file.parent, DAY) for _ in range(2)]
    sessions, failures = [], []

    def begin(target, role):
        try:
            sessions.append(opening.open_session(target, role, None, clock, "device", os.urandom, ("UTC", 0)))
        except KringError as failure:
            failures.append(str(failure))

    threads = [
        threading.Thread(target=begin, args=(*one,)) for one in zip(targets, ("moderator", "assistant"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len({session.store.path for session in sessions}) == 1
    kinds = [stored.event.kind for stored in files.open_(sessions[0].store.path, "read").read_events()]
    assert kinds.count("session_created") == 1
    assert kinds.count("staff_joined") == 2


@pytest.fixture
def as_a_stranger():
    """Be a user who may write nobody else's files; what is closed to them is closed to us."""
    if os.geteuid() != 0:
        yield
        return
    os.setresgid(65534, 65534, 0)
    os.setresuid(65534, 65534, 0)
    yield
    os.setresuid(0, 0, 0)
    os.setresgid(0, 0, 0)


@pytest.fixture
def locked_folder():
    """A folder that is made unwritable by `lock`."""
    folder = Path(tempfile.mkdtemp(prefix="kring-locked-"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def events_in(file):
    with closing(files.open_(file, "read")) as store:
        return len(list(store.read_events()))


def lock(folder):
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)


@pytest.fixture
def finished(plan_file, type_lines, locked_folder, tmp_path):
    type_lines(plan_file, "start anyway", "note one", "end")
    shutil.copy(next(tmp_path.glob("*.db")), locked_folder / "finished.db")
    lock(locked_folder)
    return locked_folder / "finished.db"


@pytest.fixture
def checkpointed(make_session, locked_folder):
    session = make_session()
    with closing(sqlite3.connect(str(session.store.path))) as other:
        other.execute("pragma wal_checkpoint(truncate)")
    shutil.copy(session.store.path, locked_folder / "copied.db")
    lock(locked_folder)
    return locked_folder / "copied.db"


@pytest.fixture
def killed(make_session, locked_folder):
    session = make_session()
    for companion in ("", "-wal"):
        shutil.copy(f"{session.store.path}{companion}", locked_folder / f"killed.db{companion}")
    lock(locked_folder)
    return locked_folder / "killed.db"


def test_a_finished_file_in_a_folder_that_may_not_be_written_is_read(finished, as_a_stranger):
    assert events_in(finished) == 7 + 4  # people on the list


def test_a_file_that_was_copied_without_its_log_is_read(checkpointed, as_a_stranger):
    assert events_in(checkpointed) == 4 + len(make_plan().participants)


def test_a_file_with_a_log_that_cannot_be_read_along_says_so(killed, as_a_stranger):
    with pytest.raises(KringError, match=r"killed\.db was not closed, and its folder may not be written: copy it with"):
        events_in(killed)


def test_a_session_in_a_locked_folder_cannot_go_on(finished, as_a_stranger):
    with pytest.raises(KringError, match="may not be written"):
        files.open_(finished)


def test_a_session_cannot_be_made_in_a_locked_folder(finished, as_a_stranger):
    with (
        pytest.raises(KringError, match=r"x\.db cannot be made: Permission denied"),
        making(finished.with_name("x.db")),
    ):
        pass


def test_a_live_file_is_read_beside_its_writer(session):
    with closing(files.open_(session.store.path, "read")) as reader:
        assert len(list(reader.read_events())) == 4 + len(make_plan().participants)
    assert session.store.path.with_name("session.db-wal").exists()
