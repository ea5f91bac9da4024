"""What a report holds: the numbers of the file's own views, and nothing that may not leave."""

import random
import re
import shutil

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS
from exports.full_session import full_material, full_state, material_of
from kring.domain.decide import decision
from kring.domain.decide.coding import answer_coreq
from kring.domain.rows import StaffRow
from kring.domain.time_text import as_length, over_or_under, signed
from kring.privacy.quoting import Withheld
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import read
from kring.rehearsal.playing import write_session
from kring.report.content import report_of
from kring.report.coreq.items import ITEMS
from kring.report.group import team_told
from kring.report.markdown import text
from kring.report.parts import Figure, Folded, Paragraph, Quotes, Sentences, Table, Timeline, leaves
from kring.report.project import BLANK
from kring.session import session as sessions
from kring.session.session import Me
from kring.store import files
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.system.i18n import decimal, percent, say


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    from conftest import make_plan

    path = tmp_path_factory.mktemp("played") / "session.db"
    write_session(path, make_plan(), seed=3)
    return path


def view(path, name):
    store = files.open_(path, "read")
    try:
        rows = store.connection.execute(f"select * from {name}")
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows]
    finally:
        store.close()


def table(report, section, caption):
    found = leaves(one for one in report.sections if one.id == section)
    return next(block for block in found if isinstance(block, Table) and block.caption == caption)


def test_talk_time_is_that_of_the_view(played):
    rows = {row["participant"]: row for row in view(played, "talk_time")}
    printed = table(report_of(read(played)), "talk", "Talk time by participant").rows
    assert len(printed) > 4
    for code, turns, talk, share, present, fair, balance in printed:
        row = rows[code]
        assert turns == str(row["turns"])
        assert seconds(talk) == pytest.approx(row["talk_s"], abs=0.551)  # the view rounds to tenths
        assert seconds(present) == pytest.approx(row["present_s"], abs=0.551)
        assert float(share[:-2]) == pytest.approx(row["share_percent"], abs=0.551)
        assert seconds(fair) == pytest.approx(row["fair_share_s"], abs=0.551)
        assert balance == ("–" if row["balance_index"] is None else f"{row['balance_index']:.2f}")


def test_plan_and_actual_are_those_of_the_view(played):
    rows = view(played, "plan_and_actual")
    printed = table(report_of(read(played)), "plan", "Planned and actual time").rows
    *printed, together = [one for one in printed if not one[0].startswith("of which")]
    assert [title.split(" ", 1)[1] for title, *_ in printed] == [row["title"] for row in rows]
    for (_title, planned, given, spent, over, _remark), row in zip(printed, rows, strict=True):
        assert planned == as_length(row["planned_s"] * 1000)
        assert given == (signed(row["given_s"] * 1000) if row["given_s"] else "–")
        assert spent == as_length(row["spent_s"] * 1000)
        assert over == say(over_or_under(row["spent_s"] - row["planned_s"]))
    assert [seconds(together[place]) for place in (1, 3)] == [
        sum(row[name] for row in rows) for name in ("planned_s", "spent_s")
    ]


def seconds(told):
    total = 0
    for part in told.split(":"):
        total = total * 60 + int(part)
    return total


def test_the_timeline_holds_each_turn_and_each_note_that_may_be_told(played):
    snapshot = read(played)
    line = next(block for block in leaves(report_of(snapshot).sections) if isinstance(block, Timeline))
    kinds = [entry.kind for entry in line.entries]
    assert kinds.count("turn") == len(snapshot.state.alive_turns)
    assert kinds.count("visit") == len(snapshot.state.visits)
    assert kinds.count("paraphrase") == sum(note.kind == "paraphrase" for note in snapshot.state.notes.values())


def test_each_question_of_the_guide_says_who_did_not_speak(played):
    snapshot = read(played)
    rows = table(report_of(snapshot), "questions", "Questions of the guide").rows
    assert len(rows) == 4
    for question, _kind, asked, _time, _first, spoke, silent in rows:
        if asked.startswith("yes"):
            n, total = map(int, spoke.split(" of "))
            assert total - n == (0 if silent == "–" else len(silent.split(", "))), question


