"""The crash log says where, and nothing of what people said."""

import os
import stat

import pytest

from kring import __version__
from kring.system import crash_log

SECRET = "Fatima zei dat ze weg wil"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "logs"
    monkeypatch.setenv("KRING_LOG_DIR", str(place))
    return place


def broken(quote=SECRET):
    try:
        try:
            raise ValueError(quote)
        except ValueError as cause:
            raise RuntimeError(f"while saving {quote}") from cause
    except RuntimeError as fault:
        return fault


def test_types_and_places_are_kept_and_no_word_of_a_person(folder):
    file = crash_log.keep(broken())
    text = file.read_text("utf-8")
    assert "builtins.ValueError\nwhich led to\n" in text
    assert "builtins.RuntimeError" in text
    assert "in broken" in text
    assert f"kring {__version__}" in text
    assert "Fatima" not in text
    assert "while saving" not in text


def test_the_faults_of_a_group_are_all_there(folder):
    file = crash_log.keep(ExceptionGroup(SECRET, [KeyError(SECRET), broken()]))
    text = file.read_text("utf-8")
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "Fatima" not in text


def test_faults_that_point_at_each_other_end(folder):
    one, other = ValueError(), KeyError()
    one.__context__, other.__context__ = other, one
    assert crash_log.keep(one) is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_log_is_its_owners_only(folder):
    file = crash_log.keep(broken())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_crashes_are_added_until_the_log_is_full(folder, monkeypatch):
    monkeypatch.setattr(crash_log, "MOST_BYTES", 1000)
    sizes = [crash_log.keep(broken()).stat().st_size for _ in range(20)]
    assert sizes[1] > sizes[0]
    assert max(sizes) < 1000 + 2 * sizes[0]


def test_where_nothing_can_be_written_nothing_is_raised(folder):
    folder.write_text("a file where the folder should be", "utf-8")
    assert crash_log.keep(broken()) is None


def test_places_do_not_tell_the_users_name(folder, monkeypatch):
    monkeypatch.setenv("HOME", "/home/fatima")
    monkeypatch.setenv("USERPROFILE", "/home/fatima")
    assert crash_log._place("/home/fatima/venv/lib/textual/app.py") == "~/venv/lib/textual/app.py"
    assert crash_log._place(crash_log.__file__) == "kring/system/crash_log.py"
