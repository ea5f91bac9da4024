"""A plan that leaves: participants by their codes wherever its texts name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kring.domain.plan import GuideItem, Ids, Plan
from kring.plans.draft import derived_id
from kring.plans.writing.own_ids import own_ids
from kring.privacy.contacts import without_contacts
from kring.privacy.names import Names, without
from kring.privacy.replaced import Replaced, Tally

_FIELDS = ("title", "objective", "study", "group", "project_number", "client", "agency", "stimulus_versions")


def without_names(plan: Plan, *, with_contacts: bool = False) -> tuple[Plan, Replaced]:
    """Return a plan with codes for participants in its texts, and what was replaced; its list stays as it is."""
    labels = [(person.name, person.code) for person in plan.participants if person.name != person.code]
    names, tally = Names(labels, plan.language), Tally()

    def told(text: str) -> str:
        said, contacts = (text, 0) if with_contacts else without_contacts(text)
        finds = names.found(said)
        if finds or contacts:
            tally.add(plan.source, said, finds, contacts)
        return without(said, finds)

    guide = [
        replace(item, text=told(item.text), options=tuple(map(told, item.options)), file=item.file and told(item.file))
        for item in plan.guide
    ]
    ids = _ids(guide, own_ids(plan), names.hidden)
    hidden = replace(
        plan,
        **{name: told(getattr(plan, name)) for name in _FIELDS},
        extra=tuple((key, told(value)) for key, value in plan.extra),
        sentences=tuple((moment, told(text)) for moment, text in plan.sentences),
        guide=tuple(replace(item, id=ids[item.id], parent=ids.get(item.parent or "")) for item in guide),
        checks=tuple(replace(check, text=told(check.text), item=ids.get(check.item or "")) for check in plan.checks),
    )
    return hidden, tally.result()


def _ids(guide: list[GuideItem], chosen: frozenset[str], hidden: Callable[[str], str]) -> Mapping[str, str]:
    """Return the id that each line gets: what its author chose, where that names nobody, else by its words."""
    found = {item.id: item.id for item in guide if item.id in chosen and hidden(item.id) == item.id}
    free = Ids(found)
    for item in guide:
        if item.id not in found:
            found[item.id] = free.take(derived_id(item.kind, item.text, found.get(item.parent or "")))
    return found
