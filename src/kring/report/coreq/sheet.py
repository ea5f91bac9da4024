"""The 32 items of COREQ with their answers: of one session in its report, of a study on a sheet of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from kring import __version__
from kring.domain.measures.presence import took_part
from kring.domain.text import N_, one_line
from kring.privacy.snapshot import Snapshot
from kring.report.coreq.answers import answer_of_file, typed_answer
from kring.report.coreq.items import DOMAINS, ITEMS, Item
from kring.report.parts import Block, Column, Paragraph, Report, Section, Table
from kring.report.words import date
from kring.study.saturation import new_words
from kring.study.sessions import StudySession, sessions_of
from kring.system.i18n import _, language, ngettext, say

SIZE, SATURATION = 12, 22
OF_THE_STUDY = frozenset({1, 14, 27})
"""Items whose answer, where it is the same in all sessions, is told once; what was counted is told for each."""
_SENTENCE = re.compile(r"(?<=\.) (?=[^\W\d_])")
SOURCE = N_(
    "Consolidated criteria for reporting qualitative research: Tong, Sainsbury and Craig, 2007 (doi "
    "10.1093/intqhc/mzm042). What this file cannot tell stays open."
)


def section(snapshot: Snapshot) -> Section | None:
    """Return the 32 items with their answers, and where each comes from."""
    if snapshot.state.session.started_at is None:
        return None
    columns = (Column(_("No.")), Column(_("Item")), Column(_("Answer")), Column(_("Comes from")))
    blocks: list[Block] = [Paragraph(_(SOURCE), "small")]
    for number, name in DOMAINS.items():
        rows = ((item, _answer(snapshot, item)) for item in ITEMS if item.domain == number)
        told = tuple((*_called(item), one.told, one.source) for item, one in rows)
        blocks.append(Table(_(name), columns, told))
    new = _saturation(snapshot)
    if new:
        blocks.append(Paragraph(_("Appendix to item {n}: {counts}").format(n=SATURATION, counts=new), "small"))
    return Section("coreq", "COREQ", tuple(blocks))


def sheet(snapshots: Sequence[Snapshot]) -> Report:
    """Return the 32 items for the sessions of a study, each of which answers for itself."""
    names = _labels(snapshots)
    first = snapshots[0].state.session
    study = one_line(first.study) or one_line(first.title)
    files = ", ".join(one_line(f"{snapshot.stem}{snapshot.path.suffix}") for snapshot in snapshots)
    told = _("Made by kring {version} from the session file {file}.").format(version=__version__, file=files)
    sections = (*sections_together(snapshots), *appendix(snapshots))
    return Report(language(), f"COREQ: {study}", "; ".join(names), sections, f"{_(SOURCE)} {told}")


def appendix(snapshots: Sequence[Snapshot]) -> tuple[Section, ...]:
    """Return what was counted for the item on saturation; nothing where nothing was."""
    ids = {snapshot.state.session.id for snapshot in snapshots}
    new = _saturation(snapshots[0], lambda session: session.id in ids)
    told = _("Appendix to item {n}: {counts}").format(n=SATURATION, counts=new)
    return (Section("appendix", _("Appendix"), (Paragraph(told, "small"),)),) if new else ()


def sections_together(
    snapshots: Sequence[Snapshot], of_folder: Mapping[int, str] = MappingProxyType({})
) -> tuple[Section, ...]:
    """Return the 32 items for the sessions of a study as sections, one for each domain.

    `of_folder` are the answers that the folder of the study has to some of them: they go before those of the sessions,
    and what a person typed goes before both.
    """
    columns = (Column(_("No.")), Column(_("Item")), Column(_("Answer")), Column(_("Comes from")))
    answered = [_answers(snapshot) for snapshot in snapshots]  # one by one: its figures are worked out once
    return tuple(
        Section(f"domain-{number}", _(name),
                (Table(_items_of(number), columns, tuple(_together(snapshots, answered, number, of_folder))),))
        for number, name in DOMAINS.items()
    )  # fmt: skip


def _items_of(domain: int) -> str:
    """Return which items a table holds; the name of their domain is the heading above it."""
    numbers = [item.number for item in ITEMS if item.domain == domain]
    return _("Items {first} to {last}").format(first=numbers[0], last=numbers[-1])


class _Answer(NamedTuple):
    """What one session answers to an item, and where that comes from; `is_known` says whether it knows."""

    told: str
    source: str
    is_typed: bool
    is_known: bool


def _called(item: Item) -> tuple[str, str]:
    """Return the number of an item, and what it asks."""
    return str(item.number), f"{_(item.name)}: {_(item.asks)}"


def _answers(snapshot: Snapshot) -> dict[int, _Answer]:
    return {item.number: _answer(snapshot, item) for item in ITEMS}


def _together(
    snapshots: Sequence[Snapshot], answered: Sequence[dict[int, _Answer]], domain: int, of_folder: Mapping[int, str]
) -> Iterator[tuple[str, ...]]:
    for item in ITEMS:
        if item.domain == domain:
            answers = [one[item.number] for one in answered]
            known = of_folder.get(item.number, "")
            if known and not any(one.is_typed for one in answers):
                yield *_called(item), known, _("the folder of the study")
            else:
                yield *_called(item), *_merged(snapshots, item, answers)


def _merged(snapshots: Sequence[Snapshot], item: Item, told: Sequence[_Answer]) -> tuple[str, str]:
    """Return one answer for all sessions, and where it comes from; what a person typed takes the place of the rest."""
    typed = [place for place, one in enumerate(told) if one.is_typed]
    kept = typed or [place for place, one in enumerate(told) if one.is_known]
    if not kept:
        return told[0].told, told[0].source
    answers = list(dict.fromkeys(told[place].told for place in kept))
    sources = ", ".join(dict.fromkeys(told[place].source for place in kept))
    if len(answers) == 1 and (
        typed or len(snapshots) == 1 or (item.number in OF_THE_STUDY and len(kept) == len(snapshots))
    ):
        return answers[0], sources
    labels = _labels(snapshots)
    own, shared = ([told[place].told for place in kept], "") if typed else _parted([told[place].told for place in kept])
    each = [f"{labels[place]}: {answer}" for place, answer in zip(kept, own, strict=True)]
    each += [shared] if shared else []
    if item.number == SIZE and not typed:
        each.insert(0, _in_all(snapshots))
    return " ".join(each), sources


def _parted(answers: Sequence[str]) -> tuple[list[str], str]:
    """Return what is told of each session, and the sentences at the end that are told of all of them alike.

    A figure is told of each, also where all have the same: told once it would be of all of them together.
    """
    sentences = [_SENTENCE.split(answer) for answer in answers]
    shared: list[str] = []
    while len(answers) > 1 and all(len(one) > 1 for one in sentences) and len({one[-1] for one in sentences}) == 1:
        if any(map(str.isdigit, sentences[0][-1])):
            break
        shared.insert(0, sentences[0][-1])
        sentences = [one[:-1] for one in sentences]
    return [" ".join(one) for one in sentences], " ".join(shared)


def _in_all(snapshots: Sequence[Snapshot]) -> str:
    n = sum(len(took_part(snapshot.state, snapshot.now)) for snapshot in snapshots)
    told = ngettext("{n} participant in {groups} groups.", "{n} participants in {groups} groups.", n)
    return told.format(n=n, groups=len(snapshots))


def _labels(snapshots: Sequence[Snapshot]) -> list[str]:
    """Return what each session is called: its group, and where two bear one number its file too."""
    labels = [_label(snapshot) for snapshot in snapshots]
    return [
        label if labels.count(label) == 1 else f"{label} ({one_line(snapshot.stem)})"
        for label, snapshot in zip(labels, snapshots, strict=True)
    ]


def _label(snapshot: Snapshot) -> str:
    session = snapshot.state.session
    if session.group_number:
        told = _("group {number}").format(number=one_line(session.group_number))
        return told[:1].upper() + told[1:]
    return date(snapshot.state, session.started_at) if session.started_at is not None else one_line(session.title)


def _answer(snapshot: Snapshot, item: Item) -> _Answer:
    told = answer_of_file(snapshot, item)
    given, typed = snapshot.state.coreq.get(str(item.number)), typed_answer(snapshot, item)
    if given is not None and typed:
        by = one_line(given.answered_by)
        return _Answer(typed, _("typed by {who}").format(who=by) if by else _("typed"), True, bool(told))
    if told:
        return _Answer(told, _("the session file"), False, True)
    source = _("for a person to answer") if item.source == "human" else _("not known")
    return _Answer(_("open"), source, False, False)


def _saturation(snapshot: Snapshot, counts: Callable[[StudySession], bool] = lambda _session: True) -> str:
    """Return what each session of the study brought that was new, and which files could not be asked."""
    sessions = sessions_of(snapshot.state.session.study, snapshot.path)
    new = new_words(filter(counts, sessions.found))
    if not new:
        return ""
    told = _("New tags and codes in each of the {n} sessions of this study, in order of time: {counts}.")
    return " ".join([told.format(n=len(new), counts=", ".join(map(str, new))), *map(say, sessions.said)])
