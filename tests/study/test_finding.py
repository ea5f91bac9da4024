"""Searching a study: what is found, what never is, and that the index follows the session files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kring.session.session import Session
from kring.study.finding import index as indexes
from kring.study.finding.asking import Found, Wanted, find
from kring.study.finding.finding import Finding
from kring.study.finding.index import Index
from kring.study.finding.passages import Passage
from kring.study.finding.reading import SessionFile
from kring.study.finding.upkeep import bring_up_to_date
from study import held
from study.held import go_on

Hold = Callable[..., Session]


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep indexes where nobody else's are."""
    place = tmp_path / "state"
    monkeypatch.setenv("KRING_STATE_DIR", str(place))
    return place


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    return folder


@pytest.fixture
def hold(study: Path) -> Hold:
    """Hold a group of a study in the week of its number; return it open."""
    return lambda name, week, *lines: held.hold(study / name, week, *lines, study="Loyaliteit")


def found(study: Path, words: str = "", **wanted: object) -> Found:
    with Finding(study) as finding:
        return finding.find(Wanted(words, **wanted))  # type: ignore[arg-type]


def said(study: Path) -> list[str]:
    with Finding(study) as finding:
        return list(map(str, finding.said))


def texts(study: Path, words: str = "", **wanted: object) -> list[str]:
    return [hit.passage.text for hit in found(study, words, **wanted).hits]


def test_words_are_found_anywhere_newest_first(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", "floor 1", 'note "ik spaar nooit punten"', 'note "de punten verlopen"').close()
    hold("b.db", 2, "start anyway", "floor 2", "note ~ spaart punten voor haar moeder #gezin").close()
    assert texts(study, "punten") == ["spaart punten voor haar moeder", "de punten verlopen", "ik spaar nooit punten"]
    assert texts(study, "moeder punten") == ["spaart punten voor haar moeder"]
    assert texts(study, "gezin") == texts(study, "#gez") == ["spaart punten voor haar moeder"]
    result = found(study, "punten")
    assert (result.total, result.people, result.groups) == (3, 2, 2)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("idee", True),  # ideeën, by its beginning
        ("IDEEEN", True),
        ("cafe", True),
        ("café", True),
        ("loop", True),  # lopen
        ("gelopen", True),
        ("winkels", True),
        ("runs", True),  # running
        ('"de winkel"', True),
        ('"winkel de"', False),
        ("foto", True),
        ("foto's", True),
        ("winkel* ", True),
        ('winkel "', True),
        ("winkel AND NOT", False),
        ("(winkel)", True),
        ("@P1", True),
        ("@P2", False),
        ("#goed-doel", True),
        ("#prijs", False),
        ("doel", True),
        ("marks:every", False),
        ("", True),
    ],
)
def test_accents_case_and_inflection_are_aside(everyday: Path, words: str, is_found: bool) -> None:
    assert bool(texts(everyday, words)) is is_found


