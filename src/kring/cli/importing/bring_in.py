"""`kring import`: bring files of other programs into a session, move them on its clock, or take them out again."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kring.audio import foreign
from kring.cli.importing.preview_text import as_json, lines_of
from kring.cli.importing.progress import told
from kring.cli.json_text import json_text
from kring.cli.review import ROLE, own_name
from kring.cli.sound import watched
from kring.commands.importing import distance_of
from kring.domain import lookup
from kring.domain.decide import bringing_in, decision
from kring.domain.state import State
from kring.domain.text import KringError, Refused, clean, folded, one_line
from kring.domain.time_text import as_length
from kring.imports.names import Choice
from kring.imports.parsed import Parsed
from kring.imports.preview import Preview, Who
from kring.imports.source import Source
from kring.session import brought_in, intake, sound_intake
from kring.session import session as sessions
from kring.session.intake_remarks import Wishes
from kring.session.open import is_session
from kring.session.playback import moment_called
from kring.session.session import Me, Session
from kring.speech import activity
from kring.store import files
from kring.study.known_names import names_of_study
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, ngettext, say
from kring.system.worker_process import DIED, Failed

FAILED = 1
Ask = Callable[[str], str]
_WHO: dict[str, Who] = {
    "moderator": "moderator",
    "gespreksleider": "moderator",
    "team": "team",
    "unknown": "unknown",
    "onbekend": "unknown",
    "-": "left_out",
    "–": "left_out",
}
_YES = ("y", "yes", "j", "ja")


def import_command(asked: Namespace, ask: Ask = input) -> int:
    """Show what files hold and bring them in, each as one act; the exit code is 1 where one does not come in."""
    if not is_session(asked.target):
        raise KringError("{file} is no session file of kring.", file=asked.target.name)
    if asked.take_out or asked.shift or asked.erase_file:
        return _put_right(asked)
    if not asked.files:
        return _list(asked.target)
    if asked.json and len(asked.files) > 1:
        raise KringError("With --json name one file at a time.")
    if any(is_session(path) for path in asked.files if path.is_file()):
        raise KringError("A session is not brought into another one.")
    if _is_terminal() and not (asked.yes or asked.dry_run or asked.json or asked.plain):
        return _on_screen(asked)
    before: list[str] = []
    try:
        return _in_lines(asked, ask, before)
    except KeyboardInterrupt:
        done = _done_since(asked.target, before) if before else []
        stopped = _("Stopped; in already: {names}.") if done else _("Stopped: nothing was brought in.")
        raise KeyboardInterrupt(stopped.format(names=", ".join(done))) from None


def _done_since(path: Path, before: list[str]) -> list[str]:
    """Return the files that came in since: `before` has the session and the acts that brought others in."""
    with closing(_reading(path)) as session:
        return [one.file for one in bringing_in.imports_of(session.state) if one.id not in before]


def _in_lines(asked: Namespace, ask: Ask, before: list[str]) -> int:
    """Show files in lines and bring them in; `before` is told what was in."""
    with closing(_reading(asked.target)) as session:
        before += [session.state.session.id, *(one.id for one in bringing_in.imports_of(session.state))]
        wishes = _wishes(asked, session.state)
        read = [_read(path, session, asked.format) for path in asked.files]
        if asked.dry_run:
            _show(session, _prepared(session, read, wishes), asked.json)
            return 0
        if not (asked.yes or _is_terminal()):
            _show(session, _prepared(session, read, wishes), asked.json)
            raise KringError("Nothing is brought in: where nobody can be asked, say --yes.")
        wishes, meant = _asked_about(session, read, wishes, asked, ask)
    if not meant:
        return FAILED
    _bring_in(asked, read, wishes)
    return 0


def _reading(path: Path) -> Session:
    session = Session(files.open_(path, "read"), SystemClock(), Me("", ROLE, settings.device_id()))
    if not session.state.session.id:
        session.close()
        raise KringError("{file} holds no session yet; start it from its plan.", file=path.name)
    return session


def _writing(asked: Namespace) -> Session:
    me = Me(one_line(asked.name or own_name()), ROLE, settings.device_id())
    return sessions.resume(asked.target, SystemClock(), me)


def _read(path: Path, session: Session, format_name: str) -> tuple[Source, Parsed]:
    if not sound_intake.is_meant(path, format_name):
        with told(_("{file} is read …").format(file=one_line(path.name))):
            source = intake.source_of(path, session)
            return source, intake.parsed(source, format_name)
    for news in watched(sound_intake.look(path)):
        match news:
            case activity.Looked():
                return sound_intake.heard(path, news, session.state)
            case Failed(sentence):
                raise KringError(sentence.template, **sentence.values)
    raise KringError(DIED.sentence.template)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _on_screen(asked: Namespace) -> int:
    """Let somebody look at files, match and place them on the screen; the exit code is 1 where one does not come in."""
    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.ui.intake.app import run

    with closing(_writing(asked)) as session:
        done = run(session, settings.read(), asked.files, asked.format, _wishes(asked, session.state))
    print_lines(line for one in done for line in _done(one.preview))
    return 0 if len(done) == len(asked.files) else FAILED


# what somebody chose


def _wishes(asked: Namespace, state: State) -> Wishes:
    return Wishes(
        offset_ms=None if asked.offset is None else offset_of(asked.offset),
        with_private=asked.with_private,
        keep_file=not asked.no_file,
        people=dict(_told(state, text) for text in asked.who),
        take_open=asked.yes,
        join=asked.join,
        at_ms=None if asked.at is None else _moment(state, asked.at),
        elsewhere={} if asked.yes else names_of_study(state, asked.target),
    )


def offset_of(text: str) -> int:
    """Return a distance as `+1:12`, `-0:04` or `1:02:03` says it, in ms; raises KringError."""
    found = distance_of(text.strip())
    if found is None:
        raise KringError("{text} is no distance; write +1:12, or -0:04 for four seconds earlier.", text=text)
    return found


def _moment(state: State, text: str) -> int:
    """Return the moment of a picture: `42:13` on the session's clock, or `20:04:13` as a time of day."""
    return moment_called(state, text, int(state.session.ended_at or state.session.started_at or 0))


