"""The screen on which a study is searched: letters, filters, cells, and what is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kring.study.finding.finding import Finding
from kring.system.settings import Settings
from kring.ui.review.app import ReviewApp
from kring.ui.study import finding_views as views
from kring.ui.study.finding_filters import Filter
from kring.ui.study.finding_model import FindingModel
from kring.ui.study.finding_screen import FindingApp
from kring.ui.widgets.line import cells, plain
from study.held import go_on, hold


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FindingModel]:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "trouw"
    folder.mkdir()
    said = ('note "te veel gedoe" @1 #gedoe', 'note "gedoe!" @1 #gedoe', "note ~ vindt het fijn @5 #gemak")
    hold(folder / "groep-1.db", 1, "start anyway", *said).close()
    hold(folder / "groep-2.db", 2, "start anyway", 'note "[/b] het gedoe 你好" @2 #gedoe', "note ( zelf #gedoe").close()
    with Finding(folder) as finding:
        yield FindingModel(finding, "Trouw [2026]")


def drawn(lines: list[views.Line]) -> str:
    return "\n".join(map(plain, lines))


def test_every_letter_is_answered_and_filters_hold_with_it(model: FindingModel) -> None:
    model.type("gedo")
    assert (model.found.total, model.found.people, model.found.groups) == (4, 2, 2)
    narrow(model, "kind", "quote")
    assert model.found.total == 3
    narrow(model, "segment", "nieuw")
    assert model.found.total == 0
    narrow(model, "segment", "trouw")
    narrow(model, "group", "group 1")
    assert [hit.passage.text for hit in model.hits] == ["gedoe!", "te veel gedoe"]
    model.narrow("group", None)
    narrow(model, "code", "#gedoe")
    assert model.found.total == 3
    assert model.forget()
    assert not model.forget()
    assert (model.typed, model.chosen, model.found.total) == ("", {}, 5)
    question = model.choices("question")[0]
    assert len(question.wanted["questions"]) == 2  # the same one in both groups
    model.narrow("question", question)
    assert "code" not in model.chosen
    assert plain(views.asked(model, 200)).count("all") == 4
    assert all(cells(plain(views.asked(model, room))) <= room for room in (30, 80, 120))


def narrow(model: FindingModel, name: Filter, label: str) -> None:
    (one,) = (choice for choice in model.choices(name) if choice.label == label)
    model.narrow(name, one)


def test_a_cell_shows_the_words_behind_it(model: FindingModel) -> None:
    model.is_in_matrix = True
    model.move(0, 1)
    assert (model.theme.theme if model.theme else "", model.segments[model.cell[1]]) == ("#gedoe", "trouw")
    assert (model.count.groups, model.count.people, model.count.mentions) == (2, 2, 3)
    assert [hit.passage.text for hit in model.behind] == ["[/b] het gedoe 你好", "gedoe!", "te veel gedoe"]
    told = drawn(views.themes(model, 70, 30))
    assert "#gedoe × trouw: 2 people, 2 groups" in told
    assert "New themes in each group" in told
    model.move(9, 9)
    assert (model.cell, model.behind) == ([1, 1], [])


@pytest.mark.parametrize(("room", "height"), [(30, 4), (44, 12), (80, 24), (140, 40)])
def test_no_line_is_wider_or_further_down_than_there_is_room(model: FindingModel, room: int, height: int) -> None:
    model.type("gedoe")
    for at in range(len(model.hits)):
        model.at = at
        lines = views.hits(model, room, height)
        assert len(lines) <= height
        assert "▸" in drawn(lines)
        assert all(cells(plain(one)) <= room for one in lines)
    assert len(views.themes(model, room, height)) <= height
    assert all(cells(plain(one)) <= room for one in (views.top(model, room), views.asked(model, room)))


def test_what_was_put_right_in_the_review_is_found_after_it(model: FindingModel, tmp_path: Path) -> None:
    model.type("gedoe")
    go_on(tmp_path / "trouw" / "groep-2.db", "remove last", 'note "nog meer gedoe" @3')
    model.look_again()
    assert model.hits[0].passage.text == "nog meer gedoe"
    assert model.found.total == 4


async def test_keys_type_filter_and_choose(model: FindingModel) -> None:
    app = FindingApp(model, Settings())
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("f3", *"para", "enter", "f4", "escape", "f3", "home", "enter")
        assert not model.chosen
        await pilot.press(*"gedoe", "f3", *"quo", "enter", "down", "tab", "right", "tab")
        assert (model.typed, model.chosen["kind"].label, model.at, model.cell) == ("gedoe", "quote", 1, [0, 1])
        await pilot.press("backspace", "enter")
    assert app.chosen is not None
    assert app.chosen.passage.text == "[/b] het gedoe 你好"


async def test_the_review_opens_where_a_hit_was_said(tmp_path: Path) -> None:
    session = hold(tmp_path / "a.db", 1, "start anyway", *[f"note nummer {n}" for n in range(5)])
    third = list(session.state.notes.values())[2]
    app = ReviewApp(session, Settings(), (), int(third.at))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert app.review.entry is not None
        assert app.review.entry.text == "nummer 2"
    session.close()


TEXT = """---
title: Trouw
language: en
---
# Findings
| no | finding | quotes |
| F1 | Te veel gedoe | group 1 #2 |

# Hypotheses
- H1: Het is fijn
  - against: group 1 #3 (kort)
"""


async def test_a_hit_is_written_behind_a_finding_or_a_hypothesis(model: FindingModel) -> None:
    text = model.finding.folder / "study.md"
    text.write_text(TEXT)
    pointing = FindingModel(model.finding, "Trouw", text)
    app = FindingApp(pointing, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"gedoe", "f5")
        told = drawn(views.targets(pointing, 79, 20))
        assert told.index("What does this speak for?") < told.index("zelf") < told.index("F1   Te veel gedoe")
        await pilot.press("x", "f2", "enter")  # letters and filters wait until one is chosen
        assert plain(views.foot(pointing, 79)).startswith(" group 2 #2 speaks for F1 now")
        await pilot.press("f5", "enter")
        assert plain(views.foot(pointing, 79)).startswith(" group 2 #2 stands there already.")
        await pilot.press("down", "f6", "down", "enter", "f6", "escape")
        await pilot.press("tab", "right", "f6", "up", "enter")
    want = TEXT.replace("| group 1 #2 |", "| group 1 #2; group 2 #2 | group 2 #1 |").replace(
        "kort)", "kort); group 2 #1"
    )
    assert pointing.typed == "gedoe"
    assert text.read_text() == want.replace("| finding | quotes |", "| finding | quotes | against |")


async def test_why_a_hit_can_not_be_pointed_to_is_said(model: FindingModel) -> None:
    async with FindingApp(model, Settings()).run_test(size=(80, 24)) as pilot:
        await pilot.press("f5")
        assert "There is no study.md here" in plain(views.foot(model, 200))
        await pilot.press(*"nergens", "f5")
        assert model.side is None
