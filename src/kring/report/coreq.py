"""COREQ, filled as far as the session file goes; what it cannot know is asked or left open, never invented."""

from __future__ import annotations

from collections.abc import Callable

from kring import __version__
from kring.domain import rows as r
from kring.domain.measures.coverage import cover_of_turn, recorded_share
from kring.domain.measures.presence import seated, took_part
from kring.domain.measures.questions import questions
from kring.domain.measures.session_time import elapsed_ms
from kring.domain.text import N_, one_line
from kring.domain.time_text import short
from kring.domain.words import NOTE_WORDS
from kring.privacy.snapshot import Snapshot
from kring.report.coreq_items import DOMAINS, ITEMS, Item
from kring.report.desk_work import codes_in_order
from kring.report.group import segments_told
from kring.report.parts import Block, Column, Paragraph, Section, Table
from kring.report.said import notes_of, quotes_of
from kring.report.words import date, role_word
from kring.study.saturation import new_words
from kring.study.sessions import sessions_of
from kring.system.i18n import _, ngettext, percent

FORMS = {"online": N_("online"), "in_person": N_("on location"), "hybrid": N_("hybrid")}
SATURATION = 22


def section(snapshot: Snapshot) -> Section | None:
    """Return the 32 items with their answers, and where each comes from."""
    if snapshot.state.session.started_at is None:
        return None
    columns = (Column(_("No.")), Column(_("Item")), Column(_("Answer")), Column(_("Comes from")))
    blocks: list[Block] = [
        Paragraph(
            _(
                "Consolidated criteria for reporting qualitative research: Tong, Sainsbury and Craig, 2007 "
                "(doi 10.1093/intqhc/mzm042). What this file cannot tell stays open."
            ),
            "small",
        )
    ]
    for number, name in DOMAINS.items():
        rows = tuple(_row(snapshot, item) for item in ITEMS if item.domain == number)
        blocks.append(Table(_(name), columns, rows))
    return Section("coreq", "COREQ", tuple(blocks))


def answer_of_file(snapshot: Snapshot, item: Item) -> str:
    """Return what the session file tells for an item; nothing where it tells nothing."""
    teller = SENTENCES.get(item.number)
    return teller(snapshot) if teller else ""


def _row(snapshot: Snapshot, item: Item) -> tuple[str, ...]:
    told = answer_of_file(snapshot, item)
    given = snapshot.state.coreq.get(str(item.number))
    typed = given.answer if given is not None else ""
    files = _("the session files of the study") if item.number == SATURATION else _("the session file")
    sources = [files] if told else []
    if given is not None and typed:
        by = one_line(given.answered_by)
        sources.append(_("typed by {who}").format(who=by) if by else _("typed"))
    answer = "\n".join(part for part in (told, typed) if part)
    name = f"{_(item.name)}: {_(item.asks)}"
    if answer:
        return str(item.number), name, answer, ", ".join(sources)
    return str(item.number), name, _("open"), _("for a person to answer") if item.source == "human" else _("not known")


def _leader(snapshot: Snapshot) -> str:
    name = one_line(snapshot.state.session.moderator)
    return _("The moderator ({name}).").format(name=name) if name else ""


def _size(snapshot: Snapshot) -> str:
    n = len(took_part(snapshot.state, snapshot.now))
    return ngettext("{n} participant.", "{n} participants.", n).format(n=n)


def _missing(snapshot: Snapshot) -> str:
    state = snapshot.state
    absent = [person for person in seated(state) if person.status == "no_show"]
    left = [person for person in seated(state) if person.status == "left"]
    told = [_("Did not show up: {n}.").format(n=len(absent)) if absent else _("Everybody who was expected came.")]
    told += [_("Left early: {n}.").format(n=len(left))] if left else []
    for person in (*absent, *left):
        if person.reason:
            told.append(f"{one_line(snapshot.who(person.id))}: {one_line(person.reason)}.")
    return " ".join(told) if seated(state) else ""


def _setting(snapshot: Snapshot) -> str:
    session = snapshot.state.session
    form = _(FORMS[session.form]) if session.form in FORMS else one_line(session.form or "")
    return ", ".join(part for part in (form, one_line(session.platform)) if part)


def _others(snapshot: Snapshot) -> str:
    staff = snapshot.state.staff.values()
    roles = dict.fromkeys(role_word(row.role) for row in staff if row.role != "moderator")
    return _("In the file, beside the moderator: {roles}.").format(roles=", ".join(roles)) if roles else ""


def _sample(snapshot: Snapshot) -> str:
    segments = segments_told(took_part(snapshot.state, snapshot.now))
    return _("By segment: {segments}.").format(segments=segments) if segments else ""