def test_names_stand_in_it_only_where_they_were_asked_for(played):
    names = [person.name for person in read(played, with_names=True).state.participants.values()]
    with_codes, with_names = (text(report_of(read(played, wish))) for wish in (False, True))
    assert names
    for name in (*names, "Els", "Bo"):
        assert re.search(rf"\b{name}\b", with_names)
        assert not re.search(rf"\b{name}\b", with_codes)


def test_no_stub_no_removed_note_and_no_refused_quote_is_printed():
    state = full_state("dit zei ik echt")
    consent = replace(state.consents["P1/all"], given=False)
    everything = text(report_of(material_of(state)))
    refused = text(report_of(material_of(state.put([consent]))))
    assert "“dit zei ik echt”" in everything
    assert "“dit zei ik echt”" not in refused
    for printed in (everything, refused):
        assert "nooit gezegd" not in printed
        assert "eerste woorden" not in printed


def test_a_quote_of_somebody_unknown_stays_out_when_anybody_refused():
    state = full_state("dit zei iemand")
    unknown = replace(state.notes["n1"], participant=None)
    consent = replace(state.consents["P1/all"], given=False)
    assert quotes(state.put([unknown])) == ["dit zei iemand"]
    assert quotes(state.put([unknown, consent])) == []


def quotes(state):
    report = report_of(material_of(state))
    parts = (part for section in report.sections for part in section.parts)
    return [one.text for block in leaves(parts) if isinstance(block, Quotes) for one in block.quotes]


def test_a_person_who_was_taken_out_is_nowhere():
    state = full_state()
    person = replace(state.participants["P1"], name="Joost van Buuren", removed_at=state.session.created_at or 1)
    printed = text(report_of(material_of(state.put([person]), with_names=True)))
    assert "Joost" not in printed
    assert "Buuren" not in printed
    assert "het is gedoe of zo" not in printed


def test_coreq_tells_where_each_answer_comes_from_and_invents_none(played):
    section = next(one for one in report_of(read(played)).sections if one.id == "coreq")
    rows = [row for block in section.blocks if isinstance(block, Table) for row in block.rows]
    assert [int(row[0]) for row in rows] == list(range(1, 33))
    sources = {item.number: item.source for item in ITEMS}
    assert [sum(item.source == source for item in ITEMS) for source in ("file", "study", "human")] == [15, 14, 3]
    for number, _item, answer, source in rows:
        if sources[int(number)] != "file" and number != "28":  # the summary was read back
            assert answer == "open"
        assert (answer == "open") == (source != "the session file")


@pytest.fixture
def groups(tmp_path):
    """Three sessions of one study and one of another, each a week after the one before, with a tag of its own."""
    from conftest import make_plan

    for number, (study, tags) in enumerate(
        [("trouw", "#app #prijs"), ("trouw", "#prijs"), ("ander", "#regen"), ("Trouw", "#App #kassa")]
    ):
        clock = SimulatedClock(START_MS + number * 7 * 86_400_000)
        plan = replace(make_plan(), study=study)
        me = Me("Bo", "assistant", "device")
        file = tmp_path / f"groep-{3 - number}.db"
        session = sessions.begin(file, plan, clock, me, random.Random(number).randbytes, ("UTC", 0))
        for line in ("start anyway", f"note iets {tags}", "end"):
            clock.advance(5_000)
            act(session, line)
        session.close()
    return tmp_path


def saturation(file):
    """Return what item 22 says, and what stands below the tables."""
    section = next(one for one in report_of(read(file)).sections if one.id == "coreq")
    rows = [row for block in section.blocks if isinstance(block, Table) for row in block.rows]
    return rows[21][2], "".join(block.text for block in section.blocks[1:] if isinstance(block, Paragraph))


NEW_WORDS = "New tags and codes in each of the 3 sessions of this study, in order of time: 2, 0, 1."


