"""What a command still needs, asked part by part: with one key where one key is enough, else in a list or the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec.structs import replace

from kring.commands.choices import CHOICES
from kring.commands.command import Choice, Command, Part
from kring.domain import lookup
from kring.domain.measures.presence import places
from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.text import Refused, folded, one_line
from kring.domain.words import called
from kring.system.i18n import _
from kring.ui import dialogs
from kring.ui.widgets.line import Line, Span, cut, line, wrap

SEAT_KEYS = "1234567890abcde"
"""The keys of the seats where a seat is asked for: `0` is the tenth, letters follow."""
LENGTHS = (*range(60, 24, -6), *range(24, 0, -1))
"""Cells that a word behind its key may take, where not all words fit whole."""
NO_BREAK = "\u00a0"
UNSAID = (Part.MARKED, Part.PROPOSAL, Part.PROPOSALS, Part.MOMENT, Part.BEGIN, Part.BEGUN, Part.KNOWN, Part.ME)
"""What an act that waits is not named by: ids, moments, and who acts."""


class Purpose(msgspec.Struct, frozen=True):
    """What a text is typed for: a command, the part of it, and what it is about: the answer that was not typed."""

    command: Command
    part: Part | None
    about: str = ""


class Draft(msgspec.Struct, frozen=True):
    """A text that was typed for a purpose."""

    purpose: Purpose
    text: str


class Request(msgspec.Struct, frozen=True):
    """A command with the parts that it needs, and what was answered so far."""

    command: Command
    parts: tuple[Part, ...]
    answers: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()

    @property
    def part(self) -> Part | None:
        """The part that is asked for now, None when all were answered."""
        return self.parts[len(self.answers)] if len(self.answers) < len(self.parts) else None

    @property
    def purpose(self) -> Purpose:
        """What the text would be typed for, if the part that is asked for now is typed."""
        is_about_it = bool(self.answers) and not any(draft.purpose.part == self.parts[0] for draft in self.drafts)
        return Purpose(self.command, self.part, self.answers[0] if is_about_it else "")

    def answer(self, text: str) -> Request:
        """Return this with the next part answered."""
        return replace(self, answers=(*self.answers, text))

    def choose(self, choice: Choice) -> Request:
        """Return this with the next part answered by a key."""
        return replace(self.answer(choice.answer), parts=(*self.parts, *choice.then))

    def typed(self, text: str) -> Request:
        """Return this with a text typed as the answer to the next part."""
        return replace(self.answer(text), drafts=(*self.drafts, Draft(self.purpose, text)))

    def in_words(self, state: State) -> str:
        """Return this as people know it: what was typed, or what it's about, and not the id of that."""
        if self.drafts:
            return self.drafts[-1].text
        words = [_(self.command.label)]
        for place, answer in enumerate(self.answers):
            if place < len(self.parts) and self.parts[place] in UNSAID:
                continue
            if answer in state.guide:
                words.append(f"{state.guide[answer].number} {state.guide[answer].title}".strip())
            elif answer in state.participants:
                words.append(called(state, answer))
            elif answer in state.checks:
                words.append(state.checks[answer].title)
            elif answer in state.codes:
                words.append(state.codes[answer].name)
            elif answer in state.notes:
                words.append(f"“{state.notes[answer].text}”")
            elif answer not in state.turns:
                words.append(answer)
        return one_line(" ".join(words))

    def reopened(self) -> Request:
        """Return this as it was before the last text was typed."""
        part = self.drafts[-1].purpose.part
        place = self.parts.index(part) if part else 0
        return replace(self, answers=self.answers[:place], drafts=self.drafts[:-1])


def worded(part: Part) -> list[Choice]:
    """Return the answers that the table has for a part, in the language in use."""
    return [replace(choice, word=_(choice.word) if choice.word else "") for choice in CHOICES[part]]


def seats_to_choose(people: Iterable[ParticipantRow], state: State) -> list[Choice]:
    """Return people, each under the key of the seat, with the name; the answer is who was shown."""
    return [
        Choice(SEAT_KEYS[person.seat - 1], person.id, called(state, person.id))
        for person in people
        if 0 < person.seat <= len(SEAT_KEYS)
    ]


def people_to_choose(people: Iterable[ParticipantRow], state: State) -> KeyQuestion:
    """Return the question for one of these people, or all of them; Enter types several."""
    found = seats_to_choose(people, state)
    if not found:
        raise Refused("Nobody is on the list.")
    return KeyQuestion([*found, Choice("A", "all", _("everybody"))], enters=True)


def about(state: State, answer: str) -> str:
    """Return what a first answer is called: a person, everybody, an item of the guide; empty where it is none."""
    if folded(answer.strip()) in lookup.EVERYBODY:
        return _("everybody")
    if (item := state.guide.get(answer)) is not None:
        return item.number or item.title
    try:
        return ", ".join(called(state, person.id) for person in lookup.several(state, answer, places(state)))
    except Refused:
        return ""


