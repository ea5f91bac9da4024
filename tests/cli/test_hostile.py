"""What lies beside a session, stands in it, or is given in its place: links, pipes, programs, signs to obey."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kring.cli import main
from kring.cli.json_text import json_text
from kring.system.durable import is_ordinary
from kring.ui import browser
from lines import plan_file, type_lines, write_plan

__all__ = ["plan_file", "type_lines"]

EVIL = "import pathlib\npathlib.Path({mark!r}).write_text('it ran')\n"


def test_no_module_of_the_current_folder_runs_when_a_link_is_opened(tmp_path, monkeypatch):
    mark = tmp_path / "mark"
    (tmp_path / "webbrowser.py").write_text(EVIL.format(mark=str(mark)), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", "true")
    began = []
    monkeypatch.setattr(browser.Thread, "start", lambda thread: began.append(thread))  # noqa: PLW0108 - a method
    browser.open_link("http://127.0.0.1:1/")
    began[0].run()
    assert not mark.exists()


@pytest.mark.parametrize("name", ["msgspec", "textual", "readline", "locale"])
def test_no_module_of_the_current_folder_runs_with_kring(name, tmp_path):
    mark = tmp_path / "mark"
    (tmp_path / f"{name}.py").write_text(EVIL.format(mark=str(mark)), "utf-8")
    plan = write_plan(tmp_path, "en")
    for argv in ([sys.executable, "-m", "kring"], [str(Path(sys.executable).with_name("kring"))]):
        done = subprocess.run([*argv, "check", str(plan)], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0
        assert not mark.exists()


def test_json_for_programs_shows_what_a_terminal_would_obey_as_its_code():
    hostile = "\x1b[2J\x9b\x07 \u202e \u2066 \ufeff \U000e0041 é €"
    text = json_text({"told": hostile})
    assert json.loads(text) == {"told": hostile}
    assert [sign for sign in text if sign != "\n" and not sign.isprintable()] == []
    assert "é €" in text


GIVEN = {
    "run": ["run", "--plain", "{file}"],
    "run on a plan": ["run", "--plain", "{plan}"],
    "check": ["check", "{plan}"],
    "timeline": ["timeline", "{file}"],
    "verify": ["verify", "{file}"],
    "rebuild": ["rebuild", "{file}"],
    "rescue": ["rescue", "{file}", "-o", "{out}.db"],
    "export": ["export", "{file}", "--to", "json", "-o", "{out}.json"],
    "report": ["report", "{file}", "-o", "{out}.html"],
    "review": ["review", "{file}"],
    "turns": ["turns", "{file}"],
    "sound": ["sound", "{file}"],
    "transcribe": ["transcribe", "{file}"],
    "play": ["play", "{file}"],
    "browse": ["browse", "{file}"],
    "coreq": ["coreq", "{file}"],
    "import-codes": ["import-codes", "{file}", "{plan}"],
    "restore": ["restore", "{plan}", "-o", "{out}.db"],
    "new from": ["new", "{out}.md", "--from", "{word}"],
    "run on a list": ["check", "{with_list}"],
}


@pytest.fixture(params=["pipe", pytest.param("device", marks=pytest.mark.slow), "folder"])
def odd(request, tmp_path):
    """Makes what is no file under a name."""

    def make(name):
        path = tmp_path / name
        if request.param == "pipe":
            os.mkfifo(path)
        elif request.param == "device":
            path.symlink_to("/dev/zero")
        else:
            path.mkdir()
        return path

    return make


@pytest.mark.parametrize("words", GIVEN.values(), ids=GIVEN)
def test_what_is_no_file_is_refused_at_once_with_a_sentence(words, odd, tmp_path, capsys):
    places = {"out": tmp_path / "out"}
    if "{with_list}" in words:
        odd("people.csv")
        places["with_list"] = tmp_path / "plan.md"
        text = "---\ntitle: x\nlanguage: en\nparticipants: people.csv\n---\n# A (5 min)\n1. What?\n"
        places["with_list"].write_text(text, "utf-8")
    else:
        odd("s.db"), odd("p.md"), odd("g.docx")
        places |= {"file": tmp_path / "s.db", "plan": tmp_path / "p.md", "word": tmp_path / "g.docx"}
    given = [*(word.format(**places) for word in words), "--lang", "en"]
    if (tmp_path / "s.db").is_dir() or (tmp_path / "people.csv").is_dir():
        status, (out, err) = main.main(given), capsys.readouterr()
    else:  # where it is read all the same, the reading has no end
        argv = [sys.executable, "-m", "kring", *given]
        done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL)
        status, out, err = done.returncode, done.stdout, done.stderr
    assert "Traceback" not in err
    if "{with_list}" in words:
        assert "people.csv" in out
    else:
        assert status == 1
        assert err.startswith("kring: ")
        assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("out", ".out"))] == []


def test_a_link_in_a_sound_folder_is_no_file_of_it(tmp_path):
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe")
    assert is_ordinary(tmp_path / "real")
    assert [is_ordinary(tmp_path / name) for name in ("link", "pipe", "none", ".")] == [False] * 4


@pytest.mark.parametrize("words", [["new", "-"], ["report", "{file}", "-o", "-"], ["rescue", "{file}", "-o", "-"]])
def test_a_hyphen_is_no_name_of_a_file(words, plan_file, type_lines, tmp_path, capsys):
    type_lines(plan_file, "note one")
    (file,) = tmp_path.glob("*.db")
    assert main.main([*(word.format(file=file) for word in words), "--lang", "en"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "-").exists()
    assert not Path("-").exists()


STREAMS = {
    ">/dev/full": "kring: The disk is full: not all could be printed.\n",
    ">&-": "kring: Standard output is closed: there is nowhere to print to.\n",
}


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is of Linux.")
@pytest.mark.parametrize("words", ["check {plan}", "verify {file}", "timeline {file}", "doctor", "run --plain {file}"])
@pytest.mark.parametrize("how", STREAMS)
def test_what_cannot_be_printed_is_one_sentence_and_an_exit_code(words, how, plan_file, type_lines, tmp_path):
    type_lines(plan_file, "note one")
    (file,) = tmp_path.glob("*.db")
    line = f"{sys.executable} -m kring --lang en {words.format(plan=plan_file, file=file)} </dev/null {how}"
    done = subprocess.run(["sh", "-c", line], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, STREAMS[how])


def test_nothing_to_read_from_ends_a_session_like_the_end_of_the_input(plan_file, type_lines, tmp_path):
    type_lines(plan_file, "note one")
    (file,) = tmp_path.glob("*.db")
    for how in ("<&-", "<&- 2>&-"):
        line = f"{sys.executable} -m kring --lang en run --plain {file} {how}"
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert main.main(["verify", str(file), "--lang", "en"]) == 0