def test_saturation_is_counted_over_the_sessions_of_the_study(groups):
    (groups / "other.db").write_bytes(b"no session")
    shutil.copy(groups / "groep-3.db", groups / "a copy of it.db")
    for number in (3, 2, 0):
        assert saturation(groups / f"groep-{number}.db") == (
            "open",  # whether it was discussed is for a person to say
            f"Appendix to item 22: {NEW_WORDS} other.db is no session file of kring.",
        )


def test_saturation_stays_open_where_a_study_has_one_session(groups):
    assert saturation(groups / "groep-1.db") == ("open", "")


def coreq(session, **more) -> dict[int, str]:
    """Return the answers to COREQ by number."""
    section = next(one for one in report_of(replace(material_of(session.state), **more)).sections if one.id == "coreq")
    rows = [row for block in section.blocks if isinstance(block, Table) for row in block.rows]
    return {int(number): answer for number, _item, answer, _source in rows}


def test_coreq_claims_nothing_that_the_file_does_not_answer(session, clock):
    for line in ("attend 1 present", "attend 2 present", "start anyway", "next", "floor 1", 'note "een"', "floor 2"):
        act(session, line)
        clock.advance(60_000)
    for line in ("pause", "resume", 'note "twee" @2', "floor unknown", 'note "wie?"', "note = samengevat", "end"):
        act(session, line)
        clock.advance(60_000)
    act(session, "note ~ na afloop")
    told = coreq(session)
    assert [told[number] for number in (1, 10, 15, 18, 22, 28)] == ["open"] * 6
    assert told[13].startswith("2 of 8 invited came. Did not show up: 6.")
    assert told[21].startswith("10:00 without breaks and pauses")
    assert told[20].endswith("Made before the talk 0, during it 1, after it 1.")
    assert "of 2 participants" in told[29] or told[29] == "open"


def test_coreq_says_how_many_notes_stay_behind(session, clock):
    for line in ("start anyway", "note een", "end"):
        act(session, line)
        clock.advance(60_000)
    told = coreq(session, withheld=Withheld(refused=1))[20]
    assert told.startswith("1 note: paraphrase 1.")
    assert told.endswith("1 quote is left out (refused: 1).")


def test_what_a_person_answers_takes_the_place_of_what_the_file_tells(session):
    act(session, "start anyway")
    session.do(decision(answer_coreq, 12, "Eight, of whom two by phone."))
    assert coreq(session)[12] == "Eight, of whom two by phone."


def test_a_recording_that_covered_no_turn_was_one_all_the_same(session, clock):
    for line in ("start anyway", "recording", "recording off", "next", "floor 1"):
        act(session, line)
        clock.advance(10_000)
    told = "Recorded by the platform. 0 of 1 turn of participants lies within a recording."
    assert coreq(session)[19] == told


def test_quotes_of_the_moderator_and_those_noted_afterwards_stand_apart(session, clock):
    for line in ("start anyway", "next", "floor moderator", 'note "welkom"', "end"):
        act(session, line)
        clock.advance(10_000)
    act(session, 'note "nog iets" @moderator')
    parts = [part for one in report_of(material_of(session.state)).sections for part in one.parts]
    assert [part.title for part in parts if any(isinstance(leaf, Quotes) for leaf in leaves([part]))] == [
        "Said by the moderator"
    ]


def block(session, section, caption):
    return table(report_of(material_of(session.state)), section, caption)


def test_particulars_that_nobody_gave_are_a_blank_to_fill_in(session, clock):
    act(session, "attend 1 present", "start anyway")
    clock.advance(60_000)
    told = replace(session.state.session, project_number="L26-031", client="Kruidhof", destroyed_on="3 juni 2027")
    rows = dict(table(report_of(material_of(session.state.put([told]))), "project", "Particulars of the study").rows)
    assert (rows["Project number"], rows["Commissioned by"]) == ("L26-031", "Kruidhof")
    assert rows["Sound and personal data are destroyed on"] == "3 juni 2027"
    assert rows["Carried out by"] == rows["Incentive"] == BLANK
    assert rows["Participants"] == "1 of 8 invited came."


