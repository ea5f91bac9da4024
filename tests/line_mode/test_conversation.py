"""The line mode: one typed line, one answer, once it is in the file."""

import os
import shlex
import signal
import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kring.commands.table import OF_LINES
from kring.domain.text import KringError
from kring.line_mode import conversation as plain
from kring.line_mode.simulated import simulated_clock
from kring.store.verify import verify
from kring.system.sqlite import sqlite3
from lines import AT, plan_file, type_lines, write_plan

__all__ = ["plan_file", "type_lines"]

# A whole session: each line, and what its answer begins with. Every command of the table stands here (a test counts).
EVENING = """\
doors | The doors are open
share | ! Nothing is shared in a rehearsal.
attend 1 present | Joost is present
admit fatima, piet | Fatima is present; the same for 1 more
place 4 1 | Piet: place 1 in the gallery
attend anna away train | Anna is away for a moment (train)
tick 1 | Ticked: link sent
tick 1 | ! link sent is ticked already.
untick 1 | Not ticked: link sent
waive link | Does not apply: link sent
failed link: bounced | Failed: link sent: bounced; technical issue opened
tick link | Ticked: link sent
start | ! Still open on the checklist (1): recording runs. Tick them, or start all the same. Type: start anyway
recording | Recording runs
tick recording | Ticked: recording runs
start | The session starts
next | 1.1 Wie bent u?
floor 1 | Joost has the floor
note "ik spaar nooit #gedoe | Quote, Joost, 1.1: ik spaar nooit
note ~ vindt het @anna onduidelijk | Paraphrase, Anna, 1.1: vindt het onduidelijk
star | Starred: vindt het onduidelijk
star | ! That note has a star already. unstar takes that back.
unstar | No longer starred: vindt het onduidelijk
tag last #app | Tags now #app: vindt het onduidelijk
edit 2 ~ vindt de app van @99 onduidelijk | Note changed: vindt de app van @99 onduidelijk (nobody is called @99)
edit 2 ~ vindt de app onduidelijk | Note changed: vindt de app onduidelijk
remove 2 | Note removed: vindt de app onduidelijk
undo | Undone: Note removed: vindt de app onduidelijk
redo | Redone: Note removed
note ?komt de prijs nog | Question for later, 1.1: komt de prijs nog
raise | Asked: komt de prijs nog
mark gelach | Mark, Joost, 1.1: gelach
hand 3 | Fatima raises a hand
lower 3 | Fatima is off the queue
hand 3 | Fatima raises a hand
floor unknown | Somebody unknown speaks
name piet | That turn was by Piet
floor nobody | Nobody has the floor
go 2.1 | 2.1 Vertel eens over de laatste keer.
back | 1.1 Wie bent u?
go 2.1 | 2.1
probe 2 | Probe used: wat ging fout
probe 0 contrast: wie nog | Own probe: wie nog (contrast)
yield 1 | Heard: een moment; 1 of 2 not heard yet
unheard 1 | Not heard after all: een moment; 2 of 2 not heard yet
invite 3 | Invited to speak: Fatima
say talker | For a talker: “Thank you, that is clear.
nonverbal 3 nods | Nonverbal, Fatima, 2.1: nods
undo | Undone: Nonverbal, Fatima, 2.1: nods
persona 3 | There are no personas.
groups | ! No earlier group of this study is here.
mirror | probes: 2, of your own: 1; invited to speak: Fatima 1 (spoke within the minute: 0)
time +2 | 2: 32:00 (+2:00)
skip 2.2 | Skipped: 2.2 Welk cijfer geeft u?
unskip 2.2 | No longer skipped: 2.2 Welk cijfer geeft u?
asked 2.2 | 2.2 counts as asked
unask 2.2 | 2.2 counts as not asked
poll | Cijfer: nobody answered yet; missing: Joost, Fatima
poll again | ! Nobody has answered this poll yet.
poll counts 8=3 qzx | ! qzx does not say how often; write 8=3 7=2.
answer 3 8 | Fatima answers 8
answers 1 7, anna 3, 4 11 | ! 11 is none of 0, 1, 2
answers 1 7, anna 3 | Joost answers 7; 1 more answered
poll counts 8=3 | ! This round has answers with names
poll | Cijfer: 3 = 1 (Anna); 7 = 1 (Joost); 8 = 1 (Fatima); mean 6.0; median 7; lowest, ask why: Anna;
poll again | Poll asked again, round 2: Cijfer
answers 2 5, 3 8 | Anna answers 5; 1 more answered
poll | Cijfer, round 2: 5 = 1 (Anna); 8 = 1 (Fatima); mean 6.5; median 6.5;
poll again | Poll asked again, round 3: Cijfer
poll counts 8=3 7=1 | Counted without names: 8 = 3, 7 = 1
answer 3 8 | ! This round was counted without names
poll Cijfer | ! This poll was asked already; `again` asks it once more.
statement kost te veel tijd | Statement 2.1a: kost te veel tijd
statement kost te veel tijd | ! 2.1 has that statement already.
statement 2.2 prijs | Statement 2.2a: prijs
statement 2.2a prijs is te hoog | Statement 2.2a now says: prijs is te hoog
consensus 2.1a 1, 3 agrees | Joost, 2.1a: agrees; the same for 1 more
consensus 2.1a 2 tegenvoorbeeld | Anna, 2.1a: gives an example against it
consensus 4 nods | Piet, 2.1a: nods
consensus 4 nods | ! That was so already.
consensus 2.2a 3 no response | Fatima, 2.2a: no response
consensus 2.1 1 eens | Joost, 2.1: agrees
consensus 2.1 1 clear | Joost, 2.1: not looked at
consensus | 2.1a kost te veel tijd: 3 of 4 agree, 1 does not, 1 nods, agree: Joost, Fatima, Piet (nods),
statement 2.2a remove | Statement removed: prijs is te hoog
note >3 alleen met kerst | Chat, Fatima, 2.1: alleen met kerst
note > alleen met kerst | Chat, unknown speaker, 2.1: alleen met kerst
chat | Fatima: alleen met kerst; ?: alleen met kerst; to be asked to explain: Fatima; not in the chat: Joost, Piet
copy | Link: https://vergadering.example/123
hide | ! No stimulus material is on.
show A | Stimulus shown: A Concept
show A | ! A Concept is on already.
hide | Taken away: A Concept
show A | Stimulus shown: A Concept
add Noor | Noor joined, seat 5
brief | Welcome! We began at 19:30. Now: Ervaringen.
brief 5 | Noor, not asked yet: taking part, audio
role | Els assists from now on
role | Els leads from now on
rename 5 Noor Bakker | Name corrected: Noor Bakker
check gordijn dicht | Added to the checklist: gordijn dicht
consent all yes except 4 (aloud) | Joost consents to: everything; the same for 3 more (aloud)
consent 3 not quoting | Fatima does not consent to: quoting
consent 3 yes | Fatima consents to: everything
consent P4 only a bit | ! “only a bit” is not certain
consent | 1 Joost: everything; 2 Anna: everything; 3 Fatima: everything; 4 Piet: not known; 5 Noor Bakker: everything
issue P4 geluid | Technical issue, Piet: geluid
wait 2m | 19:32:00
solved 4 3 | Solved after 2:00: geluid
cue nog vijf minuten | Cue: nog vijf minuten
seen | Cue seen: nog vijf minuten
cue 5 | Cue: 5 minutes left
seen | Cue seen: 5 minutes left
pause | Paused
resume | Resumed
plan | Plan read: Loyaliteit groep 1
status | live 2:00; 2.1 Vertel eens over de laatste keer.; 18:00 ahead; end 20:12 (plan 20:30); 4/5 present
rooms | Nobody is in a room apart.
rooms draw 2 | Rooms drawn by
room 2 lead Kim | Kim leads room 2
rooms back | Everybody is back from the rooms
pace | 18:00 ahead: the end becomes 20:30 instead of 20:12, on time. 2.1 15:00 > 24:00 (an equal share of 2);
guide | 1 Welkom 0:00/8:00; 2 Ervaringen 2:00/30:00 +2:00 now;
checks | 4 gordijn dicht
notes | 6 19:30 > alleen met kerst; 5 19:30 Fatima > alleen met kerst; 4 19:30 Joost
find | 6 19:30 > alleen met kerst
news | Nothing new.
record | ! Nothing is recorded in a rehearsal.
listen 2.1 | ! kring recorded no sound.
listen stop | Nothing is played.
right question | 1 19:30:00-19:30:00 1.1
star 1 | Starred: ik spaar nooit
summary make | Summary 1: ik spaar nooit
summary read | The summary is read back to the group
correct 3 1: soms wel | Fatima corrects the summary: soms wel
summary | 1 ik spaar nooit; read back; Fatima corrects: soms wel
topline | 2026
debrief begin | The debrief begins
debrief 1 warm gesprek | Debrief, first impressions: warm gesprek
debrief | 15:00 left; 1 first impressions: warm gesprek (
earlier -1x | ! -1x is no time
help | help and a word tells more: next back
file | No file was brought in.
file 1 +0:04 | ! No file was brought in, so 1 +0:04 changes nothing.
names | Of every word
observers | Observers see the starred notes; No observer asked anything yet.
accept | ! No question of an observer is waiting.
decline 1 later | ! There is no question 1 of an observer.
put | ! No question of an observer is waiting.
reveal all | Observers see all notes
source transcript | ! No transcript says who spoke, so transcript changes nothing
end | The session has ended
tick recording saved | Ticked: recording saved
"""


