"""What may go wrong with a plan: its times, its questions, its group, its preparation; with the source of each rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kring.domain.plan import GuideItem, Plan, PlannedParticipant, PlanWarning
from kring.domain.text import N_, Sentence, folded, whole
from kring.plans.time_box import later, minutes_between
from kring.system.i18n import decimal

_Found = Iterator[PlanWarning]

MOST_QUESTIONS = 12
FEWEST_MINUTES = 4  # a question that six people answer within four minutes is a survey question
LONG_SESSION_MIN = 100
_SIZES = {"online": (5, 8), "in_person": (6, 10)}
_RETIRED = {"Skype": 2025, "Jamboard": 2024}
_RECORDING = re.compile(r"opname|opgenomen|record")
_CONSENT = re.compile(r"toestemming|consent|akkoord")
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{2,80}\]")
_TEMPLATE_WORDS = frozenset({
    "What do you want to know afterwards?", "name of the study", "your name", "the assistant's name", "room, address",
    "Wat wilt u na afloop weten?", "naam van het onderzoek", "uw naam", "naam van de assistent", "zaal, adres",
    "Topic - group 1", "Onderwerp - groep 1", "https://zoom.example.org/j/0000000000", "020 7946 0000", "06-00000000",
})  # fmt: skip
_SLACK = 0.05
_LONGEST_WAIT = 3 * 60  # minutes from where a section can begin to where it says that it ends
_HALF_A_DAY = 12 * 60


def review(plan: Plan) -> tuple[PlanWarning, ...]:
    """Return what a moderator should look at before the session; it says what and where, and refuses nothing."""
    rules = (
        _time,
        _questions,
        _kinds,
        _group,
        _reach,
        _retired,
        _gates,
        _consents,
        _break,
        _until,
        _untimed,
        _unfilled,
        _as_made,
    )
    return tuple(warning for rule in rules for warning in rule(plan))


def planned_s(plan: Plan) -> int:
    """Return how long the sections take together, in seconds: their times, and clock times where the start is known."""
    start = (plan.starts_at or "")[11:16]
    total = 0
    for item in plan.sections:
        until_s = minutes_between(start, item.until) * 60 if start and item.until else 0
        is_sure = 0 < until_s < _HALF_A_DAY * 60
        total = max(total, until_s) if is_sure else total + (item.planned_s or 0)
    return total


def _time(plan: Plan) -> _Found:
    """The sum of the boxes against the length that was promised to participants (`duur`)."""
    if not plan.planned_min or not planned_s(plan):
        return
    minutes, over = whole(planned_s(plan) / 60), planned_s(plan) / 60 - plan.planned_min
    if over > 0:
        yield _whole(N_("The guide takes {sum} min, {over} more than the {length} min that are planned."),
                     sum=minutes, over=whole(over) or 1, length=plan.planned_min)  # fmt: skip
    elif -over > plan.planned_min * _SLACK and all(item.planned_s for item in plan.sections):
        yield _whole(N_("The guide takes {sum} of the {length} min that are planned; {left} min have no purpose yet."),
                     sum=minutes, length=plan.planned_min, left=whole(-over))  # fmt: skip


def _questions(plan: Plan) -> _Found:
    """At most 12 questions, 10 is better and 8 ideal (Dutch guide, after Krueger); a few minutes for each."""
    count = len(plan.questions)
    if not count:
        if plan.guide:
            yield _whole(N_("The guide has no question yet; write one as a line that starts with 1."))
        return
    if count > MOST_QUESTIONS:
        yield _whole(N_("{count} questions are too many: 12 is the most, 10 is better, 8 is ideal."), count=count)
    minutes = _talk_min(plan)
    if minutes and minutes / count < FEWEST_MINUTES and count > 2:
        yield _whole(N_("{count} questions in {minutes} min leave {each} min for each; not everybody can answer."),
                     count=count, minutes=whole(minutes), each=decimal(minutes / count))  # fmt: skip


def _talk_min(plan: Plan) -> float:
    """Return how many minutes there are for all questions; where sections have no time, what the session leaves."""
    sections = [item for item in plan.sections if item.kind == "section"]
    if all(item.planned_s is not None for item in sections):
        return sum(item.planned_s or 0 for item in sections) / 60
    breaks_s = sum(item.planned_s or 0 for item in plan.sections if item.kind == "break")
    return max(0.0, float(plan.planned_min or 0) - breaks_s / 60)


def _kinds(plan: Plan) -> _Found:
    """Five kinds of question, of which the key ones are what the study is about (Krueger & Casey, Focus Groups)."""
    if not plan.questions:
        return
    kinds = [item.question_kind for item in plan.questions]
    if "key" not in kinds:
        yield _whole(
            N_("No question is marked as key; mark with {mark} what may not be cut when time runs out."),
            mark=Sentence(N_("{{key}}")),
        )
    if "ending" not in kinds:
        yield _whole(N_("There is no ending question, such as: what did we forget to ask?"))
    unasked = next(
        (item for item in plan.questions if item.question_kind == "ending" and _is_followed(plan, item)), None
    )
    if unasked is not None:
        yield PlanWarning(unasked.line, Sentence(N_("This ending question comes before a key question.")))


def _group(plan: Plan) -> _Found:
    """Five to eight people online, six to ten on location; more leaves too little talk for each."""
    count, size = len(plan.participants), _SIZES.get(plan.form or "")
    if not count:
        if plan.guide:
            yield _whole(
                N_("The plan has no participants yet; add a table below a heading Participants, or name a CSV file.")
            )
        return
    low, high = size or (5, 10)
    if count > high:
        yield _whole(N_("A group of {count} is large; {low} to {high} works."),
                     count=count, low=low, high=high)  # fmt: skip
    elif count < low:
        yield _whole(N_("A group of {count} is small; {low} to {high} works, and some don't come."),
                     count=count, low=low, high=high)  # fmt: skip


def _reach(plan: Plan) -> _Found:
    """Online, a participant needs the link to come in and the assistant's number when that fails."""
    if plan.form not in ("online", "hybrid"):
        return
    if not plan.link:
        yield _whole(N_("The link for participants is missing; write it in the front matter as link: https://…"))
    if not plan.assistant_phone:
        yield _whole(N_("The assistant's phone number is missing; participants who cannot get in have nobody to call."))


