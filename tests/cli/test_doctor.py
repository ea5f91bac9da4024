"""The doctor tells what a bug report needs, and nothing personal."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kring.audio import devices
from kring.audio.advice import Failure, explained
from kring.audio.devices import Device
from kring.cli import doctor, main
from kring.domain.text import Sentence
from kring.system import i18n

ROOT = Path(__file__).parents[2]
PROGRAMS = {"kring", "python", "system", "textual", "rich", "msgspec", "sqlite", "sqlite-utils", "portaudio"}
TERMINAL = {"terminal", "colours", "size", "encoding", "no_color", "tmux", "ssh", "locale", "translations"}
NEEDED = PROGRAMS | TERMINAL | {"settings", "clock", "folder", "file_system", "free", "advice"}


@pytest.fixture(autouse=True)
def _on_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_CONFIG_DIR", str(tmp_path / "config"))
    yield
    i18n.use("en")


def advice_of(findings, name):
    return [one.advice for one in findings if one.name == name and one.advice]


def test_everything_a_report_needs_is_there(capsys):
    assert main.main(["doctor", "--json", "--lang", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.keys() >= NEEDED
    assert all(isinstance(value, str) for name, value in told.items() if name not in ("advice", "blocking"))


@pytest.mark.parametrize(("lang", "label"), [("nl", "bestandssysteem"), ("en", "file system")])
def test_it_speaks_both_languages(capsys, lang, label):
    assert main.main(["doctor", "--lang", lang]) == 0
    assert label in capsys.readouterr().out


def test_nothing_personal_is_told(tmp_path):
    home = tmp_path / "home" / "fatima-el-amrani"
    study = home / "Geheim onderzoek bank"
    (home / "config").mkdir(parents=True)
    study.mkdir()
    (home / "config" / "settings.toml").write_text("wachtwoord = geheim-woord\n", "utf-8")
    environ = os.environ | {
        "HOME": str(home),
        "USER": "fatima-el-amrani",
        "LOGNAME": "fatima-el-amrani",
        "KRING_CONFIG_DIR": str(home / "config"),
        "SSH_CONNECTION": "10.9.8.7 1 10.9.8.6 22",
        "TERM": "xterm-fatima-el-amrani",
    }
    for options in ([], ["--json"]):
        run = subprocess.run(
            [sys.executable, "-m", "kring", "--lang", "en", "doctor", *options],
            cwd=study, env=environ, capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        for word in ("fatima", "Geheim", "geheim-woord", "10.9.8", os.uname().nodename):
            assert word not in run.stdout
        assert "is not valid TOML" in run.stdout
        assert "~/config/settings.toml:1" in run.stdout


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/els/x", "~/x"),
        ("/Users/els/x", "~/x"),
        (r"C:\Users\els\x", r"C:~\x"),
        ("els", "~"),
        ("elsewhere", "elsewhere"),
        ("\x1b]0;x\x07xterm", "]0;xxterm"),
    ],
)
def test_names_become_a_tilde(monkeypatch, text, shown):
    monkeypatch.setenv("USER", "els")
    assert doctor.anonymous(text) == shown


def test_a_folder_without_right_to_write_gives_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor.os, "access", lambda *_: False)
    assert advice_of(doctor.examine(tmp_path), "folder")


def test_a_synced_folder_gives_advice(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    assert advice_of(doctor.examine(tmp_path / "Dropbox"), "file_system")
    assert not advice_of(doctor.examine(tmp_path), "file_system")


def test_a_full_disk_gives_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "NEEDED_BYTES", 1 << 62)
    assert advice_of(doctor.examine(tmp_path), "free")


def test_an_old_sqlite_gives_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor.sqlite_version, "in_use", lambda: (3, 40, 1))
    findings = doctor.examine(tmp_path)
    assert advice_of(findings, "sqlite")
    assert "3.40.1" in [one.found for one in findings]


def test_without_portaudio_or_microphone_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    for found in (explained(Failure.NO_PORTAUDIO), []):
        monkeypatch.setattr(devices, "inputs", lambda found=found: given(found))
        findings = doctor.examine(tmp_path)
        name = "microphones" if found == [] else "portaudio"
        assert len(advice_of(findings, name)) == 1


def given(found):
    if isinstance(found, Exception):
        raise found
    return found


def test_microphones_are_counted_and_not_named(tmp_path, monkeypatch):
    fatimas = Device("Fatima's headset, ALSA", "Fatima's headset", "ALSA", 1, 16000, is_default=True)
    monkeypatch.setattr(devices, "inputs", lambda: [fatimas])
    findings = doctor.examine(tmp_path)
    assert "1 (ALSA)" in [one.found for one in findings if one.name == "microphones"]
    assert "Fatima" not in doctor._as_text(findings)


def test_every_extra_is_told(tmp_path, monkeypatch):
    offered = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert doctor.EXTRAS.keys() == offered.keys()
    monkeypatch.setattr(doctor, "EXTRAS", {"vad": ("json",), "asr": ("json", "no_such_package")})
    found = {one.name: one.found for one in doctor.examine(tmp_path)}
    assert (found["extra_vad"], found["extra_asr"]) == ("yes", "no")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('lang = "fr"', "lang must be one of nl, en, in quotes."),
        ('theme = "nonsense"', "no theme is called nonsense; there are kring-dark, kring-light"),
        ('[keys]\nnext = "n"', "n does next now, and not note."),
        ('[keys]\nnextt = "q"', "no key is called nextt"),
        ('[keys]\n"review.next" = "q"', "no key is called review.next"),
    ],
)
def test_a_setting_that_cannot_be_had_is_named(tmp_path, text, named):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(text, "utf-8")
    [advice] = advice_of(doctor.examine(tmp_path), "settings")
    assert named in str(advice)


def test_settings_that_can_be_had_are_in_order(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('theme = "nord"\nlang = "nl"\n[keys]\nnext = "f2"', "utf-8")
    assert [one.found for one in doctor.examine(tmp_path) if one.name == "settings"] == ["in order"]


def test_it_says_where_kring_keeps_things(tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    found = {one.name: one.found for one in doctor.examine(tmp_path)}
    assert (found["settings_folder"], found["data_folder"]) == (str(tmp_path / "config"), str(tmp_path / "state"))


def test_the_last_line_says_whether_a_session_can_be_held(tmp_path, monkeypatch):
    monkeypatch.setattr(devices, "inputs", list)  # no microphone: only recording lacks something
    assert doctor._as_text(doctor.examine(tmp_path)).endswith("\nNothing stands in the way of a session.")
    monkeypatch.setattr(doctor, "NEEDED_BYTES", 1 << 62)
    monkeypatch.setattr(doctor.sqlite_version, "in_use", lambda: (3, 40, 1))
    told = doctor._as_text(doctor.examine(tmp_path))
    assert told.endswith("\nThis stands in the way of a session: SQLite, free space.")


def test_every_bit_of_advice_is_a_line_of_its_own(capsys):
    found = [
        doctor.Finding("a", "a", "x", Sentence("Do {this}.", {"this": "that"})),
        doctor.Finding("b", "bb", "y"),
    ]
    assert doctor._as_text(found) == "a   x\nbb  y\n\n! Do that.\nNothing stands in the way of a session."
