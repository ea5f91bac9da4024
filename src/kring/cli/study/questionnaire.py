"""`kring study questionnaire`: what somebody should look at in a questionnaire before it goes out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.cli.study.asked import print_lines
from kring.domain.plan import PlanWarning
from kring.domain.study.questionnaire.checks import doubts
from kring.domain.study.questionnaire.model import Questionnaire
from kring.domain.text import one_line
from kring.plans.study.questionnaire import read_questionnaire
from kring.system.i18n import _, ngettext, say
from kring.system.text_files import read_text


def questionnaire_command(asked: Namespace) -> int:
    """Print the warnings by line; that there are none is not said to be good."""
    found = read_text(asked.file)
    one = read_questionnaire(found.text)
    speak(asked, one.language)
    warnings = [*(PlanWarning(0, sentence) for sentence in found.warnings), *doubts(one)]
    if asked.json:
        told = [{"line": warning.line, "sentence": say(warning.sentence)} for warning in warnings]
        questions = [{"line": each.line, "question": each.text, "open": each.is_open} for each in one.questions]
        sys.stdout.write(json_text({"questions": questions, "warnings": told}) + "\n")
    else:
        print_lines(_lines(asked.file.name, one, warnings))
    return 0


def _lines(file: str, one: Questionnaire, warnings: list[PlanWarning]) -> Iterator[str]:
    n, is_open = len(one.questions), sum(asked.is_open for asked in one.questions)
    counted = ngettext("{n} question", "{n} questions", n).format(n=n)
    yield f"{counted}, {_('{n} in own words').format(n=is_open)}"
    yield from (f"{_('Goal')}: {one_line(goal.text)}" for goal in one.goals)
    yield ""
    for warning in warnings:
        place = f"{file}:{warning.line}" if warning.line else file
        yield f"{place}: {one_line(say(warning.sentence))}"
    if not warnings:
        yield _("No warnings.")
    yield ""
    yield _("Rules find part of what can be wrong. Let a few customers fill it in aloud before it goes out.")
