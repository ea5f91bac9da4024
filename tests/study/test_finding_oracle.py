"""What a study finds and counts, beside somebody who reads what may leave of each session from the first line on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act_at_random
from conftest import START_MS, make_plan
from kring.domain.rows import NoteRow
from kring.domain.study.themes import matrix
from kring.domain.text import folded
from kring.privacy import snapshot
from kring.session import session as sessions
from kring.session.session import Me
from kring.study.finding.asking import Wanted
from kring.study.finding.finding import Finding
from kring.study.sessions import sessions_of
from kring.system.clock import SimulatedClock
from kring.system.language.stems import stems, words_of

CONSENTS = {"P2": (("all", True), ("quoting", False))}
SEGMENTS = ("Trouw", "trouw", "")
WORDS = ("duur", "gedoe", "ster", "kerst", "app", "wat kost", "spaart", "vond het", "nergens", "ik dacht")


@pytest.fixture(scope="module", params=[3, 5])
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Three groups in which anything was typed."""
    folder = tmp_path_factory.mktemp("study")
    for group in (1, 2, 3):
        people = tuple(
            replace(
                one, consents=CONSENTS.get(one.code, (("all", True),)), segment=("Trouw", "trouw", "")[one.seat % 3]
            )
            for one in make_plan().participants
        )
        clock = SimulatedClock(START_MS + group * 86_400_000)
        plan = replace(make_plan(), study="Trouw", group=str(group), participants=people)
        chance = random.Random(request.param * 10 + group)
        me = Me("Bo", "assistant", "device")
        session = sessions.begin(folder / f"{group}.db", plan, clock, me, chance.randbytes, ("UTC", 0))
        act_at_random(session, clock, request.param * 10 + group, lines=150)
        session.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KRING_STATE_DIR", str(folder / "state"))
        yield folder


def notes(folder: Path) -> list[tuple[str, dict[str, str], NoteRow]]:
    """Return every note that may leave, with its session and the segments of that."""
    found = []
    for file in folder.glob("*.db"):
        state = snapshot.read(file).state
        segments = {person.id: folded(person.segment) for person in state.participants.values()}
        found += [(file.name, segments, note) for note in state.notes.values()]
    return found


def has(note: NoteRow, wanted: str) -> bool:
    """Whether a note has every word, read from its begin to its end."""
    there = [word.lstrip("#") for word in words_of(" ".join((note.text, *note.tags)))]
    return all(any(is_form(word, one) for one in there) for word in wanted.split())


def is_form(wanted: str, word: str) -> bool:
    if len(wanted) < 3:
        return word == wanted
    alike = len(wanted) > 3 and bool({*stems(wanted)} & {word, *stems(word)})
    return word.startswith(wanted) or alike


@pytest.mark.parametrize("wanted", WORDS)
def test_search_finds_what_reading_everything_finds(study: Path, wanted: str) -> None:
    by_hand = sorted(
        (note.text, note.participant or "") for _file, _segments, note in notes(study) if has(note, wanted)
    )
    with Finding(study) as finding:
        kinds = ("quote", "paraphrase", "remark", "nonverbal", "summary", "mark", "chat")
        found = finding.find(Wanted(wanted, kinds=kinds), most=10_000)
    assert sorted((hit.passage.text, hit.passage.person) for hit in found.hits) == by_hand
    assert found.total == len(by_hand)
    newest = [hit.passage.at >> 7 for hit in found.hits]
    assert newest == sorted(newest, reverse=True)


def test_the_matrix_counts_what_reading_everything_counts(study: Path) -> None:
    by_hand: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for file, segments, note in notes(study):
        is_said = note.kind in {"quote", "paraphrase", "chat"} and not note.parked
        if is_said and note.speaker_kind not in {"moderator", "silence"}:
            for tag in {folded(tag) for tag in note.tags}:
                cells = by_hand.setdefault(f"#{tag}", {})
                segment = segments.get(note.participant or "", "")
                cells.setdefault(segment, []).append((file, note.participant or ""))
    with Finding(study) as finding:
        rows = matrix(finding.mentions())
    assert {row.theme for row in rows} == by_hand.keys()
    assert by_hand
    for row in rows:
        for segment, count in row.by_segment.items():
            cell = by_hand[row.theme][segment]
            people = {one for one in cell if one[1]}
            assert (count.groups, count.people, count.mentions) == (len(dict(cell)), len(people), len(cell))
        assert row.by_segment.keys() == by_hand[row.theme].keys()


def test_a_report_counts_the_themes_that_the_matrix_has(study: Path) -> None:
    with Finding(study) as finding:
        mentions, groups = finding.mentions(), finding.groups()
    for number, held in groups.items():
        themes = {one.theme for one in mentions if one.session == number}
        of_report = next(one.words for one in sessions_of("Trouw", study / "1.db").found if one.id == held.group.id)
        left_out = {f"#{folded(tag)}" for tag in _tags_left_out(study / held.file)}
        assert themes <= of_report <= themes | left_out


def _tags_left_out(file: Path) -> set[str]:
    """Return the tags of quotes that may not be told."""
    state = snapshot.opened(file).state
    kept = snapshot.read(file).state.notes
    return {tag for note in state.notes.values() if note.id not in kept for tag in note.tags}
