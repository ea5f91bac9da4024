"""Where the session stands, and its lists, each on one line: short enough to be read aloud by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain import rows as r
from kring.domain.check_grid import Standing, is_settled, issue_of, standing
from kring.domain.consent import consents_of, in_words, lacking_in_words
from kring.domain.decide.session import open_gates
from kring.domain.guide_items import section_of, sections
from kring.domain.leading import REMINDERS
from kring.domain.lookup import alive_checks, current_phase, note_label, unseen_cues
from kring.domain.measures.group.mirror import balance
from kring.domain.measures.group.mirror import mirror as measured
from kring.domain.measures.group.reminders import reminder_now
from kring.domain.measures.group.turns import heard_on_question, next_to_invite
from kring.domain.measures.group.yields import yields_of
from kring.domain.measures.logged import logged
from kring.domain.measures.presence import places
from kring.domain.measures.questions import is_asked
from kring.domain.measures.sections import plan_and_actual
from kring.domain.measures.session_time import session_time
from kring.domain.measures.talk_time import Voice, here, voices
from kring.domain.note_line import SIGNS
from kring.domain.state import State
from kring.domain.tellers.leading import not_heard
from kring.domain.text import N_, Sentence, folded, one_line
from kring.domain.time_text import as_clock, as_length, behind_or_ahead, signed, time_of_day
from kring.domain.words import FLOOR_SENTENCES, called, check_called
from kring.system.i18n import _, decimal, ngettext, percent, say

MOST_NOTES = 10
MOST_CHECKS = 10
PHASES: dict[r.Phase, str] = {
    "prepared": N_("prepared"),
    "lobby": N_("doors open"),
    "live": N_("live"),
    "ended": N_("ended"),
}
STATUSES: dict[r.Status, str] = {
    "expected": N_("expected"),
    "waiting": N_("waiting"),
    "present": N_("present"),
    "away": N_("away"),
    "left": N_("left"),
    "no_show": N_("no-show"),
}


def status(state: State, now: int) -> str:
    """Say where the session stands: phase, clock, question, over or under, end, floor, presence, what is open."""
    parts = [_phase(state, now), *_question(state), *_pace(state, now), *_floor(state, now), _presence(state, now)]
    gates = open_gates(state) if state.session.phase in ("prepared", "lobby") else []
    issues = [issue for issue in state.issues.values() if issue.ended_at is None]
    cues = unseen_cues(state)
    if gates:
        parts.append(ngettext("{n} gate open", "{n} gates open", len(gates)).format(n=len(gates)))
    if issues:
        parts.append(ngettext("{n} issue open", "{n} issues open", len(issues)).format(n=len(issues)))
    if cues:
        parts.append(ngettext("{n} cue not seen", "{n} cues not seen", len(cues)).format(n=len(cues)))
    return _joined([*parts, *_leading(state, now)])


def _leading(state: State, now: int) -> list[str]:
    """Say what helps to lead: what the question did not yield yet, who was heard on it, who is next, a reminder."""
    item = state.current_item
    if item is None or item.kind != "question" or state.session.phase != "live" or state.open_pause is not None:
        return []
    found, wanted, parts = voices(state, now), yields_of(state, item.id), []
    if wanted is not None and wanted.still_open:
        parts.append(_("to yield: {told}").format(told=say(not_heard(wanted))))
    heard, first = heard_on_question(found), next_to_invite(state, now, found)
    if heard.of:
        parts.append(_("heard {n} of {of}").format(n=heard.heard, of=heard.of))
    if first is not None:
        parts.append(_("next to invite: {who}").format(who=called(state, first.person.id)))
    reminder = reminder_now(state, now)
    return parts if reminder is None else [*parts, _(REMINDERS[reminder])]


def _phase(state: State, now: int) -> str:
    phase = _(PHASES[state.session.phase])
    phase = f"{phase} {as_clock(session_time(state, now).elapsed_ms)}" if state.session.started_at else phase
    pause = state.open_pause
    return f"{phase}, {_('paused')} {as_clock(now - pause.started_at)}" if pause else phase


def _question(state: State) -> list[str]:
    item = state.current_item
    return [f"{item.number} {item.title}".strip()] if item else []


def _pace(state: State, now: int) -> list[str]:
    if state.session.phase != "live":
        return []
    times = session_time(state, now)
    if times.over_ms is None or times.expected_end is None or times.planned_end is None:
        return []
    end = Sentence(
        "end {end} (plan {plan})",
        {"end": time_of_day(state, times.expected_end), "plan": time_of_day(state, times.planned_end)},
    )
    return [say(behind_or_ahead(times.over_ms)), say(end)]


def _floor(state: State, now: int) -> list[str]:
    turn = state.open_turn
    if turn is None:
        return []
    who = say(Sentence(FLOOR_SENTENCES[turn.kind], {"who": called(state, turn.participant)}))
    return [f"{who} {as_clock(now - turn.started_at)}"]


def _presence(state: State, now: int) -> str:
    return _("{n} present").format(n=here(voices(state, now)))


def talkers(state: State, now: int) -> str:
    """List the seats: who sits there, how much they spoke, and who is not here."""
    told = [_talker(voice) for voice in voices(state, now)]
    if state.alive_turns:
        told.append(_("logged: {share} of the talk").format(share=percent(logged(state, now).share)))
    return _joined(told) or _("Nobody is on the list.")


def _talker(voice: Voice) -> str:
    person = voice.person
    told = f"{person.seat} {person.name or person.id}"
    if voice.turns:
        told += f" {as_length(voice.spoken_ms)} {percent(voice.share)}"
    elif voice.status == "present":
        told += f" {_('not yet')}"
    if voice.status != "present":
        told += f" ({_(STATUSES[voice.status])})"
    return f"{told} {_('hand up')}" if person.hand_at is not None else told


def consents(state: State) -> str:
    """List to what each participant consents."""
    return _joined(
        f"{person.seat} {called(state, person.id)}: {say(in_words(consents_of(state, person.id)))}"
        for person in places(state)
    ) or _("Nobody is on the list.")


def mirror(state: State, now: int) -> str:
    """Say how the moderator leads, as far as that was logged: for her own eyes."""
    told = _joined(f"{what}: {how}" for what, how in in_the_mirror(state, now))
    return told or _("Nothing of how you lead was logged yet.")


def in_the_mirror(state: State, now: int) -> list[tuple[str, str]]:
    """Return what was logged of how the moderator leads, each time what it is and how it stands."""
    found = measured(state, now)
    parts = []
    if found.share is not None:
        told = ngettext("{share} of the talk, {time} in {n} turn", "{share} of the talk, {time} in {n} turns",
                        found.spoken.turns)  # fmt: skip
        time = as_length(found.spoken.spoken_ms)
        parts.append((_("you speak"), told.format(share=percent(found.share), time=time, n=found.spoken.turns)))
    if (median := found.waits.median_ms) is not None:
        told = _("median {median} s of {n} times, {long} times {of} s or longer")
        long = found.waits.at_least(state.session.silence_s * 1000)
        seconds = {"median": decimal(median / 1000), "of": state.session.silence_s}
        parts.append((_("quiet after you spoke"), told.format(n=len(found.waits.lengths_ms), long=long, **seconds)))
    if found.probes:
        parts.append((_("probes"), _("{n}, of your own: {own}").format(n=found.probes, own=found.own_probes)))
    if found.invited:
        each = _("{who} {n} (spoke within the minute: {spoke})")
        people = [each.format(who=called(state, one.person.id), n=one.times, spoke=one.spoke) for one in found.invited]
        parts.append((_("invited to speak"), ", ".join(people)))
    even = balance(state, now)
    if even is not None:
        told = _("{gini}; 0: everybody their fair share, {most}: one of {n} says everything")
        told = told.format(gini=decimal(even.gini, 2), most=decimal(even.most, 2), n=even.people)
        parts.append((_("division of the talk (Gini)"), told))
    return parts


def guide(state: State, now: int, word: str = "") -> str:
    """List the sections with their times, or what stands in one of them."""
    if word:
        inside = _joined(_item(state, row, now) for row in _inside(state, word))
        return inside or _("The guide has no {word}.").format(word=one_line(word))
    current = section_of(state, state.current_item.id) if state.current_item else None
    told = []
    for one in plan_and_actual(state, now):
        box = f"{as_length(one.spent_s * 1000)}/{as_length(one.planned_s * 1000) if one.planned_s is not None else '–'}"
        box += f" {signed(one.given_s * 1000)}" if one.given_s else ""
        here = f" {_('now')}" if current is not None and current.id == one.section.id else ""
        told.append(f"{_item(state, one.section, now)} {box}{here}")
    return _joined(told) or _("The guide is empty.")


def _inside(state: State, word: str) -> list[r.GuideRow]:
    wanted = folded(word)
    section = next((one for one in sections(state) if wanted in (one.number, one.id, folded(one.title))), None)
    if section is None:
        return []
    alive = sorted((row for row in state.guide.values() if row.removed_at is None), key=lambda row: row.position)
    return [row for row in alive if row.id != section.id and section_of(state, row.id) is section]


def _item(state: State, row: r.GuideRow, now: int) -> str:
    told = f"{row.number} {row.title}".strip()
    if (wanted := state.yields.get(row.id)) is not None:
        return f"= {told} ({_('not yet') if wanted.heard_at is None else _('heard')})"
    if row.skipped_at is not None:
        return f"{told} ({_('skipped')})"
    return f"{told} ({_('asked')})" if row.used_at is not None or is_asked(state, row, now) else told


def plan_changes(before: State, after: State, warnings: int) -> str:
    """Say what a plan that was read again changed in the guide, and whether the open question is still in it."""
    alive = [{row.id for row in state.guide.values() if row.removed_at is None} for state in (before, after)]
    new, gone = len(alive[1] - alive[0]), len(alive[0] - alive[1])
    parts = []
    if new:
        parts.append(_("{n} new").format(n=new))
    if gone:
        parts.append(_("{n} gone").format(n=gone))
    if warnings:
        told = ngettext("{n} warning: see kring check", "{n} warnings: see kring check", warnings)
        parts.append(told.format(n=warnings))
    here = after.current_item
    if here is not None and here.removed_at is not None:
        parts.append(_("the open question is no longer in the plan: {title}").format(title=here.title))
    return _joined(parts)


def checks(state: State, word: str = "") -> str:
    """List what is open on the checklist in this phase, or what holds a text; `all` lists everything.

    The numbers are those that `tick` takes.
    """
    listed = alive_checks(state)
    if word.casefold() in ("all", "alles"):
        return _joined(_check(state, one) for one in listed) or _("The checklist is empty.")
    if word:
        found = [one for one in listed if folded(word) in folded(_check(state, one))]
    else:
        phase = current_phase(state)
        waiting = {gate.id for gate in open_gates(state)} if state.session.phase in ("prepared", "lobby") else set()
        found = [one for one in listed if not is_settled(one) and (one.phase == phase or one.id in waiting)]
        found.sort(key=lambda one: one.id not in waiting)
    if not found:
        return _("Nothing is open here.") if not word else _("The checklist has no {word}.").format(word=one_line(word))
    more = len(found) - MOST_CHECKS
    told = [_check(state, one) for one in found[:MOST_CHECKS]]
    return _joined([*told, ngettext("{n} more", "{n} more", more).format(n=more)] if more > 0 else told)


STANDING_WORDS: dict[Standing, str] = {
    "done": N_("done"),
    "failed": N_("failed"),
    "waived": N_("does not apply"),
    "open": "",
}


def _check(state: State, check: r.CheckRow) -> str:
    stands = _(STANDING_WORDS[standing(check, issue_of(state, check))])
    told = f" ({stands})" if stands else ""
    gate = f" ({_('gate')})" if check.gate and not is_settled(check) else ""
    return f"{check.number} {check_called(state, check)}{told}{gate}{_lacking(state, check)}"


def _lacking(state: State, check: r.CheckRow) -> str:
    told = lacking_in_words(state) if check.consent and check.done_at is None else None
    return f" ({say(told)})" if told else ""


def notes(state: State, text: str = "") -> str:
    """List the newest notes, or those that hold a text; the number is the one by which commands call a note."""
    wanted = folded(text)
    found = [
        note
        for note in reversed(state.notes.values())
        if note.removed_at is None
        and wanted in folded(" ".join((note.text, called(state, note.participant), *(f"#{tag}" for tag in note.tags))))
    ]
    if not found:
        return _("No note holds {text}.").format(text=one_line(text)) if text else _("There are no notes yet.")
    return _joined(_note(state, note) for note in found[:MOST_NOTES])


def _note(state: State, note: r.NoteRow) -> str:
    sign = ("★" if note.starred else "") + ("?" if note.parked else "") + SIGNS[note.kind]
    who = called(state, note.participant)
    tags = "".join(f" #{tag}" for tag in note.tags)
    later = (_("asked") if note.raised_at is not None else _("for later")) if note.parked else ""
    told = f"{sign} {note.text}{tags}".strip() + (f" ({later})" if later else "")
    words = (note_label(state, note), time_of_day(state, note.at), who, told)
    return " ".join(word for word in words if word)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(map(one_line, parts))
