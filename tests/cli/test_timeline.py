"""The story of a session, as `kring timeline` prints it."""

import msgspec
import pytest

from kring.cli import main, timeline
from kring.domain.decide import decision
from kring.store.files import open_
from lines import plan_file, type_lines, write_plan
from record.recorded import whole_session

__all__ = ["plan_file", "type_lines"]

EVENING = """\
attend 1 present
start anyway
next
floor 3
wait 41s
note "ik spaar nooit #gedoe
note ~ Fatima weet het
undo
redo
undo
wait 1m
add Karel
rename 5 Karel Jan
issue P4 geluid
wait 2m
solved 4
end
"""


@pytest.fixture
def file(plan_file, type_lines):
    type_lines(plan_file, text=EVENING.encode())
    (found,) = plan_file.parent.glob("*.db")
    return found


@pytest.fixture
def told(file, capsys):
    def tell(*options):
        assert main.main(["timeline", str(file), *options]) == 0
        return capsys.readouterr().out

    return tell


def test_the_story(told):
    assert told().splitlines() == [
        "19:30:00          The session file was made",
        "19:30:00          Plan read: Loyaliteit groep 1",
        "19:30:00          The session's clock was set",
        "19:30:00          Els opened the session",
        "19:30:00          Joost is present",
        "19:30:00    0:00  The session starts; gates passed open: 1",
        "19:30:00    0:00  1.1 Wie bent u?",
        "19:30:00    0:00  Fatima has the floor; was not in yet, is here now",
        "19:30:41    0:41  Quote, Fatima, 1.1: ik spaar nooit",
        "19:31:41    1:41  Karel joined, seat 5",
        "19:31:41    1:41  Name corrected: Karel Jan",
        "19:31:41    1:41  Technical issue, Piet: geluid",
        "19:33:41    3:41  Solved after 2:00: geluid",
        "19:33:41    3:41  The session has ended",
    ]


def test_all_tells_what_was_undone_too(told):
    lines = [line[18:] for line in told("--all").splitlines() if "weet het" in line]
    assert lines == [
        "Paraphrase, Fatima, 1.1: Fatima weet het (undone)",
        "Undone: Paraphrase, Fatima, 1.1: Fatima weet het (undone)",
        "Redone: Paraphrase, Fatima, 1.1: Fatima weet het",
        "Undone: Paraphrase, Fatima, 1.1: Fatima weet het",
    ]


def test_codes_stand_for_names(told):
    for options in (("--codes",), ("--codes", "--json"), ("--codes", "--all")):
        text = told(*options)
        assert not [name for name in ("Joost", "Fatima", "Piet", "Karel", "Els", "Bo") if name in text]
        assert "P3 has the floor" in text
        assert "P4: geluid" in text
        assert "Quote, P3, 1.1: …" in text  # who was never asked


def test_with_codes_no_words_are_told_that_leave_in_no_export(file, told, type_lines, plan_file):
    words = """\
consent 3 yes
note "dat mag u citeren" @3
note "dit haal ik weg" @3
remove last
attend 4 away griep
note "van wie ook" @x
"""
    type_lines(plan_file, text=words.encode())
    for options in (("--codes",), ("--codes", "--all"), ("--codes", "--json")):
        text = told(*options)
        assert "dat mag u citeren" in text
        assert not [word for word in ("haal ik weg", "griep") if word in text]
    assert "haal ik weg" in told()


def test_as_json(told):
    rows = msgspec.json.decode(told("--json"))
    assert rows[8] == {
        "at": "2026-12-03T19:30:41.000Z",
        "clock": "19:30:41",
        "t": 41.0,
        "kind": "note_added",
        "role": "moderator",
        "actor": "Els",
        "told": "Quote, Fatima, 1.1: ik spaar nooit",
        "undone": False,
    }


def test_the_plan_chooses_the_language(type_lines, tmp_path, capsys):
    type_lines(write_plan(tmp_path, "nl"), "begin toch")
    (file,) = tmp_path.glob("*.db")
    main.main(["timeline", str(file)])
    assert capsys.readouterr().out.endswith("De sessie begint; startvoorwaarden open gelaten: 1\n")
    main.main(["timeline", str(file), "--lang", "en"])
    assert capsys.readouterr().out.endswith("The session starts; gates passed open: 1\n")


def test_a_live_session_is_told_beside_its_process(session):
    from kring.domain.decide import session as verbs

    session.do(decision(verbs.open_doors))
    store = open_(session.store.path, "read")
    assert [one.told for one in timeline.story(store, False, False)][-1] == "The doors are open"
    store.close()


