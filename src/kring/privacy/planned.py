"""A plan that leaves: participants by their codes wherever its texts name them, and no way to reach anybody."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain.plan import Plan
from kring.privacy.contacts import without_contacts
from kring.privacy.names import Names, without
from kring.privacy.replaced import Replaced, Tally

_FIELDS = (
    "title", "objective", "study", "group", "project_number", "client", "agency", "stimulus_versions",
)  # fmt: skip


def plan_without_names(plan: Plan) -> tuple[Plan, Replaced]:
    """Return a plan without participants, with codes for their names in its texts, and what was replaced."""
    labels = [(person.name, person.code) for person in plan.participants if person.name != person.code]
    names, tally = Names(labels, plan.language), Tally()

    def told(text: str) -> str:
        said, contacts = without_contacts(text)
        finds = names.found(said)
        if finds or contacts:
            tally.add(plan.source, said, finds, contacts)
        return without(said, finds)

    fields = {name: told(getattr(plan, name)) for name in _FIELDS}
    guide = [
        replace(item, text=told(item.text), options=tuple(map(told, item.options)), file=item.file and told(item.file))
        for item in plan.guide
    ]
    hidden = replace(
        plan,
        **fields,
        participants=(),
        link="",
        assistant_phone="",
        extra=tuple((key, told(value)) for key, value in plan.extra),
        sentences=tuple((moment, told(text)) for moment, text in plan.sentences),
        guide=tuple(guide),
        checks=tuple(replace(check, text=told(check.text)) for check in plan.checks),
    )
    return hidden, tally.result()
