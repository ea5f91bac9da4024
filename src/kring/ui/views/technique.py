"""The checklist, the technical issues and the cues."""

from __future__ import annotations

from kring.domain import lookup
from kring.domain.check_grid import Standing, grid, is_settled, issue_of, standing
from kring.domain.consent import lacking_in_words
from kring.domain.lookup import CHECK_PHASES, alive_checks, current_phase, tickable
from kring.domain.measures.talk_time import Voice
from kring.domain.rows import CheckPhase, CheckRow, CueRow, IssueRow
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_clock, as_length, time_of_day
from kring.domain.words import called, cue_text
from kring.session import summary
from kring.system.i18n import _, say
from kring.ui.views import sound
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import Line, Span, cells, cut, line, pad, spread, width, wrap

BOXES: dict[Standing, tuple[str, str]] = {
    "done": ("[✓]", "ok"),
    "failed": ("[!]", "late"),
    "waived": ("[–]", "muted"),
    "open": ("[ ]", "bold"),
}
PHASE_WORDS: dict[CheckPhase, str] = {
    "week_before": N_("A week before"),
    "half_hour_before": N_("Half an hour before"),
    "start": N_("At the start"),
    "during": N_("During"),
    "break": N_("Break"),
    "after": N_("Afterwards"),
}


CheckEntry = tuple[str, CheckRow | None, int]
"""A row of the checklist: its id, its check (None for a heading and for the tests of each person), its number."""
TESTS = "tests"
"""The id of the row that stands for the tests of each person, which have a table of their own."""
ROOM_FOR_A_WORD = 50
"""From how many cells on a cue takes another row for what became of it."""


def check_line(state: State, check: CheckRow, number: int, room: int) -> Line:
    """Return one check: its number, its box, what it is, and who ticked it when."""
    stands = standing(check, issue_of(state, check))
    box, look = BOXES[stands]
    settled = is_settled(check)
    gate = ("! ", "key") if check.gate and not settled else ("", "")
    right: list[Span] = []
    if check.done_at is not None:
        right.append((f"{(check.done_by or '').partition(' ')[0]} {time_of_day(state, check.done_at)} ", "muted"))
    elif stands in ("failed", "waived"):
        right.append((_(summary.STANDING_WORDS[stands]) + " ", look))
    elif check.consent and (lacking := lacking_in_words(state)):
        right.append((say(lacking) + " ", "late"))
    elif check.url:
        right.append((_("link") + " ", "accent"))
    left: list[Span] = [(f"{number:>3} ", "muted"), (box + " ", look), gate]
    return spread(line(*left, (check.title, "muted" if settled else "")), line(*right), room)


def entry_line(state: State, entry: CheckEntry, room: int, key: str = "") -> Line:
    """Return a row of the checklist; `key` opens the table of the tests of each person."""
    name, check, number = entry
    if check is not None:
        return check_line(state, check, number, room)
    if name == TESTS:
        return tests_line(state, room, key)
    return phase_line(state, name.removeprefix("phase:"), room)  # type: ignore[arg-type]


def tests_line(state: State, room: int, key: str) -> Line:
    """Return the row that stands for the tests of each person, with how far they are."""
    settled, every = grid(state).counts
    is_done = settled == every
    box, look = BOXES["done" if is_done else "open"]
    told = line(("    ", ""), (box + " ", look), (_("people × tests"), "muted" if is_done else ""), (f"  {key}", "key"))
    return spread(told, line((f"{settled}/{every} ", "ok" if is_done else "bold")), room)


def phase_line(state: State, phase: CheckPhase, room: int) -> Line:
    """Return the heading of a phase with how far it is; the tests of each person count apart."""
    mine = [check for check in _listed(state) if check.phase == phase]
    done = sum(map(is_settled, mine))
    look = "title" if phase == current_phase(state) else "muted"
    all_done = done == len(mine)
    tail = line((f"{done}/{len(mine)} " + ("✓ " if all_done else ""), "ok" if all_done else "bold"))
    return spread(line((_(PHASE_WORDS[phase]), look)), tail if mine else (), room)


def check_entries(state: State) -> list[CheckEntry]:
    """Return the checklist; phases that are not now are folded, the tests of each person are one row."""
    now = current_phase(state)
    entries: list[CheckEntry] = []
    listed = _listed(state)
    with_tests = _phase_of_tests(state)
    for phase in CHECK_PHASES:
        mine = [check for check in listed if check.phase == phase]
        if not mine and phase != with_tests:
            continue
        entries.append((f"phase:{phase}", None, 0))
        late = CHECK_PHASES.index(phase) < CHECK_PHASES.index(now)
        rows: list[CheckEntry] = [
            (check.id, check, check.number) for check in mine if phase == now or (late and not is_settled(check))
        ]
        if phase == with_tests and (phase == now or (late and _is_testing(state))):
            place = next((n for n, (_id, check, _number) in enumerate(rows) if check and check.gate), len(rows))
            rows.insert(place, (TESTS, None, 0))
        entries += rows
    return entries


def _listed(state: State) -> list[CheckRow]:
    return [check for check in alive_checks(state) if not check.participant]


def _phase_of_tests(state: State) -> CheckPhase | None:
    """Return the phase to which the tests of each person belong: that of the first of them."""
    return next((check.phase for check in alive_checks(state) if check.participant), None)


def _is_testing(state: State) -> bool:
    settled, every = grid(state).counts
    return settled < every


