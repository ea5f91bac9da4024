"""A page plays the second of a quote where the sound lies beside it, and says nothing of sound where it does not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from browser import Browser
from conftest import START_MS
from exports.full_session import full_material
from kring.cli.main import main
from kring.domain.rows import Moment, RecordingRow
from kring.privacy.snapshot import read
from kring.report.content import report_of
from kring.report.html import page
from kring.report.markdown import text
from kring.report.parts import Heard, Report
from kring.report.sound import sound_beside
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from studio import Studio, recordist_of


@pytest.fixture
def recorded(session: Session, clock: SimulatedClock) -> Path:
    """A session of which the second minute holds a quote, recorded by kring."""
    studio = Studio(clock)
    recordist = recordist_of(session, studio)
    act(session, "consent all yes", "attend all present", "start anyway", "go 2.1", "floor 1")
    assert recordist.toggle() == "start"
    recordist.wait()
    studio.hear(recordist, 20)
    act(session, 'note "eigen woorden" @1')
    studio.hear(recordist, 5)
    assert recordist.toggle() == "stop"
    recordist.wait()
    act(session, "end")
    session.close()
    return session.store.path


def with_sound() -> Report:
    report = report_of(full_material())
    return replace(report, sound=(Heard(0, 1e15, "a%20b.audio/0001.flac", -5.0),))


def test_the_page_may_play_its_sound_and_nothing_else() -> None:
    silent, plays = page(report_of(full_material())), page(with_sound())
    assert "media-src" not in silent
    assert "a class=play" not in silent
    assert "media-src &#39;self&#39; file:;" in plays
    assert 'href="a%20b.audio/0001.flac#t=' in plays


def test_a_moment_is_played_from_a_little_before_it(recorded: Path) -> None:
    snapshot = read(recorded)
    found = sound_beside(snapshot, recorded.with_suffix(".html"))
    note = next(note for note in snapshot.state.notes.values() if note.kind == "quote")
    html = page(replace(report_of(snapshot), sound=found))
    assert f'id="q-{note.id}"' in html
    (second,) = set(map(float, re.findall(r"#t=([\d.]+)", html)))
    assert second == pytest.approx(15, abs=1)


def test_sound_that_does_not_lie_beside_the_page_is_not_told(recorded: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert sound_beside(read(recorded), elsewhere / "report.html") == ()
    shutil.rmtree(next(recorded.parent.glob("*.audio")))
    assert sound_beside(read(recorded), recorded.with_suffix(".html")) == ()


def test_a_folder_that_may_have_a_name_in_it_stays_out_of_a_report_with_codes(recorded: Path) -> None:
    folder = next(recorded.parent.glob("*.audio"))
    folder.rename(folder.with_name("Anna.audio"))
    out = recorded.with_suffix(".html")
    assert sound_beside(read(recorded), out) == ()
    assert sound_beside(read(recorded, True), out)


def test_the_client_gets_no_sound(recorded: Path) -> None:
    out = recorded.with_name("verslag.html")
    for reader, is_heard in (("team", True), ("client", False)):
        assert main(["report", str(recorded), "-o", str(out), "--for", reader, "--force", "--lang", "en"]) == 0
        assert ("class=play" in out.read_text("utf-8")) is is_heard


def test_where_the_file_is_gone_the_marks_go_when_one_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(with_sound()), "utf-8")
    opened = browser.page(file)
    assert opened.requests == [file.as_uri()]
    assert opened.run("document.querySelectorAll('a.play').length") > 0
    opened.run("document.querySelector('a.play').click()")
    look = "const look = () => document.querySelector('a.play') ? setTimeout(look, 20) : done()"
    opened.run(f"new Promise(done => {{ {look}; look(); }})")
    assert opened.run("document.querySelector('audio')") is None


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ("kring itself", "the recorder was cut off")), ("nl", ("kring zelf", "de recorder werd afgebroken"))],
)
def test_a_recording_is_told_with_who_made_it_and_how_it_ended_in_words(language: str, told: tuple[str, str]) -> None:
    i18n.use(language)
    row = RecordingRow(id="r1", source="kring", started_at=Moment(START_MS), duration_s=5.0, why="killed")
    material = full_material()
    found = text(report_of(replace(material, state=material.state.put([row]), language=language)))
    assert all(word in found for word in told)
    assert f"{told[0]} (0:05)" in found
    assert "killed" not in found
