"""What stands between Textual and a real terminal: bad bytes, signals, native noise and crashes."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.driver import Driver
from textual.events import Paste
from textual.message import Message

from kring.domain.text import pattern
from kring.system import crash_log
from kring.system.i18n import _
from kring.ui.toolkit.textual_private import LastWordsApp

if TYPE_CHECKING:
    from pathlib import Path

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
PASTE_PATIENCE_S = 2.0
"""How long a paste may be silent before it counts as ended; an unclosed one would swallow every later key."""
LOOK_S = 0.1
"""How often to look whether time decides what was typed: a lone escape, a paste that was never closed."""
ALERT_S = PASTE_PATIENCE_S + 1.0
"""How long after a key that may be; from then on the thread sleeps until the next one."""
_SEQUENCES = pattern("(?=\x1b)")
_UNREADABLE = pattern("\\A(?:\x1b\\[[0-9:;<?]*[@-~]?|[0-9:;<?]*[@-~]|.)", re.DOTALL)
"""What is left out when Textual's parser fails: the sequence at the head, and not the keys after it."""

if sys.platform == "win32":

    def driver_class() -> type[Driver] | None:
        """Return the driver for this terminal, or None for Textual's own choice."""
        return None

else:
    import termios

    from kring.ui.toolkit.textual_private import ScreenDriver, XTermParser

    def driver_class() -> type[Driver] | None:
        """Return the driver for this terminal, or None for Textual's own choice."""
        return TerminalDriver

    ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
    """The signals that end the app in the ordinary way."""

    class Keyboard:
        """Turns bytes of the terminal into messages, whatever the bytes are (Textualize/textual#6456)."""

        def __init__(self, debug: bool = False) -> None:
            self._debug = debug
            self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
            self._parser = XTermParser(debug)
            self._cut_off = ""  # what may be the beginning of a mark
            self._pasted: list[str] | None = None
            self._heard = 0.0

        def feed(self, arrived: bytes, now: float) -> Iterator[Message]:
            """Yield the messages in these bytes; `now` is in seconds of a monotonic clock."""
            text = self._decode(arrived)
            if text:
                self._heard = now
                yield from self._split(text)

        def tick(self, now: float) -> Iterator[Message]:
            """Yield what time alone decides: a lone escape, and the end of a paste that was never closed."""
            try:
                yield from self._parser.tick()
            except Exception as fault:  # noqa: BLE001 - see _parsed
                self._forget(fault)
            if self._pasted is not None and now - self._heard > PASTE_PATIENCE_S:
                yield self._paste()
            elif self._pasted is None and self._cut_off and now - self._heard > LOOK_S:
                text, self._cut_off = self._cut_off, ""
                yield from self._parsed(text)

        def _split(self, text: str) -> Iterator[Message]:
            """Yield the messages in a text; what stands between the marks of a paste is one, whatever is in it."""
            text, self._cut_off = self._cut_off + text, ""
            while text:
                if self._pasted is None:
                    typed, mark, text = text.partition(PASTE_START)
                    if not mark:
                        typed, self._cut_off = _without_begun(PASTE_START, typed, least=2)  # a lone escape is a key
                    yield from self._parsed(typed)
                    self._pasted = [] if mark else None
                else:
                    inside, mark, text = text.partition(PASTE_END)
                    if not mark:
                        inside, self._cut_off = _without_begun(PASTE_END, inside)
                    self._pasted.append(inside)
                    if mark:
                        self._cut_off = ""
                        yield self._paste()

        def _paste(self) -> Message:
            pasted, self._pasted = "".join(self._pasted or ()) + self._cut_off, None
            self._cut_off = ""
            return Paste(pasted.replace("\0", ""))

        def _parsed(self, text: str) -> Iterator[Message]:
            for piece in _SEQUENCES.split(text):
                rest = piece
                while rest:
                    try:
                        yield from self._parser.feed(rest)
                        break
                    except Exception as fault:  # noqa: BLE001 - a key that cannot be read must not end the session
                        self._forget(fault)
                        rest = _UNREADABLE.sub("", rest, count=1)

        def _forget(self, fault: Exception) -> None:
            crash_log.keep(fault)
            self._parser = XTermParser(self._debug)

    def _without_begun(mark: str, text: str, least: int = 1) -> tuple[str, str]:
        """Return a text without what may be the beginning of a mark at its end, and that."""
        for length in range(len(mark) - 1, least - 1, -1):
            if text.endswith(mark[:length]):
                return text[:-length], text[-length:]
        return text, ""

    class Screen:
        """The file that Textual writes to; a terminal that is gone, or text it cannot take, does not hurt.

        Textual writes from a thread of its own, for a terminal may take its time. What it takes without waiting is sent
        by who drew it, for that thread to wake takes as long as to draw half of it.
        """

        def __init__(self, descriptor: int) -> None:
            self._file: TextIOWrapper = os.fdopen(descriptor, "w", encoding="utf-8", errors="replace")
            self._gone = False
            self._at_once = _unwaiting(descriptor)
            self._left = b""  # of a text of which the terminal took the beginning at once
            self._owed = self._written = self._sent = 0  # texts that the thread got, wrote and sent

        def send_at_once(self, text: str) -> str | None:
            """Send what the terminal takes now; return what the thread has to write, None where that is nothing."""
            if self._at_once is not None and self._owed == self._sent:
                encoded = text.encode("utf-8", "replace")
                with suppress(OSError):  # it takes nothing now, or is gone
                    self._left = encoded[os.write(self._at_once, encoded) :]
                    if not self._left:
                        return None
                    text = ""
            self._owed += 1
            return text

        def write(self, text: str) -> int:
            """Write to the terminal, as long as there is one."""
            if not self._gone:
                try:
                    if self._left:
                        self._file.buffer.write(self._left)
                        self._left = b""
                    self._file.write(text)
                except OSError:
                    self._gone = True
            self._written += 1
            return len(text)

        def flush(self) -> None:
            """Send what was written."""
            if not self._gone:
                try:
                    self._file.flush()
                except OSError:
                    self._gone = True
            self._sent = self._written

        def close(self) -> None:
            """Send nothing at once any more."""
            if self._at_once is not None:
                os.close(self._at_once)
                self._at_once = None

        def fileno(self) -> int:
            """Return the descriptor of the terminal."""
            return self._file.fileno()

    def _unwaiting(descriptor: int) -> int | None:
        """Return a descriptor of the same terminal at which nobody waits, None where it has no name.

        It is opened anew: who shares the other one, such as the shell, would no longer wait at it either.
        """
        try:
            return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return None

    class TerminalDriver(ScreenDriver):
        """Textual's driver, made to survive what real terminals do.

        A byte that is no UTF-8 is shown as �. A closed terminal, SIGHUP, SIGTERM, SIGINT and SIGQUIT end the app in
        the ordinary way, so that the terminal is restored and the session file closed. While the app draws,
        whatever a native library writes on descriptor 2 goes to the null device and not into the screen.
        """

        def __init__(
            self,
            app: App[Any],
            *,
            debug: bool = False,
            mouse: bool = True,
            size: tuple[int, int] | None = None,
        ) -> None:
            drawn_on = 2 if os.isatty(2) else 1
            self._screen = Screen(os.dup(drawn_on))
            super().__init__(app, self._screen, debug=debug, mouse=mouse, size=size)
            self._keyboard = Keyboard(debug)
            self._kept_stderr: int | None = None
            self._waking: tuple[int, int] | None = None  # a pipe: closing its second end wakes who waits at the first
            self._drawing = False

        def start_application_mode(self) -> None:
            self._keep_native_noise_off()
            self._waking = os.pipe()
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self._drawing = True
            for number in ENDING:
                self.loop.add_signal_handler(number, self._end, number)

        def stop_application_mode(self) -> None:
            self._drawing = False
            super().stop_application_mode()
            self._let_stderr_through()

        def disable_input(self) -> None:
            waking, self._waking = self._waking, None
            if waking is not None:
                os.close(waking[1])
            super().disable_input()
            if waking is not None:
                os.close(waking[0])

        def hand_over(self, text: str) -> None:
            left = self._screen.send_at_once(text)
            if left is not None:
                super().hand_over(left)

        def close(self) -> None:
            super().close()
            self._screen.close()
            for number in ENDING:
                self.loop.remove_signal_handler(number)

        def continued(self) -> bool:
            """Go on after SIGSTOP, which gave no chance to leave the screen.

            Textual would start a second keyboard thread, and take the raw mode for the one to restore at the end.
            """
            if self._drawing:
                self.loop.call_soon_threadsafe(self._return_to_screen)
            return self._drawing

        def _return_to_screen(self) -> None:
            with suppress(termios.error):
                self.make_raw()
            self.write("\x1b[?1049h\x1b[?25l\x1b[?2004h")
            self.app.screen.refresh()

        def _end(self, number: int) -> None:
            self.app.exit(return_code=128 + number)

        def _lost(self) -> None:
            """End the app from the thread of the keyboard: nobody can type any more."""
            if not self.exit_event.is_set() and not self.loop.is_closed():
                self.loop.call_soon_threadsafe(self._end, signal.SIGHUP)

        def run_input_thread(self) -> None:
            try:
                self._read_keys()
            except Exception as fault:  # noqa: BLE001 - the boundary of a thread
                crash_log.keep(fault)
                self._lost()

        def _read_keys(self) -> None:
            heard = time.monotonic()
            waited_at = [self.fileno, *(self._waking or ())[:1]]
            while not self.exit_event.is_set():
                patience = LOOK_S if time.monotonic() - heard < ALERT_S else None
                readable, _writable, _failed = select.select(waited_at, [], [], patience)
                try:
                    arrived = os.read(self.fileno, 65_536) if self.fileno in readable else None
                except OSError:  # EIO: the terminal was closed
                    arrived = b""
                if arrived == b"":
                    self._lost()
                    return
                now = time.monotonic()
                if arrived:
                    heard = now
                    for message in self._keyboard.feed(arrived, now):
                        self.process_message(message)
                for message in self._keyboard.tick(now):
                    self.process_message(message)

        def _keep_native_noise_off(self) -> None:
            if self._kept_stderr is None and os.isatty(2):
                self._kept_stderr = os.dup(2)
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, 2)
                os.close(null)

        def _let_stderr_through(self) -> None:
            if self._kept_stderr is not None:
                os.dup2(self._kept_stderr, 2)
                os.close(self._kept_stderr)
                self._kept_stderr = None