def test_what_the_recorder_notes_all_the_time_is_told_only_when_all_is_asked_for(session, clock, capsys):
    path, sounds = whole_session(session, clock)
    noted = "The recording was tied to the clock"
    assert timeline.tell(path) == 0
    assert noted not in capsys.readouterr().out
    assert timeline.tell(path, undone_too=True) == 0
    assert capsys.readouterr().out.count(noted) == len(sounds)


def test_the_order_is_the_canonical_one(make_session):
    from kring.domain.decide import notes

    session = make_session()
    session.do(decision(notes.send_cue, "late"), at=session.now() + 5_000)
    session.do(decision(notes.send_cue, "after"), at=session.now())
    store = open_(session.store.path, "read")
    told = [one.told for one in timeline.story(store, False, False)]
    store.close()
    keys = [event.key for event in session.history.events]
    assert keys == sorted(keys)
    assert told[-2:] == ["Cue: late", "Cue: after"]


@pytest.mark.parametrize("command", ["timeline", "verify", "rebuild"])
def test_a_file_that_is_none_gets_one_sentence(command, tmp_path, capsys):
    text = tmp_path / "text.db"
    text.write_text("no database\n" * 200, "utf-8")
    for file, words in ((text, "is no session file of kring"), (tmp_path / "none.db", "There is no file")):
        assert main.main([command, str(file), "--lang", "en"]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert words in said.err
        assert said.err.count("\n") == 1


def test_a_whole_file_is_said_to_be_whole(file, capsys):
    assert main.main(["verify", str(file), "--lang", "en"]) == 0
    first, *heads = capsys.readouterr().out.splitlines()
    assert first == f"{file.name} is whole: 22 events."
    assert [head.partition(", check code ")[0] for head in heads] == ["Computer simulated: 22 events"]


def test_tables_that_were_changed_are_found_and_written_anew(file, capsys):
    store = open_(file)
    store.connection.execute("update notes set text = 'other'")
    store.close()
    assert main.main(["verify", str(file), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{file.name} is not whole; it holds 22 events.\n")
    assert "does not say what the events say: text" in said
    assert main.main(["rebuild", str(file), "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"The tables of {file.name} are written anew from 22 events.\n"
    assert main.main(["verify", str(file), "--lang", "en"]) == 0


def test_a_damaged_file_is_rescued_and_what_is_missing_is_said(file, capsys, tmp_path):
    new = tmp_path / "new.db"
    assert main.main(["rescue", str(file), "-o", str(new), "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"Saved in {new}: 22 of 22 events.\n"
    assert main.main(["verify", str(new), "--lang", "en"]) == 0
    store = open_(file)
    store.connection.execute("drop trigger events_stay")
    store.connection.execute("delete from events where seq = 7")
    store.close()
    capsys.readouterr()
    assert main.main(["rescue", str(file), "-o", str(tmp_path / "other.db"), "--lang", "en"]) == 1
    first, *missing = capsys.readouterr().out.splitlines()
    assert first.startswith(f"Saved in {tmp_path / 'other.db'}: 21 of 22 events.")
    assert missing[0].startswith("Event 7 is missing")
    assert main.main(["rescue", str(file), "-o", str(new), "--lang", "en"]) == 1
    assert capsys.readouterr().err == "kring: new.db exists already.\n"


def test_a_back_dated_note_stands_at_the_moment_that_it_is_about(plan_file, type_lines, capsys):
    text = "start anyway\nfloor 3\nwait 40s\nnext\nnote toen -30s\nnote nu\nwait 5m\nnote eerder -20m\n"
    type_lines(plan_file, text=text.encode())
    (found,) = plan_file.parent.glob("*.db")
    capsys.readouterr()
    assert main.main(["timeline", str(found)]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "Paraphrase" in line]
    assert [line[8:] for line in lines] == [
        "          Paraphrase: eerder (written 5:40)",
        "    0:10  Paraphrase, Fatima: toen (written 0:40)",
        "    0:40  Paraphrase, Fatima, 1.1: nu",
    ]


def test_who_withdrew_is_named_in_nobodys_words(plan_file, type_lines, capsys):
    type_lines(plan_file, text=b"start anyway\nfloor 3\nnote vond Anna gelijk aan Joost\nconsent 2 withdrawn\nend\n")
    (found,) = plan_file.parent.glob("*.db")
    capsys.readouterr()
    for options in ([], ["--all"], ["--json"]):
        assert main.main(["timeline", str(found), *options]) == 0
        told = capsys.readouterr().out
        assert "vond \N{EN DASH} gelijk aan Joost" in told
        assert "Anna" not in told
