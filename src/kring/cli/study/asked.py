"""A study that is asked something on the command line: what its groups are called, and what is said of its files."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping

from kring.cli.parser import speak
from kring.cli.study import progress
from kring.domain.text import KringError, clean
from kring.domain.time_text import as_clock
from kring.plans.study.place import folder_of
from kring.study.finding import choices, notices
from kring.study.finding.asking import Hit
from kring.study.finding.finding import asked_of
from kring.study.finding.upkeep import Held
from kring.study.folder import study_of
from kring.system.i18n import _, say


class Asked:
    """A study that is asked something on the command line: what is printed of it, and how."""

    def __init__(self, asked: Namespace) -> None:
        folder = folder_of(asked.folder)
        self.study = study_of(folder)
        speak(asked, self.study.language)
        with progress.told() as reads:
            self.finding = asked_of(folder, self.study, reads)
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
        """Return where groups went by another definition of a segment."""
        return notices.definitions(self.study, self.groups, self.called)

    def said(self) -> list[str]:
        """Return what must be said of the files, and of what was left out."""
        told = [say(one) for one in self.finding.said]
        if not self.groups:
            told.append(_("{folder} holds no session of this study.").format(folder=self.finding.folder))
        return [*told, *notices.left_out(self.groups.values())]


def require_some(most: int) -> None:
    """Refuse to show fewer than one of something."""
    if most < 1:
        raise KringError("Show at least one.")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on which nobody's text can give a terminal orders."""
    sys.stdout.write("".join(f"{' '.join(clean(one).splitlines())}\n" for one in lines))


def moment(t: float | None) -> str:
    """Return when on the session's clock something was; a dash before the start."""
    return as_clock(t * 1000) if t is not None else "–"