@pytest.fixture(scope="module")
def everyday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of one group with one note, which only is looked at."""
    folder = tmp_path_factory.mktemp("everyday")
    line = "note ~ ideeën over lopen naar de winkel bij het café, running, foto's #goed-doel"
    held.hold(folder / "a.db", 1, "start anyway", "floor 1", line).close()
    return folder


def test_filters_hold_together(hold: Hold, study: Path) -> None:
    one = ("start anyway", "next", "next", 'note "te duur" @1 #prijs', "note ~ te duur @5", "note ( te duur, denk ik")
    hold("a.db", 1, *one).close()
    hold("b.db", 2, "start anyway", "next", 'note "te duur" @6').close()
    with Index(study) as index:
        bring_up_to_date(index)
        numbers = dict(index.connection.execute("select file, number from sessions"))
        item = find(index, Wanted("@P1")).hits[0].passage.item

        def kept(**wanted: object) -> list[tuple[int, str]]:
            hits = find(index, Wanted("duur", **wanted)).hits  # type: ignore[arg-type]
            return [(hit.session, hit.passage.person) for hit in hits]

        a, b = numbers["a.db"], numbers["b.db"]
        assert kept(kinds=("quote",)) == [(b, "P6"), (a, "P1")]
        assert kept(segments=("NIEUW",)) == [(b, "P6"), (a, "P5")]
        assert kept(segments=("trouw", "")) == [(a, "P1")]
        assert kept(themes=("#Prijs",)) == [(a, "P1")]
        assert kept(sessions=(b,)) == [(b, "P6")]
        assert kept(questions=((a, item),)) == [(a, ""), (a, "P5"), (a, "P1")]
        assert kept(sessions=(a,), kinds=("quote", "paraphrase"), segments=("trouw",)) == [(a, "P1")]
        assert kept(sessions=()) == []


def test_no_name_is_in_the_index(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", "floor 1", "note ~ vindt dat Fatima gelijk heeft #fatima").close()
    assert texts(study, "gelijk") == ["vindt dat P3 gelijk heeft"]
    assert texts(study, "fatima") == []
    assert b"fatima" not in indexes.place_of(study).read_bytes().lower()


@pytest.mark.parametrize("line", ["remove last", "edit last ~ iets anders", "consent 1 no", "consent 1 quoting no"])
@pytest.mark.parametrize("confidential", [False, True])
def test_what_is_taken_back_is_erased(hold: Hold, study: Path, line: str, confidential: bool) -> None:
    hold("a.db", 1, "start anyway", "note ~ blijft hier @2", 'note "zeldzaamwoord" @1').close()
    place = indexes.place_of(study)
    with Index(study, confidential) as index:
        bring_up_to_date(index)
        assert find(index, Wanted("zeldzaamwoord")).total == 1
        assert b"zeldzaamwoord" in place.read_bytes()
        go_on(study / "a.db", line)
        bring_up_to_date(index)
        assert find(index, Wanted("zeldzaamwoord")).total == 0
        assert find(index, Wanted("blijft")).total == 1
    assert b"zeldzaamwoord" not in place.read_bytes()


def test_the_index_is_for_its_owner_and_a_confidential_one_has_no_texts(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", 'note "eerst zien en dan geloven" @1').close()
    place = indexes.place_of(study)
    for confidential in (False, True):
        with Index(study, confidential) as index:
            bring_up_to_date(index)
            assert find(index, Wanted("geloven zien")).total == 1
        assert place.stat().st_mode & 0o777 == 0o600
        assert (b"eerst zien" in place.read_bytes()) is not confidential


def test_only_a_session_that_changed_is_read(hold: Hold, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for week, name in enumerate(("a.db", "b.db"), 1):
        hold(name, week, "start anyway", f"note in {name}").close()
        os.utime(study / name, (1_700_000_000 + week,) * 2)
    assert found(study).total == 2
    opened: list[str] = []
    real = SessionFile.__init__

    def opening(self: SessionFile, path: Path) -> None:
        opened.append(path.name)
        real(self, path)

    monkeypatch.setattr(SessionFile, "__init__", opening)
    assert (found(study).total, opened) == (2, [])
    go_on(study / "b.db", "note nog iets")
    assert (found(study).total, set(opened)) == (3, {"b.db"})


def test_of_a_session_only_what_changed_is_taken_in(hold: Hold, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold("a.db", 1, "start anyway", *[f"note nummer {n}" for n in range(9)]).close()
    assert found(study).total == 9
    added: list[str] = []
    real = Index.add

    def add(self: Index, session: int, passage: Passage, digest: bytes) -> None:
        added.append(passage.text)
        real(self, session, passage, digest)

    monkeypatch.setattr(Index, "add", add)
    go_on(study / "a.db", "note nummer 9", "remove 3")
    assert (found(study).total, added) == (9, ["nummer 9"])


def test_a_session_of_which_the_file_is_gone_is_not_found(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", "note verdwijnwoord").close()
    hold("b.db", 2, "start anyway", "note blijft").close()
    assert found(study, "verdwijnwoord").total == 1
    (study / "a.db").unlink()
    assert (found(study, "verdwijnwoord").total, found(study).total) == (0, 1)
    assert b"verdwijnwoord" not in indexes.place_of(study).read_bytes()


def test_a_copy_counts_once_and_one_that_went_on_apart_is_said(hold: Hold, study: Path) -> None:
    hold("b.db", 1, "start anyway", "note een").close()
    shutil.copy(study / "b.db", study / "a copy.db")
    assert said(study) == ["a copy.db is the same session as b.db and counts once."]
    go_on(study / "b.db", "note twee")
    assert said(study) == said(study) == ["a copy.db is an earlier copy of b.db, which counts."]
    assert texts(study) == ["twee", "een"]
    go_on(study / "a copy.db", "note drie", "note vier", week=10)
    apart = "each holds acts that the other does not. a copy.db counts here; to join them: kring merge b.db 'a copy.db'"
    assert said(study) == [f"b.db and a copy.db are the same session and went on apart: {apart}"]
    assert sorted(texts(study)) == ["drie", "een", "vier"]
    (study / "a copy.db").unlink()
    assert (said(study), texts(study)) == ([], ["twee", "een"])


def test_what_is_no_session_is_passed_over_and_what_may_be_one_is_said(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", "note een").close()
    (study / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0 no database")
    (study / "broken.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    (study / "empty.db").touch()
    assert len(said(study)) == 2
    assert all("Thumbs" not in told for told in said(study))
    assert texts(study) == ["een"]


def test_a_session_of_another_study_is_left_out(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", "note een").close()
    with Index(study) as index:
        assert bring_up_to_date(index, "LOYALITEIT").said == []
        assert find(index, Wanted()).total == 1
        assert list(map(str, bring_up_to_date(index, "KTO 2027").said)) == [
            "a.db is of another study, Loyaliteit, and is left out."
        ]
        assert find(index, Wanted()).total == 0


def test_a_damaged_index_is_made_anew(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", "note een").close()
    place = indexes.place_of(study)
    assert texts(study) == ["een"]
    for damage in (b"", b"no database at all", place.read_bytes()[:3000], b"SQLite format 3\x00" + bytes(9000)):
        place.write_bytes(damage)
        assert texts(study) == ["een"]
    place.unlink()
    assert texts(study) == ["een"]


def test_damage_that_shows_late_is_mended(hold: Hold, study: Path) -> None:
    hold("a.db", 1, "start anyway", *[f"note nummer {n}" for n in range(40)]).close()
    place = indexes.place_of(study)
    assert found(study).total == 40
    whole = place.read_bytes()
    place.write_bytes(whole[:8192] + b"\xaa" * (len(whole) - 8192))
    assert found(study, "nummer").total == 40


def test_the_index_of_a_folder_that_is_gone_goes_too(hold: Hold, study: Path, tmp_path: Path) -> None:
    hold("a.db", 1, "start anyway", "note een").close()
    assert found(study).total == 1
    study.rename(tmp_path / "elsewhere")
    place = indexes.place_of(study)
    assert place.exists()
    assert found(tmp_path / "elsewhere").total == 1
    assert not place.exists()


@pytest.mark.parametrize("confidential", [False, True])
def test_who_withdrew_in_one_group_is_named_in_no_other(hold: Hold, study: Path, confidential: bool) -> None:
    hold("a.db", 1, "start anyway", "add Xena", "note ~ iets @9").close()
    hold("b.db", 2, "start anyway", "note ~ zegt hetzelfde als Xena vorige week @2").close()
    with Finding(study, confidential=confidential) as finding:
        (hit,) = finding.find(Wanted("hetzelfde")).hits
        assert hit.passage.text == "zegt hetzelfde als Xena vorige week"
        go_on(study / "a.db", "consent 9 no")
        finding.refresh()
        (hit,) = finding.find(Wanted("hetzelfde")).hits
        assert hit.passage.text == "zegt hetzelfde als – vorige week"
        assert finding.find(Wanted("xena")).total == 0
    assert b"xena" not in indexes.place_of(study).read_bytes().lower()
