"""Which SQLite may write a session file."""

import pytest

from kring.domain.text import KringError
from kring.system import sqlite_version


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)])
def test_sound_versions(version):
    assert sqlite_version.has_wal_reset_fix(version)


@pytest.mark.parametrize(
    "version", [(3, 51, 2), (3, 51, 0), (3, 50, 6), (3, 49, 9), (3, 45, 0), (3, 44, 5), (3, 40, 1)]
)
def test_versions_that_can_damage_a_file(version):
    assert not sqlite_version.has_wal_reset_fix(version)


def test_ours_is_sound():
    sqlite_version.require_sound()


def test_another_is_refused_with_its_number(monkeypatch):
    monkeypatch.setattr(sqlite_version, "in_use", lambda: (3, 40, 1))
    with pytest.raises(KringError, match=r"SQLite 3\.40\.1 can damage"):
        sqlite_version.require_sound()
