"""Ids that an author gave to lines of the guide, so that they stay the same when a text changes."""

from __future__ import annotations

from kring.domain.plan import Ids, Plan
from kring.plans.draft import derived_id


def own_ids(plan: Plan) -> frozenset[str]:
    """Return the ids of a guide that reading it would not give by itself."""
    ids = Ids()
    return frozenset(
        item.id for item in plan.guide if ids.take(derived_id(item.kind, item.text, item.parent)) != item.id
    )