def consent_to_choose() -> KeyQuestion:
    """Return the question to what somebody consents; scopes are typed."""
    return KeyQuestion(worded(Part.CONSENT), _("or type: audio, quoting …"), types=True)


class GivenAnswer(msgspec.Struct, frozen=True):
    """An answer that needs no asking."""

    answer: str


class KeyQuestion(msgspec.Struct, frozen=True):
    """A question for one key; with `types` another answer may be typed, with `begins` a choice only begins the text.

    With `enters` only Enter begins to type, so that a wrong letter is told. `about` is what it asks about, where the
    answers before don't say so; `spent` are keys that stood for something while it was asked.
    """

    choices: Sequence[Choice]
    prompt: str = ""
    types: bool = False
    begins: bool = False
    enters: bool = False
    about: str = ""
    spent: frozenset[str] = frozenset()

    def chosen(self, character: str | None) -> Choice | None:
        """Return what a key chooses; one that is no choice may be another by Caps Lock."""
        if not character:
            return None
        exact = (choice for choice in self.choices if choice.key == character)
        swapped = (choice for choice in self.choices if choice.key == character.swapcase() and not self.types)
        return next(exact, None) or next(swapped, None)

    def followed_by(self, new: KeyQuestion, is_there: Callable[[str], bool]) -> KeyQuestion:
        """Return this question as it is asked now: what it showed keeps its key, and no key gets another meaning.

        What can no longer be chosen goes; something new gets a key that stood for nothing. Where it would be
        about another thing now (the other person went on to the next question), what was shown stays where it's there.
        """
        if self.about != new.about:
            return replace(self, choices=[choice for choice in self.choices if is_there(choice.answer)])
        now = {choice.answer: choice for choice in new.choices}
        shown = {choice.answer for choice in self.choices}
        spent = self.spent | {choice.key for choice in self.choices}
        kept = [replace(now[choice.answer], key=choice.key) for choice in self.choices if choice.answer in now]
        added: list[Choice] = []
        for choice in new.choices:
            if choice.answer not in shown:
                free = (key for key in (choice.key, *SEAT_KEYS) if key not in spent)
                added.append(replace(choice, key=next(free, "")))
                spent |= {added[-1].key}
        return replace(new, choices=[*kept, *(one for one in added if one.key)], about=self.about, spent=spent)

    def draw(self, label: str, room: int, most_rows: int) -> Line:
        """Return the question as a line, its words so short that every key is in sight where that is possible."""
        blank = NO_BREAK if most_rows > 1 else " "
        drawn = self._drawn(label, room, blank)
        for longest in LENGTHS:
            if len(wrap(line("✗ ", *drawn), room)) <= most_rows:
                break
            drawn = self._drawn(label, longest, blank)
        return drawn

    def _drawn(self, label: str, longest: int, blank: str) -> Line:
        spans: list[Span] = [(f"{label} › ", "title")]
        for choice in self.choices:
            word = "".join(text for text, _look in cut(line(choice.word.replace(" ", blank)), longest))
            spans += [(choice.key, "key"), (f"{blank}{word}  " if word else " ", choice.look)]
        if self.prompt:
            spans.append((f" {self.prompt}", "muted"))
        return line(*spans, ("   Esc", "key"))


class ListQuestion(msgspec.Struct, frozen=True):
    """A question for one of a list."""

    title: str
    options: Sequence[dialogs.Option]
    current: str = ""

    def dialog(self, follow: dialogs.Follow) -> dialogs.PickDialog:
        """Return the dialog that asks it; `follow` gives other options when there are."""
        return dialogs.PickDialog(self.title, self.options, typing=True, current=self.current, follow=follow)


class TickQuestion(msgspec.Struct, frozen=True):
    """A question for some of a list; nothing is ticked at first."""

    title: str
    options: Sequence[dialogs.Option]

    def dialog(self, follow: dialogs.Follow) -> dialogs.TickDialog:
        """Return the dialog that asks it; `follow` gives other options when there are."""
        hint = _("Space: this one goes. Enter: go on")
        return dialogs.TickDialog(self.title, self.options, follow, hint, are_ticked=False)


class TextQuestion(msgspec.Struct, frozen=True):
    """A question for a text: what stands in the line at first, and where to go on; `begun` is typed already.

    `untouched` is what answers nothing when it is entered as it stands: a quote to complete without its `…`.
    """

    usual: str = ""
    place: int | None = None
    begun: str = ""
    untouched: str | None = None


Question = GivenAnswer | KeyQuestion | ListQuestion | TickQuestion | TextQuestion