def test_who_spoke_by_the_log_alone_is_marked_until_somebody_says_so(session):
    act(session, "consent all yes", "start anyway", "next", "floor 1", 'note "eigen woorden"', 'note "van mij" @2')
    parts = [part for one in report_of(material_of(session.state)).sections for part in one.parts]
    found = [one for block in leaves(parts) if isinstance(block, Quotes) for one in block.quotes]
    assert [f"{one.who.name} {one.sign}".strip() for one in found] == ["P1 †", "P2"]
    assert "not confirmed for: 1." in coreq(session)[29]
    act(session, 'edit 1 "eigen woorden" @1')
    assert "†" not in text(report_of(material_of(session.state)))


def test_a_question_that_had_to_be_asked_is_named_where_its_section_was_skipped(session):
    act(session, "start anyway", "next", "skip 2", "end")
    rows = block(session, "plan", "Planned and actual time").rows
    assert [row[-1] for row in rows if row[0].startswith("2 ")] == ["skipped, had to be asked: 2.1"]


def test_the_summary_that_was_read_back_is_participant_checking(session):
    act(session, "start anyway", "next", "floor 1", "note *~ te veel gedoe", "note *~ te duur", "summary make")
    assert "It was not read back." in text(report_of(material_of(session.state)))
    act(session, "summary read")
    assert coreq(session)[28] == "open"  # nobody said anything of it
    act(session, "correct 2 ok", "correct 3 2: niet duur")
    assert coreq(session)[28] == (
        "A summary of 2 lines was read back to the group in the session. Of 8 participants 1 said that it was right, "
        "1 corrected it (corrections: 1)."
    )
    summary = next(one for one in leaves(report_of(material_of(session.state)).sections) if isinstance(one, Sentences))
    corrections = [(one.text, one.corrections) for one in summary.sentences]
    assert corrections == [
        ("te veel gedoe", ()),
        ("te duur", ("P3 corrected this when it was read back: niet duur (0:00)",)),
    ]
    assert summary.source.endswith("P2 said that it was right.")


def test_a_debrief_says_who_answered_and_leaves_empty_what_nobody_did(session):
    act(session, "start anyway", "end")
    printed = text(report_of(material_of(session.state)))
    assert "The file contains no debrief." in printed
    act(session, "debrief skip de zaal moest leeg")
    assert "No debrief: de zaal moest leeg" in text(report_of(material_of(session.state)))
    act(session, "debrief 5 open gesprek")
    rows = block(session, "debrief", "Looked back right after the session").rows
    assert [row[1:] for row in rows if row[0] == "quality of the talk"] == [("open gesprek", "A")]
    assert sum(row[1:] == ("–", "–") for row in rows) == 6


def test_a_report_for_the_client_has_no_technique_no_coreq_no_timeline_and_nothing_folded():
    team, client = (report_of(full_material(), reader) for reader in ("team", "client"))
    left_out = {one.id for one in team.sections} - {one.id for one in client.sections}
    assert left_out == {"codes", "debrief", "recording", "coreq", "timeline"}
    assert [one.id for one in client.sections][:2] == ["said", "questions"]
    folded = [block for one in client.sections for each in (one, *one.parts) for block in each.blocks
              if isinstance(block, Folded)]  # fmt: skip
    assert folded == []
    assert "Questions of the guide" in text(team)
    assert "Questions of the guide" not in text(client)


