"""The process that reads what earlier groups of a study said; it tells it once, and ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from kring.domain.study.called import is_of_another
from kring.domain.study.model import Study
from kring.domain.text import folded, one_line
from kring.plans.study.file import read_study_file
from kring.plans.study.place import text_file
from kring.study.earlier import Earlier, EarlierGroup, Said, Wanted, Words
from kring.study.finding.choices import questions_of
from kring.study.finding.comparing import Answered, side_by_side
from kring.study.finding.finding import Finding, asked_of
from kring.study.finding.reading import SessionFile
from kring.study.finding.upkeep import Held
from kring.system.worker_process import work

MOST_WORDS = 12
"""So many quotes and paraphrases of a question in a group are told, those with a star first."""


def read(wanted: Wanted) -> Iterator[Earlier]:
    """Yield what the groups that were held before said; raises KringError where the folder can't be read."""
    folder = Path(wanted.folder)
    text = text_file(folder)
    told = read_study_file(text) if text is not None else Study()
    are_all_named = text is None or is_of_another(wanted.study, told.title)
    study = msgspec.structs.replace(told, title=wanted.study)
    with asked_of(folder, study) as finding:
        groups = {
            number: held
            for number, held in finding.groups().items()
            if _is_before(held, wanted) and (held.group.study or not are_all_named)
        }
        tags: set[str] = set()
        for number in groups:
            with SessionFile(finding.file_of(number)) as file:
                tags |= {folded(one_line(tag)) for tag in file.tags()}
        those = tuple(EarlierGroup(held.group.number, held.group.started[:10]) for held in groups.values())
        yield Earlier(those, frozenset(tags), tuple(_said(finding, groups)))


def _is_before(held: Held, wanted: Wanted) -> bool:
    """Whether a session is another one that was held, and before; where this one did not start, any that was."""
    begun = held.group.started_at
    return held.group.id != wanted.session and begun is not None and (wanted.before is None or begun < wanted.before)


def _said(finding: Finding, groups: dict[int, Held]) -> Iterator[Said]:
    places = {number: place for place, number in enumerate(groups)}
    for put in questions_of(groups):
        [answered] = side_by_side(finding, {put.session: groups[put.session]}, [put])
        question = put.question
        yield Said(
            places[put.session],
            put.item,
            put.text,
            question.was_asked,
            question.spent_s,
            answered.polls,
            tuple(_words(answered)),
        )


def _words(answered: Answered) -> Iterator[Words]:
    """Yield the summaries, then what may be quoted as it is."""
    for hit in answered.summaries:
        yield Words(one_line(hit.passage.text), is_summary=True)
    whole = [hit.passage for hit in answered.words if not hit.passage.is_draft]
    for one in whole[:MOST_WORDS]:
        is_quote = one.kind in ("quote", "chat")
        yield Words(one_line(one.text), one.person, one.t, is_quote=is_quote, starred=one.starred)


if __name__ == "__main__":
    raise SystemExit(work(Wanted, read, leaves_files=False))
