"""What happened in a session, in a few lines: for whoever watched a rehearsal, or let it play unseen."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.measures.presence import no_shows
from kring.domain.measures.session_time import session_time
from kring.domain.measures.talk_time import Voice, talk_time, voices
from kring.domain.rows import NoteKind
from kring.domain.state import State
from kring.domain.stretches import lasted_ms
from kring.domain.text import one_line, whole
from kring.domain.words import NOTE_WORDS
from kring.system.i18n import _, decimal, ngettext, percent


def summary(state: State, now: int) -> list[str]:
    """Return what happened, a line each; times in minutes."""
    return [one_line(line) for line in _lines(state, now)]


def _lines(state: State, now: int) -> Iterator[str]:
    yield state.session.title
    yield _length(state, now)
    turns = sum(one.turns for who, one in talk_time(state, now).items() if who != "silence")
    heard = [voice for voice in voices(state, now) if voice.turns]
    yield ngettext("{n} turn", "{n} turns", turns).format(n=turns)
    if heard:
        yield _("Most: {most}; least: {least}").format(
            most=_share(max(heard, key=lambda voice: voice.share)),
            least=_share(min(heard, key=lambda voice: voice.share)),
        )
    yield _notes(state)
    yield from _people(state, now)
    yield from _technique(state, now)
    skipped = [item.number for item in state.guide.values() if item.skipped_at is not None and item.removed_at is None]
    if skipped:
        yield _("Skipped: {items}").format(items=", ".join(skipped))


def _length(state: State, now: int) -> str:
    time = session_time(state, now)
    length = whole(time.elapsed_ms / 60_000)
    if time.over_ms is None:
        return _("{n} minutes").format(n=length)
    over = whole(time.over_ms / 60_000)
    told = f"+{over}" if over > 0 else f"\u2212{-over}" if over else "0"
    return _("{n} minutes, over/under {over}").format(n=length, over=told)


def _share(voice: Voice) -> str:
    return f"{voice.person.name or voice.person.id} {percent(voice.share)}"


def _notes(state: State) -> str:
    counts: dict[NoteKind, int] = {}
    for note in state.notes.values():
        if note.removed_at is None:
            counts[note.kind] = counts.get(note.kind, 0) + 1
    total = sum(counts.values())
    kinds = ", ".join(f"{_(NOTE_WORDS[kind]).lower()} {count}" for kind, count in sorted(counts.items()))
    told = ngettext("{n} note", "{n} notes", total).format(n=total)
    return f"{told}: {kinds}" if kinds else told


def _people(state: State, now: int) -> Iterator[str]:
    people = [person for person in state.participants.values() if person.removed_at is None]
    absent = [person.name or person.id for person in no_shows(state, now)]
    new = [person.name or person.id for person in people if not person.on_list]
    if absent:
        yield _("Did not show up: {names}").format(names=", ".join(absent))
    if new:
        yield _("Not on the list: {names}").format(names=", ".join(new))


def _technique(state: State, now: int) -> Iterator[str]:
    for issue in state.issues.values():
        length = decimal(lasted_ms(issue, now) / 60_000)
        person = state.participants.get(issue.participant or "")
        who = (person.name or person.id) if person else _("everybody")
        yield _("Technical issue, {who}: {what}, {n} min").format(who=who, what=issue.title, n=length)