def evening():
    return [tuple(part.strip() for part in line.split(" | ")) for line in EVENING.splitlines()]


def dump(file):
    with closing(sqlite3.connect(str(file))) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        tables.remove("_sqlite_migrations")  # says when, in real time, the tables were made
        return {name: connection.execute(f"select * from {name}").fetchall() for name in tables}


def session_in(folder):
    (file,) = folder.glob("*.db")
    return file


def test_a_whole_evening(plan_file, type_lines, tmp_path):
    said = type_lines(plan_file, *(typed for typed, _ in evening()), "quit")
    assert said.code == 0
    assert said.complaints == ""
    for (typed, wanted), answer in zip(evening(), said.answers, strict=True):
        assert answer.startswith(wanted), typed
    assert said.last.startswith("The session lies finished in ")
    assert sorted(path.suffix for path in tmp_path.glob("2026*")) == [".db", ".html"]  # the topline


def test_every_command_of_the_table_is_typed_in_that_evening():
    typed = {line.split()[0] for line, _ in evening()} | {"quit"}
    assert {command.word for command in OF_LINES.commands} - typed == set()


def test_dutch_words_get_dutch_answers(type_lines, tmp_path):
    said = type_lines(
        write_plan(tmp_path, "nl"), "start", "begin toch", "volgende", "woord 3", 'notitie "te veel', "wacht 90s",
        "stand", "ongedaan", "nieuws", "hulp notitie", "onzin", "einde", "stop",
    )  # fmt: skip
    assert said.answers == [
        "! Nog open op de controlelijst (1): recording runs. Vink ze af, of begin toch. Typ: start toch",
        "De sessie begint; startvoorwaarden open gelaten: 1 · 4 verwacht: wie is er? Typ: aanwezig allen",
        "1.1 Wie bent u?",
        "Fatima heeft het woord",
        "Citaat, Fatima, 1.1: te veel (mag u citeren?)",
        "19:31:30",
        said.answers[6],
        "Ongedaan gemaakt: Citaat, Fatima, 1.1: te veel, van 19:30:00",
        "Niets nieuws.",
        said.answers[9],
        "! Er is geen opdracht onzin; hulp toont ze allemaal. Een notitie begint met: notitie",
        "De sessie is afgelopen · Nog niet gesteld, en verplicht: 2.1.",
    ]
    assert said.answers[6].startswith("bezig 1:30; 1.1 Wie bent u?; ")
    assert "Fatima heeft het woord 1:30; 4/4 aanwezig" in said.answers[6]
    assert "citaat" in said.answers[9]
    assert said.last.startswith("De sessie ligt klaar in ")


