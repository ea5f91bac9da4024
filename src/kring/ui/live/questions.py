"""How each part of a command is asked on the live screen: a pure answer from what is true now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from kring.commands.command import Choice, Part
from kring.commands.marks import standing
from kring.commands.watched.observers import STILL_TO
from kring.domain import guide_items, note_line
from kring.domain.check_grid import is_settled
from kring.domain.lookup import alive_checks
from kring.domain.measures.presence import places, seated
from kring.domain.measures.questions import is_asked
from kring.domain.rows import GuideRow, NoteRow
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS
from kring.domain.text import Refused
from kring.domain.words import called, check_called, is_to_change
from kring.system.i18n import _, say
from kring.ui import righting
from kring.ui.dialogs import Option
from kring.ui.live.leading import LEADING
from kring.ui.prompt import (
    SEAT_KEYS,
    GivenAnswer,
    KeyQuestion,
    ListQuestion,
    Question,
    Request,
    TextQuestion,
    consent_to_choose,
    people_to_choose,
    seats_to_choose,
    worded,
)

PLACES = ("section", "break", "question", "activity", "breakout")


def question(state: State, request: Request, chosen_note: NoteRow | None, adding_key: str) -> Question:
    """Return how the next part of a command is asked; refuse where there is nothing to choose.

    `chosen_note` is the note under the cursor, else the newest; `adding_key` the key that adds a participant.
    """
    match request.part:
        case Part.NOTE:
            if chosen_note is None:
                raise Refused("There is no note yet.")
            return GivenAnswer(chosen_note.id)
        case Part.SEAT:
            return KeyQuestion(_people(state, adding_key))
        case Part.SEATS if _people(state, adding_key):
            return people_to_choose(seated(state), state)
        case Part.STATUS:
            return KeyQuestion(worded(Part.STATUS))
        case Part.SEAT_OR_TEXT:
            people = [replace(one, answer=f"@{state.participants[one.answer].seat}") for one in _seated(state)]
            return KeyQuestion(people, _("or type, for everyone"), types=True, begins=True)
        case Part.CUE:
            quick = [replace(choice, answer=choice.word) for choice in worded(Part.CUE)]
            return KeyQuestion(quick, _("or type"), types=True)
        case part if part in _BY_STATE:
            return _BY_STATE[part](state, request)
    return TextQuestion()


def _seated(state: State) -> list[Choice]:
    return seats_to_choose(seated(state), state)


def _people(state: State, adding_key: str) -> list[Choice]:
    """Return who can be answered, by seat; refuse where that is nobody, with the key that adds somebody if one does."""
    found = _seated(state)
    if not found and adding_key:
        raise Refused("Nobody is on the list; {key} adds somebody.", key=adding_key)
    if not found:
        raise Refused("Nobody is on the list.")
    return found


def _open_issue(state: State, request: Request) -> Question:
    still = [issue for issue in state.issues.values() if issue.ended_at is None and issue.removed_at is None]
    if not still:
        raise Refused("No technical issue is open.")
    words = [", ".join(filter(None, (called(state, issue.participant), issue.title))) for issue in still]
    choices = [Choice(key, one.id, word) for key, one, word in zip(SEAT_KEYS, still, words, strict=False)]
    return KeyQuestion(choices)


def _stimulus(state: State, request: Request) -> Question:
    found = sorted(
        (one for one in state.stimuli.values() if one.removed_at is None), key=lambda one: one.shown_at is not None
    )
    if not found:
        raise Refused("There is no stimulus material in this plan.")
    choices = []
    for key, one in zip(SEAT_KEYS, found, strict=False):
        shown = f" ({_('shown')})" if one.shown_at is not None else ""
        choices.append(Choice(key, one.id, f"{one.label} {one.title}".strip() + shown))
    return KeyQuestion(choices)


def _item(state: State, request: Request, kinds: Sequence[str] = PLACES, but: str = "") -> Question:
    rows = sorted((row for row in state.guide.values() if row.removed_at is None), key=lambda row: row.position)
    here = state.current_item
    upcoming = guide_items.following(state, here.id if here else None)
    options = [
        Option(row.id, _called(row), remark=_remark(state, row)) for row in rows if row.kind in kinds and row.id != but
    ]
    return ListQuestion(_(request.command.label), options, upcoming.id if upcoming else "")


def _called(row: GuideRow) -> str:
    indent = "  " if row.parent else ""
    return f"{indent}{row.number} {row.title}".rstrip()


def _remark(state: State, row: GuideRow) -> str:
    """Return what became of an item before the one that is open now."""
    if row.skipped_at is not None:
        return _("skipped")
    since = int(state.open_visit.started_at if state.open_visit else state.session.ended_at or FOREVER_MS)
    return _("asked") if row.kind == "question" and is_asked(state, row, since) else ""


def _ticked_check(state: State, request: Request) -> Question:
    done = [check for check in alive_checks(state) if is_settled(check)]
    if not done:
        raise Refused("Nothing is ticked.")
    newest = max(done, key=lambda check: check.done_at or check.waived_at or 0)
    return ListQuestion(_(request.command.label), [Option(one.id, check_called(state, one)) for one in done], newest.id)


def _marked(state: State, request: Request) -> Question:
    marks = standing(state)
    if not marks:
        raise Refused("Nothing is marked.")
    return ListQuestion(_(request.command.label), [Option(mark.on, say(mark.text)) for mark in marks])


def _check_to_do(state: State, request: Request) -> Question:
    still = [check for check in alive_checks(state) if not is_settled(check)]
    if not still:
        raise Refused("Nothing is open on the checklist.")
    return ListQuestion(_(request.command.label), [Option(one.id, check_called(state, one)) for one in still])


def _item_to_come(state: State, request: Request) -> Question:
    here = state.current_item
    return _item(state, request, but=here.id if here else "")


def _observer_question(state: State, request: Request) -> Question:
    wanted = STILL_TO[request.command.word]
    rows = [row for row in state.observer_questions.values() if row.status in wanted]
    if not rows:
        raise Refused("No question of an observer is waiting.")
    rows.sort(key=lambda row: (wanted.index(row.status), row.at, row.id))
    options = [Option(row.id, f"{row.number} {row.text}", remark=row.asked_by) for row in rows]
    return ListQuestion(_(request.command.label), options, rows[0].id)


def _note_line(state: State, request: Request) -> Question:
    note = state.notes.get(request.answers[0]) if request.answers else None
    if note is None:
        return TextQuestion()
    usual, place = note_line.to_complete(note)
    return TextQuestion(usual, place, untouched=usual if is_to_change(note) else None)


_BY_STATE: dict[Part | None, Callable[[State, Request], Question]] = {
    Part.PEOPLE: lambda state, request: people_to_choose(places(state), state),
    Part.CONSENT: lambda state, request: consent_to_choose(),
    Part.DEBRIEF: lambda state, request: KeyQuestion(worded(Part.DEBRIEF)),
    Part.STIMULUS: _stimulus,
    Part.AGO: lambda state, request: KeyQuestion(worded(Part.AGO), _("or type"), types=True),
    Part.WRONG: lambda state, request: righting.wrong(state),
    Part.CHECK: _ticked_check,
    Part.CHECK_TO_DO: _check_to_do,
    Part.ITEM: _item,
    Part.ITEM_TO_COME: _item_to_come,
    Part.QUESTION: lambda state, request: _item(state, request, ("question",)),
    Part.OPEN_ISSUE: _open_issue,
    Part.MARKED: _marked,
    Part.NOTE_LINE: _note_line,
    Part.TAGS: lambda state, request: TextQuestion("#"),
    Part.OBSERVER_QUESTION: _observer_question,
    Part.NOTES_SHOWN: lambda state, request: KeyQuestion(worded(Part.NOTES_SHOWN)),
    **LEADING,
}
