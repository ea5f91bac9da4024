"""How each part of a command of the review is asked: a pure answer from what is read, and what the cursor stands on."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from kring.commands.choices import OTHER_SPEAKERS
from kring.commands.command import PROMPTS, Choice, Part
from kring.commands.decisions import own_memo
from kring.domain import note_line
from kring.domain import rows as r
from kring.domain.measures.presence import places, seated
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS
from kring.domain.text import Refused, folded, one_line
from kring.domain.time_text import on_clock
from kring.domain.words import is_to_change
from kring.review.entries import Entry
from kring.review.model import ReviewModel
from kring.system.i18n import _
from kring.ui import righting
from kring.ui.dialogs import Option
from kring.ui.prompt import (
    GivenAnswer,
    KeyQuestion,
    ListQuestion,
    Question,
    Request,
    TextQuestion,
    TickQuestion,
    consent_to_choose,
    people_to_choose,
    seats_to_choose,
    worded,
)
from kring.ui.review import codes, timeline_entry
from kring.ui.views import typing
from kring.ui.widgets.line import Line, line, plain

WHOLE = 400
"""Columns in which what an entry says is one line."""
ADDED_MS = 10_000
"""How long a turn is that nobody logged, until its times are corrected."""


class Asker:
    """What a command is about, and how the rest of it is asked."""

    def __init__(self, model: ReviewModel, entry: Entry | None) -> None:
        self._model = model
        self._state: State = model.sealed_state()
        self._entry = entry
        self._row = entry.row if entry else None

    def question(self, request: Request) -> Question:
        """Return how the next part is asked; refuse where the cursor stands on nothing of that kind."""
        part = request.part
        if part in _GIVEN:
            return GivenAnswer(_GIVEN[part](self))
        match part:
            case Part.STOP | Part.DECISION | Part.CODE_CHANGE:
                return KeyQuestion(worded(part))
            case Part.COLOUR:
                signs = (*codes.SIGNS, _("none"))
                return KeyQuestion([replace(one, word=sign) for one, sign in zip(worded(part), signs, strict=True)])
            case Part.SPEAKER:
                return KeyQuestion(self._speakers())
            case Part.PEOPLE | Part.CONSENT:
                return (
                    people_to_choose(places(self._state), self._state) if part is Part.PEOPLE else consent_to_choose()
                )
            case Part.CODE | Part.CODE_OR_SESSION | Part.CODE_INTO | Part.CODINGS:
                return self._of_codes(request)
            case Part.WRONG | Part.DOUBT | Part.TAKEN_AS | Part.PLACE:
                return self._listed(request)
        return self._typed(request)

    def _listed(self, request: Request) -> Question:
        if request.part is Part.WRONG:
            return righting.wrong(self._state, self._row)
        from kring.ui.review import names

        return names.question(self._state, self._model.doubts(), request)

    def _of_codes(self, request: Request) -> Question:
        match request.part:
            case Part.CODE:
                if not codes.alive(self._state):
                    raise Refused("The codebook is empty.")
                return ListQuestion(_("Codebook"), self._codes())
            case Part.CODE_INTO:
                return self._into(request.answers[0])
            case Part.CODINGS:
                return self._codings(request.answers[0])
        return ListQuestion(_("Memo on …"), [Option("", _("The session as a whole")), *self._codes()])

    def _speakers(self) -> list[Choice]:
        seats = seats_to_choose(seated(self._state), self._state)
        return [*seats, *(replace(choice, word=_(choice.word)) for choice in OTHER_SPEAKERS)]

    def _codes(self) -> list[Option]:
        return [
            Option(code.id, "  " * depth + code.name, remark=one_line(code.description)[:60])
            for code, depth in codes.alive(self._state)
        ]

    def _into(self, code: str) -> ListQuestion:
        others = [option for option in self._codes() if option.id != code]
        if not others:
            raise Refused("There is no other code.")
        return ListQuestion(_("{code} goes into …").format(code=one_line(self._state.codes[code].name)), others)

    def _codings(self, code: str) -> TickQuestion:
        """Return the passages on which the reader sees a code, of which some are to go to another one."""
        found = [
            Option(coding.id, plain(timeline_entry.draw(self._model, entry, WHOLE)[0]).strip())
            for entry in self._model.entries
            for coding in self._model.codings_on(entry)
            if coding.code == code
        ]
        if not found:
            raise Refused("That code is on nothing that you see.")
        title = _("What goes from {code} to another code?").format(code=one_line(self._state.codes[code].name))
        return TickQuestion(title, found)

    def _note(self) -> str:
        if not isinstance(self._row, r.NoteRow):
            raise Refused("Choose a note first.")
        return self._row.id

    def _turn(self) -> str:
        if not isinstance(self._row, r.TurnRow):
            raise Refused("Choose a turn first.")
        return self._row.id

    def _note_or_turn(self) -> str:
        if not isinstance(self._row, r.NoteRow | r.TurnRow):
            raise Refused("Choose a note or a turn first.")
        return self._row.id

    def _turn_here(self) -> str:
        """Return the turn that lasts at this second, whatever the cursor stands on."""
        at = self._model.at
        held = (one.id for one in self._state.alive_turns if one.started_at < at < (one.ended_at or FOREVER_MS))
        found = next(held, None) or self._turn()
        if at <= self._state.turns[found].started_at:
            raise Refused("Go to the second at which the other one begins, then split.")
        return found

    def _memo_on(self) -> str:
        """Return what a memo is on: the note, the turn or, on a row of the session, all of it, which is nothing."""
        return "" if isinstance(self._row, r.SessionRow) else self._note_or_turn()

    def _proposal(self) -> str:
        if not isinstance(self._row, r.TurnProposalRow):
            raise Refused("Choose a proposal first.")
        return self._row.id

    def _proposals(self) -> str:
        shown = self._model.shown()
        return " ".join(entry.row.id for entry in shown if isinstance(entry.row, r.TurnProposalRow))

    def _typed(self, request: Request) -> TextQuestion:
        usual = self._usual(request)
        if request.part is not Part.NOTE_LINE:
            return TextQuestion(usual)
        note = self._state.notes[request.answers[0]]
        if note.stub and (said := self._said(note)) is not None:
            return TextQuestion(said, len(said))
        usual, place = note_line.to_complete(note)
        return TextQuestion(usual, place, untouched=usual if is_to_change(note) else None)

    def _said(self, note: r.NoteRow) -> str | None:
        """Return a quote that was caught half with the words of the transcript, if it has them."""
        if not self._state.transcript:
            return None
        from kring.session.quote_draft import line_by_transcript

        return line_by_transcript(self._state, note)

    def _usual(self, request: Request) -> str:
        """Return what stands in the line at first."""
        match request.part:
            case Part.TAGS:
                return "#"
            case Part.MEMO:
                own = own_memo(self._state, request.answers[0], self._model.me)
                return own.text if own else ""
            case Part.CODE_TEXT:
                code = self._state.codes[request.answers[0]]
                return f"{code.name}: {code.description}"
            case Part.TIMES:
                return self._times(request.answers[0])
        return ""

    def _times(self, row_id: str) -> str:
        """Return when a row was; of one that is to be added, from this second on."""
        begin, at = self._model.begin(), self._model.at
        note = self._state.notes.get(row_id)
        if note is not None:
            return on_clock(int(note.at), begin)
        turn = self._state.turns.get(row_id)
        started, ended = (int(turn.started_at), int(turn.ended_at or at)) if turn else (at, at + ADDED_MS)
        return f"{on_clock(started, begin)} - {on_clock(ended, begin)}"


_GIVEN: dict[Part | None, Callable[[Asker], str]] = {
    Part.NOTE: Asker._note,
    Part.TURN: Asker._turn,
    Part.NOTE_OR_TURN: Asker._note_or_turn,
    Part.TURN_HERE: Asker._turn_here,
    Part.MEMO_ON: Asker._memo_on,
    Part.PROPOSAL: Asker._proposal,
    Part.PROPOSALS: Asker._proposals,
    Part.MOMENT: lambda asker: str(asker._model.at),
    Part.BEGIN: lambda asker: str(asker._model.begin()),
    Part.ME: lambda asker: asker._model.me,
}


def completed(state: State, part: Part | None, text: str, last_why: str) -> str | None:
    """Return the line with what is typed completed: a code, a tag, the reason that was given last."""
    match part:
        case Part.CODE_NAME | Part.THEME:
            return next(iter(_codes_like(state, text)), None)
        case Part.WHY:
            return last_why or None
        case Part.TAGS | Part.NOTE_LINE:
            return typing.completed(state, text)
    return None


def hint(state: State, part: Part | None, text: str, last_why: str, room: int, note: r.NoteRow | None = None) -> Line:
    """Return what is said of the line while it is typed."""
    label = (f"{_(PROMPTS.get(part, ''))}  ", "title")
    match part:
        case Part.NOTE_LINE:
            return typing.edit_hint(state, text, room, note)
        case Part.TAGS:
            return line(label, *typing.offer(state, text))
        case Part.WHY if last_why:
            return line(label, ("Tab ", "key"), (last_why, "muted"))
        case Part.CODE_NAME | Part.THEME:
            found = _codes_like(state, text)[:8]
            new = part is Part.CODE_NAME and text.strip() and folded(text.strip()) not in map(folded, found)
            told = ("  " + _("Enter: a new code") if new and not found else "", "soon")
            return line(label, ("Tab " if found else "", "key"), *[f" {name}" for name in found], told)
        case Part.TIMES:
            return line(label, (_("on the session's clock, such as 34:12"), "muted"))
    return line(label)


def _codes_like(state: State, text: str) -> list[str]:
    wanted = folded(text.strip())
    names = [code.name for code, _depth in codes.alive(state)]
    begin = [name for name in names if folded(name).startswith(wanted)]
    return [*begin, *(name for name in names if wanted in folded(name) and name not in begin)]
