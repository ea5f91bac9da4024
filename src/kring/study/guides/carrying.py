"""What earlier groups left: questions that were parked, and questions that had to be asked; into the next plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from kring.domain.measures.questions import must_still_be_asked
from kring.domain.plan import GuideItem, Ids, Plan
from kring.domain.rows import QuestionKind
from kring.domain.study.due import Due
from kring.domain.study.groups import Group
from kring.domain.study.guide_changes import GuideLine
from kring.domain.study.same_question import words
from kring.domain.text import N_, KringError, Sentence, one_line
from kring.plans.draft import derived_id
from kring.plans.file import read_plan_file
from kring.plans.plan_reader import read_plan
from kring.plans.writing.plan_text import plan_text
from kring.privacy.redaction import place_of
from kring.study.changing import write_whole
from kring.study.finding.reading import SessionFile
from kring.study.guides.of_groups import GroupGuide, guides_of
from kring.study.standing import Standing
from kring.system.text_files import read_bytes

_MARK = b"\xef\xbb\xbf"
HEADINGS = {"nl": "Uit eerdere groepen", "en": "From earlier groups"}
REASONS: dict[str, dict[str, str]] = {
    "nl": {"parked": "uit groep {group}: bewaard voor later", "must ask": "uit groep {group}: niet gesteld"},
    "en": {"parked": "from group {group}: kept for later", "must ask": "from group {group}: not asked"},
}


class Left(msgspec.Struct, frozen=True):
    """A question that a group left: parked and never put to it, or one that had to be asked and was not."""

    why: Literal["parked", "must ask"]
    group: str
    text: str
    id: str = ""
    question_kind: QuestionKind | None = None


class Next(msgspec.Struct, frozen=True):
    """The next group that has a plan, and what earlier groups left for it."""

    group: Group
    plan: Path
    left: tuple[Left, ...]


def next_of(found: Standing, number: str = "") -> Next:
    """Return what is left for a group, else for the first that is to come; raises KringError where there is none."""
    plans = {one.path.name: one.path for one in found.folder.plans}
    to_come = [group for group in found.groups if group.state in ("planned", "prepared", "missed")]
    asked = [group for group in to_come if group.plan in plans and number in ("", group.number)]
    if number and not asked:
        raise KringError("Group {group} is held already, or has no plan here.", group=number)
    if not asked:
        raise KringError("There is no plan of a group that is to come in {folder}.", folder=str(found.folder.path))
    group = min(asked, key=lambda one: one.starts_at or "9")
    guides = sorted(guides_of(found), key=lambda one: one.group.starts_at)
    left: list[Left] = []
    for held in (one for one in guides if one.group.state == "held"):
        begun = held.group.starts_at
        if begun <= (group.starts_at or "9"):
            later = [one for one in guides
                     if one.group == group or (one.group.state == "held" and one.group.starts_at > begun)]  # fmt: skip
            left += [one for one in _left(found.folder.path, held) if not _comes_back(one, later, left)]
    return Next(group, plans[group.plan], tuple(left))


def waiting(found: Standing) -> Next | None:
    """Return the next group where earlier groups left something for it; None where there is nothing to carry over."""
    try:
        wanted = next_of(found)
    except KringError:
        return None
    return wanted if wanted.left else None


def due_of(wanted: Next, today: date) -> Due:
    """Return what is left for a group as something to do, by the day of that group."""
    told = Sentence(N_("Group {group}: earlier groups left {n} questions for its plan"),
                    {"group": wanted.group.number, "n": str(len(wanted.left))})  # fmt: skip
    if len(wanted.left) == 1:
        told = Sentence(N_("Group {group}: earlier groups left a question for its plan"),
                        {"group": wanted.group.number})  # fmt: skip
    return Due(told, wanted.group.day or today, "questions", wanted.group.number)


def _left(folder: Path, held: GroupGuide) -> Iterator[Left]:
    with SessionFile(folder / held.group.session) as file:
        telling, state = file.read().telling, file.state()
    ended = int(state.session.ended_at or max((note.at for note in state.notes.values()), default=0))
    for note in state.notes.values():
        text = one_line(telling.text(place_of(note), note.text))
        if note.parked and note.raised_at is None and note.removed_at is None and text:
            yield Left("parked", held.group.number, text)
    for row in must_still_be_asked(state, ended):
        text = one_line(telling.text(place_of(row), row.title))
        yield Left("must ask", held.group.number, text, row.id, row.question_kind)


def _comes_back(one: Left, guides: Sequence[GroupGuide], left: Sequence[Left]) -> bool:
    """Whether a later guide has a question, which then had or has its turn there, or another group left it too."""
    lines = (line for guide in guides for line in guide.lines if line.kind in ("question", "probe"))
    return any(_is(one, line) for line in lines) or any(words(one.text) == words(other.text) for other in left)


def _is(one: Left, line: GuideLine) -> bool:
    return words(line.text) == words(one.text) or bool(one.id and line.id == one.id)


def carry(wanted: Next, language: str) -> None:
    """Write what was left into the plan, in a section of its own before the last; all else stays as it was written.

    Raises KringError where the plan can't be written, or would not have these questions.
    """
    content = read_bytes(wanted.plan)
    try:
        text = content.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError:
        raise KringError("{file} is not UTF-8; save it as that, and change it then.", file=wanted.plan.name) from None
    newline = "\r\n" if "\r\n" in text else "\n"
    plan = read_plan_file(wanted.plan).plan
    lines = text.replace("\r\n", "\n").split("\n")
    place, has_section = _place(plan, language, len(lines))
    section = _section(wanted.left, language)
    lines[place:place] = [*(section[1:] if has_section else section), ""]
    changed = newline.join(lines)
    _require_same(plan, read_plan("\n".join(lines), wanted.plan.name), wanted)
    write_whole(wanted.plan, (_MARK if content.startswith(_MARK) else b"") + changed.encode("utf-8"))


def _require_same(before: Plan, now: Plan, wanted: Next) -> None:
    """Refuse where the plan would not read as it did, with these questions in it."""
    there = [words(item.text) for item in now.questions]
    kept = {item.id for item in before.guide} <= {item.id for item in now.guide}
    if not kept or any(words(one.text) not in there for one in wanted.left):
        raise KringError("{file} can't take these questions by itself; write them into it.", file=wanted.plan.name)


def _place(plan: Plan, language: str, end: int) -> tuple[int, bool]:
    """Return before which line of the text (from 0) the questions go, and whether their section is there already."""
    tops = [item for item in plan.guide if item.parent is None and item.kind in ("section", "break") and item.line]
    for at, item in enumerate(tops):
        if words(item.text) == words(HEADINGS[language]):
            return (tops[at + 1].line - 1 if at + 1 < len(tops) else _after(plan, end)), True
    return (tops[-1].line - 1 if len(tops) > 1 else _after(plan, end)), False


def _after(plan: Plan, end: int) -> int:
    return max((item.line for item in plan.guide), default=end)


def _section(left: Sequence[Left], language: str) -> list[str]:
    """Return the section in the words of a plan: each question, and below it from which group it comes."""
    ids = Ids()
    top = GuideItem(
        id=ids.take(derived_id("section", HEADINGS[language], None)), kind="section", text=HEADINGS[language]
    )
    guide = [top]
    for one in left:
        id_ = ids.take(one.id or derived_id("question", one.text, top.id))
        must = one.why == "must ask"
        guide.append(GuideItem(id=id_, parent=top.id, kind="question", text=one.text, must_ask=must,
                               question_kind=one.question_kind))  # fmt: skip
        why = REASONS[language][one.why].format(group=one.group or "?")
        guide.append(GuideItem(id=ids.take(f"{id_}-from"), parent=id_, kind="instruction", text=why))
    written = plan_text(Plan(title="", guide=tuple(guide)), language).split("\n")
    begin = next(at for at, line in enumerate(written) if line.startswith("# "))
    return [line for line in written[begin:] if line.strip()]
