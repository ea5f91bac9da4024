"""The run sheet: who does what when, a page to print; nothing in it comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

from msgspec.structs import replace

from kring.domain.plan import GuideItem, Plan, PlannedCheck
from kring.domain.text import clean, one_line
from kring.invite.facts import Times, left_blank, section_times
from kring.plans.outline import NAMES, PHASES
from kring.system.i18n import _, language, plain_number

_SHOWN = ("section", "break", "question", "poll", "stimulus", "activity", "breakout")


class Row(NamedTuple):
    """A line of the guide: at what time of day (empty where earlier lengths are not known), and how long."""

    at: str
    kind: str
    number: str
    text: str
    minutes: str
    must_ask: bool


class Phase(NamedTuple):
    """A phase of the checklist: its checks, gates first marked by `gate`."""

    name: str
    checks: list[PlannedCheck]


def on_sheet(plan: Plan) -> Plan:
    """Return a plan with no other texts than the sheet has."""
    guide = tuple(replace(item, options=()) for item in plan.guide if item.kind in _SHOWN)
    nothing = dict.fromkeys(("study", "group", "project_number", "client", "agency", "stimulus_versions"), "")
    return replace(plan, guide=guide, sentences=(), extra=(), **nothing)


def page(plan: Plan, times: Times | None, facts: Mapping[str, str | bool], *, with_names: bool) -> str:
    """Return the whole page; participants by their codes, unless names are asked for."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_cleaned
    )
    template = (files("kring.invite") / "texts" / "run_sheet.html.jinja").read_text("utf-8")
    told = {name: "" if isinstance(fact, str) and left_blank(fact) else fact for name, fact in facts.items()}
    return environment.from_string(template).render(
        lang=language(),
        title=plan.title,
        objective=plan.objective,
        facts=told,
        head=[(name, value) for name, value in _head(told) if value],
        rows=list(_rows(plan, times)),
        phases=[Phase(_(name), found) for key, name in PHASES.items() if (found := _checks(plan, key))],
        people=[
            (person.seat, person.name if with_names else person.code, person.segment) for person in plan.participants
        ],
        words={
            "sheet": _("Run sheet"), "guide": _("Discussion guide"), "checks": _("Checklist"),
            "must": _("must be asked"),
            "people": _("Participants"), "at": _("Time"), "minutes": _("min"), "gate": _("before the start"),
            "seat": _("seat"), "notes": _("Remarks"),
        },
    )  # fmt: skip


def _head(facts: Mapping[str, str | bool]) -> Iterator[tuple[str, str]]:
    names = {
        "day": _("Day"), "doors": _("Doors open"), "start": _("Start"), "end": _("End"), "platform": _("Platform"),
        "link": _("Link"), "place": _("Place"), "moderator": _("Moderator"), "assistant": _("Assistant"),
        "phone": _("Telephone for participants"), "incentive": _("Incentive"),
    }  # fmt: skip
    for name, told in names.items():
        yield told, str(facts[name])


def _rows(plan: Plan, times: Times | None) -> Iterator[Row]:
    begins = {section.id: at for section, at, _end in section_times(plan, times)}
    for item in plan.guide:
        if item.kind not in _SHOWN:
            continue
        at = begins.get(item.id)
        minutes = plain_number(item.planned_s / 60) if item.planned_s else ""
        told = f"{at:%H:%M}" if at else ""
        yield Row(told, item.kind, item.number or _kind(item), one_line(item.text), minutes, item.must_ask)


def _kind(item: GuideItem) -> str:
    return f"{_(NAMES[item.kind])}:" if item.parent and item.kind in NAMES else ""


def _checks(plan: Plan, phase: str) -> list[PlannedCheck]:
    return [check for check in plan.checks if check.phase == phase]


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value
