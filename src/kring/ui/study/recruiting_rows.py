"""The rows of the screen of a recruitment, drawn for a width: how far it is, whom to call next, and all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from kring.domain.study.recruiting.candidate import LOST, Candidate
from kring.domain.study.recruiting.inviting import Places
from kring.domain.text import one_line
from kring.study.recruiting.attendance import Attendance
from kring.study.recruiting.recruitment import Recruitment
from kring.system.i18n import _, ngettext
from kring.ui.study.recruiting_words import counted, lost_told, proposal, share_told, state_word
from kring.ui.study.words import CANDIDATE_STATES, STEP_WORDS, how_many, short_day
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, wrap

NUMBER, NAME, SEGMENT, STATE, GROUP, SINCE = 5, 22, 12, 15, 4, 12
WIDE = 100
"""Columns from which a row has the day and the group in columns of their own."""


class Entry(Struct, frozen=True):
    """A row of the screen; of a person, the cursor can stand on it."""

    line: Line
    person: Candidate | None = None


class Seen(Struct, frozen=True):
    """What the screen shows: a recruitment, and by line who came as the sessions say."""

    found: Recruitment
    came: dict[int, Attendance]


def top(seen: Seen, room: int) -> Line:
    """Return the title of the study, and whose list it is."""
    found = seen.found
    warned = ngettext("{n} warning", "{n} warnings", len(found.warnings))
    return cut(
        line((" kring ", "key"), (f" {one_line(found.standing.folder.title)} ", "title"),
             (f"  {_('Recruitment: {list}').format(list=counted(found))}", "muted"),
             (f", {warned.format(n=len(found.warnings))}" if found.warnings else "", "soon")),
        room,
    )  # fmt: skip


def entries(seen: Seen, room: int) -> list[Entry]:
    """Return all rows, in the order of the screen."""
    found = seen.found
    told = [Entry(one) for one in _head(found, room)]
    calls = [Entry(_person(seen, one, room), one) for one in found.calls]
    queued = {one.line for one in found.calls}
    others = [Entry(_person(seen, one, room), one) for one in found.candidates if one.line not in queued]
    for title, people in ((_("Call next"), calls), (_("All others"), others)):
        if people:
            told += [Entry(EMPTY), Entry(line((title, "title"))), *people]
    if not found.candidates:
        said = _("There is no list yet; n begins one.")
        if found.found is not None:
            said = _("Nobody is on the list yet; fill it in with Excel or LibreOffice.")
        told += [Entry(EMPTY), *(Entry(part) for part in wrap(line((said, "soon")), room))]
    return told


def _head(found: Recruitment, room: int) -> Iterator[Line]:
    if found.candidates:
        steps = "  ›  ".join(f"{_(STEP_WORDS[one.step])} {one.reached}" for one in found.steps)
        yield from wrap(line((steps, "bold")), room)
        lost = ", ".join(told for one in found.steps if (told := lost_told(one)))
        if lost:
            yield from wrap(line((f"{_('lost')}: ", "muted"), (lost, "muted")), room, hang=2)
    if found.places:
        yield from wrap(line((_("To invite: {share}").format(share=share_told(found.share)), "muted")), room)
    for number, places in groupby(found.places, key=lambda one: one.group):
        head = line((f"  {_('group {number}').format(number=number)} ", "bold"))
        yield from wrap((*head, *(span for one in places for span in _place(one))), room, hang=4)
    if found.places:
        yield cut(line(("  " + _("confirmed + fit / to invite (wanted)"), "muted")), room)


def _place(one: Places) -> Line:
    return line(
        (f"  {one_line(one.segment) or _('unknown')} ", "muted"),
        f"{one.confirmed}+{one.fit}/{one.invite}",
        (f" ({how_many(one.wanted)})", "muted"),
        (f" {_('{n} short').format(n=one.to_find)}" if one.to_find else "", "late"),
    )


def _person(seen: Seen, one: Candidate, room: int) -> Line:
    found = seen.found
    look = "late" if one.doubt else "ok" if one.state in ("confirmed", "came") else "muted" if one.state in LOST else ""
    since = short_day(one.since) if one.since else ""
    parts: list[Line] = [
        pad(cut(line((f"  {one_line(one.number)}", "muted")), NUMBER), NUMBER),
        pad(cut(line((one_line(one.name), "bold")), NAME - 1), NAME),
        pad(cut(line(one_line(found.segment(one)) or "?"), SEGMENT - 1), SEGMENT),
        pad(cut(line((state_word(one), look)), STATE - 1), STATE),
        pad(line(one_line(one.group)), GROUP),
    ]
    if room >= WIDE:
        parts.append(pad(line((since, "muted")), SINCE))
    more = [(_("paid"), "ok")] if one.is_paid else []
    more += [(one_line(one.reason), "muted")] if one.reason else []
    if proposed := proposed_told(seen, one):
        more.append((f"⏎ {proposed}", "soon"))
    behind = tuple(span for place, part in enumerate(more) for span in ((", " if place else "", "muted"), part))
    return cut(tuple(span for part in (*parts, behind) for span in part), room)


def proposed_told(seen: Seen, one: Candidate) -> str:
    """Return what is proposed for somebody: by the session of their group, else by the screener; empty for nothing."""
    if one.line in seen.came:
        return _(CANDIDATE_STATES[seen.came[one.line].state])
    return proposal(seen.found, one)


def card(seen: Seen, one: Candidate, room: int) -> Line:
    """Return how somebody is reached, and what was remarked: for whoever calls, on the screen alone."""
    parts: Iterable[str] = (one.name, one.contact, proposed_told(seen, one), one.remark)
    return cut(line((" " + " · ".join(one_line(part) for part in parts if part), "muted")), room)
