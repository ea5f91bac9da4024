"""The line mode: each typed line is answered by one line, once what it does is in the file.

An answer that begins with `! ` says that nothing was done. What others, or the program itself, did meanwhile stands
behind an answer, after ` · `; so a program that reads one line for each line it writes never loses count.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kring.commands.command import Command, FaceAction, Part
from kring.commands.decisions import seconds_of
from kring.commands.table import OF_LINES
from kring.domain import facts as f
from kring.domain.consent import quoting_remark
from kring.domain.decide import ending
from kring.domain.decide.people import unlogged
from kring.domain.decide.plan import PlanShrank
from kring.domain.decide.session import GatesOpen
from kring.domain.decide.undoing import UndoAsks
from kring.domain.events import Event
from kring.domain.history import Change
from kring.domain.measures.group.consensus import left_behind
from kring.domain.sentences import says_who
from kring.domain.tellers.naming import unknown_of
from kring.domain.tellers.observers import is_for
from kring.domain.text import N_, KringError, MarkedAlready, Refused, Sentence, clean, one_line
from kring.domain.time_text import time_of_day
from kring.line_mode import earlier_groups
from kring.line_mode.briefing import brief
from kring.line_mode.input import lines_of
from kring.line_mode.lists import LISTS, Listed, told_names
from kring.line_mode.pacing import Pacing
from kring.line_mode.righting import Righting, was_earlier
from kring.line_mode.sharing import SharedLines
from kring.line_mode.signals import heard_signals
from kring.line_mode.telling import tellers
from kring.observing import watchers
from kring.session import open as opening
from kring.session import summary
from kring.session.recording import Recordist
from kring.session.roles import take_other_role
from kring.session.session import Session
from kring.store.store import NotRead, NotSaved
from kring.study.earlier import EarlierGroups
from kring.study.wording import new_told
from kring.system.clock import SimulatedClock
from kring.system.console import tell
from kring.system.i18n import _, language, ngettext, say
from kring.system.turns import Turn
from kring.team.sharing import Sharing

if TYPE_CHECKING:
    from kring.session.playback import Listener

REFUSED = "! "
NEWS = " · "
COMMENT = "#"
STEP_MS = 1_000  # in which simulated time moves on, so that an automatic cue comes at its second
FAILED = 1
# What people have to know at once; all else that others did is told by `news`.
URGENT = (
    f.CueSent,
    f.ObserverQuestionFiltered,
    f.DoorsOpened,
    f.SessionStarted,
    f.SessionPaused,
    f.SessionResumed,
    f.SessionEnded,
    f.PlanRead,
    f.WallClockMoved,
    f.ComputerSlept,
)
MOST_NEWS = 20
HOW_TO_GO_ON: dict[type[KringError], str] = {
    GatesOpen: N_("Type: start anyway"),
    PlanShrank: N_("Type: plan anyway"),
    ending.EndAsks: N_("Type: end and that time, or end now"),
    UndoAsks: N_("Type: undo anyway"),
}


class Quit(Exception):
    """The typed line was `quit`."""


def run(  # noqa: PLR0913, PLR0917 - what a session may have beside it
    session: Session,
    plan_path: Path | None,
    strict: bool = False,
    simulated: SimulatedClock | None = None,
    warnings: tuple[Sentence, ...] = (),
    lines: IO[str] | None = None,
    recordist: Recordist | None = None,
    sharing: Sharing | None = None,
) -> int:
    """Answer lines until `quit` or their end, and return the exit code."""
    typed = lines_of(lines or sys.stdin, with_pauses=recordist is not None)
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="replace")
    session.store.wait_in_turn(Turn(session.store.path, tell))
    conversation = Conversation(session, plan_path, simulated, recordist, sharing)
    code = 0
    try:
        for warning in (*warnings, *conversation.first_warnings()):
            _answer(NEWS.lstrip() + say(warning))
        if conversation.shared.is_begun:
            _answer(NEWS.lstrip() + conversation.shared.answer(""))
        _answer(f"{session.store.path}: {summary.status(session.state, session.now())}")
        with heard_signals() as signals:
            for line in signals.until_one_comes(typed, conversation.look):
                answer = conversation.answer(line)
                if answer is None:
                    continue
                _answer(answer)
                if strict and answer.startswith(REFUSED):
                    code = FAILED
                    break
        code = code or signals.exit_code
    except Quit:
        pass
    finally:
        last = conversation.close()
    _answer(last)
    return code


def _answer(text: str) -> None:
    print(one_line(text), flush=True)


class Conversation:
    """What is typed and answered in one session."""

    commands = OF_LINES
    """The slice of the command table that this face does."""

    def __init__(
        self,
        session: Session,
        plan_path: Path | None,
        simulated: SimulatedClock | None,
        recordist: Recordist | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        self.session = session
        self.shared = SharedLines(sharing, self._tell_at_once)
        self._recordist = recordist
        self._plan_path = plan_path
        self._simulated = simulated
        self._urgent: list[str] = []
        self._news: deque[str] = deque(maxlen=MOST_NEWS)
        self._news_came = 0
        self._trouble: KringError | None = session.trouble
        self._listener: Listener | None = None
        self._earlier = EarlierGroups(session)
        self.actions: dict[FaceAction, Callable[[str], str]] = {
            **tellers(session),
            FaceAction.UNDO: lambda text: self._told(session.undo(anyway=bool(text))),
            FaceAction.REDO: lambda text: self._told(session.redo()),
            FaceAction.HELP: self._help,
            FaceAction.PLAN: self._read_plan,
            FaceAction.QUIT: self._quit,
            FaceAction.WAIT: self._wait,
            FaceAction.RECORD: self._record,
            FaceAction.LISTEN: self._listen,
            FaceAction.NEWS: self._tell_news,
            FaceAction.RIGHT: Righting(session).answer,
            FaceAction.BRIEF: lambda text: brief(session, text),
            FaceAction.ROLE: lambda text: self._told(take_other_role(session)),
            FaceAction.PACE: Pacing(session).answer,
            FaceAction.SHARE: self.shared.answer,
            FaceAction.TOPLINE: self._topline,
            FaceAction.EARLIER_GROUPS: self._told_of_earlier_groups,
            FaceAction.EARLIER: lambda text: self._told(was_earlier(session, text)),
            **{action: partial(self._listed, told) for action, told in LISTS.items()},
            FaceAction.OBSERVERS: self._tell_of_observers,
            FaceAction.NAMES: lambda _text: told_names(session),
        }
        """What this face does itself."""
        session.subscribe(self._hear)

    def look(self) -> None:
        """Look after the recorder while nobody types, one that was killed is started anew; take in what was read."""
        self._earlier.look()
        self.shared.look()
        if self._recordist is not None:
            with suppress(KringError):
                self.session.tick()
                self._recordist.tick()

    def answer(self, line: str) -> str | None:
        """Do what a line says and return its answer; None for a line that asks for nothing."""
        typed = clean(line).strip()
        if not typed or typed.startswith(COMMENT):
            return None
        try:
            self.session.tick()
            self._earlier.look()
            self.shared.look()
            if self._recordist is not None:
                self._recordist.tick()
            told = self._done(typed)
        except KringError as refusal:
            how = next((_(text) for kind, text in HOW_TO_GO_ON.items() if isinstance(refusal, kind)), "")
            if isinstance(refusal, MarkedAlready):
                how = _("{word} takes that back.").format(word=_own_word(self.commands.named(refusal.back)))
            told = f"{REFUSED}{say(refusal.sentence)} {how}".rstrip()
        return NEWS.join([told, *self._latest()])

    def first_warnings(self) -> tuple[Sentence, ...]:
        """Return what is wrong with the file, or was forgotten, from the start."""
        trouble = (self.session.trouble.sentence,) if self.session.trouble else ()
        state = self.session.state
        found = ending.forgotten(state, self.session.now())
        return (*trouble, ending.asked(state, found), Sentence(HOW_TO_GO_ON[ending.EndAsks])) if found else trouble

    def close(self) -> str:
        """Close the file, and say where it lies."""
        if self._listener is not None:
            self._listener.close()
        self._earlier.close()
        if self._recordist is not None:
            self._recordist.close()
        is_shared = self.shared.is_begun
        left = self.shared.close()
        return NEWS.join([*left, say(opening.close(self.session, is_shared))])

    def _done(self, typed: str) -> str:
        command, text = self.commands.read(typed)
        command.require_role(self.session.me.role)
        wanted = command.bare if command.bare and not text else command.action
        action = self.actions.get(wanted) if wanted else None
        if action and command.cut and not command.decide:
            command.cut(text)  # refuses a word that nobody would read
        return action(text) if action else self._done_and_asked(self.session.do(command.decision_of(text)))

    def _done_and_asked(self, event: Event) -> str:
        """Say what was done; at the start ask who is here, where nobody logged that; at the end what is open."""
        state, more = self.session.state, list[str]()
        if isinstance(event.fact, f.SessionStarted) and (expected := len(unlogged(state))):
            more = [_("{n} expected: who is here? Type: attend all").format(n=expected)]
        if isinstance(event.fact, f.ItemOpened) and (left := left_behind(state, self.session.now())):
            more = [say(left)]
        if isinstance(event.fact, f.SessionEnded):
            more = [say(one) for one in ending.told(state, self.session.now())]
        return NEWS.join([self._told(event), *more])

    def _topline(self, said: str) -> str:
        from kring.report.topline import write_beside

        return write_beside(self.session.store.path, self.session.history, self.session.now()).told()

    def _told_of_earlier_groups(self, text: str) -> str:
        self._earlier.wait()
        return earlier_groups.told(self.session.state, self._earlier.found, text)

    def _listed(self, told: Listed, text: str) -> str:
        return told(self.session.sealing.state(self.session.state), self.session.now(), text)

    def _tell_of_observers(self, text: str) -> str:
        watch = watchers.who_watch(self.session.store.path)
        told = [self._listed(LISTS[FaceAction.OBSERVERS], text)]
        return "; ".join([*told, _("observers: {names}").format(names=", ".join(watch))] if watch else told)

    def _told(self, event: Event) -> str:
        told = say(self.session.told(event))
        note = self.session.state.notes.get(getattr(event.fact, "note", event.id))
        remark = quoting_remark(self.session.state, note.kind, note.participant) if note is not None else None
        remarks = [remark] if remark is not None else []
        remarks += unknown_of(self.session.state, event.fact)
        said = [say(one) for one in remarks]
        if self._earlier.found is not None and (new := new_told(self._earlier.found, event)):
            said.append(new)
        return f"{told} ({'; '.join(said)})" if said else told

    def _quit(self, said: str) -> str:
        raise Quit

    def _help(self, text: str) -> str:
        if not text:
            every = " ".join(_own_word(one) for one in self.commands.commands)
            return f"{_('help and a word tells more')}: {every}"
        command = self.commands.named(text)
        usage = command.usage.replace(command.word, _own_word(command), 1)
        example = _("For instance: {example}").format(example=usage) if usage else ""
        others = [word for word in (command.word, *command.aliases) if word != _own_word(command)]
        also = _("Also: {words}").format(words=", ".join(others)) if others else ""
        grammar = _(NOTE_GRAMMAR) if Part.NOTE_LINE in command.asks else ""
        texts = (f"{_own_word(command)}: {_(command.help)}", example and f"{example}.", also and f"{also}.", grammar)
        return " ".join(part for part in texts if part)

    def _read_plan(self, said: str) -> str:
        from kring.plans.file import read_plan_file

        if self._plan_path is None:
            raise Refused("The plan file is not beside this session; start with kring run PLAN.md to read it again.")
        plan = read_plan_file(self._plan_path).plan
        before = self.session.state
        told = self._told(self.session.read_plan(plan, anyway=bool(said)))
        changes = summary.plan_changes(before, self.session.state, len(plan.warnings))
        return f"{told}; {changes}" if changes else told

    def _record(self, said: str) -> str:
        if self._recordist is None:
            raise Refused("Nothing is recorded in a rehearsal.")
        problems: list[KringError] = []
        self._recordist.tell = problems.append
        self._recordist.toggle()
        self._recordist.wait()
        if problems:
            raise problems[0]
        running = self.session.state.open_own_recording
        return say(Sentence("kring records")) if running is not None else say(Sentence("kring stopped recording"))

    def _listen(self, said: str) -> str:
        from kring.session import playback

        if self._listener is None:
            self._listener = playback.Listener()
        if said.casefold() in playback.STOP_WORDS:
            self._listener.player.stop()
            return _("Nothing is played.")
        state = self.session.state
        alive = [note for note in state.notes.values() if note.removed_at is None]
        wanted = playback.passage(state, said, self.session.now(), alive[-1] if alive else None)
        recorded = playback.Recorded(state, self.session.store.path)
        if recorded.ended_ms is None:
            raise Refused("kring recorded no sound.")
        spot = self._listener.play(recorded, wanted.at_ms)
        told = playback.told_begin(state, spot)
        if spot.told_missing is not None:
            told += NEWS + say(spot.told_missing)
        playback.keep_heard(self.session, wanted.note)
        if playback.disturbs(state, self._recordist is not None and self._recordist.is_on):
            told += NEWS + _("A loudspeaker would be heard and recorded again: use headphones.")
        return told

    def _wait(self, said: str) -> str:
        if self._simulated is None:
            raise Refused("Only simulated time can be waited for: start with --simulated-clock.")
        seconds = seconds_of(said)
        if seconds <= 0:
            raise Refused("Time goes forward only.")
        left_ms = seconds * 1000
        while left_ms > 0:
            self._simulated.advance(min(STEP_MS, left_ms))
            left_ms -= STEP_MS
            self.session.tick()
        state = self.session.state
        return time_of_day(state, self.session.now(), seconds=True)

    def _hear(self, change: Change) -> None:
        for event in change.acts:
            if not self.session.is_mine(event) and is_for(self.session.me.role, event):
                who = "" if event.role == "program" or says_who(event) else event.actor
                self._news.append(_said_by(who, self._told(event)))
                self._news_came += 1
                if isinstance(self._fact_told_by(event), URGENT):
                    self._urgent.append(self._news[-1])

    def _tell_at_once(self, told: str) -> None:
        self._news.append(told)
        self._news_came += 1
        self._urgent.append(told)

    def _fact_told_by(self, event: Event) -> f.Fact | None:
        """Return the fact that an event is about: of an undo, what it takes back."""
        undone = event
        while isinstance(undone.fact, f.Undone) and (target := self.session.history.event(undone.fact.event)):
            undone = target
        return undone.fact

    def _latest(self) -> Iterator[str]:
        trouble = self.session.trouble
        if trouble is not self._trouble and trouble is not None and not isinstance(trouble, NotSaved | NotRead):
            yield say(trouble.sentence)
        self._trouble = trouble
        yield from self._urgent
        self._urgent.clear()

    def _tell_news(self, said: str) -> str:
        told = list(self._news)
        earlier = self._news_came - len(told)
        self._news.clear()
        self._news_came = 0
        self._urgent.clear()
        if earlier:
            told.insert(0, ngettext("{n} earlier act", "{n} earlier acts", earlier).format(n=earlier))
        return "; ".join(told) or _("Nothing new.")


NOTE_GRAMMAR = N_(
    'In front: " quote, ~ paraphrase, ( own remark, / nonverbal, = summary, >3 chat, * star, ? for later; anywhere: @3 '
    "or @name who, #tag, -20s that long ago; a quote that ends in … is completed later."
)


def _own_word(command: Command) -> str:
    """Return a command's word in the language in use; the Dutch one is its first alias."""
    return command.aliases[0] if language() == "nl" and command.aliases else command.word


def _said_by(who: str, what: str) -> str:
    return f"{who}: {what}" if who else what
