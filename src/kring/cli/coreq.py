"""`kring coreq`: asks on the terminal what no session file can know, once for the sessions of a study."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable

from kring.domain.decide import decision
from kring.domain.decide.coding import answer_coreq
from kring.domain.text import clean, one_line
from kring.report.coreq_items import ITEMS, Item
from kring.session.session import Me, Session, resume
from kring.study.sessions import StudySession, sessions_of
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, ngettext

ROLE = "researcher"
TAKE_BACK = "-"
STOP = "."
Ask = Callable[[str], str]


def coreq_command(asked: Namespace) -> int:
    """Ask the items of COREQ that have to be typed, and keep each answer in the session file at once."""
    session = resume(asked.file, SystemClock(), Me(one_line(asked.name or ""), ROLE, settings.device_id()))
    try:
        here = session.state.session
        offers = answers_of(one for one in sessions_of(here.study, asked.file) if one.id != here.id)
        kept = ask_items(session, [item for item in ITEMS if asked.all or item.source == "study"], offers, input)
    finally:
        session.close()
    _print([ngettext("{n} answer is kept.", "{n} answers are kept.", kept).format(n=kept)])
    return 0


def ask_items(session: Session, items: Iterable[Item], offers: dict[int, list[str]], ask: Ask) -> int:
    """Ask item by item until they are done or somebody stops, and return how many answers were kept."""
    told = _("Enter keeps what is there, {minus} takes it back, {stop} stops.").format(minus=TAKE_BACK, stop=STOP)
    _print([told])
    kept = 0
    for item in items:
        given = session.state.coreq.get(str(item.number))
        now = given.answer if given is not None else ""
        offered = [text for text in offers.get(item.number, []) if text != now]
        _print(["", f"{item.number}. {_(item.name)}: {_(item.asks)}", *([f"   {_('Now')}: {now}"] if now else [])])
        _print(f"   {number}: {text}" for number, text in enumerate(offered, 1))
        answer = _typed(ask)
        if answer == STOP:
            break
        if answer.isdecimal() and 0 < int(answer) <= len(offered):
            answer = offered[int(answer) - 1]
        if answer and answer != now:
            session.do(decision(answer_coreq, item.number, "" if answer == TAKE_BACK else answer))
            kept += 1
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
