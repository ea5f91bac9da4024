"""A session with a row of everything that an analysis wants, as it may leave: for the tests of the exports."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from conftest import START_MS
from domain.desk import Desk
from kring.domain import rows as r
from kring.domain.state import State
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import Snapshot

if TYPE_CHECKING:
    from kring.exports.formats import Writer

T = 1_000
HOSTILE = (
    "<script>alert(1)</script> & ]]> &amp; <!-- -->",
    "[bold]no[/bold] {0} {nom} %s \\n",
    '=cmd|"/c calc"!A1',
    "\x00\x07\x1b]0;owned\x07 \x85 \u2028 \u202e omgekeerd \ufeff \ufffe \ud800",
    "שלום עליכם",
    "👩‍👩‍👧 heel blij 😀!",
    "a\r\nb\rc\n\nd\te",
    "é" * 10_000,
    "",
    " ",
)


def moment(seconds: float) -> r.Moment:
    return r.Moment(START_MS + round(seconds * T))


def full_state(text: str = "het is gedoe", name: str = "Joost") -> State:
    """A session of two minutes; `text` stands in every field of text, `name` in every field of a name."""
    desk = Desk()
    rows: list[r.Row] = [
        r.TurnRow(id="t1", kind="moderator", item="wie", started_at=moment(0), ended_at=moment(10), logged_by="Bo"),
        r.TurnRow(
            id="t2", kind="participant", participant="P1", item="laatste", started_at=moment(10), ended_at=moment(30)
        ),
        r.TurnRow(  # overlaps the turn before it, of the same person
            id="t3", kind="participant", participant="P1", item="laatste", started_at=moment(29), ended_at=moment(40)
        ),
        r.TurnRow(id="t4", kind="silence", started_at=moment(40), ended_at=moment(45)),
        r.TurnRow(id="t5", kind="crosstalk", item="goed", started_at=moment(45), ended_at=moment(50)),
        r.TurnRow(id="t6", kind="unknown", item="nergens", started_at=moment(50), ended_at=moment(50)),
        r.TurnRow(id="t7", kind="participant", participant="P2", started_at=moment(60)),
        r.TurnRow(id="t8", kind="participant", participant="P3", started_at=moment(62), removed_at=moment(90)),
        r.VisitRow(id="v1", item="wie", started_at=moment(0), ended_at=moment(12)),
        r.VisitRow(id="v2", item="laatste", started_at=moment(11), ended_at=moment(50)),
        r.VisitRow(id="v3", item="wie", started_at=moment(50)),
        r.NoteRow(
            id="n1", kind="quote", text=text, item="laatste", participant="P1", tags=("app", "prijs"), starred=True,
            at=moment(15), written_at=moment(16), author="Bo", role="assistant",
        ),
        r.NoteRow(id="n2", kind="mark", item="laatste", at=moment(15), written_at=moment(15), author="Bo"),
        r.NoteRow(
            id="n3", kind="remark", text=f"{text} 2", tags=("app",), at=moment(-20), written_at=moment(-20),
            author="Els",
        ),
        r.NoteRow(
            id="n4", kind="quote", text="nooit gezegd", at=moment(20), written_at=moment(20), removed_at=moment(21)
        ),
        r.NoteRow(
            id="n5", kind="quote", text="eerste woorden", stub=True, participant="P3", at=moment(61),
            written_at=moment(63),
        ),
        r.CodeRow(id="c1", name=text or "thema", description=text, colour="#AA3311", added_at=moment(200)),
        r.CodeRow(id="c2", name="gedoe", colour=text, parent="c1", added_at=moment(200)),
        r.CodeRow(id="c3", name="GEDOE", parent="c3", added_at=moment(200)),
        r.CodeRow(id="c4", name="weg", added_at=moment(200), removed_at=moment(201)),
        r.CodingRow(id="k1", code="c1", note="n1", coder="Bo", at=moment(210)),
        r.CodingRow(id="k2", code="c2", note="n1", coder="Kim", at=moment(211)),
        r.CodingRow(id="k3", code="c2", turn="t2", coder="Kim", at=moment(212)),
        r.CodingRow(id="k4", code="c4", turn="t2", coder="Kim", at=moment(212)),
        r.CodingRow(id="k5", code="nergens", turn="nergens", coder="Kim", at=moment(212)),
        r.MemoRow(id="m1", text=text, note="n2", author="Kim", at=moment(220)),
        r.MemoRow(id="m2", text=text, code="c1", author="Kim", at=moment(221), changed_at=moment(222)),
        r.MemoRow(id="m3", text=text, author="Kim", at=moment(223)),
        *(
            r.ConsentRow(id=f"{code}/all", participant=code, scope="all", given=True, at=moment(0))
            for code in desk.state.participants
        ),
        r.ConsentRow(id="P2/audio", participant="P2", scope=f"audio {text[:20]}", given=False, at=moment(0)),
        r.AnswerRow(id="a1", poll="peiling", participant="P1", value="8", at=moment(70)),
        r.AnswerRow(id="a2", poll="peiling", participant="P2", value="7", at=moment(71)),
        r.PollRoundRow(id="peiling/1", poll="peiling", number=1, item="cijfer", at=moment(70)),
        r.PollRoundRow(id="peiling/2", poll="peiling", number=2, item="cijfer", at=moment(80)),
        r.AnswerRow(id="a3", poll="peiling", round=2, participant="P1", value="6", at=moment(81)),
        r.PollRoundRow(id="peiling/3", poll="peiling", number=3, at=moment(85)),
        r.PollCountRow(id="peiling/3/8", poll="peiling", round=3, value="8", count=2, at=moment(86), counted_by="Bo"),
        r.StatementRow(id="st1", item="laatste", text=f"gedoe {text}", at=moment(60), added_by="Bo"),
        r.StanceRow(id="st1/P1", item="laatste", statement="st1", participant="P1", stance="agrees", at=moment(61)),
        r.StanceRow(id="st1/P2", item="laatste", statement="st1", participant="P2", stance="shakes", at=moment(61)),
        r.ShowingRow(
            id="w1", stimulus="stim", item="cijfer", started_at=moment(50), ended_at=moment(55), duration_s=5.0,
            shown_by="Bo",
        ),
        r.SegmentRow(
            id="s1", recording="r1", number=1, file="audio/0001.flac", rate=1000, channels=1, started_at=moment(-5),
            ended_at=moment(95), frames=100_000,
        ),
        *(
            r.AnchorRow(id=f"s1/{n}", segment="s1", frames=n * T, elapsed_us=n * 1_000_000, wall_ms=0, at=moment(n - 5))
            for n in range(1, 9)
        ),
        r.TranscriptRow(
            id="d1", turn="t1", text=f"{text} of zo", started_at=moment(1), ended_at=moment(9), duration_s=8
        ),
        r.TranscriptRow(
            id="d2", text="en ja", participant="P4", started_at=moment(52), ended_at=moment(53), duration_s=1
        ),
    ]  # fmt: skip
    people = desk.state.participants
    rows.append(replace(desk.state.session, columns=(text[:50],)))
    rows += [
        r.ParticipantRow(
            id=person.id, name=name if person.id == "P1" else person.name, seat=person.seat, segment=text,
            attributes=(("leeftijd", "44"), (text[:50], text)),
        )
        for person in people.values()
    ]  # fmt: skip
    rows += [
        r.GuideRow(id="hostile", kind="question", title=text, number="2.3", parent="ervaring", position=99),
        r.StaffRow(id="assistant:Bo", name="Bo", role="assistant", joined_at=moment(0)),
    ]
    return desk.state.put(rows)


def material_of(state: State, *, with_names: bool = False) -> Snapshot:
    return Snapshot(Path("sessie.db"), redaction(state, with_names).state, int(moment(120)), with_names, "en")


def full_material(text: str = "het is gedoe", *, with_names: bool = False, name: str = "Joost") -> Snapshot:
    return material_of(full_state(text, name), with_names=with_names)


def written(write: Writer, snapshot: Snapshot) -> bytes:
    """What a format writes."""
    file = BytesIO()
    write(snapshot, file, lambda _done, _total: None)
    return file.getvalue()
