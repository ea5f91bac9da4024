"""Another reading of a session's events, second by second, that shares no code with kring.

It is given what the table of events holds, and counts on its fingers: for each second of the talk who speaks, who is
there, what is open. All moments of the evenings that it judges are whole seconds.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

TEN_MINUTES = 600


class Turn:
    def __init__(self, who: str, begin: int, end: int | None) -> None:
        self.who, self.begin, self.end, self.gone = who, begin, end, False


class Room:
    def __init__(self, number: int, leader: str, begin: int) -> None:
        self.number, self.leader, self.begin = number, leader, begin
        self.end: int | None = None
        self.inside: set[str] = set()


class Oracle:
    """What a session comes to. `events` are dicts with id, hlc, device, at (ms), actor, kind, data (JSON) and act."""

    def __init__(self, events: list[dict[str, Any]], now_s: int) -> None:
        self.people: dict[str, bool] = {}
        self.guide: dict[str, dict[str, Any]] = {}
        self.given: Counter[str] = Counter()
        self.by_hand: set[str] = set()
        self.start: int | None = None
        self.end: int | None = None
        self.turns: dict[str, Turn] = {}
        self.speaking: Turn | None = None
        self.visits: list[tuple[int, str, str]] = []
        self.pauses: list[list[int | None]] = []
        self.attendance: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self.seen: dict[str, list[int]] = defaultdict(list)
        self.notes: dict[str, tuple[str | None, int]] = {}
        self.answers: dict[tuple[str, int, str], int] = {}
        self.stances: dict[tuple[str, str], int] = {}
        self.issues: dict[str, dict[str, Any]] = {}
        self.rooms: list[Room] = []
        self.last_room: dict[str, list[Room]] = defaultdict(list)
        self.withdrawn: set[str] = set()
        ordered = sorted(events, key=lambda one: (one["hlc"], one["device"], one["id"]))
        void = self._void(ordered)
        self.now = now_s
        for one in ordered:
            if one["id"] not in void and one["act"] not in void:
                told, data = getattr(self, f"on_{one['kind']}", None), json.loads(one["data"])
                self.actor = one["actor"]
                if told and data.get("turn", "") in ("", *self.turns):  # else its begin was taken back afterwards
                    told(one["id"], one["at"] // 1000, data)
        for note, at in self.notes.values():
            if note and self.start is not None and at >= self.start:
                self.seen[note].append(at)
        for (_poll, _round, code), at in self.answers.items():
            self.seen[code].append(at)
        for (_where, code), at in self.stances.items():
            self.seen[code].append(at)
        for issue in self.issues.values():
            if issue["who"]:
                self.seen[issue["who"]].append(issue["begin"])
        for code in self.withdrawn:
            self.people.pop(code, None)
            self.attendance.pop(code, None)
            self.seen.pop(code, None)
        if self.start is not None:
            self._lay_out()

    @staticmethod
    def _void(ordered: list[dict[str, Any]]) -> set[str]:
        void: set[str] = set()
        for one in reversed(ordered):
            if one["kind"] == "undone" and one["id"] not in void:
                void.add(json.loads(one["data"])["event"])
        return void

    # what each kind of event says

    def on_plan_read(self, name: str, at: int, data: dict[str, Any]) -> None:
        for item in data["plan"]["guide"]:
            self.guide.setdefault(item["id"], item)

    def on_participant_listed(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.people[data["code"]] = True

    def on_participant_added(self, name: str, at: int, data: dict[str, Any]) -> None:
        if data["code"] not in self.people:
            self.people[data["code"]] = False
            self.attendance[data["code"]].append((at, name, "present"))

    def on_attendance_changed(self, name: str, at: int, data: dict[str, Any]) -> None:
        code = data["participant"]
        if data["status"] == "no_show" and not any(turn.who == code and not turn.gone for turn in self.turns.values()):
            kept = [one for one in self.attendance[code] if one[2] not in ("present", "away")]
            self.attendance[code] = kept
        self.attendance[code].append((at, name, data["status"]))
        if self.speaking and self.speaking.who == code and data["status"] != "present":
            self._quiet(at)

    def on_session_started(self, name: str, at: int, data: dict[str, Any]) -> None:
        if self.start is None:
            self.start = at

    def on_session_ended(self, name: str, at: int, data: dict[str, Any]) -> None:
        if self._live():
            at = max(self._when(at, data), self.start or 0)
            self._quiet(at)
            self._resume(at)
            self._come_back(at)
            self.end = at
            for issue in self.issues.values():
                if issue["end"] is None:
                    issue["end"] = max(at, issue["begin"])

    def on_session_paused(self, name: str, at: int, data: dict[str, Any]) -> None:
        if self._live() and not (self.pauses and self.pauses[-1][1] is None):
            self._quiet(at)
            self.pauses.append([at, None])

    def on_session_resumed(self, name: str, at: int, data: dict[str, Any]) -> None:
        self._resume(at)

    def on_item_opened(self, name: str, at: int, data: dict[str, Any]) -> None:
        if not self._live() or data["item"] not in self.guide:
            return
        when = max(self._when(at, data), self.start or 0)
        is_break = self.guide[data["item"]]["kind"] == "break"
        if when == at or (self.pauses and self.pauses[-1][1] is None and (self.pauses[-1][0] or 0) < when):
            self._resume(when)
        if is_break and self.speaking and (when == at or self.speaking.begin < when):
            self._quiet(when)
        if data.get("ends_rooms"):
            self._come_back(when, [room for room in self.rooms if when == at or room.begin < when])
        self.visits.append((when, name, data["item"]))

    def on_item_marked_asked(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.by_hand.add(data["item"])

    def on_time_added(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.given[data["item"]] += data["by_s"]

    def on_floor_given(self, name: str, at: int, data: dict[str, Any]) -> None:
        if not self._live():
            return
        room = self._room_of(data.get("participant"))
        if room is not None:
            self.last_room[self.actor].append(room)
            return
        when = self._when(at, data)
        if when < at:
            when = max(when, self.speaking.begin if self.speaking else self.start or 0)
        self._quiet(when)
        self.speaking = self.turns[name] = Turn(data.get("participant") or data["to"], when, None)
        self._seal()

    def on_turn_named(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.turns[data["turn"]].who = data.get("participant") or data["to"]
        self._seal()

    def on_turn_moved(self, name: str, at: int, data: dict[str, Any]) -> None:
        turn = self.turns[data["turn"]]
        if turn.end is not None and not turn.gone:
            turn.begin, turn.end = data["started_ms"] // 1000, data["ended_ms"] // 1000

    def on_turn_added(self, name: str, at: int, data: dict[str, Any]) -> None:
        who = data.get("participant") or data["to"]
        self.turns[name] = Turn(who, data["started_ms"] // 1000, data["ended_ms"] // 1000)
        self._seal()

    def on_turn_removed(self, name: str, at: int, data: dict[str, Any]) -> None:
        if self.turns[data["turn"]].end is not None:
            self.turns[data["turn"]].gone = True

    def on_rooms_made(self, name: str, at: int, data: dict[str, Any]) -> None:
        if not self._live():
            return
        first = data.get("first", 1)
        numbers = range(first, first + data["count"])
        self._come_back(at, [room for room in self.rooms if data.get("anew") or room.number in numbers])
        leaders = [*data.get("leaders", ()), *[""] * data["count"]]
        self.rooms += [Room(number, leader, at) for number, leader in zip(numbers, leaders, strict=False)]
        self._quiet(at)

    def on_room_entered(self, name: str, at: int, data: dict[str, Any]) -> None:
        room = next((one for one in self._open_rooms() if one.number == data["number"]), None)
        if room is not None and data["participant"] in self.people:
            for one in self.rooms:
                one.inside.discard(data["participant"])
            room.inside.add(data["participant"])
            self.seen[data["participant"]].append(at)

    def on_rooms_closed(self, name: str, at: int, data: dict[str, Any]) -> None:
        self._come_back(at)

    def _open_rooms(self) -> list[Room]:
        return [room for room in self.rooms if room.end is None]

    def _come_back(self, at: int, rooms: list[Room] | None = None) -> None:
        for room in self._open_rooms():
            if rooms is None or room in rooms:
                room.end = max(at, room.begin)

    def _room_of(self, code: str | None) -> Room | None:
        """Where somebody is; of whom is no participant, where whoever logs it gave the floor last, or leads alone."""
        rooms = self._open_rooms()
        if code is not None:
            return next((room for room in rooms if code in room.inside), None)
        given = [room for room in self.last_room[self.actor] if room.end is None]
        led = [room for room in rooms if self.actor and room.leader == self.actor]
        return given[-1] if given else led[0] if len(led) == 1 else None

    def on_consent_changed(self, name: str, at: int, data: dict[str, Any]) -> None:
        if data.get("withdraws") and self.start is not None and not any(given for _scope, given in data["consents"]):
            self.withdrawn.add(data["participant"])
            self._seal()

    def _seal(self) -> None:
        for turn in self.turns.values():
            turn.gone = turn.gone or turn.who in self.withdrawn
        if self.speaking and self.speaking.gone:
            self.speaking = None

    def on_hand_raised(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.seen[data["participant"]].append(at)

    def on_answer_given(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.answers[data["poll"], data.get("round", 1), data["participant"]] = at

    def on_stance_noted(self, name: str, at: int, data: dict[str, Any]) -> None:
        where = data.get("statement") or data["item"], data["participant"]
        if data["stance"] is None:
            self.stances.pop(where, None)
        else:
            self.stances[where] = at

    def on_statement_removed(self, name: str, at: int, data: dict[str, Any]) -> None:
        for where in [one for one in self.stances if one[0] == data["statement"]]:
            del self.stances[where]

    def on_note_added(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.notes[name] = data.get("participant"), data["at_ms"] // 1000

    def on_note_removed(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.notes.pop(data["note"], None)

    def on_issue_opened(self, name: str, at: int, data: dict[str, Any]) -> None:
        self.issues[name] = {"who": data.get("participant"), "begin": at, "end": None, "lost": None}
        self.issues[name]["of_check"] = data.get("check") is not None

    def on_issue_closed(self, name: str, at: int, data: dict[str, Any]) -> None:
        issue = self.issues.get(data["issue"])
        if issue is None:  # its opening was taken back afterwards
            return
        issue["end"] = at if issue["end"] is None else issue["end"]
        issue["lost"] = data.get("minutes_lost")

    def _live(self) -> bool:
        return self.start is not None and self.end is None

    @staticmethod
    def _when(at: int, data: dict[str, Any]) -> int:
        said = data.get("at_ms")
        return at if said is None else min(said // 1000, at)

    def _quiet(self, at: int) -> None:
        if self.speaking:
            self.speaking.end = max(at, self.speaking.begin)
        self.speaking = None

    def _resume(self, at: int) -> None:
        if self.pauses and self.pauses[-1][1] is None:
            self.pauses[-1][1] = max(at, self.pauses[-1][0] or 0)

    # second by second

    def _lay_out(self) -> None:
        zero = self.start or 0
        self.length = max((self.now if self.end is None else self.end) - zero, 0)
        seconds = range(self.length)
        self.spoken: dict[str, list[bool]] = defaultdict(lambda: [False] * self.length)
        for turn in self.turns.values():
            until = zero + self.length if turn.end is None else turn.end
            for second in range(max(turn.begin - zero, 0), min(until - zero, self.length)):
                if not turn.gone:
                    self.spoken[turn.who][second] = True
        opened = sorted(self.visits)
        self.open: list[str | None] = [None] * self.length
        self.nth: list[int] = [-1] * self.length
        for number, (begin, _name, item) in enumerate(opened):
            until = opened[number + 1][0] if number + 1 < len(opened) else zero + self.length
            for second in range(max(begin - zero, 0), min(until - zero, self.length)):
                self.open[second], self.nth[second] = item, number
        self.paused = [False] * self.length
        for begin, end in self.pauses:
            until = zero + self.length if end is None else end
            for second in range(max((begin or 0) - zero, 0), min(until - zero, self.length)):
                self.paused[second] = True
        self.apart = [any(self._holds(room, zero + s) for room in self.rooms) for s in seconds]
        breaks = self._breaks()
        self.still = [self.paused[s] or self.apart[s] or self._section(self.open[s]) in breaks for s in seconds]
        self.there = {code: self._presence(code) for code in self.people}

    @staticmethod
    def _holds(room: Room, second: int) -> bool:
        return room.begin <= second and (room.end is None or second < room.end)

    def _breaks(self) -> set[str]:
        return {name for name, item in self.guide.items() if item["kind"] == "break"}

    def _section(self, item: str | None) -> str | None:
        while item is not None and self.guide[item].get("parent"):
            item = self.guide[item]["parent"]
        return item

    def _presence(self, code: str) -> list[bool]:
        zero = self.start or 0
        logged = sorted(self.attendance[code])
        firsts = [min(rows) for who, rows in self.attendance.items() if rows and self.people.get(who)]
        taken = any(status in ("present", "waiting") and at <= zero + TEN_MINUTES for at, _n, status in firsts)
        counts_from_start = not taken and self.people[code] and (not logged or logged[0][2] in ("away", "left"))
        there = []
        was_seen = False
        number = -1
        for second in range(-7200, self.length):
            while number + 1 < len(logged) and logged[number + 1][0] <= zero + second:
                number, was_seen = number + 1, False
            status = logged[number][2] if number >= 0 else "expected"
            if second >= 0 and self.spoken[code][second]:
                was_seen = True
            begins = logged[number][0] if number >= 0 else 0
            if status in ("expected", "waiting"):
                was_seen = was_seen or any(begins <= at <= zero + second for at in self.seen[code])
                was_seen = was_seen or (number < 0 and counts_from_start)
            if second >= 0:
                there.append(status == "present" or was_seen)
        return there

    # the figures

    def talk_s(self, who: str) -> int:
        return sum(self.spoken[who])

    def fair_s(self, code: str) -> float:
        fair = 0.0
        for second in range(self.length):
            if self.there[code][second]:
                said = sum(self.spoken[each][second] for each in self.people)
                fair += said / sum(self.there[each][second] for each in self.people)
        return fair

    def present_s(self, code: str) -> int:
        return sum(self.there[code][second] and not self.still[second] for second in range(self.length))

    def took_part(self, code: str) -> bool:
        return any(self.there[code]) or any(self.spoken[code])

    def spent_s(self, section: str) -> int:
        return sum(self._section(self.open[s]) == section and not self.paused[s] for s in range(self.length))

    def asked(self, item: str) -> bool:
        lasted = Counter(self.nth[s] for s in range(self.length) if self.open[s] == item and not self.paused[s])
        return item in self.by_hand or any(seconds >= 5 for seconds in lasted.values())

    def heard_on(self, item: str) -> set[str]:
        return {
            code
            for code in self.people
            if any(self.spoken[code][s] for s in range(self.length) if self.open[s] == item)
        }

    def follows(self) -> dict[tuple[str, str], int]:
        runs = []
        for who, seconds in self.spoken.items():
            if who not in ("silence", "unknown"):
                runs += [(begin, end, who) for begin, end in self.runs(seconds)]
        zero = self.start or 0
        for turn in self.turns.values():  # one unknown speaker after another may be two people
            end = zero + self.length if turn.end is None else turn.end
            if turn.who == "unknown" and not turn.gone and turn.begin < end:
                runs.append((turn.begin - zero, min(end - zero, self.length), "unknown"))
        runs.sort()
        standstills = self.runs(self.still)
        counts: Counter[tuple[str, str]] = Counter()
        for (_b, ended, before), (begins, _e, after) in pairwise(runs):
            parted = any(begin < begins and end > ended for begin, end in standstills)
            people = not {before, after} & {"crosstalk", "unknown"}
            if people and before != after and begins - ended <= 10 and not parted:
                counts[before, after] += 1
        return dict(counts)

    def silences(self) -> list[int]:
        found = []
        for begin, end in self.runs(self.spoken["silence"]):
            length = sum(not self.still[second] for second in range(begin, end))
            found += [length] if length >= 5 else []
        return found

    def lost_s(self, who: str | None) -> int:
        zero = self.start or 0
        lost = [False] * self.length
        for issue in self.issues.values():
            if issue["who"] != who or (issue["of_check"] and issue["lost"] is None):
                continue
            end = zero + self.length if issue["end"] is None else issue["end"]
            if issue["lost"] is not None:
                end = issue["begin"] + round(issue["lost"] * 60)
            for second in range(max(issue["begin"] - zero, 0), min(end - zero, self.length)):
                lost[second] = not self.still[second]
        return sum(lost)

    @staticmethod
    def runs(seconds: list[bool]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for second, value in enumerate(seconds):
            if value and found and found[-1][1] == second:
                found[-1] = (found[-1][0], second + 1)
            elif value:
                found.append((second, second + 1))
        return found
