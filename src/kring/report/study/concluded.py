"""What the team concluded: findings and hypotheses with the notes that they rest on, and actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kring.domain.consent import WORD_FOR_WORD
from kring.domain.study.model import Action
from kring.domain.study.words import ACTION_STATES, VERDICTS
from kring.domain.text import one_line
from kring.report.parts import Block, Column, Listing, Paragraph, Quote, Quotes, Section, Table
from kring.report.said.quotes import is_unconfirmed, said_by, unconfirmed_told, when
from kring.report.study.material import Material, joined
from kring.report.words import NOTHING, day_told
from kring.study.finding.asking import Hit
from kring.study.finding.evidence import Evidence, Pointed, figures
from kring.study.finding.notices import people_told
from kring.system.i18n import _, ngettext


def findings(material: Material) -> Section | None:
    """Return each finding with who said it, in whose words, what speaks against it, and its figures."""
    parts = tuple(
        Section(f"finding-{number}", _named(one.code, one.text), tuple(_finding(material, one.figures, told)))
        for number, (one, told) in enumerate(zip(material.study.findings, material.findings, strict=True), 1)
    )
    return Section("findings", _("Findings"), (), parts) if parts else None


def _finding(material: Material, in_figures: str, told: Evidence) -> Iterator[Block]:
    yield from pointed_to(material, told)
    if in_figures.strip():
        yield Paragraph(one_line(in_figures), "plain", _("In figures:"))
    if not (told.quotes or told.against or in_figures.strip()):
        yield Paragraph(_("No note and no figure stands beside this finding."), "small")


def pointed_to(material: Material, told: Evidence) -> Iterator[Block]:
    """Yield who said it and who said something else, counted, then in their words."""
    sides = (
        (told.quotes, _("Said by:"), _("In their words")),
        (told.against, _("Against it:"), _("Counter-examples")),
    )
    for those, lead, title in sides:
        yield from counted_words(material, those, lead, title)


def counted_words(material: Material, those: Sequence[Pointed], lead: str, title: str) -> Iterator[Block]:
    """Yield by how many people in how many groups something was said, then in their words; nothing of no note."""
    if those:
        yield Paragraph(people_told(figures(tuple(those))), "reading", lead)
        yield from words_of(material, title, _hits(those))


def _hits(those: Iterable[Pointed]) -> list[Hit]:
    return [one.hit for one in those if one.hit is not None]


def words_of(material: Material, title: str, those: Iterable[Hit]) -> Iterator[Block]:
    """Yield what notes say: quotes below a title, and apart from them what is in other words than those spoken."""
    quotes: list[Quote] = []
    others: list[str] = []
    is_sure = True
    for hit in those:
        note = material.note(hit)
        if note is None:
            continue
        is_sure = is_sure and not is_unconfirmed(note)
        if note.kind in WORD_FOR_WORD:
            quotes.append(material.quote(hit, note))
        else:
            snapshot = material.snapshots[hit.session]
            where = joined(material.called[hit.session], when(snapshot, int(note.at), note.t))
            by = said_by(snapshot, note) if note.participant or note.speaker_kind else _("remark of the team")
            others.append(f"{one_line(note.text)} ({by}, {where})")
    if quotes:
        yield Quotes(title, tuple(quotes))
    if others:
        yield Paragraph("", "plain", _("Noted in other words:"))
        yield Listing(tuple(others))
    if not is_sure:
        yield Paragraph(unconfirmed_told(), "small")


def hypotheses(material: Material) -> Section | None:
    """Return each hypothesis with its verdict, why, what it was to be judged by, and the notes for and against."""
    parts = []
    for number, (one, told) in enumerate(zip(material.study.hypotheses, material.hypotheses, strict=True), 1):
        blocks: list[Block] = [Paragraph(_begun(one.because), "reading", _verdict(_(VERDICTS[one.verdict])))]
        judged = [
            template.format(text=one_line(text))
            for template, text in (
                (_("Would confirm it: {text}"), one.confirms),
                (_("Would refute it: {text}"), one.refutes),
            )
            if text.strip()
        ]
        blocks += [Listing(tuple(judged))] if judged else []
        blocks += pointed_to(material, told)
        parts.append(Section(f"hypothesis-{number}", _named(one.code, one.text), tuple(blocks)))
    return Section("hypotheses", _("Hypotheses"), (), tuple(parts)) if parts else None


def _verdict(told: str) -> str:
    return _("Verdict: {verdict}.").format(verdict=told)


def _begun(text: str) -> str:
    """Return a text that stands behind another, as a sentence of its own."""
    told = one_line(text)
    return f"{told[:1].upper()}{told[1:]}"


def actions(material: Material) -> Section | None:
    """Return what is done with it: who, by when, from what, measured how, how far; what is late is said first."""
    those = material.study.actions
    if not those:
        return None
    late = [one for one in those if _days_late(material, one) > 0]
    told = ngettext("{n} action is late: {codes}.", "{n} actions are late: {codes}.", len(late))
    blocks: list[Block] = []
    if late:
        codes = ", ".join(one_line(one.code) for one in late)
        blocks.append(Paragraph("", "reading", told.format(n=len(late), codes=codes)))
    heads = (_("No."), _("Action"), _("Who"), _("By when"), _("From"), _("Measured by"), _("State"))
    rows = tuple(_row(material, one) for one in those)
    blocks.append(Table(_("What is done with it"), tuple(map(Column, heads)), rows))
    return Section("actions", _("Actions"), tuple(blocks))


def _row(material: Material, one: Action) -> tuple[str, ...]:
    late = _days_late(material, one)
    due = day_told(one.due) if one.due is not None else NOTHING
    if late > 0:
        due = joined(due, ngettext("{n} day late", "{n} days late", late).format(n=late))
    state = joined(_(ACTION_STATES[one.state]), one.remark, one.measured)
    texts = (one.code, one.text, one.owner, due, one.finding, one.measure, state)
    return tuple(one_line(text) or NOTHING for text in texts)


def _days_late(material: Material, one: Action) -> int:
    """Return how many days an action is late that is still to be done; not more than 0 where it isn't."""
    if one.due is None or one.state not in ("open", "started"):
        return 0
    return (material.today - one.due).days


def _named(code: str, text: str) -> str:
    return one_line(f"{code} {text}")
