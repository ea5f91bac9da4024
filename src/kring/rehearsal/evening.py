"""A whole evening with a simulated group: before the start, stop by stop through the guide, after the end.

A scene is written while it is played, so that it can follow whoever leads the talk; by itself the group keeps to the
course of the plan.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from kring.domain.measures.session_time import CUES_BEFORE_END_MIN
from kring.domain.plan import GuideItem, Plan, PlannedCheck
from kring.rehearsal.agreeing import Agreement
from kring.rehearsal.cast import Person, cast_of
from kring.rehearsal.course import (
    Stop,
    checks_at,
    lasting,
    planned_length_ms,
    returned_to,
    skipped_for_time,
    start_in_plan,
    stops_of,
)
from kring.rehearsal.looking_back import debrief, read_back
from kring.rehearsal.step import MINUTE, SECOND, Step
from kring.rehearsal.talk import BRISK, Talk, minutes
from kring.rehearsal.words import Words, words_for

BEFORE_MS = 30 * MINUTE
FEWEST_FOR_ROOMS = 4
LED_MS = 25 * SECOND
"""How long each speaks while the assistant leads."""


class Evening:
    """One evening of a plan and a seed; `longer_by` acts are added before the last question.

    `words` are what is said, where it is not what is usual on such a plan.
    """

    def __init__(self, plan: Plan, seed: int, longer_by: int = 0, words: Words | None = None) -> None:
        self.plan = plan
        self.rng = random.Random(seed)
        self.longer_by = longer_by
        words = words or words_for(plan)
        self.cast = cast_of(plan, words.lists["names"], self.rng)
        self.talk = Talk(words, self.cast, self.rng)
        self.talk.now = -BEFORE_MS
        self.agreement = Agreement(self.talk, seed)
        self.stops = stops_of(plan)
        self.skipped = skipped_for_time(self.stops)
        self.returned = returned_to(self.stops, self.rng)
        self.remaining = [stop for stop in self.stops if stop is not self.skipped]
        self.has_begun = False
        self._ticked: set[str] = set()
        self._dropped = False
        self._in_trouble = False
        self._is_taken_over = False

    # before

    def before(self) -> Iterator[Step]:
        """Prepare, open the doors, let people in, start the recording and the session."""
        talk, rng = self.talk, self.rng
        at = talk.now
        for check in self._checks("week_before"):
            at += 2 * SECOND
            self._tick(at, check.id)
        talk.plan(-minutes(27), "assistant", "doors")
        early = self._checks("half_hour_before")
        for number, check in enumerate(early):
            self._tick(-minutes(28) + number * minutes(13) // len(early), check.id)
        for person in self.cast.on_time:
            self._arrives(person, -round(rng.triangular(1.5, 17, 6) * MINUTE), rng.uniform(15, 80))
        for number, person in enumerate(self.cast.newcomers):
            self._joins(person, -minutes(5) + number * 20 * SECOND)
        if self.cast.late is not None:
            self._arrives(self.cast.late, minutes(7), 20, talk.words.reason("late"))
            talk.plan(minutes(7) + 50 * SECOND, "assistant", f"brief {self.cast.late.word}")
        if self.cast.absent is not None:
            reason = talk.words.reason("absent")
            talk.plan(minutes(9), "assistant", f"attend {self.cast.absent.word} no-show {reason}")
        gates = self._checks("start")
        for number, check in enumerate(gates):
            self._tick(-minutes(1.5) + number * 12 * SECOND, check.id)
        talk.plan(-30 * SECOND, "assistant", "recording")
        yield from talk.pass_time(BEFORE_MS + round(rng.uniform(60, 110) * SECOND))
        passing = any(check.gate and check.per_participant for check in self.plan.checks)
        yield talk.act("moderator", "start anyway" if passing else "start")
        self.begin()

    def begin(self) -> None:
        """Plan what comes in the talk at its time: questions to park, and that cues are seen."""
        talk = self.talk
        self.has_begun = True
        talk.begin_writing()
        start = talk.now if start_in_plan(self.plan) is None else 0
        end = start + planned_length_ms(self.plan)
        for left in CUES_BEFORE_END_MIN:
            if end - left * MINUTE > talk.now:
                talk.plan(end - left * MINUTE + 20 * SECOND, "moderator", "seen")
        for number, parked in enumerate(talk.words.lists["parked"]):
            talk.plan(talk.now + (end - talk.now) * (number + 2) // 6, "assistant", f"note {parked}")

    def _checks(self, *phases: str) -> list[PlannedCheck]:
        by_hand = (check for check in self.plan.checks if not (check.consent or check.recording))
        return [c for c in by_hand if c.phase in phases and not c.per_participant and c.item is None]

    def _tick(self, at_ms: int, check_id: str) -> None:
        if check_id not in self._ticked:
            self._ticked.add(check_id)
            self.talk.plan(at_ms, "assistant", f"tick {check_id}")

    def _arrives(self, person: Person, at_ms: int, waiting_s: float, reason: str = "") -> None:
        self.talk.plan(at_ms, "assistant", f"attend {person.word} waiting")
        inside = at_ms + round(waiting_s * SECOND)
        self.talk.plan(inside, "assistant", f"attend {person.word} present {reason}".rstrip(), comes=person)
        self._ticks_of(person, inside)

    def _joins(self, person: Person, at_ms: int) -> None:
        self.talk.plan(at_ms, "assistant", f"add {person.name}", comes=person)
        self.talk.plan(
            at_ms + 6 * SECOND, "assistant", f"consent {person.code} yes ({self.talk.words.reason('consent')})"
        )
        self._ticks_of(person, at_ms)

    def _ticks_of(self, person: Person, at_ms: int) -> None:
        for check in self.plan.checks:
            if check.per_participant:
                for part in check.parts or ("",):
                    at_ms += round(self.rng.uniform(4, 11) * SECOND)
                    self._tick(at_ms, f"{check.id}/{person.code}/{part}" if part else f"{check.id}/{person.code}")

    # the guide

    def onward(self, stop: Stop | None = None) -> Iterator[Step]:
        """Go on to the end of the evening, from a stop that somebody went to, else from the next one."""
        if stop is not None:
            yield from self.scene(stop, is_open=True)
        while self.remaining:
            if len(self.remaining) == 1:
                yield from self._longer()
            coming = self.remaining.pop(0)
            yield from self.scene(coming)
            if self.skipped is not None and self.remaining and coming is self._before(self.skipped):
                yield self.talk.act("moderator", f"skip {self.skipped.item.id}")
        yield from self.closing()
        yield from self.after()

    def _before(self, stop: Stop) -> Stop:
        return self.stops[self.stops.index(stop) - 1]

    def _longer(self) -> Iterator[Step]:
        questions = [stop for stop in self.stops if stop.item.kind == "question" and stop is not self.skipped]
        here = self._before(self.remaining[0])
        while self.longer_by > 0 and len(questions) > 1:
            here = self.rng.choice([stop for stop in questions if stop is not here])
            for step in self._brisk_scene(here):
                self.longer_by -= 1
                yield step

    def stop_at(self, item_id: str) -> Stop | None:
        """Return the stop of an item of the guide, or of what stands under it."""
        for stop in self.stops:
            if item_id == stop.item.id or any(item.id == item_id for item in stop.below):
                return stop
        return next((stop for stop in self.stops if stop.item.parent == item_id), None)

    def scene(self, stop: Stop, is_open: bool = False) -> Iterator[Step]:
        """Play one stop of the guide; `is_open` = somebody went there already."""
        talk = self.talk
        if not is_open:
            yield talk.act("moderator", f"go {stop.item.id}")
        stretch = self.rng.uniform(0.95, 1.08) if stop.place < 0.5 else self.rng.uniform(1.02, 1.22)
        end = talk.now + lasting(self.plan, stop, talk.now, stretch)
        talk.topic, talk.place = talk.words.topic_of(stop.item.text, stop.place), stop.place
        talk.probes = [item.id for item in stop.of_kind("probe")]
        talk.heard.clear()
        talk.has_invited = False
        self._plan_leading(stop, end)
        if stop.item.kind == "break":
            yield from self._break(stop, end)
            return
        if not talk.is_writing:
            talk.begin_writing()
        yield from self._opening(stop, end)
        yield from self._middle(stop, end)
        if stop.item.kind == "question" and stop.place > 0.5 and not self._is_taken_over:
            self._is_taken_over = True
            yield from self._take_over()
        if stop.item.must_ask:
            self.agreement.agree(end)
        for poll in stop.of_kind("poll")[:1]:
            self.agreement.ask_again(poll, end)
        yield from talk.discuss(end, self._moderated(stop))
        for number, check in enumerate(checks_at(self.plan, stop)):
            self._tick(talk.now + (number + 1) * 4 * SECOND, check)
        if stop.item.kind == "question":
            self._tick_one_more()

    def _plan_leading(self, stop: Stop, end: int) -> None:
        """Plan that the moderator ticks what a question yields, but for the last, looks at the time, and what the
        assistant sees."""
        talk, wanted = self.talk, stop.of_kind("yield")
        if stop.item.kind == "question" and stop.place > 0.3:
            talk.plan(talk.now + (end - talk.now) // 4, "moderator", "pace")
        for number, item in enumerate(wanted[:-1] or wanted, 2):
            talk.plan(talk.now + (end - talk.now) * number // (len(wanted) + 2), "moderator", f"yield {item.id}")
        if stop.item.question_kind == "key":
            talk.plan(talk.now + (end - talk.now) // 2, "moderator", "say talker")
            for person in list(talk.present.values())[-1:]:
                talk.plan(talk.now + (end - talk.now) // 3, "assistant", f"nonverbal {person.word} nods")

    def _take_over(self) -> Iterator[Step]:
        """The moderator's connection is gone for a moment: the assistant leads meanwhile."""
        talk = self.talk
        yield talk.act("assistant", "role")
        for person in [one for one in talk.present.values() if one != talk.floor][:2]:
            yield talk.act("assistant", f"floor {person.word}")
            talk.floor = person
            talk.hands.discard(person.code)
            yield from talk.pass_time(LED_MS)
        yield talk.act("assistant", "role")

    def _brisk_scene(self, stop: Stop) -> Iterator[Step]:
        """Talk on at a question, with quick changes: many acts in a short time."""
        talk = self.talk
        yield talk.act("moderator", f"go {stop.item.id}")
        talk.haste = BRISK
        talk.topic = talk.words.topic_of(stop.item.text, stop.place)
        talk.heard.clear()
        yield from talk.discuss(talk.now + minutes(5))
        talk.haste = 1.0

    def _moderated(self, stop: Stop) -> float:
        if stop.item.kind == "section":
            return 0.25 if stop.of_kind("stimulus", "activity") else 0.5
        return 0.17

    def _opening(self, stop: Stop, end: int) -> Iterator[Step]:
        talk = self.talk
        yield from talk.moderator(10, 20)
        for poll in stop.of_kind("poll")[:1]:
            yield from self._poll(poll)
        if stop.item.question_kind == "opening":
            yield from self._round(end)
        elif stop.item.kind == "question":
            yield from talk.turn("nobody", 3, 8)
        shown = stop.of_kind("stimulus")
        for number, stimulus in enumerate(shown):
            yield talk.act("moderator", f"show {stimulus.id}")
            yield from talk.turn("nobody", 20, 35)
            yield from talk.discuss(talk.now + (end - talk.now) // (len(shown) - number + 1), 0.2)
            yield from talk.moderator(6, 12) if talk.floor != "moderator" else ()

    def _poll(self, poll: GuideItem) -> Iterator[Step]:
        talk, rng = self.talk, self.rng
        yield from talk.turn("nobody", 10, 16)
        for person in list(talk.present.values()):
            if poll.options:
                likely = min(len(poll.options) - 1, max(0, round(rng.gauss(len(poll.options) * 0.6, 1.8))))
                yield self.agreement.answer(person, poll, likely)
            yield from talk.pass_time(rng.randint(2, 5) * SECOND)

    def _round(self, end: int) -> Iterator[Step]:
        """Go round once, by seat."""
        talk = self.talk
        people = list(talk.present.values())
        each_s = max(8.0, min(35.0, (end - talk.now) / SECOND / (len(people) or 1) * 0.75))
        for person in people:
            if person.code in talk.present and person != talk.floor:
                yield from talk.turn(person, each_s * 0.7, each_s * 1.1)
                if self.rng.random() < 0.4:
                    yield from talk.turn("moderator", 3, 7)

    def _middle(self, stop: Stop, end: int) -> Iterator[Step]:
        """What happens in the middle of a stop besides talk."""
        talk = self.talk
        half = talk.now + (end - talk.now) // 2
        if stop.item.kind == "question" and stop.item.question_kind != "opening":
            talk.cue(half + self.rng.randint(-40, 40) * SECOND)
            self.agreement.chat(half - 55 * SECOND, list(talk.present.values()))
            yield from talk.discuss(half - minutes(0.5))
            yield from self._incident(stop)
        for activity in stop.of_kind("activity", "breakout")[:1]:
            yield talk.act("moderator", f"go {activity.id}")
            yield from talk.moderator(12, 20)
            share = min((activity.planned_s or 300) * SECOND, (end - talk.now) * 2 // 3)
            if activity.kind == "breakout" and len(talk.present) >= FEWEST_FOR_ROOMS:
                yield from self._in_rooms(share)
            else:
                yield from talk.discuss(talk.now + share, 0.12)
            if stop.item.kind == "question":
                yield talk.act("moderator", f"go {stop.item.id}")
        if stop.item.must_ask and stop.place > 0.5 and self.returned is not None:
            yield from self._jump_back(self.returned, stop)

    def _in_rooms(self, length: int) -> Iterator[Step]:
        """The group talks in two rooms for a while; some are heard there."""
        talk = self.talk
        yield talk.act("moderator", "rooms draw 2")
        people = list(talk.present.values())[:FEWEST_FOR_ROOMS]
        for person in people:
            yield talk.act("moderator", f"floor {person.word}")
            talk.floor = person
            yield from talk.pass_time(length // len(people))
        talk.floor = None
        yield talk.act("moderator", "rooms back")

    def _incident(self, stop: Stop) -> Iterator[Step]:
        talk = self.talk
        following = self.stops[self.stops.index(stop) + 1 :][:1]
        if self.skipped is not None and not stop.item.must_ask and self.skipped.place - stop.place < 0.5:
            yield from self._note_taken_back()
        if stop.place > 0.2 and not self._in_trouble:
            self._in_trouble = True
            yield from self._trouble_of_all()
            yield from talk.wrong_key()
        elif stop.item.must_ask and not self._dropped:
            self._dropped = True
            yield from self._drops_out()
            yield talk.act("moderator", "time +2")
        elif following and following[0].item.kind != "break":
            yield from talk.wrong_key()

    def _note_taken_back(self) -> Iterator[Step]:
        talk = self.talk
        yield talk.act("assistant", f"note {talk.sayings.one_of('everywhere')}")
        for line in ("undo", "redo"):
            talk.now += 3 * SECOND
            yield talk.act("assistant", line)

    def _drops_out(self) -> Iterator[Step]:
        """Somebody's connection is gone in the middle of a sentence, and comes back."""
        talk, person = self.talk, self.cast.dropping
        if person is None or person.code not in talk.present:
            return
        person = talk.present[person.code]
        yield from talk.turn(person, 8, 14)
        yield talk.act("assistant", f"attend {person.word} lost {talk.sayings.one_of('trouble of one')}")
        talk.leaves(person)
        back = talk.now + round(self.rng.uniform(130, 230) * SECOND)
        talk.plan(back - 5 * SECOND, "assistant", f"solved {person.word} 3")
        talk.plan(back, "assistant", f"attend {person.word} present", comes=person)
        talk.plan(back + 12 * SECOND, "assistant", f"brief {person.word}")
        yield from talk.moderator(6, 12)

    def _trouble_of_all(self) -> Iterator[Step]:
        """Nobody can be understood; the guide's clock stands still until that is over."""
        talk = self.talk
        yield talk.act("assistant", f"issue {talk.sayings.one_of('trouble of all')}")
        talk.now += 5 * SECOND
        yield talk.act("moderator", "pause")
        talk.floor = None
        talk.is_writing = False
        yield from talk.pass_time(round(self.rng.uniform(45, 80) * SECOND))
        yield talk.act("moderator", "resume")
        yield talk.act("assistant", "solved")
        talk.begin_writing()
        yield from talk.moderator(5, 9)

    def _jump_back(self, earlier: Stop, stop: Stop) -> Iterator[Step]:
        """Somebody comes back to an earlier question; both visits are kept."""
        talk = self.talk
        here, probes = talk.topic, talk.probes
        talk.topic = talk.words.topic_of(earlier.item.text, earlier.place)
        talk.probes = []
        yield talk.act("moderator", f"go {earlier.item.id}")
        yield from talk.discuss(talk.now + minutes(self.rng.uniform(1.2, 1.9)))
        yield talk.act("moderator", f"go {stop.item.id}")
        talk.topic, talk.probes = here, probes

    def _break(self, stop: Stop, end: int) -> Iterator[Step]:
        talk = self.talk
        talk.floor = None
        talk.is_writing = False
        talk.plan(talk.now + 15 * SECOND, "assistant", "recording off")
        ticks = [*checks_at(self.plan, stop), *(check.id for check in self._checks("break"))]
        for number, check in enumerate(ticks):
            self._tick(talk.now + (end - talk.now) * (number + 1) // (len(ticks) + 1), check)
        talk.plan(talk.now + minutes(2), "assistant", f"note {talk.sayings.one_of('so far')}")
        talk.plan(end - 20 * SECOND, "assistant", "recording")
        yield from talk.pass_time(end - talk.now)

    def _tick_one_more(self) -> None:
        for check in self._checks("during"):
            if check.id not in self._ticked:
                self._tick(self.talk.now + 6 * SECOND, check.id)
                return

    # after

    def closing(self) -> Iterator[Step]:
        """Put the parked questions to the group, read the summary back, thank everybody, end the session."""
        talk = self.talk
        for _ in range(min(2, talk.parked)):
            yield talk.act("moderator", "raise")
            yield from talk.moderator(6, 10)
            yield from talk.somebody()
        yield from read_back(talk)
        yield from talk.turn("moderator", 15, 25)
        yield talk.act("moderator", "end")

    def after(self) -> Iterator[Step]:
        """Tick what is to be done afterwards, and look back with the team."""
        talk = self.talk
        talk.end_of_talk()
        for check in self._checks("after", "during"):
            self._tick(talk.now + round(self.rng.uniform(10, 40) * SECOND), check.id)
            yield from talk.pass_time(minutes(0.7))
        yield from debrief(talk)