def _told(state: State, text: str) -> tuple[str, Choice]:
    label, between, word = text.rpartition("=")
    if not between or not label.strip():
        raise KringError("{text} says nobody; write it as --who 'name in the file=P3'.", text=text)
    return label.strip(), choice_of(state, word)


def choice_of(state: State, word: str) -> Choice:
    """Return whom a word means: a participant, `moderator`, `team`, `unknown`, or `-` for who is left out."""
    who = _WHO.get(folded(word.strip()))
    return Choice(who) if who is not None else Choice("participant", lookup.person(state, word.strip()).id)


def _asked_about(
    session: Session, read: list[tuple[Source, Parsed]], wishes: Wishes, asked: Namespace, ask: Ask
) -> tuple[Wishes, bool]:
    """Show every file, ask whom names mean, and return what was chosen and whether the files are to come in."""
    if asked.yes:
        prepared = _prepared(session, read, wishes)
        if not asked.json:
            _show(session, prepared, False)
        for one in prepared:
            intake.require_ready(one)
        return wishes, True
    for source, parsed in read:
        wishes = _with_names(session, source, parsed, wishes, ask)
    prepared = _prepared(session, read, wishes)
    _show(session, prepared, asked.json)
    if any(one.preview.twice is not None or one.preview.asks is not None for one in prepared):
        return wishes, False
    return wishes, _typed(ask, _("Bring it in? [y/N] ")).strip().lower() in _YES


