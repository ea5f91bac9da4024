"""Who spoke on a question, as one drawing, and the sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.measures.group.on_question import OnQuestion, Speech, on_question
from kring.domain.measures.questions import Asked
from kring.domain.text import one_line
from kring.domain.time_text import as_clock, as_length
from kring.report import people
from kring.report.drawing.people import Lane, lanes
from kring.report.drawing.person import Person
from kring.report.parts import Block, Figure, Paragraph
from kring.report.questions.material import Material
from kring.report.words import listed
from kring.system.i18n import _, ngettext

AT_ONCE_MS = 1000


def speech(material: Material, asked: Asked) -> Iterator[Block]:
    """Yield the sentence and the drawing of who spoke when; a sentence alone where no turn was logged."""
    snapshot = material.snapshot
    found = on_question(snapshot.state, asked, material.visits.get(asked.row.id, []), snapshot.now)
    if not found.heard:
        yield Paragraph(_("No turn of a participant was logged on this question."), "reading")
        return
    reading = _reading(material, found)
    yield reading
    heads = (_("time"), _("began after"))
    zero = int(snapshot.state.session.started_at or 0)
    begins, passed = [], 0.0
    for begin, end in found.visits:
        begins.append((passed / 1000, as_clock(begin - zero)))
        passed += end - begin
    rows = [_lane(material, found, one) for one in found.people]
    if found.moderator.stretches:
        who = Person(one_line(snapshot.speaker("moderator", None)), "quiet")
        rows.append(
            Lane(who, _seconds(found.moderator), as_length(found.moderator.spoken_ms), _("leads"), is_quiet=True)
        )
    told = f"{reading.strong} {reading.text}".strip()
    drawn = lanes(rows, heads, begins, found.length_ms / 1000)
    yield Figure(_("Who spoke when on question {question}").format(question=_number(asked)), told, drawn, is_told=True)


def _number(asked: Asked) -> str:
    return one_line(asked.row.number or asked.row.title)


def _lane(material: Material, found: OnQuestion, one: Speech) -> Lane:
    began = as_length(one.began_ms) if one.began_ms is not None else _("did not speak")
    troubles = tuple(
        (begin / 1000, end / 1000) for each in found.troubles if each.who == one.who for begin, end in each.stretches
    )
    return Lane(people.person(material.snapshot, one.who), _seconds(one), as_length(one.spoken_ms), began, troubles)


def _seconds(one: Speech) -> tuple[tuple[float, float], ...]:
    return tuple((begin / 1000, end / 1000) for begin, end in one.stretches)


def _reading(material: Material, found: OnQuestion) -> Paragraph:
    """Return what can be computed: who carried it, who began, who was there and did not speak, what was missed."""

    def who(those: list[Speech]) -> str:
        return listed([one_line(material.snapshot.who(one.who)) for one in those])

    strong, told = "", []
    if carriers := found.carriers():
        strong = ngettext(
            "{who} took at least half of the participants' talk time",
            "{who} together took at least half of the participants' talk time",
            len(carriers),
        ).format(who=who(carriers))
        spoken = as_length(sum(one.spoken_ms for one in carriers))
        told.append(_("({n} of {all}).").format(n=spoken, all=as_length(found.spoken_ms)))
    began = found.heard[0]
    after_ms = began.began_ms or 0
    first = _("{who} spoke first, {time} after the question was opened.")
    at_once = _("{who} spoke first, at once.")
    told.append((first if after_ms >= AT_ONCE_MS else at_once).format(who=who([began]), time=as_length(after_ms)))
    if silent := found.silent:
        quiet = ngettext("{who} was there and did not speak.", "{who} were there and did not speak.", len(silent))
        told.append(quiet.format(who=who(silent)))
    for trouble in found.troubles:
        name = one_line(material.snapshot.who(trouble.who))
        missed = _("{who} had a technical problem for {time} of it.")
        told.append(missed.format(who=name, time=as_length(trouble.lasted_ms)))
    return Paragraph(" ".join(told), "reading", strong)
