"""`kring demo`: the main job with a simulated group; where there is no terminal, unseen."""

from __future__ import annotations

import sys
from argparse import Namespace

from kring.cli.parser import speak
from kring.domain.text import KringError, clean
from kring.plans.file import as_typed, read_plan_file
from kring.plans.study.file import read_study_file
from kring.rehearsal import demo as rehearsals
from kring.rehearsal.summary import summary
from kring.system import i18n, settings
from kring.system.clock import SystemClock
from kring.system.i18n import _


def rehearse(asked: Namespace) -> int:
    """Play a rehearsal on the screens, or unseen; return the exit code."""
    if asked.study:
        return _rehearse_study(asked)
    plan_path = asked.plan or rehearsals.example_plan(i18n.language())
    file = read_plan_file(plan_path)
    speak(asked, file.plan.language)
    rehearsals.checked_speed(asked.speed)
    path = asked.out or rehearsals.free_path(plan_path)
    if asked.headless or not (sys.stdin.isatty() and sys.stdout.isatty()):
        for line in rehearsals.play_unseen(path, file, asked.seed):
            print(clean(line))
        return 0
    rehearsal = rehearsals.prepare(path, file, SystemClock(), asked.seed, asked.speed)

    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.ui.app import run as run_screens

    try:
        code = run_screens(rehearsal.session, settings.read(), plan_path, rehearsal.companion)
    finally:
        rehearsal.session.close()
    for line in (
        *summary(rehearsal.session.state, rehearsal.session.now()),
        rehearsals.where(rehearsal.session.store.path),
    ):
        print(clean(line))
    return code


def _rehearse_study(asked: Namespace) -> int:
    """Play the groups of the study that comes with kring, unseen, in a copy of it."""
    from kring.rehearsal import demo_study

    if asked.plan is not None:
        raise KringError("A study is played with its own plans; leave {file} out.", file=str(asked.plan))
    speak(asked, read_study_file(demo_study.example_study() / demo_study.TEXT).language)
    copy = asked.out or demo_study.free_folder()
    for line in demo_study.play_study(copy, asked.seed):
        print(clean(line), flush=True)
    print(_("Look at it with: {command}").format(command=f"kring study {as_typed(copy)}"))
    return 0