def _with_names(session: Session, source: Source, parsed: Parsed, wishes: Wishes, ask: Ask) -> Wishes:
    """Ask for each name that nobody can be sure of whom it means."""
    while match := next((m for m in intake.prepare(session, source, parsed, wishes).preview.people if m.is_open), None):
        likely = ", ".join(match.candidates)
        told = _("{label}: {why} (code or name, moderator, team, unknown, - = leave out) {likely} ")
        word = _typed(ask, told.format(label=clean(match.label), why=say(match.why), likely=likely)).strip()
        if not word:
            return wishes
        try:
            wishes = wishes._replace(people={**wishes.people, match.label: choice_of(session.state, word)})
        except Refused as refused:
            print_lines([say(refused.sentence)])
    return wishes


def _typed(ask: Ask, question: str) -> str:
    try:
        return ask(question)
    except EOFError:
        return ""


# what is done


def _prepared(session: Session, read: list[tuple[Source, Parsed]], wishes: Wishes) -> list[intake.Prepared]:
    return [_prepare(session, source, parsed, wishes) for source, parsed in read]


def _prepare(session: Session, source: Source, parsed: Parsed, wishes: Wishes) -> intake.Prepared:
    with told(_("{file} is compared with the session …").format(file=one_line(source.name))):
        return intake.prepare(session, source, parsed, wishes)


def _show(session: Session, prepared: list[intake.Prepared], json: bool) -> None:
    for number, one in enumerate(prepared):
        if json:
            sys.stdout.write(json_text(as_json(session.state, one.preview)) + "\n")
        else:
            print_lines([""] if number else [])
            print_lines(lines_of(session.state, one.preview))


def _bring_in(asked: Namespace, read: list[tuple[Source, Parsed]], wishes: Wishes) -> None:
    with closing(_writing(asked)) as session:
        for source, parsed in read:
            prepared = _prepare(session, source, parsed, wishes)
            if isinstance(source, sound_intake.Recording):
                _keep_sound(session, source, prepared)
            else:
                with told(_("{file} is written …").format(file=one_line(source.name))):
                    intake.commit(session, prepared)
            if asked.json:
                sys.stdout.write(json_text(as_json(session.state, prepared.preview)) + "\n")
            else:
                print_lines(_done(prepared.preview))


def _keep_sound(session: Session, source: sound_intake.Recording, prepared: intake.Prepared) -> None:
    intake.require_ready(prepared)
    cuts = sound_intake.cuts(session, source, prepared)
    for news in watched(foreign.in_background(cuts)):
        match news:
            case foreign.LaidDown():
                sound_intake.commit(session, source, prepared, cuts, news)
            case Failed(sentence):
                sound_intake.give_up(cuts)
                raise KringError(sentence.template, **sentence.values)


def _done(preview: Preview) -> Iterator[str]:
    if preview.parsed.sound is not None:
        length = as_length(preview.parsed.sound.lasts_ms)
        yield _("{file} is in: {length} of sound.").format(file=preview.file, length=length)
        return
    count = preview.counts.rows
    told = ngettext("{file} is in: {n} line.", "{file} is in: {n} lines.", count)
    yield told.format(file=preview.file, n=count)


def _put_right(asked: Namespace) -> int:
    if asked.files or sum(map(bool, (asked.take_out, asked.shift, asked.erase_file))) > 1:
        raise KringError("Take out, move and bring in one at a time.")
    if asked.shift and asked.offset is None:
        raise KringError("Say by how much with --offset: +0:04 is later, -0:04 is earlier.")
    with closing(_writing(asked)) as session:
        if asked.shift:
            by_ms = offset_of(asked.offset)
            event = session.do(decision(bringing_in.shift, asked.shift, by_ms, asked.why))
        elif asked.take_out:
            event = session.do(decision(bringing_in.take_out, asked.take_out, asked.why))
        else:
            event = session.do(decision(bringing_in.erase_file, asked.erase_file))
        print_lines([say(session.told(event))])
    return 0


def _list(path: Path) -> int:
    with closing(_reading(path)) as session:
        print_lines(brought_in.listed(session.state))
    return 0


def print_lines(lines: Iterable[str]) -> None:
    """Print what people read."""
    sys.stdout.writelines(f"{clean(line)}\n" for line in lines)
