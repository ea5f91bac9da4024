"""The cards of the screen of a study: all that its text says of one thing, and the notes that it points to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import Path

from msgspec import Struct

from kring.domain.study.model import Finding as Found
from kring.domain.study.model import Hypothesis
from kring.domain.study.words import ACTION_STATES, VERDICTS
from kring.domain.text import one_line
from kring.domain.time_text import as_clock
from kring.domain.words import PERSONA_WORDS, SPEAKER_WORDS
from kring.study.finding.asking import Hit
from kring.study.finding.choices import called
from kring.study.finding.evidence import Evidence, Pointed, evidence, figures
from kring.study.finding.finding import Finding, asked_of
from kring.study.finding.notices import people_told
from kring.study.kto.joint import joint
from kring.study.kto.told import figure_told
from kring.study.reads import for_a_moment
from kring.study.standing import Standing
from kring.system.i18n import _, say
from kring.ui.study.rows import Kind
from kring.ui.study.surveys import survey_card
from kring.ui.widgets.line import EMPTY, Line, line, wrap


class Point(Struct, frozen=True):
    """A row of a card on the notes that something points to; with a file the cursor can stand on it.

    `second` is where on the session's clock the note has been said, None before that ran.
    """

    told: Line
    file: Path | None = None
    second: int | None = None

    def lines(self, room: int) -> list[Line]:
        """Return it for a width."""
        return wrap(self.told, room, hang=6) if self.told else [EMPTY]


def points(found: Standing, kind: Kind, ref: str) -> list[Point]:
    """Return what a finding or a hypothesis points to: who said it, counted, then note by note; nothing of others.

    Of a survey these are the notes beside its figures.
    """
    if kind == "survey":
        return _beside_figures(found, ref)
    study = found.folder.study
    several: tuple[Found | Hypothesis, ...] = study.findings if kind == "finding" else study.hypotheses
    one = next((each for each in several if each.code == ref), None) if kind in ("finding", "hypothesis") else None
    if one is None or not (one.quotes or one.against):
        return []
    with asked_of(found.folder.path, study, for_a_moment()) as finding:
        return (
            _being_read() if finding.unread else list(_points(finding, evidence(finding, one), _("For"), _("Against")))
        )


def _being_read() -> list[Point]:
    told = _("What this points to is being read; open it again in a moment.")
    return [Point(EMPTY), Point(line((f"  {told}", "muted")))]


def _beside_figures(found: Standing, ref: str) -> list[Point]:
    """Return each figure of a survey that the text puts beside notes: what explains it, and what contradicts it."""
    study = found.folder.study
    survey = next((one for one in found.folder.surveys if str(one.line) == ref), None)
    if survey is None or not study.figures:
        return []
    with asked_of(found.folder.path, study, for_a_moment()) as finding:
        if finding.unread:
            return _being_read()
        names = called(finding.groups())
        told: list[Point] = []
        for one in joint(study, [survey], finding):
            for _survey, asked in one.figures[:1]:
                value = figure_told(asked.question.kind, asked.all)
                name = one_line(one.named.figure)
                named = "" if value.startswith(name) else f"{name}  "
                told += [Point(EMPTY), Point(line((f"  {named}", "title"), value))]
                told += _points(finding, one.evidence, _("Explains it"), _("Contradicts it"))
                told += [Point(line((f"  {one_line(one.named.themes)}", "bold")))] if one.with_themes else []
                told += [_said(finding, names, hit) for hit in one.with_themes]
        return told


def _points(finding: Finding, told: Evidence, speaks_for: str, speaks_against: str) -> Iterator[Point]:
    names = called(finding.groups())
    for title, those in ((speaks_for, told.quotes), (speaks_against, told.against)):
        if those:
            yield Point(EMPTY)
            yield Point(line((f"  {title}: ", "bold"), people_told(figures(those))))
            yield from (_point(finding, names, one) for one in those)


def _point(finding: Finding, names: Mapping[int, str], one: Pointed) -> Point:
    if one.hit is None:
        return Point(line(("  ! ", "soon"), (say(one.problem) if one.problem else "", "soon")))
    return _said(finding, names, one.hit)


def _said(finding: Finding, names: Mapping[int, str], hit: Hit) -> Point:
    passage = hit.passage
    who = passage.person or _(SPEAKER_WORDS.get(passage.speaker, SPEAKER_WORDS["unknown"]))
    at = as_clock(passage.t * 1000) if passage.t is not None else ""
    where = " ".join(part for part in (names[hit.session], at) if part)
    told = line((f"    {where}  ", "muted"), (f"{one_line(who)}: ", "bold"), one_line(passage.text))
    second = ceil(passage.t) if passage.t is not None else None  # the whole second at which it has been said
    return Point(told, finding.file_of(hit.session), second)


def card(found: Standing, kind: Kind, ref: str, room: int) -> list[Line]:
    """Return all that the text says of one thing; nothing for what has no card."""
    if kind == "survey":
        return survey_card(found, ref, room)
    study = found.folder.study
    pairs: list[tuple[str, str]] = []
    title = ref
    match kind:
        case "persona" if persona := study.persona(ref):
            pairs = [(_(label), getattr(persona, name)) for name, label in PERSONA_WORDS.items()]
            pairs += list(persona.extra)
        case "segment" if segment := study.segment(ref):
            pairs = [(_("from {day}").format(day=one.since) if one.since else _("definition"), one.text)
                     for one in segment.definitions]  # fmt: skip
            pairs += [(_("priority"), segment.priority), (_("what it needs"), segment.needs), *segment.extra]
        case "finding":
            for said in (each for each in study.findings if each.code == ref):
                title = f"{said.code} {said.text}"
                pairs = [(_("figures"), said.figures), *said.extra]
        case "hypothesis":
            for one in (each for each in study.hypotheses if each.code == ref):
                title = f"{one.code} {one.text}"
                pairs = [(_("confirms"), one.confirms), (_("refutes"), one.refutes),
                         (_("verdict"), _with(_(VERDICTS[one.verdict]), one.because)), *one.extra]  # fmt: skip
        case "action":
            for act in (each for each in study.actions if each.code == ref):
                title = f"{act.code} {act.text}"
                pairs = [(_("who"), act.owner), (_("by when"), str(act.due or "")), (_("from finding"), act.finding),
                         (_("measured by"), act.measure),
                         (_("state"), _with(_(ACTION_STATES[act.state]), act.remark)),
                         (_("measured in"), act.measured), *act.extra]  # fmt: skip
    told = [part for label, text in pairs if text.strip() for part in _pair(label, text, room)]
    head = wrap(line((f" {one_line(title)}", "title")), room, hang=1)
    return [*head, EMPTY, *told] if told or kind == "finding" else []


def _with(word: str, more: str) -> str:
    return f"{word}: {more}" if more else word


def _pair(label: str, text: str, room: int) -> list[Line]:
    shown = line((f"  {one_line(label)}: ", "muted"), one_line(text))
    return wrap(shown, room, hang=4)