def test_a_section_appears_with_its_rows(session):
    assert [one.id for one in report_of(material_of(session.state)).sections] == ["said", "group", "consent"]
    ids = [one.id for one in report_of(full_material()).sections]
    assert {"said", "questions", "codes", "talk", "timeline"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_poll_that_was_asked_again_has_a_column_for_each_round_with_names(session):
    act(session, "start anyway", "go 2.2", "answers 1 5, 2 7", "poll again", "answers 1 6, 3 2", "poll again")
    act(session, "poll counts 8=3 7=1")
    report = report_of(material_of(session.state))
    rows = table(report, "questions", "Answers by participant").rows
    assert rows == (("P1", "5", "6"), ("P2", "7", "–"), ("P3", "–", "2"))
    told = [block.strong for block in leaves(report.sections) if isinstance(block, Paragraph)]
    assert [line for line in told if line.startswith("Round")] == [
        "Round 1. Median 6, from 5 to 7; 2 answers.",
        "Round 2. Median 4, from 2 to 6; 2 answers.",
        "Round 3. Median 8, from 7 to 8; 4 answers, counted without names.",
    ]
    assert "Shifted: P1 5 → 6" in text(report)
    assert not re.search(r"(?m)^#+ *$", text(report))


def test_a_figure_says_in_words_what_it_shows(played):
    figures = [block for block in leaves(report_of(read(played)).sections) if isinstance(block, Figure)]
    assert len(figures) >= 6
    for figure in figures:
        assert figure.title
        assert figure.description


def test_numbers_are_written_as_people_write_them():
    assert (decimal(-0.39, 2), percent(0.3249)) == ("−0.39", "32 %")
    i18n.use("nl")
    assert decimal(-0.39, 2) == "−0,39"


def test_a_sentence_says_what_the_drawings_of_time_show(played):
    found = [block for block in leaves(report_of(read(played)).sections) if isinstance(block, Paragraph)]
    told = " ".join(block.text for block in found if block.tone == "reading")
    rows = table(report_of(read(played)), "plan", "Planned and actual time").rows
    together = rows[-1]
    assert f"All sections together took {together[3]} against a plan of {together[1]} ({together[4]})." in told
    talk = table(report_of(read(played)), "talk", "Talk time by participant").rows
    longest, shortest = (pick(talk, key=lambda row: seconds(row[2])) for pick in (max, min))
    assert f"{longest[0]} ({longest[2]}) took the most and {shortest[0]} ({shortest[2]}) the least." in told


def test_the_longest_silence_is_not_told_as_the_longest_of_all_where_people_were_at_work(session, clock):
    def told() -> str:
        parts = next(one for one in report_of(material_of(session.state)).sections if one.id == "talk")
        texts = (block.text for block in leaves([parts]) if isinstance(block, Paragraph))
        return next(text for text in texts if "longer, " in text)

    for line in ("start anyway", "next", "floor 1", "floor silence", "floor 2"):
        act(session, line)
        clock.advance(20_000)
    assert "The longest lasted 0:20" in told()
    act(session, "floor silence")
    clock.advance(30_000)
    act(session, "go 2.2", "answer 2 9")
    clock.advance(30_000)
    act(session, "floor 1")
    assert "The longest outside polls and what was shown lasted 0:20" in told()


def test_who_is_assistant_and_moderator_by_turns_is_told_once(session):
    joined = session.now()
    rows = [
        StaffRow(id=f"{role}/{name}", name=name, role=role, joined_at=joined)
        for role, name in (("assistant", "Bo"), ("moderator", session.state.session.moderator), ("moderator", "Bo"))
    ]
    state = session.state.put([*rows])
    assert "assistant and moderator (A), moderator (M)" in team_told(
        material_of(redaction(state, with_names=False).state)
    )


def test_a_question_of_tags_of_one_person_says_that_these_are_all(session, clock):
    lines = ("consent 1,2,3,4 yes", "start anyway", "go 2.1", 'note "zo" @1 #prijs', 'note "dus" @2 #prijs')
    for line in (*lines, 'note "ja" @3 #app'):
        act(session, line)
        clock.advance(10_000)
    told = text(report_of(material_of(session.state)))
    assert "Also (number of people): app 1." in told
    act(session, "go 2.2", 'note "nu" @4 #tijd')
    assert "Mentioned (number of people): tijd 1." in text(report_of(material_of(session.state)))
