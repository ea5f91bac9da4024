"""The review screen: moving, sifting, correcting and coding by keyboard, at every size, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act
from kring.cli.review import open_session
from kring.domain import facts as f
from kring.domain.text import KringError
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.ui.review.filter_menu import filter_options
from kring.ui.review.side_panel import SIDES
from kring.ui.review.timeline_entry import LIT
from review.desk import another, code, turns
from ui.live import begin, press
from ui.reviewing import beside, go_to, reviewing, rows, said, shown
from ui.test_live_trouble import locked

SIZES = [(80, 24), (100, 30), (140, 40), (60, 16), (20, 6)]


@pytest.fixture
def talk(make_session: Callable[..., Session], clock: SimulatedClock) -> Session:
    """Four turns of 10 s, with a quote to complete, a mark and a tagged note, seen by a researcher."""
    session = make_session("Ria", "researcher")
    turns(session, clock, 2)
    act(session, 'note "te veel …', "mark kern")
    clock.advance(5_000)
    act(session, "floor 3")
    act(session, "note vindt sparen gedoe #prijs")
    clock.advance(10_000)
    act(session, "floor unknown")
    clock.advance(10_000)
    act(session, "floor nobody", "end")
    return session


def last(session: Session) -> f.Fact | None:
    return session.history.events[-1].fact


def note(session: Session, words: str) -> str:
    return next(f"notes/{one.id}" for one in session.state.notes.values() if words in one.text)


def turn(session: Session, who: str) -> str:
    return next(f"turns/{one.id}" for one in session.state.alive_turns if who in (one.participant, one.kind))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_side_can_be_looked_at_in_every_size(talk: Session, size: tuple[int, int], language: str) -> None:
    i18n.use(language)
    async with reviewing(talk, size) as (app, pilot):
        for key in ("f2", "f3", "f4", "f5", "f5", "f5", "f5", "f5", "f6", "f7"):
            await press(pilot, key)
            assert beside(app).strip()
            assert all(len(line) == size[0] for line in shown(app).splitlines())
        await press(pilot, "v")
        assert app.review.is_large
        await press(pilot, "down", "up", "pagedown", "escape")
        assert not app.review.is_large
    assert app.review.side_panel.side in SIDES


async def test_the_boards_show_who_spoke_at_that_second(talk: Session) -> None:
    async with reviewing(talk, (140, 40)) as (app, pilot):
        await press(pilot, "f3", "g", "0:05", "\n")
        assert "▶ 1 Joost" in beside(app)
        await press(pilot, *["."])
        assert "▶ 2 Anna" in beside(app)
        assert app.review.entry is not None
        assert app.review.entry.id == turn(talk, "P2")
        await press(pilot, "f4", "left", "left", "left", "left", "left", "left")
        assert "▶ 1 Joost" in beside(app)


async def test_the_cursor_takes_the_moment_along(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        await press(pilot, "end")
        assert app.review.entry is not None
        assert app.review.model.at == app.review.entry.at
        at = app.review.model.at
        await press(pilot, "up")
        assert app.review.model.at <= at


async def test_search_while_typing_and_back(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        everything = rows(app)
        await press(pilot, "/", "sparx")
        assert rows(app) == []
        await press(pilot, "\x7f", "\x7f")
        assert rows(app) == [note(talk, "sparen")]
        assert app.review.entry is not None
        await press(pilot, "\x1b")
        assert rows(app) == everything
        await press(pilot, "/", "spaarde", "\t")  # another form of the word
        assert rows(app) == [note(talk, "sparen")]
        await press(pilot, "\x1b")
        assert rows(app) == everything


async def test_a_search_that_is_kept_lights_its_hits_between_the_rest(talk: Session) -> None:
    act(talk, "note nog eens sparen @2")
    async with reviewing(talk, (140, 40)) as (app, pilot):
        everything = rows(app)
        await press(pilot, "/", "sparen", "\n")
        assert rows(app) == everything
        assert app.review.entry is not None
        assert app.review.entry.id == note(talk, "vindt sparen")
        assert "sparen  hit 1 of 2   n next  N previous  Esc leave" in shown(app)
        assert "hits" in shown(app)
        lit = [text for row in app.review.timeline._rows for text, look in row[1] if LIT in look]
        assert lit == ["sparen", "sparen"]
        await press(pilot, "n")
        assert app.review.entry.id == note(talk, "nog eens")
        await press(pilot, "n")
        assert said(app).startswith("There is no other one this way (hits)")
        await press(pilot, "N")
        assert app.review.entry.id == note(talk, "vindt sparen")
        await press(pilot, "\x1b")
        assert "hit 1 of 2" not in shown(app)
        assert not [text for row in app.review.timeline._rows for text, look in row[1] if LIT in look]


async def test_the_minimap_shows_where_the_reader_is_and_goes_there(talk: Session) -> None:
    async with reviewing(talk, (140, 40)) as (app, pilot):
        shown_rows = shown(app).splitlines()
        assert any(row.startswith(" who spoke ") and "1" in row and "3" in row for row in shown_rows)
        minimap = app.review.minimap
        lit = [place for row in minimap.lines[:1] for place, (_text, look) in enumerate(row) if look == "cursor"]
        assert len(lit) == 1
        await pilot.click("#minimap", offset=(minimap.size.width - 12, 1))
        await pilot.pause()
        begin, end = app.review.model.begin(), int(talk.state.session.ended_at or 0)
        assert app.review.model.at > begin + (end - begin) * 8 // 10


@pytest.mark.parametrize(("size", "rows_of_it"), [((60, 16), 0), ((80, 24), 3), ((100, 30), 5), ((140, 40), 7)])
async def test_the_minimap_takes_what_the_screen_can_spare(
    talk: Session, size: tuple[int, int], rows_of_it: int
) -> None:
    async with reviewing(talk, size) as (app, _pilot):
        assert len(app.review.minimap.names) == rows_of_it


async def test_what_was_noted_in_a_turn_hangs_under_it_without_its_name(talk: Session) -> None:
    async with reviewing(talk, (140, 40)) as (app, _pilot):
        shown_rows = shown(app).splitlines()
        place = next(at for at, row in enumerate(shown_rows) if "▶ Fatima" in row)
        assert "≈ vindt sparen gedoe" in shown_rows[place + 1]
        assert "Fatima" not in shown_rows[place + 1].partition("│")[0]


async def test_the_panel_tells_of_the_row_what_is_needed_to_quote_it(talk: Session) -> None:
    act(talk, "consent 3 yes except quoting", "note @3 spaart voor later")
    async with reviewing(talk, (140, 40)) as (app, pilot):
        go_to(app, note(talk, "vindt sparen"))
        await pilot.pause()
        told = beside(app)
        assert "may be quoted: no  sound in clips: yes" in told
        assert "in a turn from 0:25, 0:00 after it began" in told
        assert "Fatima before and after" in told
        assert "spaart voor later" in told
        await press(pilot, "H")
        assert "Fatima" not in beside(app)
        assert "may be quoted" not in beside(app)


async def test_filters_are_put_on_and_taken_off(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        everything = rows(app)
        await press(pilot, "f", "prijs", "\n")
        assert rows(app) == [note(talk, "sparen")]
        await press(pilot, "F", "f", "Joost", "\n")
        assert turn(talk, "P1") in rows(app)
        assert turn(talk, "P2") not in rows(app)
        await press(pilot, "f", "turns", "\n")
        assert rows(app) == [turn(talk, "P1")]
        await press(pilot, "\x1b")
        assert rows(app) == everything


async def test_marks_and_other_stops(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        await press(pilot, "j", "m")
        assert app.review.entry is not None
        assert app.review.entry.id == note(talk, "kern")
        await press(pilot, "n")
        assert said(app).startswith("There is no other one this way")
        await press(pilot, "j", "?")
        assert app.review.entry.id == turn(talk, "unknown")


async def test_hits_of_one_moment_are_all_gone_through(talk: Session, clock: SimulatedClock) -> None:
    act(talk, "note sparen een", "note sparen twee")
    async with reviewing(talk) as (app, pilot):
        await press(pilot, "/", "sparen", "\n")
        found = []
        for _step in range(3):
            assert app.review.entry is not None
            found.append(app.review.entry.text)
            await press(pilot, "n")
        assert found[0] == "vindt sparen gedoe"
        assert set(found[1:]) == {"sparen een", "sparen twee"}
        await press(pilot, "N", "N")
        assert app.review.entry.text == "vindt sparen gedoe"


async def test_a_split_says_who_spoke_and_who_does_from_there_on(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, turn(talk, "P1"))
        await press(pilot, *["right"] * 4, "s", "4", "\n")
        assert said(app) == "✓ Turn split: Joost, then Piet"


async def test_the_queue_of_quotes_to_complete(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        await press(pilot, "q")
        assert rows(app) == [note(talk, "te veel")]
        await press(pilot, "\n", "\n")
        assert talk.state.notes[note(talk, "te veel").removeprefix("notes/")].stub  # untouched, it is no complete quote
        await press(pilot, "\n", "gedoe", "\n", "gehoord", "\n")
        done = talk.state.notes[note(talk, "te veel").removeprefix("notes/")]
        assert (done.text, done.stub) == ("te veel gedoe", False)
        fact = last(talk)
        assert isinstance(fact, f.NoteChanged)
        assert fact.why == "gehoord"
        assert rows(app) == []
        await press(pilot, "q", "q")
        assert said(app) == "No quote is to be completed."


Check = Callable[[Session], str]
CORRECTIONS: dict[str, tuple[str, tuple[str, ...], type[f.Fact]]] = {
    "name an unknown speaker": ("unknown", ("k", "4", "\n"), f.TurnNamed),
    "reassign, by Enter": ("P1", ("\n", "5", "heard", "\n"), f.TurnNamed),
    "split": ("P1", (".", "left", "left", "left", "s", "6", "two voices", "\n"), f.TurnSplit),
    "merge": ("P1", ("+", "\n"), f.TurnsMerged),
    "remove a turn": ("P2", ("delete", "nobody spoke", "\n"), f.TurnRemoved),
    "move": ("P1", ("i", "ctrl+u", "0:01 - 0:08", "\n", "\n"), f.TurnMoved),
    "add": ("P1", ("a", "m", "\n", "\n"), f.TurnAdded),
    "judge": ("P1", ("l", "2"), f.TurnJudged),
    "all coded up to here": ("P1", (".", "D"), f.CodedUntil),
    "code a turn": ("P1", ("c", "prijs", "\n"), f.Coded),
    "memo on a turn": ("P1", ("o", "hoort bij thema 2", "\n"), f.MemoWritten),
}


@pytest.mark.parametrize(("who", "keys", "fact"), CORRECTIONS.values(), ids=CORRECTIONS)
async def test_a_turn_is_corrected_by_key(talk: Session, who: str, keys: tuple[str, ...], fact: type[f.Fact]) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, turn(talk, who))
        await press(pilot, *keys)
        assert isinstance(last(talk), fact), said(app)
        assert said(app).startswith("✓ ")
        assert talk.history.events[-1].actor == "Ria"
        assert talk.history.events[-1].role == "researcher"
        await press(pilot, "z")
        assert isinstance(last(talk), f.Undone)
        await press(pilot, "y")
        assert said(app).startswith("✓ Redone")


ON_NOTES: dict[str, tuple[tuple[str, ...], type[f.Fact]]] = {
    "edit": (("e", "!", "\n", "\n"), f.NoteChanged),
    "tag": (("#", "kassa", "\n"), f.NoteChanged),
    "star": (("*",), f.NoteChanged),
    "unstar": (("*", "X"), f.NoteChanged),
    "who": (("k", "2", "\n"), f.NoteChanged),
    "time": (("i", "ctrl+u", "0:22", "\n", "\n"), f.NoteChanged),
    "remove": (("delete", "dubbel", "\n"), f.NoteRemoved),
    "code": (("c", "gedoe", "\n"), f.Coded),
    "memo": (("o", "zie P2", "\n"), f.MemoWritten),
}


@pytest.mark.parametrize(("keys", "fact"), ON_NOTES.values(), ids=ON_NOTES)
async def test_a_note_is_corrected_by_key(talk: Session, keys: tuple[str, ...], fact: type[f.Fact]) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        await press(pilot, *keys)
        assert isinstance(last(talk), fact), said(app)


async def test_a_reason_is_asked_for_kept_and_told(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        await press(pilot, "k", "2", "gehoord", "\n")
        assert beside(app).count("gehoord") == 1  # told once, with the change
        await press(pilot, "delete", "dubbel", "\n")
        fact = last(talk)
        assert isinstance(fact, f.NoteRemoved)
        assert fact.why == "dubbel"
        assert said(app) == "✓ Note removed: vindt sparen gedoe (dubbel)"


async def test_what_makes_no_sense_is_refused_and_what_was_typed_comes_back(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, turn(talk, "P1"))
        before = len(talk.history.events)
        await press(pilot, "i", "ctrl+u", "0:09 - 0:03", "\n", "why", "\n")
        assert said(app).startswith("? ")
        await press(pilot, "i")
        assert app.review.line.value == "0:09 - 0:03"
        await press(pilot, "\x1b", "*")
        assert said(app) == "? Choose a note first."
        go_to(app, note(talk, "sparen"))
        await press(pilot, "l")
        assert said(app) == "? Choose a turn first."
        assert len(talk.history.events) == before


async def test_a_half_typed_memo_is_still_there(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        await press(pilot, "o", "half een ged", "\x1b")
        go_to(app, note(talk, "kern"))
        await press(pilot, "o")
        assert app.review.line.value == ""
        await press(pilot, "\x1b")
        go_to(app, note(talk, "sparen"))
        await press(pilot, "o", "achte", "\n")
        assert [memo.text for memo in talk.state.memos.values()] == ["half een gedachte"]


async def test_words_typed_before_the_reason_come_back_too(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        before = len(talk.history.events)
        await press(pilot, "e", " erbij", "\n", "\x1b")
        assert len(talk.history.events) == before
        await press(pilot, "e")
        assert app.review.line.value.endswith(" erbij")


async def test_the_codebook_is_changed_by_key(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        await press(pilot, "c", "gedoe", "\n", "c", "moeite", "\n")
        assert "[gedoe]" in shown(app)
        await press(pilot, "c", "gedoe", "\n")
        assert isinstance(last(talk), f.Uncoded)
        await press(pilot, "b", "gedoe", "\n", "1", "ctrl+u", "gedoe: wat tijd kost", "\n")
        await press(pilot, "b", "gedoe", "\n", "2", "3")
        await press(pilot, "b", "gedoe", "\n", "3", "moeite", "\n")
        codes = {one.name: one for one in talk.state.codes.values()}
        assert codes["gedoe"].description == "wat tijd kost"
        assert codes["gedoe"].colour == "#F0E442"
        assert codes["gedoe"].parent == codes["moeite"].id
        await press(pilot, "f6")
        assert "wat tijd kost" in beside(app)
        assert "▲ gedoe" in beside(app)  # a sign beside the colour
        await press(pilot, "b", "gedoe", "\n", "0")
        assert isinstance(last(talk), f.CodeRemoved)


async def test_a_code_is_split_and_merged_by_key_and_what_became_of_it_is_told(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        for words in ("te veel", "sparen"):
            go_to(app, note(talk, words))
            await press(pilot, "c", "gedoe", "\n")
        await press(pilot, "b", "gedoe", "\n", "5")
        assert "There is no other code." in shown(app)
        await press(pilot, "b", "gedoe", "\n", "6", "\n")  # nothing is ticked: nothing goes
        assert isinstance(last(talk), f.Coded)
        await press(pilot, "b", "gedoe", "\n", "6", "down", " ", "\n", "moeite", "\n", "te ruim", "\n")
        assert isinstance(last(talk), f.CodeSplit)
        assert names_on(talk, "sparen") == ["moeite"]
        assert names_on(talk, "te veel") == ["gedoe"]
        await press(pilot, "b", "moeite", "\n", "5", "gedoe", "\n", "toch één", "\n", "f6")
        assert names_on(talk, "sparen") == ["gedoe"]
        told = " ".join(beside(app).split())
        assert "Ria moeite merged into gedoe why: toch één" in told
        assert "Ria moeite split off from gedoe, codings: 1 why: te ruim" in told
        assert told.index("merged") < told.index("split off") < told.index("gedoe made")
        await press(pilot, "z")
        assert names_on(talk, "sparen") == ["moeite"]
        assert "merged into" not in beside(app)


def names_on(talk: Session, words: str) -> list[str]:
    state, on = talk.state, note(talk, words).partition("/")[2]
    return [state.codes[one.code].name for one in state.codings.values() if one.note == on and one.removed_at is None]


async def test_a_second_coder_works_blind_until_the_first_is_asked_for(talk: Session) -> None:
    first = turn(talk, "P1")
    code(talk, another(talk, "Cas"), "price", turn=first.removeprefix("turns/"))
    async with reviewing(talk, (140, 40)) as (app, pilot):
        go_to(app, first)
        assert "[price]" not in shown(app)
        await press(pilot, "f7")
        assert "hidden" in beside(app)
        await press(pilot, "c", "price", "\n", "h")
        assert "[price]" in shown(app)
        assert "100%" in beside(app)
        assert "▶ Joost" in shown(app)
        await press(pilot, "H", "f2")
        assert "▶ Joost" not in shown(app)
        assert "Joost" not in beside(app)
        await press(pilot, "f3")
        assert "Joost" not in beside(app)
        await press(pilot, "l", "1")
        assert "I hear: Joost" in shown(app)
        await press(pilot, "H")
        assert "▶ Joost" in shown(app)


async def test_what_another_coder_does_is_not_told_to_whoever_codes_blind(talk: Session) -> None:
    first = turn(talk, "P1").removeprefix("turns/")
    cas = another(talk, "Cas")
    async with reviewing(talk) as (app, pilot):
        code(talk, cas, "price", turn=first)
        app._tick()
        await pilot.pause()
        assert "Cas" not in said(app)
        await press(pilot, "h")
        app.review.status._held_until = 0
        code(talk, cas, "worth", turn=first)
        app._tick()
        await pilot.pause()
        assert said(app) == "Cas: Coded: worth"


async def test_what_waits_for_the_file_is_done_in_order_once_it_can_be_written(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        with locked(talk.store.path):
            await press(pilot, "c", "gedoe", "\n", "o", "zie P2", "\n")
            assert "NOT SAVED" in shown(app)
            assert said(app).endswith("waits: zie P2")
            await press(pilot, "*")
            assert said(app).endswith("waits: star “vindt sparen gedoe”")
            go_to(app, turn(talk, "P1"))
            await press(pilot, "l", "2")
            assert said(app).endswith("waits: I hear Anna")
            assert not talk.state.codes
        app._tick()
        await pilot.pause()
        assert [code.name for code in talk.state.codes.values()] == ["gedoe"]
        assert len(talk.state.codings) == len(talk.state.memos) == 1
        assert "NOT SAVED (" not in shown(app)


async def test_a_turn_is_split_at_the_second_whatever_was_noted_in_it(talk: Session) -> None:
    held = turn(talk, "P3").removeprefix("turns/")
    begin = int(talk.state.turns[held].started_at)
    async with reviewing(talk) as (app, pilot):
        go_to(app, f"turns/{held}")
        await press(pilot, "s")
        assert said(app).startswith("? Go to the second")
        app.review.move_to(begin + 4_000)
        assert app.review.entry is not None
        assert app.review.entry.kind == "note"  # which the cursor stands on
        await press(pilot, "s", "6", "\n")
        fact = last(talk)
        assert isinstance(fact, f.TurnSplit)
        assert (fact.turn, fact.at_ms) == (held, begin + 4_000)


async def test_a_key_of_ones_own(talk: Session) -> None:
    async with reviewing(talk, keys={"review.star": "x", "note": "k"}) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        await press(pilot, "x")
        assert isinstance(last(talk), f.NoteChanged)
        assert not said(app).startswith("Settings")


async def test_what_others_do_in_a_session_that_still_runs_comes_in(
    make_session: Callable[..., Session], clock: SimulatedClock
) -> None:
    live = make_session()
    begin(live)
    act(live, "floor 1")
    session = make_session("Ria", "researcher")
    async with reviewing(session) as (app, pilot):
        clock.advance(3_000)
        act(live, "floor 2", "note nieuw")
        app._tick()
        await pilot.pause()
        assert "nieuw" in shown(app)


async def test_a_file_that_may_not_be_written_is_read(
    talk: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Session:
        raise KringError("The folder may not be written.")

    talk.close()
    monkeypatch.setattr("kring.session.session.resume", refuse)
    session = open_session(talk.store.path, "Ria", clock, "device")
    async with reviewing(session) as (app, pilot):
        assert "READ ONLY" in shown(app)
        go_to(app, note(session, "sparen"))
        await press(pilot, "*")
        assert said(app).startswith("NOT SAVED")
        await press(pilot, "f3", "/", "gedoe", "\t")
        assert rows(app) == [note(session, "sparen")]
    session.close()


def test_no_file_is_no_session(tmp_path: Path, clock: SimulatedClock) -> None:
    with pytest.raises(KringError):
        open_session(tmp_path / "none.db", "Ria", clock, "device")


async def test_memos_on_a_code_and_on_the_session(talk: Session) -> None:
    async with reviewing(talk, (140, 40)) as (app, pilot):
        await press(pilot, "O", "\n", "stroeve avond", "\n")  # the session comes first
        go_to(app, note(talk, "sparen"))
        await press(pilot, "c", "gedoe", "\n", "O", "gedoe", "\n", "ruim opvatten", "\n")
        await press(pilot, "f6")
        assert "✎ Ria: ruim opvatten" in beside(app)
        assert "✎ Ria: stroeve avond" in beside(app)
        (code_id,) = talk.state.codes
        assert [memo.code for memo in talk.state.memos.values()] == [None, code_id]
        await press(pilot, "b", "gedoe", "\n", "4")
        assert app.review.line.value == "ruim opvatten"  # where there is one of yours, it's changed
        await press(pilot, "ctrl+u", "\n")
        assert isinstance(last(talk), f.MemoRemoved)
        go_to(app, "session/start")
        await press(pilot, "f2", "o")
        assert app.review.line.value == "stroeve avond"
        await press(pilot, "!", "\n")
        assert "✎ Ria: stroeve avond!" in beside(app)
        await press(pilot, "j", "o")
        assert app.review.entry is not None
        assert app.review.entry.kind == "session"


async def test_nothing_tells_who_spoke_while_judging_blind(talk: Session) -> None:
    async with reviewing(talk, (140, 40)) as (app, pilot):
        await press(pilot, "/", "Joost", "\t")
        assert turn(talk, "P1") in rows(app)
        await press(pilot, "\x1b", "H", "/", "Joost", "\t")
        assert turn(talk, "P1") not in rows(app)
        await press(pilot, "\x1b", "f", "Joost", "\n")
        assert app.review.model.filter.speaker == ""
        await press(pilot, "\x1b", "j", "?")
        assert said(app).startswith("There is no other one this way")
        go_to(app, turn(talk, "P1"))
        await press(pilot, "l", "2", "f7")
        assert "%" not in beside(app)
        await press(pilot, "H", "f", "P1", "\n", "H")
        assert app.review.model.filter.speaker == ""


async def test_what_is_filtered_by_has_a_sign_in_the_list(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        await press(pilot, "f", "#prijs", "\n", "f", "notes", "\n")
        ticked = [option.label for option in filter_options(app.review.model) if option.label.startswith("✓")]
        assert ticked == ["✓ notes", "✓ #prijs"]


async def test_the_cursor_stays_in_sight(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        go_to(app, note(talk, "sparen"))
        await press(pilot, "e")
        assert any(line.startswith("▸ ") and "vindt sparen" in line for line in shown(app).splitlines())


async def test_every_answer_to_a_question_is_in_sight_on_a_small_screen(talk: Session) -> None:
    i18n.use("nl")
    async with reviewing(talk, (80, 24)) as (app, pilot):
        go_to(app, turn(talk, "P1"))
        await press(pilot, "k")
        question = " ".join("".join(text for text, _ in one) for one in app.review.status.said_line.lines)
        keys = question.replace("\u00a0", " ").split("  ")
        assert [word.split()[0] for word in keys if word.split()][-1] == "Esc"
        assert {"8 Noor", "m gespreksleider", "n niemand"} <= {word.strip() for word in keys}
        await press(pilot, "2")
        assert app.review.line.display
        assert app.review.is_typing
