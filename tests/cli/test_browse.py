"""`kring browse`: Datasette on one session, in a real browser, for nobody else, and without a word from elsewhere."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from acting import act
from exports.full_session import HOSTILE
from kring.cli import browse, main
from kring.domain.text import KringError
from kring.exports.questions import QUESTIONS
from kring.plans.file import read_plan_file
from kring.rehearsal.playing import write_session
from kring.store import files
from kring.store.described import described
from kring.system import i18n
from kring.system.sqlite import sqlite3

PLAN = Path(__file__).parents[2] / "sessions" / "loyaliteit-groep-1.md"


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """A whole evening, sealed, under a name that an address has to escape."""
    path = tmp_path_factory.mktemp("browse") / "what? #1 100%.db"
    plan = read_plan_file(PLAN)
    write_session(path, plan.plan, 1)
    return path


PATIENTLY = "import sys; from kring.cli import browse, main; browse.LONGEST_QUERY_MS *= 20; sys.exit(main.main())"
"""However busy the computer is, no query of a test takes too long."""


class Served:
    """`kring browse` in a separate process."""

    def __init__(self, path, folder):
        surroundings = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
        surroundings |= {"KRING_CONFIG_DIR": str(folder), "KRING_LOG_DIR": str(folder / "logs")}
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", PATIENTLY, "--lang", "en", "browse", str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=surroundings,
            cwd=folder,
        )
        self.said = self.process.stdout.readline(), self.process.stdout.readline()
        self.address = self.said[0].split(" is open at ")[1].strip()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        said, complaints = self.process.communicate(timeout=20)
        return self.process.returncode, said, complaints


@pytest.fixture(scope="module")
def served(evening, tmp_path_factory):
    one = Served(evening, tmp_path_factory.mktemp("served"))
    yield one
    one.end()


def answer(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=120) as response:
        return response.read().decode()


def status(address, **headers):
    try:
        answer(address, **headers)
    except urllib.error.HTTPError as problem:
        return problem.code
    return 200


PAGES = ["", *(f"/{name}" for name in described()), *(f"/{name}?question=2.1&tag=x" for name in QUESTIONS)]


def test_every_page_is_quiet_and_asks_for_nothing_from_elsewhere(served, browser):
    home = "/".join(served.address.split("/")[:3])
    for path in (
        "",
        "/talk_time",
        "/notes?_search=kaart",
        "/never_answered?question=2.1",
        "/events",
        "/participants/P1",
    ):
        page = browser.page(served.address + path)
        assert page.complaints == [], path
        assert len(page.requests) > 1
        assert all(asked.startswith((home, "data:")) for asked in page.requests), path


@pytest.mark.parametrize("path", PAGES)
def test_every_table_and_every_question_has_its_page(served, path):
    page = answer(served.address + path)
    assert "<html" in page
    assert "Invalid SQL" not in page


def test_a_question_is_answered_in_the_browser(served, browser, evening):
    store = files.open_(evening, "read")
    silent = store.connection.execute(QUESTIONS["never_answered"].sql, {"question": "3.3"}).fetchall()
    told = store.connection.execute(QUESTIONS["quotes_by_question"].sql).fetchall()
    store.close()
    page = browser.page(f"{served.address}/never_answered?question=3.3")
    codes = page.run("[...document.querySelectorAll('td.col-participant')].map(cell => cell.innerText.trim())")
    assert codes
    assert codes == [row[0] for row in silent]
    page = browser.page(f"{served.address}/quotes_by_question")
    shown = page.run("[...document.querySelectorAll('td.col-text')].map(cell => cell.innerText.trim())")
    assert shown
    assert shown == [row[3] for row in told]


def test_tables_and_columns_are_explained(served, browser):
    page = browser.page(f"{served.address}/turns")
    text = page.run("document.body.innerText")
    assert described()["turns"].what in text
    assert "who pressed the key" in text
    assert "`" not in page.run("document.querySelector('.table-metadata-columns, dl')?.innerText ?? ''")


def test_what_a_row_refers_to_is_shown_in_words(served, browser):
    assert set(browse.LABELS) <= set(described())
    assert all(column in described()[table].columns for table, column in browse.LABELS.items())
    page = browser.page(f"{served.address}/room_stays")
    rooms = page.run("[...document.querySelectorAll('td.col-room')].map(cell => cell.innerText.trim()[0])")
    assert set(rooms) == {"1", "2"}


def test_every_question_finds_something_or_says_what_it_asks_for(evening):
    store = files.open_(evening, "read")
    found = {
        name: store.connection.execute(
            question.sql, {place: {"question": "none", "tag": "none"}[place] for place in question.asks_for}
        ).fetchall()
        for name, question in QUESTIONS.items()
    }
    store.close()
    people = len(found["never_answered"])
    assert people > 3  # nobody spoke on a question that is not there
    assert {name for name, rows in found.items() if not rows} <= {"quotes_on_a_tag", "not_asked", "uncovered_quotes"}


def test_only_who_has_the_address_is_answered(served):
    parts = served.address.split("/")
    origin, secret = "/".join(parts[:3]), parts[3]
    assert len(secret) == 16
    assert status(served.address) == 200
    assert status(f"{origin}/") == 404
    assert status(f"{origin}/session") == 404
    assert status(f"{origin}/session.json") == 404
    assert status(f"{origin}/{'0' * 16}/session") == 404
    assert status(served.address, Host="evil.example") == 404
    assert status(served.address, Host=f"evil.example:{origin.rpartition(':')[2]}") == 404
    assert origin.startswith("http://127.0.0.1:")


def test_nothing_can_be_written_and_no_file_be_read(served, evening):
    before = hashlib.sha256(evening.read_bytes()).hexdigest()
    for sql in (
        "delete from notes",
        "insert into meta values ('a', 'b')",
        "attach database '/etc/passwd' as other",
        "select load_extension('x')",
        "pragma query_only = 0",
        f"vacuum into '{evening.with_name('copy.db')}'",
    ):
        asked = f"{served.address}.json?sql={quote(sql)}"
        with pytest.raises(urllib.error.HTTPError) as refused:
            answer(asked)
        assert refused.value.code == 400
    assert hashlib.sha256(evening.read_bytes()).hexdigest() == before
    assert [path.name for path in evening.parent.iterdir()] == [evening.name]


def test_ctrl_c_ends_it_and_nothing_of_it_stays(evening, tmp_path):
    one = Served(evening, tmp_path)
    assert answer(f"{one.address}/quotes?_search=secret-name")
    for wrong in ("?sql=drop+table+notes", "?sql=select+secret_name", "/nowhere", "/notes?_sort=nothing"):
        assert status(one.address + wrong) >= 400
    code, said, complaints = one.end()
    assert (code, said, complaints) == (0, "", "")
    assert one.said[1] == "Only this computer can reach it, and nothing can be changed. Stop with Ctrl+C.\n"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert [path.name for path in evening.parent.iterdir()] == [evening.name]


def test_what_people_wrote_is_never_markup(session, clock, tmp_path, browser):
    act(session, "start anyway")
    for text in (*HOSTILE[:7], "<img src=x onerror=alert(1)>", "javascript:alert(1)"):
        clock.advance(2_000)
        act(session, f"note ~ {text}")
    session.close()
    one = Served(session.store.path, tmp_path)
    try:
        page = browser.page(f"{one.address}/notes")
        shown = page.run("[...document.querySelectorAll('td.col-text')].map(cell => cell.innerText.trim())")
        assert any("<script>alert(1)</script>" in text for text in shown)
        assert page.run("document.querySelectorAll('td.col-text script, td.col-text img, td.col-text a').length") == 0
        assert page.complaints == []
    finally:
        one.end()


def test_a_session_that_runs_is_shown_as_it_is_now(session, tmp_path):
    act(session, "start anyway")
    assert browse.is_in_use(session.store.path)
    one = Served(session.store.path, tmp_path)
    try:
        act(session, "note ~ net gezegd")
        assert "net gezegd" in answer(f"{one.address}/notes")
    finally:
        assert one.end()[0] == 0
    act(session, "note ~ en nog iets")  # the writer was not disturbed
    session.close()
    assert not browse.is_in_use(session.store.path)


def pages_in_a_hurry(paths, file, monkeypatch, steps):
    """Return pages for which a query that gets less time than others gets only so many steps of SQLite."""

    @contextmanager
    def hurried(connection, ms):
        left = iter(range(steps))
        if ms < browse.LONGEST_QUERY_MS:
            connection.set_progress_handler(lambda: next(left, None) is None, 1)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 1)

    datasette = browse.datasette_of(file, "/")
    asyncio.run(datasette.client.get("/"))
    monkeypatch.setattr("datasette.database.sqlite_timelimit", hurried)
    return [asyncio.run(datasette.client.get(path)) for path in paths]


FACETS = {"talk_time": "status", "presence": "participant", "time_by_item": "kind", "timeline": "what"}


@pytest.mark.parametrize("steps", [2, 60])
def test_a_page_stands_without_what_gets_no_time(steps, evening, monkeypatch):
    paths = [f"/session/{view}?_facet={column}" for view, column in FACETS.items()]
    pages = pages_in_a_hurry(paths, evening, monkeypatch, steps)
    assert {page.url.path: page.status_code for page in pages} == {f"/session/{view}": 200 for view in FACETS}


@pytest.mark.parametrize("steps", [2, 60])
def test_a_question_that_takes_too_long_says_so(steps, evening, monkeypatch):
    path = "/session?sql=select+*+from+talk_time&_timelimit=1000"
    [page] = pages_in_a_hurry([path], evening, monkeypatch, steps)
    assert page.status_code == 400
    assert "SQL query took too long" in page.text
    assert "select * from talk_time" in page.text


def found(datasette, words, table="notes"):
    asked = datasette.client.get(f"/session/{table}.json?_search={quote(words)}&_shape=array")
    return [row["text"] for row in asyncio.run(asked).json()]


def test_a_search_finds_what_stands_in_a_sealed_file(evening):
    store = files.open_(evening, "read")
    cards = store.connection.execute("select text from notes where text like '%kaartje%'").fetchall()
    store.close()
    assert found(browse.datasette_of(evening, "/"), "kaartje") == [text for (text,) in cards] != []


def test_a_search_finds_what_was_written_a_moment_ago(session):
    act(session, "note wat een gedoe")
    datasette = browse.datasette_of(session.store.path, "/")
    assert found(datasette, "gedoe") == ["wat een gedoe"]
    act(session, "note nog meer gedóé")
    assert sorted(found(datasette, "gedoe")) == ["nog meer gedóé", "wat een gedoe"]
    act(session, "edit last ~ liever korting")
    assert found(datasette, "gedoe") == ["wat een gedoe"]
    assert found(datasette, "gedoe", "transcript") == []


def test_a_search_in_a_sealed_file_finds_what_is_written_when_somebody_goes_on(make_session):
    session = make_session()
    act(session, "note wat een gedoe")
    for line in ("start anyway", "end"):
        act(session, line)
    assert session.close()
    session = make_session(path=session.store.path)
    datasette = browse.datasette_of(session.store.path, "/")
    assert found(datasette, "gedoe") == ["wat een gedoe"]
    act(session, "note nog meer gedoe")
    assert len(found(datasette, "gedoe")) == 2


def test_everything_is_explained_in_dutch_too():
    english = json.dumps(browse.metadata())
    i18n.use("nl")
    dutch = browse.metadata()["databases"]["session"]
    told = [one["description"] for one in dutch["tables"].values() if "description" in one]
    told += [meaning for one in dutch["tables"].values() for meaning in one.get("columns", {}).values()]
    told += [query[part] for query in dutch["queries"].values() for part in ("title", "description")]
    same = {text for text in told if f'"{text}"' in english}
    assert len(told) > 250
    assert same == set()


def test_one_sqlite_reads_the_file(evening):
    from datasette.utils.sqlite import sqlite3 as datasettes

    datasette = browse.datasette_of(evening, "/x/")
    database = datasette.get_database("session")
    assert not database.is_mutable
    assert isinstance(database.connect(), sqlite3.Connection)
    assert datasettes.Row is sqlite3.Row
    rows = asyncio.run(database.execute("select title from session"))
    assert rows.first()["title"]


def test_without_datasette_it_is_one_sentence(evening, monkeypatch):
    monkeypatch.setitem(sys.modules, "datasette.app", None)
    with pytest.raises(KringError, match="its extra browse"):
        browse.datasette_of(evening, "/x/")


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_one_sentence(evening, capsys, port):
    assert main.main(["--lang", "en", "browse", str(evening), f"--port={port}"]) == 1
    assert capsys.readouterr().err.startswith(f"kring: Port {port} is taken or not allowed")


def test_a_plan_is_no_session(capsys):
    assert main.main(["--lang", "en", "browse", str(PLAN)]) == 1
    assert "is no session file of kring" in capsys.readouterr().err


async def test_the_address_that_a_browser_is_given_leads_in_once():
    answered = []

    async def app(scope, receive, send):
        answered.append("app")

    async def send(message):
        answered.append(message.get("status", message.get("body")))

    guard = browse.guarded(app, "/secret/", "/once")
    host = [(b"host", b"127.0.0.1:8000")]
    for path, headers in (
        ("/once", [(b"host", b"evil:1")]),
        ("/once", host),
        ("/once", host),
        ("/secret/session", host),
    ):
        await guard({"type": "http", "path": path, "headers": headers}, None, send)
    assert answered == [404, b"", 303, b"", 404, b"", "app"]


def test_the_secret_is_not_among_the_words_that_a_browser_is_started_with(evening, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(browse, "_serve", lambda app, listening: listening.close())
    asked = argparse.Namespace(file=evening, port=0)
    assert browse.browse_command(asked, opened.append) == 0
    address = next(word for word in capsys.readouterr().out.split() if word.startswith("http"))
    assert opened[0].rpartition("/")[2] not in address
    assert address.split("/")[3] not in opened[0]
