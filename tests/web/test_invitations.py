"""The links: unguessable, kept as digests, for their owner only, and over at once."""

import errno
import stat

import pytest

from kring.domain.text import KringError, Refused
from kring.system import private_files
from kring.web.invitations import FILE, MOST, Invitations

NOW, LATER = 1_000_000, 2_000_000


@pytest.fixture
def invitations(tmp_path):
    return Invitations(tmp_path / "evening.observers")


def test_a_link_lets_in_until_its_time_and_no_longer(invitations):
    token = invitations.add("Petra", LATER)
    assert invitations.of_token(token, NOW).name == "Petra"
    assert invitations.of_token(token, LATER) is None
    assert invitations.of_token(token[:-1], NOW) is None
    assert invitations.of_token("", NOW) is None


def test_a_token_cannot_be_guessed_and_stands_nowhere(invitations):
    tokens = {invitations.add(name, LATER) for name in ("Ann", "Bob", "Cas", "")}
    assert len(tokens) == 4
    assert all(len(token) * 6 >= 128 for token in tokens)
    kept = b"".join(file.read_bytes() for file in invitations.folder.iterdir())
    assert not [token for token in tokens if token.encode() in kept]


def test_nobody_else_on_this_computer_reads_who_was_invited(invitations):
    invitations.add("Petra", LATER)
    assert stat.S_IMODE(invitations.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in invitations.folder.iterdir()} == {0o600}


def test_what_another_process_does_counts_at_the_next_look(invitations):
    token = invitations.add("Petra", LATER)
    other = Invitations(invitations.folder)
    assert other.cookie == invitations.cookie
    other.revoke(other.meant("petra"))
    assert invitations.look()
    assert not invitations.look()
    assert invitations.of_token(token, NOW) is None
    assert b"Petra" not in (invitations.folder / FILE).read_bytes()


def test_where_the_file_is_taken_away_nobody_is_let_in(invitations):
    token = invitations.add("Petra", LATER)
    (invitations.folder / FILE).unlink()
    assert invitations.look()
    assert invitations.of_token(token, NOW) is None


def test_a_file_that_is_not_ours_is_said_and_not_replaced(invitations):
    (invitations.folder / FILE).write_text("{}")
    with pytest.raises(KringError, match="not what kring wrote"):
        invitations.add("Petra", LATER)
    assert (invitations.folder / FILE).read_text() == "{}"


def test_another_link_ends_the_one_before_and_stays_the_same_observer(invitations):
    token = invitations.add("Petra", NOW)
    one = invitations.meant("1")
    fresh = invitations.renew(one, LATER)
    assert invitations.of_token(token, 0) is None
    assert invitations.of_token(fresh, NOW).id == one.id


def test_one_name_has_one_link_however_it_is_written(invitations):
    invitations.add("José  Pérez", LATER)
    with pytest.raises(Refused, match="has a link"):
        invitations.add("jose perez", LATER)
    invitations.add("", LATER)
    with pytest.raises(Refused, match="has a link"):
        invitations.add("", LATER)


@pytest.mark.parametrize("name", ["  ", "12", "x" * 61, "\x1b", "\u202e"])
def test_what_is_no_name_is_refused(invitations, name):
    with pytest.raises(Refused):
        invitations.add(name, LATER)


def test_a_session_has_so_many_links_and_no_more(invitations, monkeypatch):
    monkeypatch.setattr("kring.web.invitations.MOST", 2)
    for name in ("Ann", "Bob"):
        invitations.add(name, LATER)
    with pytest.raises(Refused, match="2 links"):
        invitations.add("Cas", LATER)
    assert MOST >= 48


def test_a_folder_that_may_not_be_written_is_said(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("os.open", refuse)
    monkeypatch.setattr("pathlib.Path.unlink", refuse)
    with pytest.raises(KringError, match="cannot be made: Read-only"):
        Invitations(tmp_path / "evening.observers")
    with pytest.raises(KringError, match="cannot be made: Read-only"):
        private_files.write(tmp_path / "links.json", b"{}")
