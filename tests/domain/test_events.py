"""Events: their place in the canonical order."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from kring.domain.events import Event, next_hlc, uuid7


@given(st.lists(st.integers(0, 2**47), min_size=1, max_size=20))
def test_the_order_never_goes_back_whatever_the_clock_does(clock: list[int]) -> None:
    last, found = 0, []
    for now in clock:
        last = next_hlc(last, now)
        found.append(last)
    assert found == sorted(set(found))
    assert all(hlc >= now << 16 for hlc, now in zip(found, clock, strict=True))


def test_at_is_the_moment_within_the_order() -> None:
    event = Event(
        id="e", hlc=next_hlc(0, 1_796_326_200_123), device="d", actor="a", role="r", kind="k", data="", fact=None
    )
    assert event.at == 1_796_326_200_123
    assert next_hlc(event.hlc, 1_796_326_200_123) == event.hlc + 1


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_of_version_7_of_its_moment(ms: int, chance: bytes) -> None:
    found = UUID(uuid7(ms, chance))
    assert (found.version, found.variant) == (7, RFC_4122)
    assert found.int >> 80 == ms


def test_ids_sort_by_their_moment() -> None:
    assert uuid7(1, b"\xff" * 10) < uuid7(2, b"\x00" * 10)
