"""Every command of README and manual is done, in its order, in a folder with what the page speaks of.

A line that leads to a screen is done on a terminal, and left again with Ctrl+Q. What other programs do, such as pipx,
is not done here.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from unittest import mock

import msgspec
import pytest
from pty_harness import Term

from docs.test_docs import CODE, DOCS, FENCED, PAGES, ROOT
from kring.cli import main
from kring.plans.file import read_plan_file
from kring.plans.template import template
from kring.rehearsal.playing import write_session

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands of the manual are those of a Unix shell")

OF_OTHERS = {"git", "cd", "make", "pipx", "uv", "uvx", "sudo", "brew", "ssh", "python", "datasette", "set"}
OF_THE_SHELL = {"mkdir", "printf"}
NEEDS_SHELL = set("|<>*;&$~")
SCREENS = re.compile(r"kring (run (?!.*--plain)|review |demo(?!.*--(headless|study)))")
LONG = re.compile("--headless|demo .*--study")
OF_NO_MATTER = {"--lang", "--seed", "--name"}
TOLD = re.compile(rf"{FENCED.pattern}|{CODE.pattern}|^ {{4}}(kring .*?)$", re.MULTILINE | re.DOTALL)
EXPLAINED = re.compile(r"\s{2,}(?=\S)")
NO_SOUND_HERE = {"PULSE_SERVER": "unix:/nowhere", "ALSA_CONFIG_PATH": os.devnull, "PIPEWIRE_REMOTE": "nowhere"}
REFUSALS = {
    "kring play": "Playing from|Speelt af vanaf|PortAudio",  # no loudspeaker is here
    "kring transcribe": r"extra asr|model",  # neither is here
    "kring study diff": "no two groups|no guide",  # the study has no groups yet
    "kring study carry": "no plan",
    "kring rescue damaged.db": "",  # something is missing from it
}
"""What may end with status 1, and what it says then."""
PATIENCE_S = 120


def commands():
    """Yield page and line of every command, in order; text in a sentence counts where it names a file."""
    for page, text in PAGES.items():
        if page == "CHANGELOG.md" or page.startswith("docs/decisions/") or page == "README.nl.md":
            continue
        for found in TOLD.finditer(text):
            language, block, code, indented = found.groups()
            if block is not None:
                yield from ((page, line) for line in lines_of(block) if not language)
            elif indented:
                yield page, EXPLAINED.split(indented)[0]
            elif re.match(r"kring [^…]*\w\.\w", code):
                yield page, code


def lines_of(block):
    """Return the commands of a block, without what explains them; of a conversation only that which begins it."""
    lines = block.splitlines()
    if lines[0].startswith("$ "):
        return []
    first_words = OF_OTHERS | OF_THE_SHELL | {"kring"}
    return [EXPLAINED.split(line)[0] for line in lines if line.split(" ")[0] in first_words]


def kind_of(line):
    """Return what a long command is told by, whatever files and whose name it is given; nothing for a short one."""
    if not (SCREENS.match(line) or LONG.search(line)):
        return None
    words = shlex.split(line)
    return (words[1], *sorted({word for word in words if word.startswith("--")} - OF_NO_MATTER))


BY_PAGE = {}
DONE_BEFORE = set()
"""Page and number of the lines that another page does: a long command of the same kind."""
_kinds = set()
for _page, _line in commands():
    _lines = BY_PAGE.setdefault(_page, [])
    if (_kind := kind_of(_line)) in _kinds:
        DONE_BEFORE.add((_page, len(_lines)))
    elif _kind:
        _kinds.add(_kind)
    _lines.append(_line)


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """A sample evening of a quarter of an hour."""
    path = tmp_path_factory.mktemp("evening") / "session.db"
    write_shortly(path, read_plan_file(ROOT / "sessions" / "loyaliteit-groep-1.md").plan, 1, is_sample=True)
    return path


def write_shortly(path, plan, *seed, **wanted):
    """Write a session of a sixth of what was planned."""
    guide = tuple(
        msgspec.structs.replace(item, planned_s=item.planned_s and item.planned_s // 6, until=None)
        for item in plan.guide
    )
    return write_session(path, msgspec.structs.replace(plan, guide=guide, planned_min=15), *seed, **wanted)


@pytest.fixture
def place(tmp_path):
    """A folder in which a page can be followed, and the surroundings in which its commands run."""
    folder, home, programs = tmp_path / "a folder", tmp_path / "home", tmp_path / "bin"
    for each in (folder, home, programs):
        each.mkdir()
    kring = programs / "kring"
    kring.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kring "$@"\n', "utf-8")
    kring.chmod(0o755)
    environ = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "en_GB.UTF-8",
        "PYTHONUTF8": "1",
        "PULSE_RUNTIME_PATH": str(home),
        **NO_SOUND_HERE,
    }
    return folder, environ


def give(folder, lines, evening):
    """Put into the folder what a page takes for granted: sessions, a plan, a guide in Word."""
    told = "\n".join(lines)
    for name in set(re.findall(r"[\w-]+\.db", told)) - set(re.findall(r"(?:-o|--out) ([\w-]+\.db)", told)):
        put(evening, folder / name)
    if any(act in line for line in lines for act in ("kring study search", "kring study report", "kring study kto")):
        (folder / "loyalty-2026").mkdir()
        put(evening, folder / "loyalty-2026" / "group-1.db")
    if (damaged := folder / "damaged.db").exists():
        damaged.write_bytes(damaged.read_bytes()[:-8192])
    if not any(line.startswith("kring new plan.md") for line in lines):
        (folder / "plan.md").write_text(template("online", "en", date(2026, 11, 29)), "utf-8")
    if any("guide.docx" in line for line in lines):
        import docx

        guide = docx.Document()
        guide.add_heading("Welcome (10 min)")
        guide.add_paragraph("Who are you?", style="List Number")
        guide.save(folder / "guide.docx")

    if any("transcript.vtt" in line for line in lines):
        said = "WEBVTT\n\n00:00:04.000 --> 00:00:07.000\n<v Anna>Good evening.</v>\n"
        (folder / "transcript.vtt").write_text(said, "utf-8")
    if any("follow-up.md" in line for line in lines):
        (folder / "follow-up.md").write_text("# Goal\nWhat keeps members?\n\n1. How do you save points?\n", "utf-8")
    if any("taguette.csv" in line for line in lines):
        (folder / "taguette.csv").write_text("id,document,tag,content\n1,Talk,Theme.price,too dear\n", "utf-8")
    if any("zoom-audio.mp3" in line for line in lines):
        import numpy as np
        import soundfile

        soundfile.write(folder / "zoom-audio.mp3", np.zeros(8_000 * 20, np.int16), 8_000)


def put(evening, path):
    shutil.copy(evening, path)
    shutil.rmtree(path.with_suffix(".audio"), ignore_errors=True)
    shutil.copytree(evening.with_suffix(".audio"), path.with_suffix(".audio"), copy_function=os.link)


@pytest.mark.parametrize("page", BY_PAGE)
def test_the_commands_of_a_page_do_what_it_says(page, place, evening):
    folder, environ = place
    lines = BY_PAGE[page]
    give(folder, lines, evening)
    for number, line in enumerate(lines):
        if line.split(" ")[0] in OF_OTHERS:
            continue
        if (page, number) in DONE_BEFORE:
            pass
        elif SCREENS.match(line):
            on_a_terminal(line, folder, environ)
        elif line.startswith("kring browse"):
            until_it_serves(line, folder, environ)
        else:
            done(line, folder, environ)


def done(line, folder, environ):
    """Do a line, in this process where it needs no shell, and hold it to what it should end with."""
    words = shlex.split(line)
    in_here = words[0] == "kring" and not set(line) & NEEDS_SHELL
    code, out, err = in_process(words[1:], folder, environ) if in_here else in_shell(line, folder, environ)
    refusal = next((said for command, said in REFUSALS.items() if line.startswith(command)), None)
    if refusal is None or code != 1:
        assert (code, err) == (0, ""), line
    else:
        assert re.search(refusal, out + err), line


def in_process(words, folder, environ):
    """Return status, output and errors of a command of kring, without the half second in which one starts."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with (
        mock.patch.dict(os.environ, environ, clear=True),
        mock.patch("sys.stdin", io.StringIO()),
        mock.patch("kring.rehearsal.demo_study.PLAYED", ()),  # tests/rehearsal plays them
        mock.patch("kring.rehearsal.demo.write_session", write_shortly),  # for what listens to all of it
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main.main(words)
    return code, *(written.buffer.getvalue().decode() for written in (out, err))