def _retired(plan: Plan) -> _Found:
    """Skype ended in May 2025, Jamboard in December 2024 (their makers' announcements)."""
    texts = [(0, f"{plan.platform} {plan.link} {' '.join(value for _, value in plan.extra)}")]
    texts += [(item.line, f"{item.text} {item.url or ''}") for item in plan.guide]
    texts += [(check.line, f"{check.text} {check.url or ''}") for check in plan.checks]
    for name, year in _RETIRED.items():
        lines = [line for line, text in texts if re.search(rf"\b{name.lower()}\b", folded(text))]
        if lines:
            yield PlanWarning(
                lines[0], Sentence(N_("{name} was retired in {year}; choose another."), {"name": name, "year": year})
            )


def _gates(plan: Plan) -> _Found:
    """No session starts without consent and a running recording (Krueger's assistant; the GDPR asks for consent)."""
    if not plan.guide:
        return
    gates = [folded(check.text) for check in plan.checks if check.gate]
    if not any(_CONSENT.search(text) for text in gates):
        yield _whole(N_("No gate asks for consent; put a check with ! below the start in the checklist."))
    if not any(_RECORDING.search(text) for text in gates):
        yield _whole(
            N_("No gate asks whether the recording runs; put a check with ! below the start in the checklist.")
        )


def _consents(plan: Plan) -> _Found:
    """Nobody is quoted without consent; where the list has none it has to be asked in the session."""
    silent = [person for person in plan.participants if not person.consents]
    if silent:
        yield PlanWarning(
            _line_of(plan, silent[0]),
            Sentence(
                N_("No consent on the list of: {people}. They are not quoted until they give it."),
                {"people": ", ".join(person.code for person in silent)},
            ),
        )


