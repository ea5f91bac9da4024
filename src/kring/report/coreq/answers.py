"""What a session file can tell for each item of COREQ; what it cannot know is asked or left open, never invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from kring import __version__
from kring.domain import rows as r
from kring.domain.measures.looking_back import read_back
from kring.domain.measures.presence import counts, no_shows, took_part
from kring.domain.measures.questions import questions
from kring.domain.measures.talk import interruptions, talk, uninterrupted_ms
from kring.domain.text import N_, one_line
from kring.domain.time_text import as_length
from kring.domain.words import NOTE_WORDS
from kring.privacy.snapshot import Snapshot
from kring.report.consent import left_out
from kring.report.coreq.items import Item
from kring.report.desk_work import codes_in_order
from kring.report.group import came_told, segments_told
from kring.report.said.quotes import quotes_of
from kring.report.technique import recorded_told
from kring.report.words import date, listed, role_word
from kring.system.i18n import _, ngettext

TEAM = ("moderator", "assistant", "researcher")
FORMS = {"online": N_("online"), "in_person": N_("on location"), "hybrid": N_("hybrid")}


def answer_of_file(snapshot: Snapshot, item: Item) -> str:
    """Return what the session file tells for an item; nothing where it tells nothing."""
    teller = SENTENCES.get(item.number)
    return teller(snapshot) if teller else ""


def typed_answer(snapshot: Snapshot, item: Item) -> str:
    """Return what a person answered to an item; nothing where nobody did."""
    given = snapshot.state.coreq.get(str(item.number))
    return given.answer if given is not None else ""


def _leader(snapshot: Snapshot) -> str:
    name = one_line(snapshot.state.session.moderator)
    return _("The moderator ({name}).").format(name=name) if name and snapshot.with_names else ""


def leaders(sessions: Sequence[r.SessionRow], *, with_names: bool) -> str:
    """Return who led the groups of a study, as their plans say: whether it was one person, and who where names may be
    told; nothing where a plan names nobody.
    """
    groups: dict[str, list[str]] = {}
    for session in sessions:
        groups.setdefault(one_line(session.moderator), []).append(one_line(session.group_number) or "?")
    if "" in groups or not groups:
        return ""
    if with_names and len(groups) > 1:
        told = _("{name} (group {numbers})")
        return "; ".join(told.format(name=name, numbers=", ".join(those)) for name, those in groups.items()) + "."
    if with_names:
        return _("The moderator ({name}).").format(name=next(iter(groups)))
    n = len(groups)
    by = ngettext("One moderator led every group.", "{n} moderators led the groups, each some of them.", n).format(n=n)
    return f"{by} {_('Who that is stands in the edition with names.')}"


def _size(snapshot: Snapshot) -> str:
    n = len(took_part(snapshot.state, snapshot.now))
    return ngettext("{n} participant.", "{n} participants.", n).format(n=n)


def _missing(snapshot: Snapshot) -> str:
    """Return who dropped out, as numbers: why is theirs, and who refused to be recruited a session doesn't know."""
    state = snapshot.state
    found = counts(state, snapshot.now)
    absent = len(no_shows(state, snapshot.now))
    if not found.invited:
        return ""
    told = [came_told(snapshot)]
    told += [_("Did not show up: {n}.").format(n=absent)] if absent else []
    told.append(_("This file does not tell how many refused at recruitment."))
    return " ".join(told)


def _setting(snapshot: Snapshot) -> str:
    session = snapshot.state.session
    form = _(FORMS[session.form]) if session.form in FORMS else one_line(session.form or "")
    return ", ".join(part for part in (form, one_line(session.platform)) if part)


def _others(snapshot: Snapshot) -> str:
    """Return who was there that is neither a participant nor of the team that leads the talk."""
    roles = Counter(row.role for row in snapshot.state.staff.values() if row.role not in TEAM)
    told = ", ".join(f"{role_word(role)} {n}" for role, n in roles.items())
    return _("In the file: {roles}.").format(roles=told) if told else ""


def _sample(snapshot: Snapshot) -> str:
    people = took_part(snapshot.state, snapshot.now)
    segments = segments_told(people)
    headers = dict.fromkeys(one_line(header) for person in people for header, _value in person.attributes)
    told = [_("By segment: {segments}.").format(segments=segments)] if segments else []
    told += [_("The table of the group has: {headers}.").format(headers=", ".join(headers))] if headers else []
    return " ".join(told)


def _guide(snapshot: Snapshot) -> str:
    asked = questions(snapshot.state, snapshot.now)
    if not asked:
        return ""
    done = sum(question.was_asked for question in asked)
    told = ngettext(
        "A guide of {all} question, of which {n} was asked.",
        "A guide of {all} questions, of which {n} were asked.",
        len(asked),
    )
    return told.format(all=len(asked), n=done) + " " + _("This file does not say whether it was tried out beforehand.")


