"""A study that is asked something on the command line: what its groups are called, and what is said of its files."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from datetime import date

from kring.cli.parser import speak
from kring.domain.study.definitions import Changed, by_study, changed
from kring.domain.study.model import Study
from kring.domain.text import clean, folded
from kring.domain.time_text import short
from kring.plans.study.file import read_study_file
from kring.plans.study.place import text_file
from kring.study.finding import choices
from kring.study.finding.asking import Hit
from kring.study.finding.finding import Finding
from kring.study.finding.upkeep import Held
from kring.system.i18n import _, ngettext, say

CONFIDENTIAL = ("vertrouwelijk", "confidential")
YES = ("ja", "yes", "true", "1")


class Asked:
    """A study that is asked something on the command line: what is printed of it, and how."""

    def __init__(self, asked: Namespace) -> None:
        folder = asked.folder.parent if asked.folder.is_file() else asked.folder
        text = text_file(folder)
        self.study = read_study_file(text) if text is not None else Study()
        speak(asked, self.study.language)
        is_confidential = any(folded(key) in CONFIDENTIAL and folded(value) in YES for key, value in self.study.extra)
        self.finding = Finding(folder, self.study.title, confidential=is_confidential)
        self.groups: Mapping[int, Held] = self.finding.groups()
        self.called = choices.called(self.groups)
        self.with_names: bool = getattr(asked, "names", False)

    def __enter__(self) -> Asked:
        return self

    def __exit__(self, *_: object) -> None:
        self.finding.close()

    def heading(self, session: int) -> str:
        """Return what a session is called, with its day where that is not in it."""
        name, day = self.called[session], self.groups[session].group.started[:10]
        return name if not day or day in name else f"{name}, {day}"

    def who(self, hit: Hit) -> str:
        """Return who said something: a code, or with names the name; nothing where it was nobody of the group."""
        code = hit.passage.person
        if not code:
            return ""
        return (self.with_names and self.finding.names_of(hit.session).get(code)) or code

    def question(self, hit: Hit) -> str:
        """Return the number of the question on which something was said, in the guide of its group."""
        found = (one for one in self.groups[hit.session].questions if one.item == hit.passage.item)
        return next((one.number or one.text for one in found), "")

    def definitions(self) -> list[str]:
        """Return where groups went by another definition of a segment: that which a session keeps, else the study's."""
        held = {number: one.group for number, one in self.groups.items() if one.group.started}
        of_groups = {
            number: group.definitions or by_study(self.study.segments, date.fromisoformat(group.started[:10]))
            for number, group in held.items()
        }
        return [self._changed(one) for one in changed(of_groups)]

    def _changed(self, one: Changed[int]) -> str:
        parts = []
        for definition, groups in one.groups:
            template = _("{groups} by “{definition}”") if definition else _("{groups} without a definition")
            who = ", ".join(self.called[group] for group in groups)
            parts.append(template.format(groups=who, definition=definition))
        return _("Segment {segment}: {parts}.").format(segment=one.segment, parts="; ".join(parts))

    def said(self) -> list[str]:
        """Return what must be said of the files, and of what was left out."""
        out = [self.groups[number].group for number in self.groups]
        refused = sum(group.withheld.refused for group in out)
        unsure = sum(group.withheld.unknown + group.withheld.unnamed for group in out)
        withdrawn = sum(group.withdrawn for group in out)
        told = [say(one) for one in self.finding.said]
        if not self.groups:
            told.append(_("{folder} holds no session of this study.").format(folder=self.finding.folder))
        if refused:
            template = ngettext(
                "{n} quote is left out: who said it does not want to be quoted.",
                "{n} quotes are left out: who said them does not want to be quoted.",
                refused,
            )
            told.append(template.format(n=refused))
        if unsure:
            template = ngettext(
                "{n} quote is left out: it is not known whether it may be quoted.",
                "{n} quotes are left out: it is not known whether they may be quoted.",
                unsure,
            )
            told.append(template.format(n=unsure))
        if withdrawn:
            template = ngettext(
                "{n} participant withdrew: nothing of theirs is here.",
                "{n} participants withdrew: nothing of theirs is here.",
                withdrawn,
            )
            told.append(template.format(n=withdrawn))
        return told


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on which nobody's text can give a terminal orders."""
    sys.stdout.write("".join(f"{clean(one)}\n" for one in lines))


def moment(t: float | None) -> str:
    """Return when on the session's clock something was; a dash before the start."""
    return short(t * 1000) if t is not None else "–"
