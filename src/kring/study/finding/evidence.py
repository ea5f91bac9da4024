"""The notes that a finding or a hypothesis points to: what they say, and why one of them can't be shown.

A note that may not be quoted is never shown; that it is there, and by which line, is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import ascii_lowercase, digits
from typing import NamedTuple

from msgspec.structs import replace

from kring.domain.plan import PlanWarning
from kring.domain.rows import NoteRow
from kring.domain.study.model import FigureAndQuotes, Hypothesis, Study
from kring.domain.study.model import Finding as Found
from kring.domain.study.references import Reference, parted, references
from kring.domain.study.themes import Count, Mention, counted
from kring.domain.text import KringError, Sentence, folded
from kring.study.finding.asking import Hit
from kring.study.finding.choices import called, groups_asked
from kring.study.finding.finding import Finding, asked_of
from kring.study.finding.passages import segment_key
from kring.study.finding.upkeep import Held
from kring.study.reads import Reads, read_all

Pointing = Found | Hypothesis | FigureAndQuotes
"""What of a study's text points to notes."""
_GROUP = re.compile(r"(?i)(?:groep|group|sessie|session|g)[\s.\-]*(\d+)")


class Pointed(NamedTuple):
    """A note that a line of the study's text points to: as a passage, or why it can't be shown."""

    told: str
    line: int
    hit: Hit | None
    problem: Sentence | None


class Evidence(NamedTuple):
    """What speaks for something, and what against it."""

    quotes: tuple[Pointed, ...]
    against: tuple[Pointed, ...]

    @property
    def problems(self) -> list[tuple[int, Sentence]]:
        """What can't be shown, each with its line."""
        return [(one.line, one.problem) for one in (*self.quotes, *self.against) if one.problem is not None]


def evidence(finding: Finding, one: Pointing) -> Evidence:
    """Return the notes that a finding or a hypothesis points to."""
    groups = finding.groups()
    return Evidence(
        tuple(_pointed(finding, groups, each, one.line) for each in references(one.quotes)),
        tuple(_pointed(finding, groups, each, one.line) for each in references(one.against)),
    )


def with_theirs(study: Study, named: FigureAndQuotes) -> FigureAndQuotes:
    """Return a figure with the notes of the findings and hypotheses beside it: `H1` brings those of H1.

    What speaks against H1 stands on the other side, for it speaks against what H1 says.
    """
    codes = _codes(study)
    quotes, explaining = parted(named.quotes, codes)
    against, contradicting = parted(named.against, codes)
    theirs = [codes[one] for one in explaining], [codes[one] for one in contradicting]
    return replace(
        named,
        quotes="; ".join([quotes, *(one.quotes for one in theirs[0]), *(one.against for one in theirs[1])]),
        against="; ".join([against, *(one.quotes for one in theirs[1]), *(one.against for one in theirs[0])]),
    )


def _codes(study: Study) -> dict[str, Found | Hypothesis]:
    several: list[Found | Hypothesis] = [*study.hypotheses, *study.findings]
    return {folded(one.code): one for one in several if one.code}


def _own(study: Study, named: FigureAndQuotes) -> FigureAndQuotes:
    """Return a figure with the notes that stand beside it themselves."""
    codes = _codes(study)
    return replace(named, quotes=parted(named.quotes, codes)[0], against=parted(named.against, codes)[0])


def unresolved(folder: Path, study: Study) -> tuple[PlanWarning, ...]:
    """Return what a study points to and can't be shown, each with its line; the index is asked only where it points."""
    return unresolved_so_far(folder, study, read_all)[0]


def unresolved_so_far(folder: Path, study: Study, reads: Reads) -> tuple[tuple[PlanWarning, ...], int]:
    """Return the same, and how many session files are not read yet: until all are nothing is told."""
    several: list[Pointing] = [*(_own(study, one) for one in study.figures), *study.findings, *study.hypotheses]
    pointing = [one for one in several if one.quotes or one.against]
    if not pointing:
        return (), 0
    with asked_of(folder, study, reads) as finding:
        if finding.unread:
            return (), finding.unread
        return tuple(PlanWarning(*told) for one in pointing for told in evidence(finding, one).problems), 0