def _recording(snapshot: Snapshot) -> str:
    state = snapshot.state
    sources = {row.source for row in state.recordings.values()} | {row.source for row in state.segments.values()}
    told = {"platform": _("by the platform"), "kring": _("by kring itself")}
    by = listed([told.get(source, one_line(source)) for source in sorted(sources)])
    return _("Recorded {by}.").format(by=by) + " " + recorded_told(state) if by else ""


def _field_notes(snapshot: Snapshot) -> str:
    notes = snapshot.state.written_notes
    if not notes:
        return left_out(snapshot)
    session = snapshot.state.session
    after = sum(session.ended_at is not None and note.written_at > session.ended_at for note in notes)
    before = sum(session.started_at is not None and note.written_at < session.started_at for note in notes)
    kinds = Counter(note.kind for note in notes)
    told = ", ".join(f"{_(NOTE_WORDS[kind]).lower()} {n}" for kind in NOTE_WORDS if (n := kinds[kind]))
    text = ngettext("{n} note: {kinds}.", "{n} notes: {kinds}.", len(notes)).format(n=len(notes), kinds=told)
    during = _("Made before the talk {before}, during it {during}, after it {after}.")
    made = during.format(before=before, during=len(notes) - before - after, after=after)
    return " ".join(filter(None, (text, made, left_out(snapshot))))


def _duration(snapshot: Snapshot) -> str:
    """Return how long the group talked: breaks and pauses left out."""
    state, now = snapshot.state, snapshot.now
    if state.session.started_at is None:
        return ""
    length = as_length(uninterrupted_ms([talk(state, now)], interruptions(state, now)))
    return _("{length} without breaks and pauses, on {day}.").format(
        length=length, day=date(state, state.session.started_at)
    )


def _coders(snapshot: Snapshot) -> str:
    coders = {coding.coder for coding in snapshot.state.codings.values() if coding.removed_at is None}
    return ngettext("{n} coder.", "{n} coders.", len(coders)).format(n=len(coders)) if coders else ""


def _tree(snapshot: Snapshot) -> str:
    ordered = codes_in_order(snapshot)
    if not ordered:
        return ""
    themes = sum(depth == 0 for depth, _code in ordered)
    told = ngettext(
        "{n} code, {themes} at the top.",
        "{n} codes, {themes} at the top.",
        len(ordered),
    )
    return told.format(n=len(ordered), themes=themes)


def _derivation(snapshot: Snapshot) -> str:
    started = snapshot.state.session.started_at
    alive = [code for code in snapshot.state.codes.values() if code.removed_at is None]
    if not alive or started is None:
        return ""
    before = sum(code.added_at < started for code in alive)
    return _("Codes from before the talk began: {before}; made after that: {later}.").format(
        before=before, later=len(alive) - before
    )


def _software(snapshot: Snapshot) -> str:
    return _("kring {version} for the log, the notes and this report.").format(version=__version__)


def _checking(snapshot: Snapshot) -> str:
    """Return what participants said of the summary that was read back to them; nothing where none of it was noted."""
    found = read_back(snapshot.state)
    if not found.lines or not (found.agreed or found.corrections):
        return ""
    told = ngettext(
        "A summary of {n} line was read back to the group in the session.",
        "A summary of {n} lines was read back to the group in the session.",
        len(found.lines),
    )
    people = len({answer.participant for answer in found.corrections})
    all_people = len(took_part(snapshot.state, snapshot.now))
    heard = _("Of {all} participants {agreed} said that it was right, {people} corrected it (corrections: {n}).")
    return " ".join(
        (
            told.format(n=len(found.lines)),
            heard.format(all=all_people, agreed=len(found.agreed), people=people, n=len(found.corrections)),
        )
    )


def _quotations(snapshot: Snapshot) -> str:
    people = Counter(note.participant for note in quotes_of(snapshot) if note.participant)
    if not people:
        return ""
    quotes = ngettext("{n} quote", "{n} quotes", people.total()).format(n=people.total())
    told = ngettext(
        "{quotes} of {n} participant, with who said it and when.",
        "{quotes} of {n} participants, each with who said it and when.",
        len(people),
    )
    unsure = sum(note.speaker_by_itself for note in quotes_of(snapshot) if note.participant)
    sure = _("Who spoke was taken from the log and not confirmed for: {n}.").format(n=unsure) if unsure else ""
    return " ".join(filter(None, (told.format(quotes=quotes, n=len(people)), sure)))


SENTENCES: dict[int, Callable[[Snapshot], str]] = {
    1: _leader,
    12: _size,
    13: _missing,
    14: _setting,
    15: _others,
    16: _sample,
    17: _guide,
    19: _recording,
    20: _field_notes,
    21: _duration,
    24: _coders,
    25: _tree,
    26: _derivation,
    27: _software,
    28: _checking,
    29: _quotations,
}
