"""Who agreed with what, as it was seen and noted in the talk."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.measures.group.consensus import Consensus, consensus_on, in_use
from kring.domain.measures.presence import took_part
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Column, Paragraph, Section, Table
from kring.report.words import NOTHING
from kring.session.answer_summary import head_count
from kring.system.i18n import _


def agreement(snapshot: Snapshot) -> Section | None:
    """Return who agreed on each question and statement, who did not, and of whom that is not known."""
    found = list(consensuses(snapshot))
    if not found:
        return None
    columns = (
        Column(_("Question or statement")),
        Column(_("Agree")),
        Column(_("Do not")),
        Column(_("No response")),
        Column(_("Not looked at")),
    )
    rows = tuple(
        (
            one_line(f"{one.matter.label} {one.matter.text}"),
            *(_people(snapshot, codes) for codes in (one.agree, one.disagree, one.silent, one.empty)),
        )
        for one in found
    )
    told = _(
        "As somebody noted it during the talk, of those who took part; nodding and an example count as agreement. Who "
        "was not looked at may have agreed or not."
    )
    return Section(
        "agreement", _("Agreement in the group"), (Table(_("Who agrees"), columns, rows), Paragraph(told, "small"))
    )


def consensuses(snapshot: Snapshot) -> Iterator[Consensus]:
    """Yield where those who took part stand on each matter of which anything was noted, in the guide's order."""
    there = frozenset(person.id for person in took_part(snapshot.state, snapshot.now))
    for matter in in_use(snapshot.state):
        yield consensus_on(snapshot.state, matter, there)


def counted(one: Consensus) -> str:
    """Return how many agree on a matter, how many do not, and of how many that is not known."""
    told = f"{one_line(f'{one.matter.label} {one.matter.text}')}: {head_count(one)}"
    n = len(one.empty)
    return told + (", " + _("not looked at: {n}").format(n=n) if n else "")


def _people(snapshot: Snapshot, codes: list[str]) -> str:
    return ", ".join(one_line(snapshot.who(code)) for code in codes) or NOTHING