def figures(pointed: tuple[Pointed, ...]) -> Count:
    """Return in how many groups, by how many people and how often that was said; somebody twice is one person.

    What the team wrote of its own counts nowhere.
    """
    hits = [one.hit for one in pointed if one.hit is not None and one.hit.passage.is_mention]
    return counted(
        Mention("", hit.number, hit.session, hit.passage.person, segment_key(hit.passage.segment), hit.passage.is_sure)
        for hit in hits
    )


def _pointed(finding: Finding, groups: Mapping[int, Held], asked: Reference, line: int) -> Pointed:
    try:
        session = session_of(groups, asked)
        return Pointed(asked.told, line, _note(finding, session, asked), None)
    except KringError as error:
        return Pointed(asked.told, line, None, error.sentence)


def reference_to(finding: Finding, hit: Hit) -> str:
    """Return how a text points to a note, so that it is found again; raises KringError where that can't be."""
    problem = KringError("Only a note has a number by which it can be pointed to.")
    if not hit.passage.number:
        raise problem
    groups = finding.groups()
    for name in (called(groups)[hit.session], groups[hit.session].file):
        for letter in ("", *ascii_lowercase):
            told = f"{name} #{hit.passage.number}{letter}"
            try:
                (asked, *more) = references(told)
                found = _note(finding, session_of(groups, asked), asked)
            except KringError as error:
                problem = problem if letter else error
                continue
            if found.number == hit.number and not more:
                return told
    raise problem


def session_of(groups: Mapping[int, Held], asked: Reference) -> int:
    """Return the session that is meant; raises KringError where there is none, or more than one."""
    if not asked.note:
        raise KringError("{words} points to no note; write it as group 1 #12.", words=asked.told)
    return session_called(groups, asked.group, asked.told)


def session_called(groups: Mapping[int, Held], group: str, told: str) -> int:
    """Return the session of the group that is named in some words; raises KringError where that is none, or several."""
    if not group:
        raise KringError("{words} does not say of which group; write it as group 1 #12.", words=told)
    found = _named(groups, group)
    if len(found) > 1:
        names = called(groups)
        raise KringError("{words} may be of {groups}; name the file.", words=told,
                         groups=", ".join(names[one] for one in found))  # fmt: skip
    return found[0]


def _named(groups: Mapping[int, Held], word: str) -> tuple[int, ...]:
    """Return the sessions of a name; *groep 1* and *group 1* are the number 1 in every language."""
    try:
        return groups_asked(groups, [word])
    except KringError:
        numbered = _GROUP.fullmatch(word)
        if numbered is None or not any(held.group.number == numbered[1] for held in groups.values()):
            raise
    return groups_asked(groups, [numbered[1]])


def _note(finding: Finding, session: int, asked: Reference) -> Hit:
    """Return a note as a passage; raises KringError where there is none, or it may not be shown."""
    there = finding.notes_with_number(session, int(asked.note.rstrip(ascii_lowercase)))
    if letter := asked.note.lstrip(digits):
        there = there[(place := ascii_lowercase.index(letter)) : place + 1] if len(there) > 1 else []
    if len(there) > 1:
        labels = ", ".join(f"#{asked.note}{ascii_lowercase[place % 26]}" for place in range(len(there)))
        raise KringError("{words} is more than one note; write {labels}.", words=asked.told, labels=labels)
    if not there:
        raise KringError("{words}: there is no such note.", words=asked.told)
    note = there[0]
    if note.is_removed:
        raise KringError("{words}: that note was taken out.", words=asked.told)
    if note.is_stub:
        raise KringError("{words} holds the first words only; complete it in the review.", words=asked.told)
    hit = finding.passage_of(session, f"{NoteRow.TABLE}/{note.id}")
    if hit is None and note.is_empty:
        raise KringError("{words}: nothing is written in that note.", words=asked.told)
    if hit is None:
        raise KringError("{words} may not be quoted: there is no consent to that.", words=asked.told)
    return hit
