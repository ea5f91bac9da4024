"""Who agreed with what, as it was seen and noted in the talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kring.domain.measures.group.consensus import Consensus, consensus_on, in_use
from kring.domain.measures.presence import took_part
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report import people
from kring.report.parts import Leaf, Mention, Mentions
from kring.report.words import listed
from kring.session.answer_summary import head_count
from kring.system.i18n import _


def agreement(snapshot: Snapshot, found: Sequence[Consensus]) -> list[Leaf]:
    """Return who agreed on a question and its statements, who did not, and of whom that is not known."""
    if not found:
        return []
    told = _(
        "As somebody noted it during the talk; nodding and an example count as agreement. Somebody at whom nobody "
        "looked may have agreed or not."
    )
    return [Mentions(_("Who agreed"), _("A filled box agrees."), told, tuple(_matter(snapshot, one) for one in found))]


def _matter(snapshot: Snapshot, one: Consensus) -> Mention:
    rest = [
        (_("disagree: {names}"), one.disagree),
        (_("no response: {names}"), one.silent),
        (_("not looked at: {names}"), one.empty),
    ]
    told = [template.format(names=listed(_names(snapshot, codes))) for template, codes in rest if codes]
    agree = set(one.agree)
    codes = sorted(one.cells, key=lambda code: code not in agree)
    return Mention(
        label=one_line(one.matter.label),
        people=tuple(people.person(snapshot, code, code in agree) for code in codes),
        figures=(_("{n} of {all}").format(n=len(agree), all=len(one.cells)), _("agree")),
        words=one_line(one.matter.text),
        by="; ".join(told),
        is_quote=False,
    )


def _names(snapshot: Snapshot, codes: Sequence[str]) -> list[str]:
    return [one_line(snapshot.who(code)) for code in codes]


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
