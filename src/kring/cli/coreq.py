"""`kring coreq`: asks what no session file can know, once for the sessions of a study, and writes their one sheet."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from kring.cli.leaving.written import say_written
from kring.cli.report import writer
from kring.domain.decide import decision
from kring.domain.decide.coding import answer_coreq
from kring.domain.study.called import study_key
from kring.domain.text import KringError, clean, one_line
from kring.exports.identity import groups_of
from kring.plans.file import refuse_plan
from kring.privacy.together import read_together
from kring.report.coreq.items import ITEMS, Item
from kring.report.coreq.sheet import sheet
from kring.session.open import local_day
from kring.session.session import Me, Session, resume
from kring.study.recruiting.coreq import recruited
from kring.study.sessions import StudySession, sessions_of
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, ngettext, say
from kring.system.output_files import replacing

ROLE = "researcher"
TAKE_BACK = "-"
STOP = "."
Ask = Callable[[str], str]


def coreq_command(asked: Namespace) -> int:
    """Ask the items that have to be typed and keep each answer at once, or write the sheet of these sessions."""
    return write_sheet(asked.files, asked.out, asked.force) if asked.out is not None else _ask(asked)


def write_sheet(files: Sequence[Path], out: Path, force: bool) -> int:
    """Write one sheet for sessions of one study, in the form that the name of the file tells."""
    write = writer(out)  # which refuses a form that there is not before anything is read
    snapshots = read_together(files, groups_of)
    studies = {study_key(name): one_line(name) for name in (one.state.session.study for one in snapshots)}
    if len(studies) > 1:
        raise KringError("A sheet is of one study, and these sessions are of several: {studies}.",
                         studies=", ".join(one or "–" for one in studies.values()))  # fmt: skip
    content = write(sheet(snapshots))
    for one in snapshots:
        refuse_plan(out, one.state)
    with replacing(out, force=force) as file:
        file.write(content)
    say_written(out, *snapshots)
    return 0


def _ask(asked: Namespace) -> int:
    me = Me(one_line(asked.name or ""), ROLE, settings.device_id())
    with ExitStack() as opened:
        sessions = []
        for file in asked.files:
            sessions.append(resume(file, SystemClock(), me))
            opened.callback(sessions[-1].close)
        here = {session.state.session.id for session in sessions}
        study, file = sessions[0].state.session.study, asked.files[0]
        others = sessions_of(study, file)
        offers = answers_of(one for one in others.found if one.id not in here)
        found = recruited(study, file.resolve().parent, local_day(SystemClock(), simulated=False))
        for number, text in found.items():
            offers.setdefault(number, []).insert(0, text)
        _print(map(say, others.said))
        items = [item for item in ITEMS if asked.all or item.source == "study" or item.number in found]
        kept = ask_items(sessions, items, offers, input)
    _print([ngettext("{n} answer is kept.", "{n} answers are kept.", kept).format(n=kept)])
    return 0


def ask_items(sessions: Sequence[Session], items: Iterable[Item], offers: dict[int, list[str]], ask: Ask) -> int:
    """Ask item by item until they are done or somebody stops, keep each answer in all sessions, and return how many."""
    told = _("Enter keeps what is there, {minus} takes it back, {stop} stops.").format(minus=TAKE_BACK, stop=STOP)
    _print([told])
    kept = 0
    for item in items:
        now = [one.answer if (one := session.state.coreq.get(str(item.number))) else "" for session in sessions]
        there = list(dict.fromkeys(filter(None, now)))
        offered = [text for text in dict.fromkeys([*there[1:], *offers.get(item.number, [])]) if text != (now[0])]
        _print(
            ["", f"{item.number}. {_(item.name)}: {_(item.asks)}", *([f"   {_('Now')}: {now[0]}"] if now[0] else [])]
        )
        _print(f"   {number}: {text}" for number, text in enumerate(offered, 1))
        answer = _typed(ask)
        if answer == STOP:
            break
        if answer.isdecimal() and 0 < int(answer) <= len(offered):
            answer = offered[int(answer) - 1]
        changed = [session for session, was in zip(sessions, now, strict=True) if answer and answer != was]
        for session in changed:
            session.do(decision(answer_coreq, item.number, "" if answer == TAKE_BACK else answer))
        kept += bool(changed)
    return kept


def answers_of(sessions: Iterable[StudySession]) -> dict[int, list[str]]:
    """Return the answers that sessions hold, by item, each once."""
    found: dict[int, dict[str, None]] = {}
    for session in sessions:
        for number, text in session.coreq.items():
            found.setdefault(number, {})[text] = None
    return {number: list(texts) for number, texts in found.items()}


def _typed(ask: Ask) -> str:
    try:
        return ask("   > ").strip()
    except EOFError:
        return STOP


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(clean(line) + "\n")
    sys.stdout.flush()