class TerminalApp(LastWordsApp):
    """An app on our driver, whose crash shows one sentence and keeps frames without a value in the crash log."""

    def get_driver_class(self) -> type[Driver]:
        return driver_class() or super().get_driver_class()

    def last_words(self, fault: BaseException | None) -> str:
        return crash_sentence(crash_log.keep(fault) if fault is not None else None)


def crash_sentence(kept: Path | None) -> str:
    """Return what a person reads after a fault in the program."""
    saved = _("kring stopped because of a fault in the program. What was saved stands in the session file.")
    if kept is None:
        return saved
    where = _("Where it went wrong, without anything that was said, is in {path}").format(path=kept)
    return f"{saved}\n{where}"


@contextmanager
def quiet_threads() -> Iterator[None]:
    """Send faults of threads and of destructors to the crash log instead of the screen."""
    import threading

    thread_hook: Callable[[threading.ExceptHookArgs], object] = threading.excepthook
    destructor_hook = sys.unraisablehook

    def keep(fault: Any) -> None:
        if fault.exc_value is not None:
            crash_log.keep(fault.exc_value)

    threading.excepthook = keep
    sys.unraisablehook = keep
    try:
        yield
    finally:
        threading.excepthook = thread_hook
        sys.unraisablehook = destructor_hook