def next_entry(state: State) -> tuple[str, CheckPhase] | None:
    """Return the id and the phase of the row to tick next, the first open one of this phase, else of another one.

    While people come in, what is left of half an hour before goes first; the gates come behind the tests of people.
    """
    now = current_phase(state)
    first = ("half_hour_before", now) if now == "start" else (now,)
    found = [(check.id, check.phase, check.gate) for check in _listed(state) if not is_settled(check)]
    with_tests = _phase_of_tests(state)
    if with_tests is not None and _is_testing(state):
        found.append((TESTS, with_tests, False))
    order = {phase: place for place, phase in enumerate(CHECK_PHASES)}
    found.sort(key=lambda one: (one[1] not in first, order[one[1]], one[2]))
    return found[0][:2] if found else None


def in_order(state: State) -> list[IssueRow]:
    """Return the technical issues: open ones first, then the others from the newest on."""
    still = [issue for issue in state.issues.values() if issue.ended_at is None]
    closed = [issue for issue in state.issues.values() if issue.ended_at is not None]
    return [*still, *reversed(closed)]


def issues(moment: LiveMoment, room: int, height: int) -> list[Line]:
    """Return what is wrong with the sound, then the technical issues in order."""
    lines = sound.warnings(moment.state, moment.recorder, room)
    return [*lines, *[issue_line(moment, issue, room) for issue in in_order(moment.state)]][:height]


def issue_line(moment: LiveMoment, issue: IssueRow, room: int) -> Line:
    """Return an issue: whose it is, what it is, and for how long it lasts, or how many minutes were lost."""
    who = called(moment.state, issue.participant) if issue.participant else _("everyone")
    if issue.ended_at is None:
        lasting = as_clock(moment.now - issue.started_at)
        left = line(("! ", "late"), (f"{who}: ", "bold"), issue.title)
        return spread(left, line((lasting + " ", "late")), room)
    length = as_length((issue.duration_s or 0) * 1000)
    return spread(line((f"✓ {who}: {issue.title}", "muted")), line((length + " ", "muted")), room)


def issues_word(state: State) -> str:
    """Return what the technical issues are called in the tab line: with how many are open."""
    return _("technical issues {n}").format(n=sum(issue.ended_at is None for issue in state.issues.values()))


def contact(state: State) -> str:
    """Return what stands above the technical issues: how many are open, and whom participants in trouble call."""
    phone = state.session.assistant_phone
    called_by = ", " + _("for participants: {phone}").format(phone=phone) if phone else ""
    return issues_word(state) + called_by


def checklist_word(state: State) -> str:
    """Return what the checklist is called in the tab line: with how much of it is done."""
    alive = tickable(state)
    done = sum(map(is_settled, alive))
    return _("checklist {done}/{n}").format(done=done, n=len(alive))


def checklist_title(state: State) -> str:
    """Return what stands above the checklist: how much of what is to be done now is done."""
    now = current_phase(state)
    mine = [check for check in alive_checks(state) if check.phase == now]
    done = sum(map(is_settled, mine))
    return _("checklist, {phase} {done}/{n}").format(phase=_(PHASE_WORDS[now]).lower(), done=done, n=len(mine))


def said(cue: CueRow) -> str:
    """Return what a cue says."""
    text = cue_text(cue.text, cue.value, cue.automatic)
    return say(text) if isinstance(text, Sentence) else text


def cues(moment: LiveMoment, room: int, height: int, role: str = "moderator") -> list[Line]:
    """Return the cues that nobody saw, unmissable for the moderator they are meant for, then those that were seen."""
    state = moment.state
    seen = [cue for cue in state.cues.values() if cue.seen_at is not None]
    lines = unseen_cues(state, room, role)
    lines += [cut(line((f" ✓ {time_of_day(state, cue.at)} {said(cue)}", "muted")), room) for cue in reversed(seen)]
    return lines[:height]


def unseen_cues(state: State, room: int, role: str = "moderator") -> list[Line]:
    """Return the cues that nobody saw, each in full, as lines filled to their end."""
    look, wait = ("soon", _("not seen yet")) if role == "assistant" else ("over", _("Enter: seen"))
    lines: list[Line] = []
    for cue in lookup.unseen_cues(state):
        who = "" if cue.automatic else f"{_('observer') if cue.question else cue.sender}: "
        text = line((f" ! {time_of_day(state, cue.at)} {who}{said(cue)}", look))
        how = f"{wait}  {_('j: asked')}" if cue.question and role != "assistant" else wait
        tail = f" {how} " if not lines else ""
        told = wrap(text, room, hang=3)
        if tail and width(told[-1]) + cells(tail) > room >= ROOM_FOR_A_WORD:
            told = wrap(text, room - cells(tail), hang=3)
        if tail and width(told[-1]) + cells(tail) <= room:
            told[-1] = (*pad(told[-1], room - cells(tail), look), (tail, look))
        lines += [tuple((part, look) for part, _look in pad(more, room)) for more in told]
    return lines


def person_line(moment: LiveMoment, voice: Voice, room: int) -> Line:
    """Return a participant's attendance: how it stands, since when, and what is still to be tested."""
    state, person = moment.state, voice.person
    since = time_of_day(state, person.status_at) if person.status_at else ""
    open_tests = [
        check.title
        for check in state.checks.values()
        if check.participant == person.id and not is_settled(check) and check.removed_at is None
    ]
    left = line((f"{person.seat:>2} ", "key"), f"{person.name or person.id}  ", (person.segment, "muted"))
    look = "ok" if voice.status == "present" else "soon"
    right: list[Span] = [(_(_STATUS_WORDS[voice.status]), look), (f" {since} ", "muted")]
    if open_tests and room >= 60 and voice.status not in ("left", "no_show"):
        right = [*cut(line((", ".join(open_tests), "soon")), 30), ("  ", ""), *right]
    return spread(left, line(*right), room)


_STATUS_WORDS = {
    "expected": N_("expected"),
    "waiting": N_("waiting room"),
    "present": N_("present"),
    "away": N_("away"),
    "left": N_("left"),
    "no_show": N_("no-show"),
}
