"""The driver on a real pseudo-terminal: bad bytes, lost terminals, signals, native noise, crashes."""

import contextlib
import os
import pty
import select
import signal
import sys
import termios
import threading
import time
import tty
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser

from kring.ui.terminal import PASTE_END, PASTE_PATIENCE_S, PASTE_START, Keyboard, Screen

STAGE = Path(__file__).with_name("terminal_stage.py")
PATIENCE_S = 20


class Terminal:
    """A program on a pseudo-terminal of 80 by 24."""

    def __init__(self, home):
        self.seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", HOME=str(home), XDG_STATE_HOME=str(home), COLUMNS="80", LINES="24")
            os.execv(sys.executable, [sys.executable, str(STAGE)])

    def type(self, text):
        os.write(self.fd, text)

    def wait_for(self, wanted):
        end = time.monotonic() + PATIENCE_S
        while wanted not in self.seen:
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.fd, 65_536)
                except OSError:  # the program ended
                    break
        assert wanted in self.seen, self.seen[-2000:]

    def ended(self):
        """Return how the program ended, and read what it still had to say."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.05)[0]:
                with contextlib.suppress(OSError):
                    self.seen += os.read(self.fd, 65_536)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("the program did not end")

    def close(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)


@pytest.fixture
def terminal(tmp_path):
    running = Terminal(tmp_path)
    try:
        running.wait_for(b"READY")
        yield running
    finally:
        running.close()


def restored(seen):
    """Whether the main screen, the cursor and ordinary pasting are back, in what came last."""
    return all(
        seen.rfind(on) > seen.rfind(off) >= 0
        for on, off in (
            (b"\x1b[?1049l", b"\x1b[?1049h"),
            (b"\x1b[?25h", b"\x1b[?25l"),
            (b"\x1b[?2004l", b"\x1b[?2004h"),
        )
    )


@pytest.mark.parametrize("byte", [b"\xe9", b"\xff", b"\xc3", b"\x80\xbf\xfe"])
def test_a_byte_that_is_no_utf_8_does_not_end_the_app(terminal, byte):
    terminal.type(b"a" + byte + b"b\r")
    terminal.wait_for(b"GOT<a")
    terminal.type("é日\r".encode())
    terminal.wait_for("GOT<é日>".encode())


def test_a_sequence_that_textual_cannot_parse_does_not_end_the_app(terminal):
    terminal.type(b"\x1b[99999999999999;1u")
    terminal.type(b"ok\r")
    terminal.wait_for(b"GOT<")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_restores_the_terminal_and_closes_in_order(terminal, number):
    os.kill(terminal.pid, number)
    assert terminal.ended() == 128 + number
    assert restored(terminal.seen)
    assert b"CLOSED" in terminal.seen


def test_an_ordinary_end_restores_the_terminal(terminal):
    terminal.type(b"\x1b[21~")
    assert terminal.ended() == 0
    assert restored(terminal.seen)


def test_a_closed_terminal_ends_the_app_in_order(terminal):
    os.close(terminal.fd)
    terminal.fd = -1
    end = time.monotonic() + PATIENCE_S
    pid, status = 0, 0
    while not pid and time.monotonic() < end:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        time.sleep(0.05)
    assert pid, "it still runs without a terminal"
    terminal.pid = 0
    assert os.waitstatus_to_exitcode(status) != -signal.SIGHUP


def test_what_native_libraries_write_stays_off_the_screen(terminal):
    terminal.type(b"noise\r")
    terminal.wait_for(b"GOT<noise>")
    terminal.type(b"\x1b[21~")
    assert terminal.ended() == 0
    assert b"NOISE" not in terminal.seen


def test_a_crash_shows_a_sentence_and_logs_frames_without_what_was_said(terminal, tmp_path):
    terminal.type(b"crash\r")
    assert terminal.ended() == 1
    assert restored(terminal.seen)
    assert b"crash.log" in terminal.seen.replace(b"\r\n", b"")
    logs = [file.read_text() for file in tmp_path.rglob("crash.log")]
    assert len(logs) == 1
    assert "ValueError" in logs[0]
    assert "on_input_submitted" in logs[0]
    for told in (logs[0], terminal.seen.decode("utf-8", "replace")):
        assert "Fatima" not in told
        assert "cannot read" not in told


def keys(messages):
    return [getattr(message, "key", None) or getattr(message, "text", message) for message in messages]


def test_an_unclosed_paste_swallows_keys_only_while_they_keep_coming():
    keyboard = Keyboard()
    assert keys(keyboard.feed(b"\x1b[20", 0.0)) == []
    assert keys(keyboard.feed(b"0~een", 0.1)) == []
    assert keys(keyboard.tick(1.0)) == []
    keyboard_done = [*keyboard.tick(0.2 + PASTE_PATIENCE_S), *keyboard.feed(b"x", 3.0)]
    assert keys(keyboard_done) == ["een", "x"]
    assert keys(keyboard.feed(b"\x1b[201~y", 4.0)) == ["y"]


def test_a_closed_paste_arrives_whole_and_at_once():
    keyboard = Keyboard()
    assert keys(keyboard.feed("\x1b[200~één\ntwee\x1b[201~q".encode(), 0.0)) == ["één\ntwee", "q"]
    assert keys(keyboard.tick(10.0)) == []


@pytest.mark.parametrize(
    "rich", ["\x1b[31mrood\x1b[0m", "\x1b", "\x1b[200~", "\x1b[<0;1;1M", "\x1b[", "\x1b]0;x\x07", "\x1b[2"]
)
def test_what_is_pasted_is_one_paste_and_never_a_key_however_it_is_cut(rich):
    whole = f"a{PASTE_START}q{rich}y{PASTE_END}b".encode()
    for cut in range(len("a") + len("\x1b["), len(whole)):
        keyboard = Keyboard()
        came = [*keyboard.feed(whole[:cut], 0.0), *keyboard.feed(whole[cut:], 0.01)]
        assert keys(came) == ["a", f"q{rich}y", "b"], cut


def test_a_key_that_begins_like_a_paste_is_only_late():
    keyboard = Keyboard()
    assert keys(keyboard.feed(b"\x1b[", 0.0)) == []
    assert keys(keyboard.feed(b"A", 0.05)) == ["up"]


def test_pasting_what_a_terminal_obeys_takes_no_longer_than_plain_text():
    seconds = {}
    for name, piece in (("plain", "abcdefgh "), ("rich", "\x1b[31ma\x1b[0")):
        text = (PASTE_START + piece * 20_000 + PASTE_END).encode()
        took = []
        for _ in range(3):
            keyboard, begun = Keyboard(), time.perf_counter()
            assert len(list(keyboard.feed(text, 0.0))) == 1
            took.append(time.perf_counter() - begun)
        seconds[name] = min(took)
    assert seconds["rich"] < 20 * seconds["plain"]


def test_a_character_cut_in_two_reads_is_one_character():
    keyboard = Keyboard()
    first, second = "日".encode()[:1], "日".encode()[1:]
    assert keys(keyboard.feed(first, 0.0)) == []
    assert [message.character for message in keyboard.feed(second, 0.1)] == ["日"]


@pytest.mark.parametrize("sequence", [b"\x1b[99999999999999;1u", b"\x1b[1114112u", b"\x1b[:1u", b"\x1b[97;1;99999999u"])
def test_keys_after_an_unreadable_sequence_arrive(sequence):
    with pytest.raises(Exception):  # noqa: B017, PT011 - Textual's own parser fails in several ways
        list(XTermParser().feed(sequence.decode()))
    assert keys(Keyboard().feed(b"a" + sequence + b"ok", 0.0)) == ["a", "o", "k"]
    keyboard = Keyboard()
    assert keys(keyboard.feed(sequence[:5], 0.0)) == []
    assert keys(keyboard.feed(sequence[5:] + b"ok", 0.0))[-2:] == ["o", "k"]


def stopped(terminal, number):
    os.kill(terminal.pid, number)
    _, status = os.waitpid(terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_program_that_was_stopped_goes_on_and_still_restores_the_terminal(terminal, number):
    before = termios.tcgetattr(terminal.fd)[3] & termios.ECHO
    stopped(terminal, number)
    terminal.seen = b""
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_for(b"\x1b[?2004h")
    for attempt in range(3):
        terminal.type(f"ok{attempt}\r".encode())
        terminal.wait_for(f"GOT<ok{attempt}>".encode())
    assert before == 0
    terminal.type(b"\x1b[21~")
    assert terminal.ended() == 0
    assert restored(terminal.seen)
    assert termios.tcgetattr(terminal.fd)[3] & termios.ECHO


@pytest.fixture
def pipes():
    pair = pty.openpty()
    tty.setraw(pair[1])
    yield pair
    for descriptor in pair:
        os.close(descriptor)


def test_what_a_terminal_does_not_take_at_once_the_thread_sends_in_order(pipes):
    ours, theirs = pipes
    screen = Screen(os.dup(theirs))
    assert screen.send_at_once("één") is None
    assert os.read(ours, 100) == "één".encode()
    long = "é" * 400_000
    assert screen.send_at_once(long) == ""
    assert screen.send_at_once("then") == "then"

    def send():
        for text in ("", "then"):
            screen.write(text)
        screen.flush()

    thread = threading.Thread(target=send)
    thread.start()
    seen = b""
    while len(seen) < len(f"{long}then".encode()):
        seen += os.read(ours, 65_536)
    thread.join(PATIENCE_S)
    assert seen == f"{long}then".encode()
    assert screen.send_at_once("at once again") is None
    screen.close()
    assert screen.send_at_once("at the end") == "at the end"


def test_the_thread_sends_all_where_a_terminal_is_gone_or_is_none():
    reading, writing = os.pipe()
    assert Screen(writing).send_at_once("to a file") == "to a file"
    os.close(reading)
    ours, theirs = pty.openpty()
    screen = Screen(theirs)
    os.close(ours)
    assert screen.send_at_once("too late") == "too late"
    screen.write("too late")
    screen.flush()
    screen.close()