def _line_of(plan: Plan, person: PlannedParticipant) -> int:
    """Return the line of the plan that names somebody; who may stand in a file of their own has none."""
    return 0 if plan.roster_file else person.line


def _break(plan: Plan) -> _Found:
    """Attention ends after an hour and a half; a longer session needs a break."""
    minutes = max(planned_s(plan) / 60, plan.planned_min or 0)
    if minutes >= LONG_SESSION_MIN and not any(item.kind == "break" for item in plan.guide):
        yield _whole(
            N_("A session of {minutes} min needs a break; add a section that is called Break."), minutes=whole(minutes)
        )


def _until(plan: Plan) -> _Found:
    """An end on the clock that the start and the times before it make impossible is a slip of the pen."""
    if not plan.starts_at:
        return
    at, is_sure = plan.starts_at[11:16], True
    for item in plan.sections:
        if item.until:
            ahead = minutes_between(at, item.until)
            before, late = ahead >= _HALF_A_DAY, is_sure and _LONGEST_WAIT < ahead < _HALF_A_DAY
            if before:
                yield _end(item, N_("{title} ends at {until}, which is before it can begin: at {at}."), at)
            elif late:
                yield _end(item, N_("{title} ends at {until}, long after it begins: at {at}."), at)
            at, is_sure = (at, False) if before or late else (item.until, True)
        elif item.planned_s:
            at = later(at, whole(item.planned_s / 60))
        else:
            is_sure = False


def _end(item: GuideItem, template: str, at: str) -> PlanWarning:
    return PlanWarning(item.line, Sentence(template, {"title": item.text[:60], "until": item.until, "at": at}))


def _untimed(plan: Plan) -> _Found:
    """The moderator should know how much time each part may take (Krueger & Casey)."""
    untimed = [item for item in plan.sections if not item.planned_s and not item.until]
    if untimed and len(untimed) < len(plan.sections):
        for item in untimed:
            yield PlanWarning(
                item.line,
                Sentence(N_("The section {title} has no time; write it as (10 min)."), {"title": item.text[:60]}),
            )
    elif untimed and plan.questions:
        yield _whole(N_("No section has a time, so the clock cannot warn; write it behind the heading as (10 min)."))


def _unfilled(plan: Plan) -> _Found:
    """A place between brackets that nobody filled in is read aloud as it stands."""
    left = [
        item
        for item in plan.guide
        if item.kind in ("question", "probe", "yield")
        for _ in _PLACEHOLDER.findall(item.text)
    ]
    if left:
        one = N_("A placeholder in square brackets is not filled in, at line {line}.")
        many = N_("{count} placeholders in square brackets are not filled in, the first at line {line}.")
        values = {"count": len(left), "line": left[0].line}
        yield PlanWarning(left[0].line, Sentence(one if len(left) == 1 else many, values))
    nameless = [person for person in plan.participants if person.name == person.code]
    if nameless:
        yield PlanWarning(
            _line_of(plan, nameless[0]), Sentence(N_("Participants without a name: {count}."), {"count": len(nameless)})
        )


def _as_made(plan: Plan) -> _Found:
    """What the template says in front stands on every report of the session, and leads participants nowhere."""
    front = (plan.title, plan.objective, plan.study, plan.link, plan.assistant_phone, plan.moderator, plan.assistant)
    said = (*front, *(value for _, value in plan.extra))
    left = [text for text in said if text in _TEMPLATE_WORDS]
    if left:
        yield _whole(N_("Still as in the template: {words}."), words="; ".join(left))


def _is_followed(plan: Plan, ending: GuideItem) -> bool:
    return any(item.question_kind == "key" and item.position > ending.position for item in plan.questions)


def _whole(template: str, **values: str | int | Sentence) -> PlanWarning:
    return PlanWarning(0, Sentence(template, values))
