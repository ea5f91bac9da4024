"""Every command by its key, every question that a command asks, and what is typed ahead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from textual import events

from acting import act
from kring.commands.table import OF_LIVE
from kring.domain import facts as f
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.ui.app import KringApp
from ui.live import Make, begin, live, press, said, screen_text

NOT_BY_KEY = {"place", "untick", "correct", "topline", "failed", "waive", "rename", "check", "status", "theme"}
NOT_BY_KEY |= {"observers", "accept", "decline", "put", "reveal"}  # test_observers_board
"""Commands that the palette does."""


@pytest.fixture
def running(session: Session) -> Session:
    begin(session)
    return session


def last(session: Session) -> f.Fact | None:
    return session.history.events[-1].fact


def alive(session: Session) -> list[str]:
    return [note.text for note in session.state.notes.values() if note.removed_at is None]


Check = Callable[[Session], object]
ACTS: dict[str, tuple[tuple[str, ...], type[f.Fact]]] = {
    "next": (("f2",), f.ItemOpened),
    "next.2": (("right",), f.ItemOpened),
    "back": (("f2", "f7"), f.ItemOpened),
    "back.2": (("f2", "left"), f.ItemOpened),
    "go": (("g", "2.2", "enter"), f.ItemOpened),
    "skip": (("s", "2.2", "enter"), f.ItemSkipped),
    "asked": (("?", "2.2", "enter"), f.ItemMarkedAsked),
    "probe": (("f2", "p", "1"), f.ProbeUsed),
    "own probe": (("f2", "p", "0", "wie", "enter"), f.OwnProbeUsed),
    "kind of a probe": (("g", "2.1", "enter", "p", "1", "tab", "2"), f.ProbeKindTold),
    "invite": (("U",), f.InvitedToSpeak),
    "say": (("S", "t"), f.SentenceShown),
    "nonverbal": (("N", "n"), f.NoteAdded),
    "nonverbal of somebody": (("N", "4", "w"), f.NoteAdded),
    "time+": (("+",), f.TimeAdded),
    "time-": (("-",), f.TimeAdded),
    "show": (("w", "1"), f.StimulusShown),
    "hide": (("w", "1", "W"), f.StimulusTaken),
    "answer": (("g", "2.2", "enter", "l", "3", "8", "enter"), f.AnswerGiven),
    "floor": (("3",), f.FloorGiven),
    "nobody": (("space",), f.FloorGiven),
    "nobody.2": (("f5",), f.FloorGiven),
    "moderator": (("m",), f.FloorGiven),
    "crosstalk": (("x",), f.FloorGiven),
    "unknown": (("u",), f.FloorGiven),
    "another seat": ((".", "2"), f.FloorGiven),
    "name": (("u", "k", "3"), f.TurnNamed),
    "hand": (("h", "6"), f.HandRaised),
    "note": (("n", "iets", "enter"), f.NoteAdded),
    "note.2": (("f8", "iets", "enter"), f.NoteAdded),
    "mark": (("f3",), f.NoteAdded),
    "star": (("n", "iets", "enter", "*"), f.NoteChanged),
    "tag": (("f3", "#", "app", "enter"), f.NoteChanged),
    "edit": (("n", "iet", "enter", "e", "s", "enter"), f.NoteChanged),
    "remove": (("f3", "delete"), f.NoteRemoved),
    "raise": (("n", "?prijs", "enter", "j"), f.NoteRaised),
    "attend": (("a", "4", "3"), f.AttendanceChanged),
    "consent": (("T", "3", "1"), f.ConsentChanged),
    "consent of all": (("T", "A", "quoting", "enter"), f.ConsentChanged),
    "add": (("b", "Ria", "enter"), f.ParticipantAdded),
    "tick": (("t", "enter"), f.CheckTicked),
    "tick.2": (("t", "space"), f.CheckTicked),
    "untick": (("t", "enter", "X", "ticked", "enter"), f.CheckUnticked),
    "unskip": (("s", "2.2", "enter", "X", "2.2", "enter"), f.ItemUnskipped),
    "lower": (("h", "6", "X", "hand", "enter"), f.HandLowered),
    "unstar": (("f3", "X", "star", "enter"), f.NoteChanged),
    "issue": (("i", "4", "geluid", "enter"), f.IssueOpened),
    "solved": (("i", "4", "geluid", "enter", "v", "1"), f.IssueClosed),
    "cue": (("c", "5"), f.CueSent),
    "seen": (("c", "5", "enter"), f.CueSeen),
    "seen.2": (("c", "5", "f9"), f.CueSeen),
    "pause": (("f4",), f.SessionPaused),
    "recording": (("r",), f.RecordingStarted),
    "end": (("f12", "y"), f.SessionEnded),
    "undo": (("f3", "z"), f.Undone),
    "undo.2": (("f3", "ctrl+t"), f.Undone),
    "redo": (("f3", "z", "y"), f.Undone),
}


@pytest.mark.parametrize("keys", ACTS.values(), ids=ACTS)
async def test_a_key_does_its_command_and_says_so(running: Session, keys: tuple[tuple[str, ...], type[f.Fact]]) -> None:
    typed, fact = keys
    if fact is f.CueSeen:  # which only the moderator does
        running.me = running.me._replace(role="moderator")
    async with live(running) as (app, pilot):
        before = len(running.history.events)
        await press(pilot, *typed)
        assert isinstance(last(running), fact)
        assert len(running.history.events) > before
        assert said(app).startswith("✓ ")


@pytest.mark.parametrize("key", ["enter", "f9"])
async def test_an_assistant_does_not_acknowledge_the_moderators_cue(running: Session, key: str) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "c", "5", key)
        assert said(app) == "? Only the moderator does that."
        assert [cue.seen_at for cue in running.state.cues.values()] == [None]


async def test_doors_and_start_by_key(session: Session) -> None:
    async with live(session) as (_app, pilot):
        await press(pilot, "d")
        assert session.state.session.phase == "lobby"
        await press(pilot, "f10", "s")
        assert session.state.session.phase == "live"


def test_every_command_has_a_key_that_is_tried_here() -> None:
    tried = {key for typed, _fact in ACTS.values() for key in typed} | {"d", "f10"}
    elsewhere = {"plan", "find", "panel", "open", "copy", "palette", "help", "quit"}
    elsewhere |= {"summary", "debrief"}  # test_looking_back
    elsewhere |= {"right", "earlier"}  # test_righting
    elsewhere |= {"tests", "admit"}  # test_checks_board
    elsewhere |= {"pace"}  # test_proposal_board
    elsewhere |= {"rooms"}  # test_breakouts_board
    elsewhere |= {"draft"}  # test_quote_drafting
    elsewhere |= {"brief", "role"}  # test_bring_up_to_date
    elsewhere |= {"persona", "groups"}  # test_personas_board, study/test_earlier
    elsewhere |= {"unfold"}  # below
    elsewhere |= {"gallery"}  # test_gallery
    elsewhere |= {"poll", "consensus", "statement"}  # test_poll_board, test_consensus_board
    elsewhere |= {"yield", "mirror", "share"}  # test_leading, test_sharing_dialog
    elsewhere |= {"record", "microphone", "listen"}  # test_live_sound, test_hearing
    named = {"?": "question_mark", "*": "asterisk", "#": "number_sign", "+": "plus", "-": "minus", ".": "full_stop"}
    tried = {named.get(key, key) for key in tried}
    for command in OF_LIVE.commands:
        if command.word not in elsewhere | NOT_BY_KEY:
            assert any(shortcut.key in tried for shortcut in command.keys), command.word
    assert all(not command.keys for command in OF_LIVE.commands if command.word in NOT_BY_KEY)


async def test_what_folds_on_a_small_screen_is_shown_by_one_key(make_session: Make) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "go 2.1")
    async with live(session, (60, 16)) as (app, pilot):
        assert "wat ging goed" not in screen_text(app)
        await press(pilot, "I")
        assert "wat ging goed" in screen_text(app)
        await press(pilot, "I")
        assert "wat ging goed" not in screen_text(app)


async def test_digits_give_the_floor_to_all_ten(make_session: Make) -> None:
    session = make_session()
    act(session, "add Ria", "add Sam")
    act(session, *(f"attend {seat} present" for seat in range(1, 9)), "start anyway")
    async with live(session) as (_app, pilot):
        for key, code in zip("1234567890", (f"P{seat}" for seat in range(1, 11)), strict=True):
            await press(pilot, key)
            turn = session.state.open_turn
            assert turn is not None
            assert turn.participant == code


async def test_seats_beyond_ten_are_two_keys_away(make_session: Make) -> None:
    session = make_session()
    act(session, *(f"add Extra{number}" for number in range(7)))
    act(session, *(f"attend {seat} present" for seat in range(1, 9)), "start anyway")
    async with live(session) as (app, pilot):
        for number, key in enumerate("abcde", 2):
            code = f"P{number + 9}"
            await press(pilot, ".")
            assert f"{key} Extra{number}" in said(app)
            await press(pilot, key)
            turn = session.state.open_turn
            assert turn is not None
            assert turn.participant == code


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("i", "enter", "alles weg", "enter"), (None, "alles weg")),
        (("i", "a", "lles weg", "enter"), (None, "alles weg")),
        (("i", "6", "beeld", "enter"), ("P6", "beeld")),
        (("i", "\x1b", "i", "2", "echo", "enter"), ("P2", "echo")),
    ],
)
async def test_an_issue_with_and_without_a_person(
    running: Session, keys: tuple[str, ...], line: tuple[str | None, str]
) -> None:
    async with live(running) as (_app, pilot):
        await press(pilot, *keys)
        issue = next(iter(running.state.issues.values()))
        assert (issue.participant, issue.title) == line


@pytest.mark.parametrize(
    ("keys", "text"), [(("1",), "15 minutes left"), (("0",), "Time is up"), (("probe P4", "enter"), "probe P4")]
)
async def test_a_cue_by_one_key_or_typed(running: Session, keys: tuple[str, ...], text: str) -> None:
    async with live(running) as (_app, pilot):
        await press(pilot, "c", *keys)
        assert [cue.text for cue in running.state.cues.values()] == [text]


@pytest.mark.parametrize(("key", "status"), [("1", "waiting"), ("3", "away"), ("4", "left"), ("5", "no_show")])
async def test_attendance_in_three_keys(running: Session, key: str, status: str) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "a")
        assert "1 Joost  2 Anna  3 Fatima" in said(app)
        assert "A everybody" in said(app)
        await press(pilot, "2")
        assert all(word in said(app) for word in ("waiting room", "present", "away", "left", "no-show"))
        await press(pilot, key)
        assert running.state.participants["P2"].status == status


async def test_escape_leaves_a_question_and_does_nothing(running: Session) -> None:
    before = len(running.history.events)
    async with live(running) as (app, pilot):
        await press(pilot, "a", "2", "\x1b")
        assert said(app) == "Left; nothing was done."
        await press(pilot, "c", "\x1b", "h", "\x1b", "g", "\x1b", "p", "\x1b")
        assert len(running.history.events) == before


async def test_a_wrong_key_is_told_in_silence_and_the_question_stays(running: Session) -> None:
    async with live(running) as (app, pilot):
        with patch.object(app._driver, "write") as written:
            await press(pilot, "a", "z")
        assert not any("\a" in str(call) for call in written.mock_calls)
        assert said(app).startswith("✗ ")
        await press(pilot, "2", "3")
        assert running.state.participants["P2"].status == "away"


async def test_a_function_key_leaves_a_question_and_is_done(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "h", "f4")
        assert running.state.open_pause is not None
        assert not app.live.status.is_asked


@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_what_is_typed_ahead_goes_where_it_belongs(make_session: Make, role: str) -> None:
    session = make_session(role=role)
    begin(session)
    async with live(session) as (_app, pilot):
        await pilot.press("n", *'"duur @2 #prijs', "enter", "3", "n", *"3 keer 4", "enter", "4", "f2", "g")
        await pilot.press("2", ".", "2", "enter", "c", "5", "5", "n", "escape", "6")
        await pilot.pause()
        notes = list(session.state.notes.values())
        assert [(note.kind, note.text, note.participant) for note in notes] == [
            ("quote", "duur", "P2"),
            ("paraphrase", "3 keer 4", "P3"),
        ]
        assert [turn.participant for turn in session.state.turns.values()] == ["P3", "P4", "P5", "P6"]
        assert session.state.current_item is not None
        assert session.state.current_item.number == "2.2"
        assert [cue.text for cue in session.state.cues.values()] == ["5 minutes left"]


async def test_keys_typed_before_the_screen_is_there_are_done(running: Session) -> None:
    from kring.system.settings import Settings
    from kring.ui.app import KringApp

    app = KringApp(running, Settings())
    for key in ("3", "n", "a", "b", "enter"):
        app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert running.state.open_turn is not None
        assert running.state.open_turn.participant == "P3"
        assert alive(running) == ["ab"]


async def test_escape_keeps_the_text_and_n_brings_it_back(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "n", "half", "escape", "3")
        assert running.state.open_turn is not None
        assert "half" in screen_text(app)
        await press(pilot, "n", " af", "enter")
        assert alive(running) == ["half af"]


async def test_a_half_typed_note_outlives_an_edit_a_cue_and_a_search(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "n", "eerste", "enter", "n", "half", "escape")
        await press(pilot, "e", "r", "enter")
        assert alive(running) == ["eerster"]
        assert app.live.line.value == "half"
        await press(pilot, "c", "kom", "enter", "/", "zoek", "escape", "i", "3", "echo", "enter")
        assert app.live.line.value == "half"
        await press(pilot, "n", " af", "enter")
        assert alive(running) == ["eerster", "half af"]


async def test_a_half_typed_edit_and_cue_come_back_too(running: Session) -> None:
    async with live(running) as (_app, pilot):
        await press(pilot, "n", "eerste", "enter", "e", " keer", "escape", "n", "tweede", "escape", "e", "!", "enter")
        assert alive(running) == ["eerste keer!"]
        await press(pilot, "c", "kom", "escape", "n", " noot", "enter", "c", "enter", "pen", "enter")
        assert alive(running) == ["eerste keer!", "tweede noot"]
        assert [cue.text for cue in running.state.cues.values()] == ["kompen"]


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40), (200, 60)], ids=str)
async def test_what_is_half_typed_says_that_it_is_not_saved_and_which_key_goes_on(
    make_session: Make, role: str, size: tuple[int, int]
) -> None:
    session = make_session("Ria", role)
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "n", "half gedacht", "escape")
        assert " n begun, not saved: half gedacht" in screen_text(app)
        await press(pilot, "n")
        assert "not saved" not in screen_text(app)
        await press(pilot, "enter", "c", "kom", "escape")
        assert " c begun, not saved: kom" in screen_text(app)
        assert alive(session) == ["half gedacht"]


@pytest.mark.parametrize("keys", ["i", "c"])
async def test_a_question_shows_what_was_begun_for_it(running: Session, keys: str) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, keys)
        assert "go on with" not in said(app)
        await press(pilot, "kan niet", "escape", keys)
        assert "Enter: go on with “kan niet”" in said(app)
        await press(pilot, "escape", "n", "iets", "enter", keys)
        assert "Enter: go on with “kan niet”" in said(app)
        await press(pilot, "enter")
        assert app.live.line.value == "kan niet"
        await press(pilot, "enter", keys)
        assert "go on with" not in said(app)


async def test_a_question_has_no_word_of_another_command_below_it(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "n", "iets", "enter", "h")
        assert said(app).startswith("hand › ")
        below = screen_text(app).splitlines()[-2]
        assert not below.strip()


async def test_function_keys_work_while_typing(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "f4", "f4", "3", "n", "ze zegt", "f2", "f3", "f5")
        assert running.state.current_item is not None
        assert running.state.current_item.number == "2.1"
        assert len(running.state.pauses) == 1
        assert running.state.open_turn is not None
        assert running.state.open_turn.kind == "silence"
        await press(pilot, "ctrl+t")
        assert running.state.open_turn is not None
        assert running.state.open_turn.participant == "P3"
        assert app.live.line.value == "ze zegt"
        await press(pilot, " veel", "enter")
        assert alive(running) == ["", "ze zegt veel"]


async def test_function_keys_work_behind_a_dialog(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "f1", "f4", "f3")
        assert running.state.open_pause is not None
        assert len(running.state.notes) == 1
        assert app.screen is not app.live
        await press(pilot, "escape")
        assert app.screen is app.live


async def test_a_paste_becomes_one_line(running: Session) -> None:
    async with live(running) as (app, pilot):
        app.post_message(events.Paste("eerste regel\n\n tweede\tregel\x1b[2J\n"))
        await pilot.pause()
        assert app.live.line.value == "eerste regel / tweede regel[2J"
        await press(pilot, "enter")
        assert alive(running) == ["eerste regel / tweede regel[2J"]
        app.post_message(events.Key("c", "c"))
        app.post_message(events.Paste("rustig aan"))
        app.post_message(events.Key("enter", "\r"))
        await pilot.pause()
        assert [cue.text for cue in running.state.cues.values()] == ["rustig aan"]


async def test_a_paste_is_no_part_of_the_word_that_was_left_before_it(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "n", "half", "escape")
        app.post_message(events.Paste("uit de chat"))
        await press(pilot, "enter")
        assert alive(running) == ["half uit de chat"]
        await press(pilot, "n", "ge")
        app.post_message(events.Paste("plakt"))
        await press(pilot, "enter")
        assert alive(running) == ["half uit de chat", "geplakt"]


async def test_a_paste_finds_in_a_dialog(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "g")
        app.post_message(events.Paste("welk cijfer"))
        await press(pilot, "enter")
        assert running.state.current_item is not None
        assert running.state.current_item.number == "2.2"


async def test_find_is_live_escape_ends_it_and_enter_keeps_it(running: Session) -> None:
    act(running, 'note "te duur @2', "note mooie app @3", "note duur en lelijk")
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "/", "duu")
        assert len(app.live.notes) == 2
        await press(pilot, "\x7f\x7f\x7f", "app")
        assert len(app.live.notes) == 1
        await press(pilot, "escape")
        assert len(app.live.notes) == 3
        await pilot.press("/", *"fatima", "enter", "n", *"nog een", "enter")
        await pilot.pause()
        assert len(app.live.notes) == 1
        assert "“fatima”" in screen_text(app)
        await press(pilot, "/")
        assert app.live.line.value == "fatima"
        await press(pilot, "escape")
        assert len(app.live.notes) == 4
        await press(pilot, "/", "lelijk", "enter", "escape")
        assert len(app.live.notes) == 4


async def test_tab_completes_a_tag_or_a_speaker(running: Session) -> None:
    act(running, "note een #gedoe")
    async with live(running) as (app, pilot):
        await press(pilot, "n", "veel #ge", "tab", "@fa", "tab")
        assert app.live.line.value == "veel #gedoe @3 "
        await press(pilot, "x", "tab", "enter")
        note = list(running.state.notes.values())[-1]
        assert (note.tags, note.participant) == (("gedoe",), "P3")
        await press(pilot, "#", "-gedoe", "enter")
        assert list(running.state.notes.values())[-1].tags == ()


async def test_lists_are_read_by_keys_and_left_by_escape(running: Session, clock: SimulatedClock) -> None:
    act(running, *(f"note nummer {number}" for number in range(60)))
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "tab")
        assert app.live.focused is app.live.notes
        await press(pilot, "home")
        assert "nummer 0 " in screen_text(app)
        await press(pilot, "pagedown", "pageup", "down", "*")
        assert [note.text for note in running.state.notes.values() if note.starred] == ["nummer 1"]
        await press(pilot, "enter", "!", "enter")
        assert "nummer 1!" in alive(running)
        await press(pilot, "shift+tab", "escape", "3")
        assert running.state.open_turn is not None


async def test_checks_are_ticked_one_after_another(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "t", "enter", "space", "c", "m", "escape", "t", "enter")
        done = [check for check in running.state.checks.values() if check.done_at is not None]
        assert [check.participant for check in done] == [None, "P1", "P1"], "the row of the tests opens their table"
        assert app.live.entered_board is app.live.boards["tests"]


async def test_undo_and_redo_say_what_they_take_back(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "3", "z")
        assert said(app) == "✓ Undone: Fatima has the floor"
        await press(pilot, "y")
        assert said(app) == "✓ Redone: Fatima has the floor"
        await press(pilot, "y")
        assert said(app) == "? There is nothing of yours to redo."


async def test_help_shows_every_command_and_the_palette_does_them(running: Session) -> None:
    async with live(running, (120, 200)) as (app, pilot):
        await press(pilot, "f1")
        shown = screen_text(app)
        assert [command.word for command in OF_LIVE.commands if command.label not in shown] == []
        await press(pilot, "escape", "ctrl+p", "rename", "enter", "3", "Faatje", "enter")
        assert running.state.participants["P3"].name == "Faatje"
        await press(pilot, "ctrl+p", "status", "enter")
        assert "live" in said(app)
        await press(pilot, "ctrl+p", "new check", "enter", "gordijn dicht", "enter")
        assert any(check.title == "gordijn dicht" for check in running.state.checks.values())


async def test_links_are_opened_and_copied(running: Session) -> None:
    async with live(running) as (app, pilot):
        with patch.dict("os.environ", DISPLAY=":0"), patch("kring.ui.browser.open_link") as opened:
            await press(pilot, "o")
        opened.assert_called_once_with("https://vergadering.example/123")
        assert said(app) == "Opened: https://vergadering.example/123"
        await press(pilot, "ctrl+y")
        assert app.clipboard == "https://vergadering.example/123"
        assert said(app) == "Copied: https://vergadering.example/123"


async def test_a_plan_read_again_keeps_visits_and_notes(running: Session, tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text("# Loyaliteit\n\n## 1 Welkom (8 min)\n- Wie bent u?\n- Wat doet u?\n", "utf-8")
    async with live(running, plan_path=plan) as (app, pilot):
        await press(pilot, "n", "eerste", "enter", "f11")
        assert "Read the plan all the same?" in screen_text(app)
        await press(pilot, "n")
        assert said(app) == "? The plan was not read again; all is as it was."
        await press(pilot, "f11", "y")
        assert said(app).startswith("✓ Plan read: Loyaliteit; 1 new; 10 gone")
        assert running.state.current_item is not None
        assert running.state.current_item.title == "Wie bent u?"
        assert alive(running) == ["eerste"]
        assert any(row.title == "Wat doet u?" for row in running.state.guide.values())
        await press(pilot, "f2")
        assert running.state.current_item.title == "Wat doet u?"


async def test_a_plan_that_is_not_there_is_told(running: Session, tmp_path: Path) -> None:
    async with live(running, plan_path=tmp_path / "weg.md") as (app, pilot):
        await press(pilot, "f11")
        assert said(app).startswith("? ")
        assert "weg.md" in said(app)


def place_of(app: KringApp, text: str) -> tuple[int, int]:
    """Return the column and the row of the screen where a text begins."""
    return next((row.index(text), y) for y, row in enumerate(screen_text(app).splitlines()) if text in row)


async def test_a_click_selects_and_never_ticks_or_edits(running: Session) -> None:
    act(running, "note een", "note twee")
    async with live(running, (140, 40)) as (app, pilot):
        app.live.show_tab("checks")
        await pilot.pause()
        await pilot.click(offset=place_of(app, "link gestuurd"))
        await pilot.pause()
        assert not [check for check in running.state.checks.values() if check.done_at is not None]
        await press(pilot, "enter")
        assert [check.title for check in running.state.checks.values() if check.done_at is not None] == [
            "link gestuurd"
        ]
        app.live.show_tab("notes")
        await pilot.pause()
        await pilot.click(offset=place_of(app, "een"))
        await press(pilot, "*")
        assert [note.starred for note in running.state.notes.values()] == [True, False]
        assert alive(running) == ["een", "twee"]


async def test_a_capital_that_does_nothing_says_that_caps_lock_may_be_on(running: Session) -> None:
    async with live(running, (100, 30)) as (app, pilot):
        await press(pilot, "Z")
        assert "Z does nothing: is Caps Lock on?" in said(app)
        await press(pilot, "n", *"iets", "enter")
        assert "Caps Lock" not in said(app)


@pytest.mark.parametrize("key", ["q", '"', "(", "é", "pageup", "insert", "ctrl+z", "f18"])
async def test_a_key_that_means_nothing_says_so_and_takes_away_the_answer_to_another(
    running: Session, key: str
) -> None:
    async with live(running, (100, 30)) as (app, pilot):
        await press(pilot, "3")
        await pilot.press(key)
        await pilot.pause()
        assert "does nothing here; F1: all keys." in said(app)
        assert "Fatima" not in said(app)
        await press(pilot, "escape")
        await press(pilot, "n")
        await pilot.press("ctrl+z")
        await press(pilot, "iets", "enter")
        assert alive(running) == ["iets"]


async def test_a_mark_that_is_made_twice_says_which_key_takes_it_back(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "h", "6", "h", "6")
        assert said(app).endswith("is on the queue already. X: take a mark back.")
        await press(pilot, "X", "enter")
        assert said(app).endswith("is off the queue")
