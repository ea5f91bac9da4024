"""The talk itself: who speaks for how long, who raises a hand or interrupts, and what the assistant writes down."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from kring.rehearsal.cast import Cast, Person
from kring.rehearsal.step import MINUTE, SECOND, Step, Who
from kring.rehearsal.words import WORD_FOR_WORD, Sayings, Topic, Words, as_stub

Other = Literal["moderator", "nobody", "crosstalk"]
Floor = Person | Other | None
NOTE_GAP_S = (21, 32)
LATE = 0.35  # of the guide: from here on there is something to sum up
SAID = (WORD_FOR_WORD, "~")
MOST_STARRED = 5  # what a summary is made of is read aloud
BRISK = 0.35  # of the usual lengths, where many acts are wanted


class Due(NamedTuple):
    """A step that is done when its time comes, whatever the talk is about then."""

    at_ms: int
    order: int
    step: Step
    comes: Person | None = None


class Talk:
    """A group that talks; everything that it yields is in the order of time."""

    def __init__(self, words: Words, cast: Cast, rng: random.Random) -> None:
        self.words = words
        self.cast = cast
        self.rng = rng
        self.sayings = Sayings(words, rng)
        self.now = 0
        self.present: dict[str, Person] = {}
        self.hands: set[str] = set()
        self.floor: Floor = None
        self.since = 0
        """When who has the floor got it, as ms."""
        self.after: Floor = None  # who spoke before the silence
        self.topic: Topic = words.topics[0]
        self.place = 0.0
        self.probes: list[str] = []
        self.heard: set[str] = set()
        self.called_on: Person | None = None
        self.has_invited = False
        self.is_writing = False
        self.is_lecture = False
        self.haste = 1.0
        self.parked = 0
        self.starred = 0
        """Notes on what people said that got a star as they were written."""
        self._agenda: list[Due] = []
        self._order = 0
        self._next_note = 0

    # what is due

    def plan(self, at_ms: int, who: Who, line: str, comes: Person | None = None) -> None:
        """Put a step on the agenda; `comes` names who is there from then on."""
        self._order += 1
        heapq.heappush(self._agenda, Due(at_ms, self._order, Step(at_ms, who, line), comes))

    def act(self, who: Who, line: str) -> Step:
        """Return a step of this moment."""
        return Step(self.now, who, line)

    def begin_writing(self) -> None:
        """Let the assistant take notes from now on."""
        self.is_writing = True
        self._next_note = self.now + self._ms(12, 25)

    def end_of_talk(self) -> None:
        """Forget what was due in the talk; checks remain to be ticked."""
        self.is_writing = False
        self._agenda = [due for due in self._agenda if due.step.line.startswith("tick ")]
        heapq.heapify(self._agenda)

    def pass_time(self, length_ms: int, extras: Iterable[Step] = ()) -> Iterator[Step]:
        """Let time pass: what is due is done, and notes are written on who has the floor."""
        end = self.now + length_ms
        coming = sorted(extras)
        while True:
            note_at = self._next_note if self.is_writing else end + 1
            agenda_at = self._agenda[0].at_ms if self._agenda else end + 1
            extra_at = coming[0].at_ms if coming else end + 1
            first = min(note_at, agenda_at, extra_at)
            if first > end:
                break
            self.now = max(self.now, first)
            if first == agenda_at:
                yield self._due()
            elif first == extra_at:
                yield coming.pop(0)._replace(at_ms=self.now)
            else:
                yield from self._notes()
        self.now = max(self.now, end)

    def _due(self) -> Step:
        due = heapq.heappop(self._agenda)
        self.parked += due.step.line.startswith("note ?")
        if due.comes is not None:
            self.present[due.comes.code] = due.comes
        return due.step._replace(at_ms=self.now)

    def leaves(self, person: Person) -> None:
        """Take note that somebody is no longer there."""
        self.present.pop(person.code, None)
        self.hands.discard(person.code)
        if self.floor == person:
            self.floor = None

    # who speaks

    def discuss(self, until_ms: int, moderated: float = 0.17) -> Iterator[Step]:
        """Talk until a moment; `moderated` is the moderator's part of the turns."""
        self.is_lecture = lecture = moderated > 0.4
        while self.now < until_ms:
            move = self.rng.random()
            if self.floor != "moderator" and (move < moderated or not self.present):
                yield from self.moderator(*((25, 55) if lecture else (5, 12)), probing=not lecture)
            elif move < moderated + 0.14 and self.floor not in ("nobody", "crosstalk", None):
                yield from self.turn("nobody", 3, 8)
            elif move < moderated + 0.20 and isinstance(self.floor, Person) and len(self.present) > 2:
                yield from self.turn("crosstalk", 4, 9)
            elif move < moderated + 0.225 and isinstance(self.floor, Person):
                yield from self._recognised_late()
            else:
                yield from self.somebody(short=lecture)
        self.is_lecture = False

    def moderator(self, least_s: float, most_s: float, probing: bool = False) -> Iterator[Step]:
        """Let the moderator speak, sometimes with a probe of the guide."""
        extras: list[Step] = []
        if probing and self.probes and self.rng.random() < 0.5:
            extras.append(Step(self.now + 2 * SECOND, "moderator", f"probe {self.probes.pop(0)}"))
        yield from self.turn("moderator", least_s, most_s, extras)

    def somebody(self, short: bool = False) -> Iterator[Step]:
        """Let a participant speak who wants to, or is asked to."""
        person = self._next_speaker()
        if person is None:
            yield from self.moderator(5, 10) if self.floor != "moderator" else self.turn("nobody", 3, 8)
            return
        if self.floor == "moderator" and len(self.heard) > 1 and person.code not in self.heard and not self.has_invited:
            self.has_invited = True
            yield self.act("moderator", f"invite {person.word}")
        seconds = self.rng.uniform(3, 9) if short else self.rng.triangular(*person.length_s)
        yield from self.turn(person, seconds, seconds, self._hands_raised(person, seconds))

    def turn(self, who: Person | Other, least_s: float, most_s: float, extras: Iterable[Step] = ()) -> Iterator[Step]:
        """Give somebody the floor for a while."""
        if who != self.floor:
            yield self.act("moderator", f"floor {who.word if isinstance(who, Person) else who}")
        if who != "nobody":
            self.after = who
        if who != self.floor:
            self.floor, self.since = who, self.now
        if isinstance(who, Person):
            self.hands.discard(who.code)
            self.heard.add(who.code)
        yield from self.pass_time(self._ms(least_s, most_s), extras)

    def _next_speaker(self) -> Person | None:
        called, self.called_on = self.called_on, None
        others = [person for person in self.present.values() if person != self.floor]
        if called in others:
            return called
        if not others:
            return None
        weights = [
            person.eagerness * (6 if person.code in self.hands else 1) * (1 if person.code in self.heard else 1.7)
            for person in others
        ]
        return self.rng.choices(others, weights)[0]

    def _hands_raised(self, speaker: Person, seconds: float) -> list[Step]:
        silent = [p for p in self.present.values() if p != speaker and p.code not in self.hands]
        if not silent or seconds < 12 or self.rng.random() > 0.17:
            return []
        person = self.rng.choice(silent)
        self.hands.add(person.code)
        at = self.now + round(self.rng.uniform(0.4, 0.9) * seconds * SECOND * self.haste)
        return [Step(at, "assistant", f"hand {person.word}")]

    def _recognised_late(self) -> Iterator[Step]:
        """Somebody speaks whom nobody recognises at once."""
        person = self._next_speaker()
        if person is None:
            return
        yield self.act("moderator", "floor unknown")
        self.floor = person
        self.heard.add(person.code)
        self.now += self._ms(3, 6)
        yield self.act("moderator", f"name {person.word}")
        yield from self.pass_time(self._ms(4, 15))

    def wrong_key(self) -> Iterator[Step]:
        """Press a wrong seat, take it back, press the right one."""
        silent = [p for p in self.present.values() if p != self.floor and p.code not in self.hands]
        if len(silent) < 2:
            return
        wrong, right = self.rng.sample(silent, 2)
        yield self.act("moderator", f"floor {wrong.word}")
        self.now += 2 * SECOND
        yield self.act("moderator", "undo")
        self.now += SECOND
        yield from self.turn(right, 8, 25)

    # what is written down

    def _notes(self) -> Iterator[Step]:
        line = self._note_line()
        self._next_note = self.now + self._ms(*NOTE_GAP_S) * (2 if self.is_lecture else 1)
        if not line:
            return
        yield self.act("assistant", f"note {line}")
        chance = self.rng.random() if line.startswith(WORD_FOR_WORD) else 1.0
        if chance < 0.15:
            self.now += SECOND
            starred = chance < 0.05
            yield self.act("assistant", "star") if starred else self.act("moderator", f"mark {self._mark()}")

    def _mark(self) -> str:
        return self.sayings.one_of("marks")

    def _note_line(self) -> str:
        match self.floor:
            case "moderator":
                return self._on_moderator()
            case "crosstalk":
                return self.sayings.one_of("crosstalk")
            case Person():
                return self._with_signs(self._on_speaker())
            case _:
                quiet = self.rng.random() < 0.3 or not isinstance(self.after, Person)
                return self._fresh("silence", "remarks") if quiet else self._on_speaker()

    def _on_moderator(self) -> str:
        """Return a note on how the talk is led; nothing when there is none left."""
        if self.place < LATE:
            return self._new("moderator", "remarks")
        return self._new(*self.rng.sample(("so far", "moderator"), 2), "late remarks", "remarks")

    def _on_speaker(self) -> str:
        chance = self.rng.random()
        if chance < 0.13:
            return self._fresh("nonverbal", "everywhere")
        if chance < 0.25:
            return self._fresh(*(("late remarks",) if self.place >= LATE else ()), "remarks", "everywhere")
        if chance < 0.31 or not self.sayings.has_new(self.topic.notes):
            return self._fresh("everywhere", "remarks", "nonverbal")
        return self.sayings.drawn(self.topic.notes)

    def _new(self, *names: str) -> str:
        """Draw from the first list that has something new; nothing where none has."""
        name = next((name for name in names if self.sayings.has_new(self.words.lists[name])), None)
        return self.sayings.one_of(name) if name is not None else ""

    def _fresh(self, *names: str) -> str:
        """Draw from the first list that has something new, else from the topic or from the first list again."""
        lists = self.words.lists
        if new := self._new(*names):
            return new
        if self.sayings.has_new(self.topic.notes):
            return self.sayings.drawn(self.topic.notes)
        return self.sayings.drawn(self.rng.choice([self.topic.notes, lists[names[0]]]))

    def _with_signs(self, line: str) -> str:
        chance = self.rng.random()
        others = [person for person in self.present.values() if person != self.floor]
        if line.startswith(WORD_FOR_WORD) and chance < 0.12:
            return as_stub(line)
        if chance < 0.2:
            if self.starred >= MOST_STARRED or line in self.words.lists["everywhere"]:
                return line
            self.starred += line.startswith(SAID)
            return f"* {line}"
        if chance < 0.27:
            earlier_s = self.rng.choice((10, 15, 20))
            return f"{line} -{earlier_s}s" if self.now - self.since > earlier_s * SECOND else line
        if chance < 0.32 and others:
            return f"{line} @{self.rng.choice(others).code}"
        return line

    def cue(self, at_ms: int) -> None:
        """Plan a cue from the assistant, and that the moderator sees it."""
        text = self.sayings.one_of("cues")
        quiet, loud = self.cast.quiet, self.cast.loud
        if ("{quiet}" in text and quiet is None) or ("{loud}" in text and loud is None):
            return
        if "{quiet}" in text:
            self.called_on = quiet
        names = {"quiet": quiet.name if quiet else "", "loud": loud.name if loud else ""}
        self.plan(at_ms, "assistant", f"cue {text.format_map(names)}")
        self.plan(at_ms + self._ms(5, 25), "moderator", "seen")

    def _ms(self, least_s: float, most_s: float) -> int:
        return round(self.rng.uniform(least_s, most_s) * SECOND * self.haste)


def minutes(count: float) -> int:
    """Return minutes as ms."""
    return round(count * MINUTE)
