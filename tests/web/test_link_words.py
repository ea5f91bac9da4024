"""What is typed about links: every word is taken, or refused, in both languages."""

import pytest

from kring.domain.text import Refused
from kring.system import i18n
from kring.web.invitations import Invitations
from kring.web.link_words import LinkWords, Quit

NOW = 1_796_326_200_000


@pytest.fixture
def words(tmp_path):
    invitations = Invitations(tmp_path / "evening.observers")
    invitations.served_at("https://watch.example.org")
    return LinkWords(invitations, lambda: NOW, looking=lambda: frozenset(one.id for one in invitations.all[:1]))


def test_a_link_is_made_extended_and_revoked(words):
    told, link = words.answer("add Petra de Vries 2h").splitlines()
    assert told.startswith("Petra de Vries · until ")
    assert link.startswith("https://watch.example.org/#")
    before = words.answer("list")
    assert "1  Petra de Vries" in before
    assert before.endswith("looks now\n1 observer looks now.")
    assert words.answer("extend petra de vries 1h") != told
    assert words.answer("revoke 1").startswith("Petra de Vries no longer has a link")
    assert words.answer("list") == "Nobody was invited yet; type: add NAME"


def test_the_room_has_one_link_that_leads_elsewhere(words):
    assert "https://watch.example.org/room#" in words.answer("room")
    with pytest.raises(Refused, match="renew room"):
        words.answer("add room")
    assert "/room#" in words.answer("renew room 2h")
    words.answer("revoke zaal")
    with pytest.raises(Refused, match="no link yet"):
        words.answer("revoke room")


@pytest.mark.parametrize(
    "line",
    [
        "add", "add 22:30", "add Petra 25:00", "add 7", "revoke", "revoke Nobody", "revoke 9", "extend Petra",
        "extend Petra soon", "renew", "list all", "help me", "quit now", "invite Petra", "room tomorrow", "Petra",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_and_changes_nothing(words, line):
    words.answer("add Petra 2h")
    before = words.answer("list")
    with pytest.raises(Refused):
        words.answer(line)
    assert words.answer("list") == before


def test_the_words_are_there_in_dutch_too(words):
    i18n.use("nl")
    assert words.answer("uitnodigen Petra 2u").startswith("Petra · tot ")
    assert words.answer("lijst").endswith("1 meekijker kijkt nu.")
    assert words.answer("verlengen Petra 2u")
    assert words.answer("vernieuwen Petra")
    assert "intrekken NAAM" in words.answer("hulp")
    assert words.answer("intrekken Petra")
    with pytest.raises(Quit):
        words.answer("stop")