def test_help_speaks_the_words_of_the_language(type_lines, tmp_path):
    dutch, one, same = type_lines(write_plan(tmp_path, "nl"), "hulp", "hulp word", "help woord").answers
    assert dutch.startswith("hulp en een woord zegt meer: volgende terug naar overslaan")
    assert dutch.endswith("leidraad controlelijst notities nieuws wacht")
    assert one == "! Er is geen opdracht word; hulp toont ze allemaal."
    assert same == "woord: Iemand anders heeft het woord. Bijvoorbeeld: woord 3. Ook: floor, spreekt."


def test_no_answer_is_in_another_language(type_lines, tmp_path):
    told = type_lines(write_plan(tmp_path, "nl"), *(typed for typed, _ in evening())).answers
    english = {wanted for _, wanted in evening()}
    same = [answer for answer in told if answer in english]
    assert [line for line in same if not line[0].isdigit()] == []


def test_the_same_script_makes_the_same_file(plan_file, type_lines, tmp_path):
    dumps = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        options = f"--simulated-clock {AT} --dir {folder}"
        type_lines(plan_file, *(typed for typed, _ in evening()), "quit", options=options)
        type_lines(plan_file, "note later", options=options)
        dumps.append(dump(session_in(folder)))
    assert dumps[0] == dumps[1]
    assert len(dumps[0]["events"]) > 40
    assert len(dumps[0]["notes"]) == 7


