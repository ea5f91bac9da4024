"""Groups, people and mentions, counted once more by hand: one by one, in another way."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from kring.domain.study import saturation
from kring.domain.study.same_question import differ, same
from kring.domain.study.themes import Count, Mention, counted, matrix, taken_together

MENTIONS = st.lists(
    st.builds(
        Mention,
        theme=st.sampled_from(["app", "#app", "gemak"]),
        passage=st.integers(1, 9),
        session=st.integers(1, 3),
        person=st.sampled_from(["", "P1", "P2"]),
        segment=st.sampled_from(["", "nieuw", "trouw"]),
        is_sure=st.booleans(),
    ),
    max_size=25,
)
GROUPS = st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=5)


def by_hand(mentions: list[Mention]) -> Count:
    last = {}
    for one in mentions:
        last[one.passage] = one
    groups, people, confirmed = [], [], []
    for one in last.values():
        who = f"{one.session}/{one.person}"
        groups += [one.session] * (one.session not in groups)
        people += [who] * bool(one.person and who not in people)
        confirmed += [who] * (one.is_sure and who not in confirmed)
    return Count(len(groups), len(people), len(last), len([who for who in people if who not in confirmed]))


@given(MENTIONS)
def test_every_cell_is_what_counting_by_hand_gives(mentions: list[Mention]) -> None:
    rows = matrix(mentions)
    assert sorted(row.theme for row in rows) == sorted({one.theme for one in mentions})
    for row in rows:
        those = [one for one in mentions if one.theme == row.theme]
        assert row.total == by_hand(those)
        for segment in ("", "nieuw", "trouw"):
            here = [one for one in those if one.segment == segment]
            assert row.by_segment.get(segment, Count()) == by_hand(here)
            for session in (1, 2, 3):
                cell = [one for one in here if one.session == session]
                assert row.cells.get((segment, session), Count()) == by_hand(cell)
        for session in (1, 2, 3):
            assert row.by_session.get(session, Count()) == by_hand([one for one in those if one.session == session])


@given(MENTIONS)
def test_a_tag_and_a_code_of_one_name_are_one_theme_that_no_passage_has_twice(mentions: list[Mention]) -> None:
    rows = {row.theme: row.total for row in matrix(taken_together(mentions))}
    those = [one for one in mentions if one.theme != "gemak"]
    is_coded = any(one.theme == "app" for one in those)
    assert rows.pop("gemak", Count()) == by_hand([one for one in mentions if one.theme == "gemak"])
    assert rows == ({"app" if is_coded else "#app": by_hand(those)} if those else {})


def test_twelve_mentions_by_one_person_are_one_person() -> None:
    twelve = [Mention("app", passage, 1, "P2", "nieuw") for passage in range(12)]
    assert counted(twelve) == Count(groups=1, people=1, mentions=12)
    namesake = Mention("app", 12, 2, "P2", "nieuw")
    assert counted([*twelve, namesake]) == Count(2, 2, 13)
    nobody_knows = Mention("app", 13, 3)
    assert counted([*twelve, namesake, nobody_knows]) == Count(3, 2, 14)
    by_the_log = [Mention("app", 14, 3, "P4", is_sure=False), Mention("app", 15, 1, "P2", "nieuw", is_sure=False)]
    assert counted([*twelve, *by_the_log]) == Count(2, 2, 14, unsure=1)


@given(GROUPS)
def test_what_is_new_in_a_group_was_in_none_before_it(groups: list[frozenset[str]]) -> None:
    new, known = saturation.new_per_group(groups), saturation.known_after(groups)
    for place, themes in enumerate(groups):
        assert new[place] == len([one for one in themes if not any(one in before for before in groups[:place])])
        assert known[place] == len({one for group in groups[: place + 1] for one in group})


@given(GROUPS)
def test_the_spread_holds_the_order_held_and_ends_at_the_same_sum(groups: list[frozenset[str]]) -> None:
    orders = list(permutations(range(len(groups))))
    spread, new = saturation.spread(groups, orders), saturation.new_per_group(groups)
    assert all(one.low <= here <= one.high and one.low <= one.middle <= one.high for one, here in zip(spread, new))  # noqa: B905 - as long as each other
    if groups:
        assert (spread[0].low, spread[0].high) == (min(map(len, groups)), max(map(len, groups)))


@given(GROUPS.filter(lambda groups: len(groups) <= 5))
def test_the_spread_is_that_of_every_set_of_groups_that_may_come_before(groups: list[frozenset[str]]) -> None:
    """Of what is new at a place only is told which groups came before it, and in no matter what order."""
    spread = saturation.spread(groups, list(permutations(range(len(groups)))))
    places = set(range(len(groups)))
    for place, told in enumerate(spread):
        figures = sorted(
            sum(all(theme not in groups[one] for one in before) for theme in groups[here])
            for here in places
            for before in combinations(sorted(places - {here}), place)
        )
        assert told == (figures[0], figures[(len(figures) - 1) // 2], figures[-1])


def test_runs_overlap_and_are_shares_of_the_base() -> None:
    groups = [
        frozenset(range(20)),
        frozenset({20}),
        frozenset({21, 22}),
        frozenset({1}),
        frozenset({2, 23}),
        frozenset({3}),
    ]
    assert [(one.until, one.new, one.ratio) for one in saturation.runs(groups, 2, 2)] == [
        (4, 2, 2 / 21),
        (5, 1, 1 / 21),
        (6, 1, 1 / 21),
    ]
    first = saturation.reached(saturation.runs(groups, 2, 2))
    assert first is not None
    assert first.until == 5
    assert saturation.runs(groups[:3], 2, 2) == []
    assert saturation.reached(saturation.runs([frozenset()] * 9)) is None


class Put:
    """A question in a guide."""

    def __init__(self, session: int, item: str, text: str) -> None:
        self.session, self.item, self.text = session, item, text


def test_a_question_is_known_by_its_id_or_its_words() -> None:
    puts = [
        Put(1, "start", "Wie bent u?"),
        Put(1, "app", "Vertrouwt u de app?"),
        Put(2, "begin", "wie  BENT u?"),
        Put(2, "app", "Hoeveel vertrouwen hebt u in de app?"),
        Put(3, "anders", "Hoeveel vertrouwen hebt u in de app?"),
        Put(3, "nieuw", "Wat mist u?"),
    ]
    together = same(puts)
    assert [[put.session for put in those] for those in together] == [[1, 2], [1, 2, 3], [3]]
    assert [differ(those) for those in together] == [False, True, False]
