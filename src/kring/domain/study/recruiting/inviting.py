"""How many to invite for each group and segment, with some more than are wanted, and what is still to be found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import ceil

from msgspec import Struct

from kring.domain.study.groups import Group, Recruited, group_key
from kring.domain.study.model import Range, Study
from kring.domain.study.recruiting.candidate import Candidate, segment_of
from kring.domain.study.segments import number_in
from kring.domain.text import folded

USUAL_EXTRA = Fraction(20)
"""Per cent more than are wanted, where the study says nothing. People who had said yes came for 94 % to a group in a
room and for 81 % to one by video (Journal of Medical Internet Research, 2017)."""
_MOST_EXTRA = 300


class Extra(Struct, frozen=True):
    """How many per cent more are invited than are wanted; `is_usual` where the study does not say so itself.

    `doubt` is what the study says and is not understood.
    """

    percent: Fraction
    is_usual: bool = False
    doubt: str = ""


class Places(Struct, frozen=True):
    """The places of one segment in one group: wanted, to invite, and who has one: fits, said yes."""

    group: str
    segment: str
    wanted: Range
    invite: int
    fit: int
    confirmed: int

    @property
    def to_find(self) -> int:
        """How many people are still to be found."""
        return max(0, self.invite - self.fit - self.confirmed)

    @property
    def to_confirm(self) -> int:
        """How many have not said yes yet, of all that are invited."""
        return max(0, self.invite - self.confirmed)


def extra(study: Study) -> Extra:
    """Return how many more to invite: what the study says, else what its show rate asks for, else the default."""
    said = number_in(study.over_recruiting)
    if said is not None and 0 <= said <= _MOST_EXTRA:
        return Extra(_percent(said, study.over_recruiting))
    rate = number_in(study.show_rate)
    if not study.over_recruiting and rate is not None and 0 < rate <= 100:
        return Extra(100 * 100 / _percent(rate, study.show_rate) - 100)
    return Extra(USUAL_EXTRA, is_usual=True, doubt=study.over_recruiting or study.show_rate)


def share_doubts(study: Study) -> list[str]:
    """Return what the study says of how many come and how many more to invite, and can't be so."""
    found = [words for words in (extra(study).doubt,) if words]
    shares = ((study.over_recruiting, _MOST_EXTRA), (study.show_rate, 100))
    return found + [words for words, most in shares if not 0 <= (number_in(words) or 0) <= most and words not in found]


def _percent(value: float, written: str) -> Fraction:
    """Return a share as per cents; 0,2 without the sign is 20 %."""
    exact = Fraction(value).limit_denominator(1000)
    return exact * 100 if 0 < value <= 1 and "%" not in written else exact


def to_invite(wanted: Sequence[int], percent: Fraction) -> list[int]:
    """Return how many of each segment to invite for one group: together rounded up, and shared by largest remainder.

    `wanted` are the most of each; none gets fewer than are wanted.
    """
    exact = [Fraction(count) * (100 + percent) / 100 for count in wanted]
    shares = [int(share) for share in exact]
    left = ceil(sum(exact)) - sum(shares)
    order = sorted(range(len(exact)), key=lambda place: (-(exact[place] - shares[place]), place))
    for place in order[:left]:
        shares[place] += 1
    return shares


def places(study: Study, groups: Iterable[Group], candidates: Sequence[Candidate], today: date) -> list[Places]:
    """Return the places of each group that is still to come, and of which it is known how many people it wants."""
    found: list[Places] = []
    share = extra(study).percent
    for group in groups:
        asked = [(one.segment, one.wanted) for one in group.places if one.wanted is not None]
        if group.state not in ("planned", "prepared"):
            continue
        people = [one for one in candidates if one.is_in(group.number)]
        for (segment, wanted), invite in zip(asked, to_invite([one.most for _name, one in asked], share), strict=True):
            of_it = [one for one in people if folded(segment_of(study, one, today)) == folded(segment)]
            fit, confirmed = (sum(one.state == state for one in of_it) for state in ("fits", "confirmed"))
            found.append(Places(group.number, segment, wanted, invite, fit, confirmed))
    return found


def recruited(study: Study, candidates: Iterable[Candidate], today: date) -> dict[str, dict[str, Recruited]]:
    """Return by group, as groups are compared, and folded segment who said yes, and who fits; of groups on the list."""
    found: dict[str, dict[str, Recruited]] = {}
    for one in candidates:
        if not one.group:
            continue
        of_group = found.setdefault(group_key(one.group), {})
        segment = folded(segment_of(study, one, today))
        there = of_group.get(segment, Recruited())
        if one.state in ("confirmed", "came"):
            of_group[segment] = there._replace(confirmed=there.confirmed + 1)
        elif one.state == "fits":
            of_group[segment] = there._replace(fit=there.fit + 1)
    return found


def room(study: Study, planned: Sequence[Places], candidates: Iterable[Candidate], today: date) -> dict[str, int]:
    """Return by segment how many places nobody has yet; who fits and is in no group yet takes one."""
    free: dict[str, int] = {}
    for one in planned:
        free[one.segment] = free.get(one.segment, 0) + one.to_find
    for candidate in candidates:
        segment = segment_of(study, candidate, today)
        if candidate.state in ("fits", "confirmed") and not candidate.group and segment in free:
            free[segment] = max(0, free[segment] - 1)
    return free


def group_for(planned: Sequence[Places], segment: str) -> str:
    """Return the first group with a place for somebody of a segment; empty where there is none."""
    return next((one.group for one in planned if one.to_find and folded(one.segment) == folded(segment)), "")
