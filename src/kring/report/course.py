"""The timeline: what happened, in order, from the rows as they stand after all corrections."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from kring.domain import rows as r
from kring.domain.measures.presence import seated
from kring.domain.text import N_, Sentence, one_line
from kring.domain.time_text import as_clock, as_length
from kring.domain.words import NOTE_WORDS, STATUS_SENTENCES, cue_text, stimulus_called
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Column, Entry, Paragraph, Section, Timeline
from kring.report.said.quotes import anchor_of, line_of, may_print
from kring.report.technique import recorded_by
from kring.report.words import of_day, speaker_of
from kring.system.i18n import _, say

KINDS: dict[str, str] = {
    "visit": N_("Discussion guide"),
    "turn": N_("Turn"),
    **dict[str, str](NOTE_WORDS.items()),
    "attendance": N_("Attendance"),
    "issue": N_("Technical issue"),
    "cue": N_("Cue"),
    "stimulus": N_("Stimulus"),
    "leading": N_("Leading the talk"),
    "answer": N_("Poll"),
    "pause": N_("Pause"),
    "recording": N_("Recording"),
}

POINTED_AT = ("quote", "summary", "paraphrase")
"""Of these the report may tell elsewhere, with a link to the line here."""


class Happened(Struct, frozen=True):
    """Something at a moment, before it is put into words for a place in the timeline."""

    at: int
    t: float | None
    kind: str
    text: str
    who: str = ""
    item: str | None = None
    starred: bool = False
    note: r.NoteRow | None = None


def timeline(snapshot: Snapshot) -> Section | None:
    """Return everything that happened, in order."""
    happened = sorted(_everything(snapshot), key=lambda one: one.at)
    if not happened:
        return None
    guide = snapshot.state.guide
    numbers = {row.id: one_line(row.number or row.title) for row in guide.values()}
    entries = tuple(
        Entry(
            when=as_clock(one.t * 1000) if one.t is not None else "",
            clock=of_day(snapshot, one.at),
            kind=one.kind,
            what=_(KINDS[one.kind]),
            who=one.who,
            question=numbers.get(one.item or "", ""),
            text=one.text,
            starred=one.starred,
            id=line_of(one.note) if one.note is not None and one.kind in POINTED_AT else "",
            at=one.at,
            quote=anchor_of(one.note) if one.note is not None and one.kind == "quote" else "",
        )
        for one in happened
    )
    kinds = {entry.what for entry in entries}
    people = [one_line(snapshot.who(person.id)) for person in seated(snapshot.state)]
    used, asked = {entry.who for entry in entries}, {entry.question for entry in entries}
    block = Timeline(
        caption=_("Everything that happened, in order"),
        columns=(
            Column(_("Session clock"), numeric=True),
            Column(_("Time of day")),
            Column(_("Kind")),
            Column(_("Who")),
            Column(_("Question")),
            Column(_("What")),
        ),
        kinds=tuple(word for word in dict.fromkeys(map(_, KINDS.values())) if word in kinds),
        people=tuple([name for name in people if name in used] + sorted(used - set(people) - {""})),
        questions=tuple(
            dict.fromkeys(
                numbers[row.id]
                for row in sorted(guide.values(), key=lambda row: row.position)
                if numbers[row.id] in asked and numbers[row.id]
            )
        ),
        entries=entries,
    )
    told = _("Corrections made afterwards are in it; what was removed is not.")
    return Section("timeline", _("Timeline"), (Paragraph(told, "small"), block), is_annex=True)


def _everything(snapshot: Snapshot) -> Iterator[Happened]:
    state = snapshot.state
    for visit in state.visits.values():
        item = state.guide.get(visit.item)
        title = one_line(item.title) if item else ""
        yield Happened(visit.started_at, visit.t, "visit", _lasting(title, visit.duration_s), "", visit.item)
    for turn in state.alive_turns:
        yield Happened(
            turn.started_at, turn.t, "turn", _lasting("", turn.duration_s), speaker_of(snapshot, turn), turn.item
        )
    for note in state.notes.values():
        if may_print(note) or (note.kind == "mark" and note.removed_at is None):
            tags = "".join(f" #{one_line(tag)}" for tag in note.tags)
            text = f"{note.text}{tags}".strip()
            yield Happened(note.at, note.t, note.kind, text, speaker_of(snapshot, note), note.item, note.starred, note)
    yield from _people(snapshot)
    yield from _leading(snapshot)
    yield from _technique(snapshot)


def _people(snapshot: Snapshot) -> Iterator[Happened]:
    state = snapshot.state
    for stretch in state.attendance.values():
        who = one_line(snapshot.who(stretch.participant))
        told = say(Sentence(STATUS_SENTENCES[stretch.status], {"who": who}))
        text = f"{told}: {one_line(stretch.reason)}" if stretch.reason else told
        yield Happened(stretch.started_at, stretch.t, "attendance", text, who)
    for answer in state.answers.values():
        poll = state.polls.get(answer.poll)
        text = f"{one_line(poll.title)}: {one_line(answer.value)}" if poll else one_line(answer.value)
        yield Happened(
            answer.at, answer.t, "answer", text, one_line(snapshot.who(answer.participant)), poll.item if poll else None
        )


def _leading(snapshot: Snapshot) -> Iterator[Happened]:
    state = snapshot.state
    for probe in state.probes.values():
        told = _("Probe: {text}").format(text=one_line(probe.text))
        yield Happened(probe.at, probe.t, "leading", told, "", probe.item)
    for row in state.invitations_to_speak.values():
        who = one_line(snapshot.who(row.participant))
        yield Happened(row.at, row.t, "leading", _("Invited to speak: {who}").format(who=who), who, row.item)
    for wanted in state.yields.values():
        if wanted.heard_at is not None:
            told = _("Heard: {what}").format(what=one_line(wanted.title))
            yield Happened(wanted.heard_at, wanted.t, "leading", told, "", wanted.item)


def _technique(snapshot: Snapshot) -> Iterator[Happened]:
    state = snapshot.state
    for issue in state.issues.values():
        text = _lasting(one_line(issue.title), issue.duration_s)
        who = one_line(snapshot.who(issue.participant))
        yield Happened(issue.started_at, issue.t, "issue", text, who, issue.item)
    for cue in state.cues.values():
        said = cue_text(cue.text, cue.value, cue.automatic)
        yield Happened(cue.at, cue.t, "cue", one_line(say(said) if isinstance(said, Sentence) else said))
    for showing in state.showings.values():
        title = _lasting(one_line(stimulus_called(state, showing.stimulus)), showing.duration_s)
        yield Happened(showing.started_at, showing.t, "stimulus", title, "", showing.item)
    for pause in state.pauses.values():
        yield Happened(pause.started_at, pause.t, "pause", _lasting("", pause.duration_s))
    for row in state.recordings.values():
        yield Happened(row.started_at, row.t, "recording", _lasting(recorded_by(row), row.duration_s))


def _lasting(text: str, duration_s: float | None) -> str:
    length = as_length(duration_s * 1000) if duration_s is not None else ""
    return f"{text} ({length})" if text and length else text or length