def test_comments_and_blank_lines_get_no_answer(plan_file, type_lines):
    assert type_lines(plan_file, "", "   ", "# a comment", "news").answers == ["Nothing new."]


def test_strict_ends_at_the_first_refusal(plan_file, type_lines):
    said = type_lines(plan_file, "doors", "next", "start anyway", options=f"--strict --simulated-clock {AT}")
    assert said.code == 1
    assert said.answers == ["The doors are open", "! The session has not started."]
    assert said.last.startswith("Closed; go on with: kring run ")


def test_without_strict_a_refusal_ends_nothing(plan_file, type_lines):
    said = type_lines(plan_file, "next", "doors")
    assert (said.code, said.answers[1]) == (0, "The doors are open")


def test_automatic_cues_stand_behind_the_answer(plan_file, type_lines):
    said = type_lines(plan_file, "start anyway", "wait 44m", "wait 2m", "status", "seen", "wait 10m")
    assert said.answers[1] == "20:14:00"
    assert said.answers[2] == "20:16:00 · Cue: 15 minutes left"
    assert said.answers[3].endswith("1 cue not seen")
    assert said.answers[5] == "20:26:00 · Cue: 5 minutes left"


@pytest.mark.parametrize("typed", ["wait", "wait x", "wait -5m", "wait 0"])
def test_a_time_that_cannot_be_waited_is_refused(typed, plan_file, type_lines):
    assert type_lines(plan_file, typed).answers[0].startswith("! ")


def test_real_time_is_not_waited_for(plan_file, type_lines):
    said = type_lines(plan_file, "wait 90s", options="")
    assert said.answers == ["! Only simulated time can be waited for: start with --simulated-clock."]


@pytest.mark.parametrize("at", ["tonight", "25:00", "2026-13-03T19:30", "2026-12-03T19:30+01:00", "\x1b"])
def test_a_simulated_clock_needs_a_moment(at):
    with pytest.raises(KringError, match="is no moment such as"):
        simulated_clock(at)


def test_a_simulated_clock_goes_on_where_it_is_told_to(plan_file, type_lines):
    type_lines(plan_file, "start anyway", "wait 10m")
    said = type_lines(plan_file, "wait 1s", "status", options="--simulated-clock 2026-12-03T20:00")
    assert said.answers[0] == "20:00:01"
    assert said.answers[1].startswith("live 30:01")


def test_one_undoes_ones_own_acts_only(plan_file, type_lines):
    type_lines(plan_file, "note by Bo", options=f"--as assistant --simulated-clock {AT}")
    said = type_lines(plan_file, "undo", "doors", "undo", "undo", "redo", "redo")
    assert said.answers == [
        "! There is nothing of yours to undo.",
        "The doors are open",
        "Undone: The doors are open",
        "! There is nothing of yours to undo.",
        "Redone: The doors are open",
        "! There is nothing of yours to redo.",
    ]


