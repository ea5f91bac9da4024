"""The rooms in which parts of the group talked apart: who was where, who spoke there, and what a recording holds."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.measures.coverage import cover_of_note
from kring.domain.measures.group.rooms import turns_during
from kring.domain.stretches import lasted_ms
from kring.domain.text import one_line
from kring.domain.time_text import as_length
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Paragraph, Section, Table
from kring.report.words import NOTHING, of_day
from kring.system.i18n import _, ngettext


def rooms(snapshot: Snapshot) -> Section | None:
    """Return who was in which room; None where the group never split."""
    state = snapshot.state
    seats = {code: place for place, code in enumerate(state.participants)}

    def order(stay: r.RoomStayRow) -> tuple[int, int, int]:
        return int(stay.started_at), state.rooms[stay.room].number, seats.get(stay.participant, len(seats))

    stays = sorted(state.room_stays.values(), key=order)
    if not stays:
        return None
    columns = (
        Column(_("Room"), numeric=True),
        Column(_("Led by")),
        Column(_("Who")),
        Column(_("From")),
        Column(_("Until")),
        Column(_("Turns"), numeric=True),
        Column(_("Talk time"), numeric=True),
    )
    rows = tuple(_row(snapshot, stay) for stay in stays)
    blocks: list[Block] = [Table(_("Who was where"), columns, rows)]
    blocks += [Paragraph(told) for told in (_drawn(snapshot), _recorded(snapshot)) if told]
    blocks.append(Paragraph(_("Talk in the rooms counts in no other figure of talk in this report."), "small"))
    return Section("rooms", _("Breakout groups"), tuple(blocks))


def _row(snapshot: Snapshot, stay: r.RoomStayRow) -> tuple[str, ...]:
    state = snapshot.state
    room, turns = state.rooms[stay.room], turns_during(state, stay)
    until = of_day(snapshot, stay.ended_at) if stay.ended_at is not None else NOTHING
    spoken = sum(lasted_ms(turn, snapshot.now) for turn in turns)
    return (
        str(room.number),
        one_line(room.leader) or NOTHING,
        one_line(snapshot.who(stay.participant)),
        of_day(snapshot, stay.started_at),
        until,
        str(len(turns)),
        as_length(spoken) if turns else NOTHING,
    )


def _drawn(snapshot: Snapshot) -> str:
    seeds = dict.fromkeys(str(room.seed) for room in snapshot.state.rooms.values() if room.seed is not None)
    if not seeds:
        return ""
    told = _("Who went to which room was drawn by lot, spread over the segments (starting number {seeds}).")
    return told.format(seeds=", ".join(seeds))


def _recorded(snapshot: Snapshot) -> str:
    """Return how many notes of the rooms some recording holds."""
    state = snapshot.state
    notes = [note for note in state.notes.values() if note.room is not None and note.removed_at is None]
    if not notes or not state.recordings:
        return ""
    held = sum(bool(cover_of_note(state, note)) for note in notes)
    if not held:
        none = ngettext(
            "The {n} note made in the rooms is on no recording.",
            "None of the {n} notes made in the rooms is on a recording.",
            len(notes),
        )
        return none.format(n=len(notes))
    told = ngettext(
        "Of the {n} note made in the rooms {held} is on a recording.",
        "Of the {n} notes made in the rooms {held} are on a recording.",
        len(notes),
    )
    return told.format(n=len(notes), held=held)
