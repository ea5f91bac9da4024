"""The passages of a session: everything in it that says something, one by one, with what it is found by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.guide_items import question_of
from kring.domain.measures.topline import OF_THE_TEAM, SAID
from kring.domain.state import State
from kring.domain.text import N_, folded, one_line
from kring.domain.words import NOTE_WORDS
from kring.privacy.redaction import place_of

Kind = Literal[
    "quote", "paraphrase", "remark", "nonverbal", "summary", "mark", "chat", "transcript", "statement", "answer",
    "correction", "debrief", "turn",
]  # fmt: skip
SEARCHED: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "turn")
"""What a search finds: a coded turn is found by its transcript."""
KIND_WORDS = dict[Kind, str](NOTE_WORDS.items()) | {
    "mark": N_("Marked moment"),
    "transcript": N_("Transcript"),
    "statement": N_("Statement"),
    "answer": N_("Open answer"),
    "correction": N_("Correction of the summary"),
    "debrief": N_("Debrief"),
    "turn": N_("Turn"),
}
MENTIONS = SAID | {"chat"}
"""The notes that count as said on a theme: in words, in the note-taker's words, or written in the chat."""
DEEPEST = 8
"""How far up the codebook is looked for themes; codes may stand below each other in a circle."""


class Passage(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """Something that was said or written; `row` is its table and id, `at` and `t` when it was (epoch ms; seconds).

    `person` is the code of a participant; `codes` has those above them in the codebook too.
    """

    row: str
    kind: Kind
    at: int
    t: float | None = None
    text: str = ""
    person: str = ""
    speaker: str = ""
    item: str = ""
    segment: str = ""
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    number: int = 0
    starred: bool = False
    is_mention: bool = False
    """Whether it counts where a theme is counted: said by a participant, or by somebody unknown."""
    is_sure: bool = True
    """Whether somebody said who spoke, and not the log of that moment alone."""
    is_draft: bool = False
    """Whether it may not be quoted as it is: half a quote, or words of a machine."""

    def told(self, telling: Callable[[str, str], str]) -> Passage:
        """Return this with each text of people as it may be told, which depends on its place."""
        return replace(
            self,
            text=telling(self.row, self.text),
            segment=telling(self.row, self.segment),
            tags=tuple([telling(self.row, tag) for tag in self.tags]),
            codes=tuple([telling(self.row, code) for code in self.codes]),
        )

    @property
    def is_searched(self) -> bool:
        """Whether a search finds it."""
        return self.kind in SEARCHED

    @property
    def themes(self) -> dict[str, str]:
        """Return its tags, with #, and its codes, by the words that they are compared by; none of the team's own."""
        found = {f"#{key}": f"#{tag}" for tag in self.tags if (key := folded(one_line(tag))) not in OF_THE_TEAM}
        return found | {folded(code): code for code in self.codes}


def passages(state: State) -> Iterator[Passage]:
    """Yield the passages of a state of which all may leave; the texts are as people wrote them."""
    yield from _Reader(state).all()


def segment_key(name: str) -> str:
    """Return by what a segment is known, however a list writes its name; "" is that of who has none."""
    return folded(one_line(name))


class _Reader:
    def __init__(self, state: State) -> None:
        self._state = state
        self._segments = {person.id: one_line(person.segment) for person in state.participants.values()}
        self._of_notes = _codes(state, ((coding.note, coding.code) for coding in state.codings.values()))
        self._of_turns = _codes(state, ((coding.turn, coding.code) for coding in state.codings.values()))
        names = state.import_names.values()
        self._team = {name.label for name in names if name.who in ("team", "moderator")}
        self._said: dict[str, list[str]] = {}
        for line in sorted(state.transcript.values(), key=lambda line: line.started_at):
            if line.turn is not None and line.turn in self._of_turns:
                self._said.setdefault(line.turn, []).append(line.text)
        self._items = {item: found.id for item in state.guide if (found := question_of(state, item)) is not None}

    def all(self) -> Iterator[Passage]:
        """Yield all of them."""
        state = self._state
        yield from (self._note(note) for note in state.notes.values() if note.text or note.tags)
        yield from (self._line(row) for row in state.transcript.values() if row.text)
        yield from (self._coded_turn(turn) for turn in state.turns.values() if turn.id in self._of_turns)
        for statement in state.statements.values():
            yield self._plain(statement, "statement", statement.text, statement.at, statement.t, statement.item)
        for line in state.summary_lines.values():
            yield self._plain(line, "summary", line.text, line.written_at)
        for answer in state.summary_answers.values():
            if answer.correction:
                yield self._plain(answer, "correction", answer.correction, answer.at, answer.t, who=answer.participant)
        for looked_back in state.debrief.values():
            yield self._plain(looked_back, "debrief", looked_back.answer, looked_back.answered_at)
        yield from self._open_answers()

    def _note(self, note: r.NoteRow) -> Passage:
        is_said = note.kind in MENTIONS and not note.parked and note.speaker_kind not in ("moderator", "silence")
        return Passage(
            row=place_of(note),
            kind=note.kind,
            at=int(note.at),
            t=note.t,
            text=note.text,
            person=note.participant or "",
            speaker=note.speaker_kind or "",
            item=self._items.get(note.item or "", ""),
            segment=self._segments.get(note.participant or "", ""),
            tags=note.tags,
            codes=self._of_notes.get(note.id, ()),
            number=note.number,
            starred=note.starred,
            is_mention=is_said and note.label not in self._team,
            is_sure=not note.speaker_by_itself,
            is_draft=note.stub or note.drafted,
        )

    def _line(self, row: r.TranscriptRow) -> Passage:
        turn = self._state.turns.get(row.turn or "")
        return Passage(
            row=place_of(row),
            kind="transcript",
            at=int(row.started_at),
            t=row.t,
            text=row.text,
            person=row.participant or "",
            speaker=row.speaker_kind or "",
            item=self._items.get(turn.item or "", "") if turn else "",
            segment=self._segments.get(row.participant or "", ""),
            codes=self._of_turns.get(row.turn or "", ()),
            is_draft=row.source == "draft",
        )

    def _coded_turn(self, turn: r.TurnRow) -> Passage:
        return Passage(
            row=place_of(turn),
            kind="turn",
            at=int(turn.started_at),
            t=turn.t,
            text=" ".join(self._said.get(turn.id, ())),
            person=turn.participant or "",
            speaker=turn.kind,
            item=self._items.get(turn.item or "", ""),
            segment=self._segments.get(turn.participant or "", ""),
            codes=self._of_turns[turn.id],
            is_mention=turn.kind not in ("moderator", "silence"),
        )

    def _plain(
        self, row: r.Row, kind: Kind, text: str, at: int, t: float | None = None, item: str | None = None, who: str = ""
    ) -> Passage:
        place, segment = self._items.get(item or "", ""), self._segments.get(who, "")
        return Passage(place_of(row), kind, int(at), t, text, person=who, item=place, segment=segment)

    def _open_answers(self) -> Iterator[Passage]:
        """Yield what was written in surveys; who only tried one is not in it."""
        questions = self._state.survey_questions
        for answer in self._state.survey_answers.values():
            question, brought = questions.get(answer.question), self._state.imports.get(answer.import_id)
            if question is not None and question.kind == "open" and brought is not None and not answer.test:
                yield self._plain(answer, "answer", answer.value, brought.read_at, who=answer.participant or "")


def _codes(state: State, pairs: Iterable[tuple[str | None, str]]) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the codes on each of these, with those above them, in order and each once."""
    found: dict[str, dict[str, None]] = {}
    for place, code in pairs:
        if place is not None:
            found.setdefault(place, {}).update(dict.fromkeys(_with_those_above(state, code)))
    return {place: tuple(names) for place, names in found.items()}


def _with_those_above(state: State, code_id: str) -> Iterator[str]:
    code = state.codes.get(code_id)
    for _ in range(DEEPEST):
        if code is None:
            return
        yield one_line(code.name)
        code = state.codes.get(code.parent or "")