def test_lists_are_one_line(plan_file, type_lines):
    said = type_lines(
        plan_file, "floor", "guide", "guide 2", "guide 9", "checks", "checks all", "checks saved", "checks ?", "notes",
        "notes x", "start anyway", "next", "floor 3", "wait 10s", "floor", "note one", "find one", "palette",
    )  # fmt: skip
    assert said.answers == [
        "1 Joost (expected); 2 Anna (expected); 3 Fatima (expected); 4 Piet (expected)",
        "1 Welkom 0:00/8:00; 2 Ervaringen 0:00/30:00; 3 Afsluiting 0:00/10:00",
        said.answers[2],
        "The guide has no 9.",
        "2 recording runs (gate); 1 link sent",
        "1 link sent; 2 recording runs (gate); 3 recording saved",
        "3 recording saved",
        "The checklist has no ?.",
        "There are no notes yet.",
        "No note holds x.",
        "The session starts; gates passed open: 1 · 4 expected: who is here? Type: attend all",
        "1.1 Wie bent u?",
        "Fatima has the floor",
        "19:30:10",
        "1 Joost not yet; 2 Anna not yet; 3 Fatima 0:10 100 %; 4 Piet not yet; logged: 100 % of the talk",
        "Paraphrase, Fatima, 1.1: one",
        "1 19:30 Fatima ~ one",
        "! palette works on the screens only.",
    ]
    assert said.answers[2].startswith(
        "2.1 Vertel eens over de laatste keer.; wat ging goed; wat ging fout; "
        "= een moment (not yet); = een reden (not yet); 2.2"
    )


def test_a_note_of_several_lines_is_told_on_one(plan_file, type_lines):
    said = type_lines(plan_file, text="note one\u2028two\x85three\x0bfour\n".encode())
    assert said.answers == ["Paraphrase: one two threefour"]


def test_bytes_that_are_no_text_are_kept_readable(plan_file, type_lines):
    said = type_lines(plan_file, text=b"note caf\xe9 \xff\x00\x1b[2J\nnote na\xc3\xafef\n")
    assert said.answers == ["Paraphrase: caf\ufffd \ufffd[2J", "Paraphrase: na\u00efef"]


def test_lines_of_windows_and_a_byte_order_mark(plan_file, type_lines):
    assert type_lines(plan_file, text=b"\xef\xbb\xbfdoors\r\nnews\r\n").answers == [
        "The doors are open",
        "Nothing new.",
    ]


def test_a_plan_read_again_keeps_what_was_done(plan_file, type_lines):
    type_lines(plan_file, "start anyway", "next", "note here", "asked 1.1")
    plan_file.write_text(plan_file.read_text("utf-8").replace("Wie bent u?", "Wie bent u nu?"), "utf-8")
    said = type_lines(session_in(plan_file.parent), "plan", "guide 1", "notes", "status")
    assert said.answers[0].startswith("Plan read: Loyaliteit groep 1")
    assert said.answers[1] == "1.1 Wie bent u nu? (asked)"
    assert said.answers[2] == "1 19:30 ~ here"
    assert "1.1 Wie bent u nu?" in said.answers[3]


def test_a_plan_that_went_away_is_refused(plan_file, type_lines):
    type_lines(plan_file, "doors")
    session = session_in(plan_file.parent)
    plan_file.unlink()
    assert type_lines(session, "plan").answers[0].startswith("! The plan file is not beside this session")


def test_an_act_that_cannot_be_saved_says_so_and_is_not_done_later(session):
    conversation = plain.Conversation(session, None, None)
    with closing(sqlite3.connect(str(session.store.path), isolation_level=None)) as other:
        other.execute("begin immediate")
        assert conversation.answer("note lost") == "! NOT SAVED: another program holds session.db."
        assert conversation.answer("notes") == "There are no notes yet."
        other.execute("rollback")
    assert conversation.answer("note kept") == "Paraphrase: kept"
    assert conversation.answer("notes") == "1 19:30 ~ kept"


def test_what_others_do_stands_behind_an_answer_or_in_the_news(make_session):
    bo, els = make_session("Bo"), make_session("Els", "moderator")
    hers, his = plain.Conversation(els, None, None), plain.Conversation(bo, None, None)
    assert his.answer("note one") == "Paraphrase: one"
    assert hers.answer("status").startswith("prepared")
    assert his.answer("cue five minutes") == "Cue: five minutes"
    assert hers.answer("doors") == "The doors are open · Bo: Cue: five minutes"
    assert hers.answer("hand 3") == "Fatima raises a hand"
    assert hers.answer("news") == "Bo: Paraphrase: one; Bo: Cue: five minutes"
    assert hers.answer("news") == "Nothing new."
    assert his.answer("next") == "! The session has not started. · Els: The doors are open"
    assert his.answer("undo") == "Undone: Cue: five minutes"