def _guide(snapshot: Snapshot) -> str:
    asked = questions(snapshot.state, snapshot.now)
    if not asked:
        return ""
    done = sum(question.was_asked for question in asked)
    return _("A guide of {all} questions, of which {n} were asked; see the coverage of the questions.").format(
        all=len(asked), n=done
    )


def _repeated(snapshot: Snapshot) -> str:
    session = snapshot.state.session
    if not session.group_number:
        return _("This file holds one session.")
    study = one_line(session.study) or "–"
    number = one_line(session.group_number)
    return _("This file holds one session: group {number} of the study {study}.").format(number=number, study=study)


def _recording(snapshot: Snapshot) -> str:
    if not snapshot.state.recordings:
        return ""
    turns = [turn for turn in snapshot.state.alive_turns if turn.kind != "silence"]
    sources = {cover_of_turn(snapshot.state, turn) for turn in turns} - {""}
    told = {"platform": _("by the platform"), "kring": _("by kring itself")}
    by = ", ".join(told[source] for source in sorted(sources))
    share = percent(recorded_share(snapshot.state))
    return _("Recorded {by}; {share} of the turns lie within a recording.").format(by=by, share=share) if by else ""


def _field_notes(snapshot: Snapshot) -> str:
    notes = [note for note in snapshot.state.notes.values() if note.removed_at is None]
    ended = snapshot.state.session.ended_at
    after = sum(ended is not None and note.written_at > ended for note in notes)
    kinds: dict[r.NoteKind, int] = {}
    for note in notes:
        kinds[note.kind] = kinds.get(note.kind, 0) + 1
    if not notes:
        return ""
    told = ", ".join(f"{_(NOTE_WORDS[kind]).lower()} {n}" for kind, n in kinds.items())
    text = _("{n} notes, made while people talked: {kinds}.") if not after else _("{n} notes: {kinds}.")
    written = " " + _("{n} of them were made after the end.").format(n=after) if after else ""
    return text.format(n=len(notes), kinds=told) + written


def _duration(snapshot: Snapshot) -> str:
    session = snapshot.state.session
    if session.started_at is None:
        return ""
    length = short(elapsed_ms(snapshot.state, snapshot.now))
    return _("{length}, on {day}.").format(length=length, day=date(snapshot.state, session.started_at))


def _saturation(snapshot: Snapshot) -> str:
    new = new_words(sessions_of(snapshot.state.session.study, snapshot.path))
    if not new:
        return ""
    told = _("New tags and codes in each of the {n} sessions of this study, in order of time: {counts}.")
    return told.format(n=len(new), counts=", ".join(map(str, new)))


def _coders(snapshot: Snapshot) -> str:
    coders = {coding.coder for coding in snapshot.state.codings.values() if coding.removed_at is None}
    return ngettext("{n} coder.", "{n} coders.", len(coders)).format(n=len(coders)) if coders else ""


def _tree(snapshot: Snapshot) -> str:
    ordered = codes_in_order(snapshot)
    if not ordered:
        return ""
    themes = sum(depth == 0 for depth, _code in ordered)
    return _("{n} codes, {themes} at the top; see codes and themes.").format(n=len(ordered), themes=themes)


def _derivation(snapshot: Snapshot) -> str:
    started = snapshot.state.session.started_at
    alive = [code for code in snapshot.state.codes.values() if code.removed_at is None]
    if not alive or started is None:
        return ""
    before = sum(code.added_at < started for code in alive)
    return _("{n} codes were there before the talk began, {later} came after that.").format(
        n=before, later=len(alive) - before
    )


def _software(snapshot: Snapshot) -> str:
    return _("kring {version} for the log, the notes and this report.").format(version=__version__)


def _checked(snapshot: Snapshot) -> str:
    n = len(notes_of(snapshot, "summary"))
    return ngettext("{n} summary in the session.", "{n} summaries in the session.", n).format(n=n) if n else ""


def _quotations(snapshot: Snapshot) -> str:
    quotes = quotes_of(snapshot)
    people = {note.participant for note in quotes if note.participant}
    if not quotes:
        return ""
    return _("{n} quotes of {people} participants, each with who said it and when.").format(
        n=len(quotes), people=len(people)
    )


SENTENCES: dict[int, Callable[[Snapshot], str]] = {
    1: _leader,
    12: _size,
    13: _missing,
    14: _setting,
    15: _others,
    16: _sample,
    17: _guide,
    18: _repeated,
    19: _recording,
    20: _field_notes,
    21: _duration,
    SATURATION: _saturation,
    24: _coders,
    25: _tree,
    26: _derivation,
    27: _software,
    28: _checked,
    29: _quotations,
}
