"""The page as the checkers of the web see it: axe-core for accessibility, and the HTML checker of the W3C."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from browser import Browser
from conftest import make_plan
from exports.full_session import HOSTILE, full_material
from kring.cli import main
from kring.privacy.snapshot import read
from kring.rehearsal.playing import write_session
from kring.report.content import report_of
from kring.report.html import page
from ui import study_scenes

LEAST_CONTRAST = 4.5
MEASURE = Path(__file__).with_name("contrast.js").read_text("utf-8")
GUESS = ".*appears to be written in.*"
"""What it takes the language of ten thousand times é for."""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def axe():
    npm = shutil.which("npm")
    found = subprocess.run([npm, "root", "-g"], check=True, capture_output=True, text=True, timeout=60) if npm else None
    script = Path(found.stdout.strip()) / "axe-core" / "axe.min.js" if found else None
    if script is None or not script.exists():
        pytest.skip("axe-core is not installed (npm install -g axe-core)")
    return script.read_text("utf-8")


@pytest.fixture(scope="module")
def browser():
    with Browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "session.db"
    write_session(file, make_plan(), seed=5)
    return read(file)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    study_scenes.lay_out(folder, "en")
    return folder


@pytest.mark.parametrize(
    ("reader", "width", "dark"),
    [("team", 1280, False), ("team", 390, True), ("client", 390, False), ("client", 1280, True)],
)
def test_axe_finds_nothing_amiss_and_what_it_leaves_open_is_measured(
    axe, browser, session, reader, width, dark, tmp_path
):
    file = tmp_path / "report.html"
    file.write_text(page(report_of(session, reader)), "utf-8")
    assert check_by(axe, browser.page(file, width, dark=dark))


@pytest.mark.parametrize(("reader", "width", "dark"), [("team", 390, True), ("client", 1280, False)])
def test_axe_finds_nothing_amiss_in_the_report_of_a_study(axe, browser, study, reader, width, dark, tmp_path):
    file = tmp_path / "study.html"
    assert main.main(["study", "report", str(study), "-o", str(file), "--for", reader]) == 0
    check_by(axe, browser.page(file, width, dark=dark))


def check_by(axe, opened):
    """See that axe finds no violation, and that what it can't measure has contrast enough; return what that is."""
    opened.run(axe)
    told = opened.run("axe.run()")
    assert [(one["id"], one["nodes"][0]["target"]) for one in told["violations"]] == []
    assert {one["id"] for one in told["incomplete"]} <= {"color-contrast"}
    left_open = [node["target"][0] for one in told["incomplete"] for node in one["nodes"]]
    measured = opened.run(f"({MEASURE})({json.dumps(left_open)})")
    assert [one for one in measured if one["contrast"] < LEAST_CONTRAST] == []
    return left_open


def test_the_html_checker_has_nothing_to_say(tmp_path):
    checker = shutil.which("vnu")
    if checker is None or shutil.which("java") is None:
        pytest.skip("the HTML checker is not installed (npm install -g vnu-jar, and Java)")
    for number, text in enumerate(("het is gedoe", *HOSTILE)):
        (tmp_path / f"{number}.html").write_text(page(report_of(full_material(text))), "utf-8")
    command = [checker, "--stdout", "--filterpattern", GUESS, tmp_path]
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=180)
    assert (told.returncode, told.stdout) == (0, "")