def test_much_news_is_told_in_part(make_session):
    bo, els = make_session("Bo"), make_session("Els", "moderator")
    hers, his = plain.Conversation(els, None, None), plain.Conversation(bo, None, None)
    for number in range(plain.MOST_NEWS + 3):
        his.answer(f"note {number}")
    told = hers.answer("news").split("; ")
    assert told[0] == "3 earlier acts"
    assert len(told) == plain.MOST_NEWS + 1
    assert len(hers._news) == 0
    for number in range(plain.MOST_NEWS * 3):
        his.answer(f"note {number}")
    assert hers.answer("status").startswith("prepared")
    assert len(hers._news) == plain.MOST_NEWS


def test_a_file_that_was_moved_is_told_once(session):
    conversation = plain.Conversation(session, None, None)
    conversation.answer("note one")
    session.store.path.rename(session.store.path.with_name("elsewhere.db"))
    answer = conversation.answer("note two")
    assert answer == "Paraphrase: two · Everything is saved in session-2.db: session.db was moved or deleted."
    assert conversation.answer("notes") == "2 19:30 ~ two; 1 19:30 ~ one"


def test_a_file_of_a_newer_version_is_read_only(plan_file, type_lines):
    type_lines(plan_file, "doors")
    session = session_in(plan_file.parent)
    with closing(sqlite3.connect(str(session), isolation_level=None)) as file:
        file.execute("pragma user_version = 99")
    said = type_lines(session, "note x", "status")
    assert said.code == 0
    assert said.lines[0] == f"· {session.name} was made by a newer kring; it is opened for reading only."
    assert said.answers[0] == "! NOT SAVED: this file is opened for reading only."
    assert said.answers[1].startswith("doors open; 0/4 present")


def test_a_closed_answer_ends_quietly_and_keeps_the_file(plan_file, tmp_path):
    kring = shlex.join([sys.executable, "-m", "kring", "run", str(plan_file), "--plain", "--lang", "en"])
    command = f"printf 'doors\\nnews\\nnews\\n' | {kring} | true"
    environ = {**os.environ, "KRING_STATE_DIR": str(tmp_path), "KRING_LOG_DIR": str(tmp_path / "log")}
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30, check=True, env=environ,
                         cwd=tmp_path)  # fmt: skip
    assert run.stderr == ""
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_closes_the_session(number, plan_file, tmp_path):
    environ = {**os.environ, "KRING_STATE_DIR": str(tmp_path), "KRING_LOG_DIR": str(tmp_path / "log")}
    argv = [sys.executable, "-m", "kring", "run", str(plan_file), "--plain", "--lang", "en"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ,
                          cwd=tmp_path, text=True, bufsize=1) as process:  # fmt: skip
        process.stdout.readline()
        process.stdin.write("doors\n")
        assert process.stdout.readline() == "The doors are open\n"
        process.send_signal(number)
        assert process.stdout.readline().startswith("Closed; go on with: kring run ")
        assert process.wait(20) == 128 + number
        assert process.stderr.read() == ""
    assert len(list(tmp_path.glob("*.db*"))) == 1
    assert session_in(tmp_path).stat().st_mode & 0o777 == 0o600


NAMES = [name for command in OF_LINES.commands for name in (command.word, *command.aliases)]
WORDS = st.sampled_from([*NAMES, *map(str.upper, NAMES), "palette", "", "#", '"', "\ufeff"])
TAILS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["1", "3 8", "last #a", "#a", "P4 geluid", "1 away", "+2", "-1:30", "2.1", "1 ~ x", "9" * 30, "²", "'"]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.tuples(WORDS, TAILS), max_size=12))
def test_whatever_is_typed_every_line_is_answered_by_one(typed, make_session, tmp_path):
    session = make_session(path=tmp_path / f"{os.urandom(4).hex()}.db")
    conversation = plain.Conversation(session, None, None)
    for word, tail in [("start", "anyway"), *typed]:
        try:
            answer = conversation.answer(f"{word} {tail}")
        except plain.Quit:
            break
        assert answer is None or plain.one_line(answer)
    assert verify(session.store.path).findings == ()
