"""Where the panels stand: at every size the question, the floor and the cues have their rows."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kring.ui.live.layout import TABS, Arrangement, arranged

ROLES = st.sampled_from(["moderator", "assistant"])


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, int, int, int, str, int]:
    role = draw(ROLES)
    tab = draw(st.sampled_from(TABS[role == "assistant"]))
    numbers = [draw(st.integers(low, high)) for low, high in ((20, 240), (8, 80), (0, 15), (0, 12))]
    return role, numbers[0], numbers[1], numbers[2], tab, numbers[3]


def arrange(given_: tuple[str, int, int, int, str, int]) -> Arrangement:
    role, columns, rows, seats, tab, cues = given_
    return arranged(role, columns, rows, seats=seats, tab=tab, cue_lines=lambda room: cues)


@given(asked())
def test_guide_and_floor_are_always_shown_and_cues_when_there_are_any(
    given_: tuple[str, int, int, int, str, int],
) -> None:
    found = arrange(given_)
    assert {"guide", "floor"} <= found.shown
    assert not given_[5] or "cues" in found.shown


@given(asked())
def test_all_that_is_shown_has_a_height(given_: tuple[str, int, int, int, str, int]) -> None:
    found = arrange(given_)
    assert all(name in found.heights for name in found.shown)
    assert all(height == "1fr" or (isinstance(height, int) and height >= 0) for height in found.heights.values())
    assert {"left", "right"} <= found.widths.keys()


@given(asked())
@example(("moderator", 60, 16, 11, "checks", 3))
def test_fixed_rows_fit_the_screen(given_: tuple[str, int, int, int, str, int]) -> None:
    _role, _columns, rows, *_ = given_
    found = arrange(given_)
    if found.body == "vertical" and found.stage == "vertical":
        fixed = [height for name, height in found.heights.items() if name in found.shown - {"guide", "notes"}]
        assert sum(height for height in fixed if isinstance(height, int)) <= max(rows - 4, 4)


@given(asked())
def test_the_same_question_has_the_same_answer(given_: tuple[str, int, int, int, str, int]) -> None:
    assert arrange(given_) == arrange(given_)