def in_shell(line, folder, environ):
    run = subprocess.run(
        ["bash", "-c", line],
        cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_S,
        check=False,
    )  # fmt: skip
    return run.returncode, run.stdout, run.stderr


def is_there(term):
    """Whether a screen of kring is shown: its last line says when it was saved, or names F1."""
    return any(word in term.text() for word in ("F1 ", "saved ", "bewaard "))


def on_a_terminal(line, folder, environ):
    """Do a line that leads to a screen, wait for that, and leave."""
    with Term(["bash", "-c", f"exec {line}"], columns=100, rows=30, environment=environ, cwd=folder) as term:
        term.wait_until(lambda term: is_there(term) or "(r, or" in term.text(), line, at_most_s=PATIENCE_S)
        if "(r, or" in term.text():
            term.write("\r")
            term.wait_until(is_there, line, at_most_s=PATIENCE_S)
        term.write("\x11")
        latest = time.monotonic() + PATIENCE_S
        while term.process.poll() is None and time.monotonic() < latest:
            term.record(quiet_s=0.2, at_most_s=0.5)
            term.emulate()
            if "?" in term.text():
                term.write("y")
        assert term.process.poll() == 0, f"{line}\n{term.text()}"


def until_it_serves(line, folder, environ):
    served = subprocess.Popen(
        ["bash", "-c", f"exec {line}"],
        cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert "http://127.0.0.1" in served.stdout.readline(), line
        served.send_signal(signal.SIGINT)
        assert served.wait(PATIENCE_S) in (0, 130), line
    finally:
        served.kill()
        served.communicate()


def test_the_conversation_of_the_line_mode_goes_as_it_says(place):
    folder, environ = place
    text = PAGES["docs/line-mode.md"]
    made = re.search(r"`(kring new plan\.md [^`]+)`", text)[1]
    done(made, folder, environ)
    block = next(body for language, body in FENCED.findall(text) if body.startswith("$ "))
    command, opened, *talk = block.splitlines()
    typed, answers = talk[::2], [opened, *talk[1::2]]
    run = subprocess.run(
        ["bash", "-c", command.removeprefix("$ ")],
        cwd=folder, env=environ, input="\n".join(typed), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    said = [re.sub(r"\d{4}-\d\d-\d\d", "2026-12-03", line) for line in run.stdout.splitlines()]
    assert len(said) == len(answers)
    for told, line in zip(answers, said, strict=True):
        assert re.fullmatch(re.escape(told).replace("…", ".*"), line), line


def test_there_are_commands_to_do():
    assert len(BY_PAGE) > 12
    assert sum(line.startswith("kring ") for lines in BY_PAGE.values() for line in lines) > 50
    pages = {path.relative_to(ROOT).as_posix() for path in DOCS.glob("*.md")}
    named = {page for page in pages if re.search(r"^kring \w+ [^`]*\.db", PAGES[page], re.MULTILINE)}
    assert named - set(BY_PAGE) == set()
