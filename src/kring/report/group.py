"""Who took part: participants with their segment and presence, and who else was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kring.domain import rows as r
from kring.domain.measures.presence import Counts, counts, present, seated, took_part
from kring.domain.measures.talk_time import Voice, voices
from kring.domain.text import N_, one_line
from kring.domain.time_text import as_length
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Paragraph, Section, Table
from kring.report.words import NOTHING, listed, of_day, role_word
from kring.system.i18n import _, ngettext

ATTENDED: dict[r.Status, str] = {
    "expected": N_("expected"),
    "waiting": N_("waiting room"),
    "present": N_("present"),
    "away": N_("away for a moment"),
    "left": N_("left"),
    "no_show": N_("no-show"),
}


def group(snapshot: Snapshot) -> Section | None:
    """Return the group, its segments and the attendance."""
    people = seated(snapshot.state)
    if not people:
        return None
    blocks: list[Block] = [Paragraph(came_told(snapshot))]
    segments = segments_told(took_part(snapshot.state, snapshot.now))
    if segments:
        blocks.append(Paragraph(_("Present by segment: {segments}.").format(segments=segments)))
    blocks.append(_people(snapshot, people))
    if snapshot.held_back:
        columns = ", ".join(snapshot.held_back)
        told = _("Left out, because they may tell who somebody is: {columns}.").format(columns=columns)
        blocks.append(Paragraph(told, "small"))
    absences = _absences(snapshot)
    if absences is not None:
        blocks.append(absences)
    team = team_told(snapshot)
    if team:
        blocks.append(Paragraph(_("The team in this file: {team}.").format(team=team)))
    return Section("group", _("The group"), tuple(blocks))


def segments_told(people: Sequence[r.ParticipantRow]) -> str:
    """Return how many people of each segment there are."""
    if not any(person.segment for person in people):
        return ""
    known = Counter(one_line(person.segment) for person in people if person.segment)
    told = [f"{segment} {n}" for segment, n in sorted(known.items())]
    unknown = len(people) - known.total()
    return ", ".join([*told, *([_("unknown {n}").format(n=unknown)] if unknown else [])])


def came_told(snapshot: Snapshot) -> str:
    """Return how many of those who were invited came, how many walked in, and how many left early."""
    found = counts(snapshot.state, snapshot.now)
    if found.invited and snapshot.state.session.started_at is None:
        return ngettext("{n} invited.", "{n} invited.", found.invited).format(n=found.invited)
    if not found.invited:
        return ", ".join(others_told(found)) + "." if found.walked_in else _("Nobody is on the list.")
    came = ngettext("{n} of {all} invited came", "{n} of {all} invited came", found.came)
    return ", ".join([came.format(n=found.came, all=found.invited), *others_told(found)]) + "."


def others_told(found: Counts) -> list[str]:
    """Return who came besides the invited, and who left early."""
    n = found.walked_in
    walked_in = ngettext("{n} came who was not on the list", "{n} came who were not on the list", n).format(n=n)
    left = ngettext("{n} left early", "{n} left early", found.left).format(n=found.left)
    return [*([walked_in] if found.walked_in else []), *([left] if found.left else [])]


def team_told(snapshot: Snapshot) -> str:
    """Return who of the team worked in the file, with the role of each."""
    roles: dict[str, dict[str, None]] = {}
    for row in snapshot.state.staff.values():
        roles.setdefault(one_line(row.name), {})[role_word(row.role)] = None
    told = ((name, listed(list(of_one))) for name, of_one in roles.items())
    return ", ".join(f"{words} ({name})" if name else words for name, words in told)


def _people(snapshot: Snapshot, people: Sequence[r.ParticipantRow]) -> Table:
    headers = list(dict.fromkeys(header for person in people for header, _value in person.attributes))
    with_segment = any(person.segment for person in people)
    columns = [
        Column(_("Participant")),
        *([Column(_("Code"))] if snapshot.with_names else []),
        *([Column(_("Segment"))] if with_segment else []),
        *(Column(one_line(header)) for header in headers),
        Column(_("Attendance")),
        Column(_("Present"), numeric=True),
    ]
    rows = []
    found = {voice.person.id: voice for voice in voices(snapshot.state, snapshot.now)}
    for person in people:
        values = dict(person.attributes)
        voice = found[person.id]
        rows.append(
            (
                one_line(snapshot.who(person.id)),
                *([person.id] if snapshot.with_names else []),
                *([one_line(person.segment)] if with_segment else []),
                *(one_line(values.get(header, "")) or NOTHING for header in headers),
                _attended(voice),
                as_length(voice.present_ms) if voice.present_ms else NOTHING,
            )
        )
    return Table(_("Participants and attendance"), tuple(columns), tuple(rows))


def _attended(voice: Voice) -> str:
    person = voice.person
    told = _(ATTENDED[voice.status])
    told = f"{told}: {one_line(person.reason)}" if person.reason else told
    return told if person.on_list else _("{what}, not on the list").format(what=told)


def _absences(snapshot: Snapshot) -> Table | None:
    """Return who came late, was away or left while the group talked."""
    state = snapshot.state
    started = state.session.started_at
    if started is None:
        return None
    moved = [
        (begin, code, _("came back") if number else _("present"))
        for code, those in present(state, snapshot.now).items()
        for number, (begin, _end) in enumerate(those)
        if begin > started
    ]
    for stretch in state.attendance.values():
        if stretch.status in ("away", "left") and stretch.started_at > started:
            what = _(ATTENDED[stretch.status])
            told = f"{what}: {one_line(stretch.reason)}" if stretch.reason else what
            moved.append((int(stretch.started_at), stretch.participant, told))
    rows = [(of_day(snapshot, at), one_line(snapshot.who(code)), what) for at, code, what in sorted(moved)]
    if not rows:
        return None
    columns = (Column(_("Time")), Column(_("Participant")), Column(_("What")))
    return Table(_("Coming and going during the talk"), columns, tuple(rows))
