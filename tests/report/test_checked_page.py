"""The page as the checkers of the web see it: axe-core for accessibility, and the HTML checker of the W3C."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from axe import check_by, script
from conftest import make_plan
from exports.full_session import HOSTILE, full_material
from kring.cli import main
from kring.privacy.snapshot import read
from kring.rehearsal.playing import write_session
from kring.report.content import report_of
from kring.report.html import page
from ui import study_scenes

GUESS = ".*appears to be written in.*"
"""What it takes the language of ten thousand times é for."""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def axe():
    return script()


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


def test_the_html_checker_has_nothing_to_say(tmp_path):
    checker = shutil.which("vnu")
    if checker is None or shutil.which("java") is None:
        pytest.skip("the HTML checker is not installed (npm install -g vnu-jar, and Java)")
    for number, text in enumerate(("het is gedoe", *HOSTILE)):
        (tmp_path / f"{number}.html").write_text(page(report_of(full_material(text))), "utf-8")
    command = [checker, "--stdout", "--filterpattern", GUESS, tmp_path]
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=180)
    assert (told.returncode, told.stdout) == (0, "")
