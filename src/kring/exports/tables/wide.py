"""Wide tables: a row a participant, as NVivo, MAXQDA, Dedoose and QualCoder bring in what is known of cases."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.consent import SCOPE_WORDS, SCOPES, consent_to
from kring.domain.measures.polls import result, rounds
from kring.domain.state import State
from kring.domain.text import N_, one_line
from kring.exports.account import Unique
from kring.exports.identity import Identity
from kring.exports.tables.stored import Cell, Table
from kring.report.group import ATTENDED
from kring.system.i18n import _

WIDE = {
    "participants_wide": N_("A row for each participant, a column for each thing that is known: to bring in as cases."),
    "polls_wide": N_("A row for each participant and a column for each round of a poll."),
}
CASE = N_("what the participant is called beside those of other groups, as in the REFI-QDA project")


def wide_tables(identity: Identity) -> Iterator[Table]:
    """Yield what is known of each participant, and what each answered."""
    polls = list(_polls(identity.snapshot.state))
    known = _known(identity)
    yield _table("participants_wide", identity, [*known, *polls])
    yield _table("polls_wide", identity, polls)


def _table(name: str, identity: Identity, columns: list[tuple[str, dict[str, Cell]]]) -> Table:
    snapshot = identity.snapshot
    people = sorted(snapshot.state.participants.values(), key=lambda person: (person.seat, person.id))
    titles = Unique()
    heads = [titles.take(title, f"column {number}") for number, (title, _values) in enumerate([("case", {}), *columns])]
    rows: list[tuple[Cell, ...]] = [
        (identity.person(snapshot.who(one.id)), *(values.get(one.id) for _title, values in columns)) for one in people
    ]
    return Table(name, tuple(heads), rows)


def _known(identity: Identity) -> list[tuple[str, dict[str, Cell]]]:
    state = identity.snapshot.state
    people = state.participants.values()
    found: list[tuple[str, dict[str, Cell]]] = [
        (_("Code"), {one.id: one.id for one in people}),
        (_("Segment"), {one.id: one_line(one.segment) or None for one in people}),
        (_("Attendance"), {one.id: _(ATTENDED[one.status]) for one in people}),
    ]
    headers = dict.fromkeys(header for one in people for header, _value in one.attributes)
    found += [
        (one, {each.id: one_line(dict(each.attributes).get(one, "")) or None for each in people}) for one in headers
    ]
    for scope in SCOPES:
        title = _("Consent: {scope}").format(scope=_(SCOPE_WORDS[scope]))
        found.append((title, {one.id: _said(consent_to(state, one.id, scope)) for one in people}))
    return found


def _said(consents: bool | None) -> str | None:
    return None if consents is None else _("yes") if consents else _("no")


def _polls(state: State) -> Iterator[tuple[str, dict[str, Cell]]]:
    for poll in sorted(state.polls.values(), key=lambda poll: poll.id):
        for number in rounds(state, poll) or [1]:
            title = poll.title if number == 1 else f"{poll.title} ({number})"
            yield title, dict(result(state, poll, number).answers)
