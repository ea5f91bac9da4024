"""The keeper: after the session its sound becomes FLAC in the background, in one of the programs that have it open.

Whatever is left, cut short or closed in between stays as WAV, and is taken up at the next `kring run`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

from kring.audio import flac as keeping
from kring.domain import rows as r
from kring.domain.decide import decision
from kring.domain.decide import recording as verbs
from kring.domain.local_time import day_of
from kring.domain.text import KringError, Refused, Sentence
from kring.session.session import Session
from kring.store.store import NotRead, NotSaved
from kring.system import file_lock, worker_process

CALM_MS = 10_000
"""How long after the end nothing is begun: whoever ended it by mistake takes that back within this time."""
LOOK_MS = 2_000


class FlacArchive:
    """Keeps the sound of one open session; `tick` four times a second, and `close` before the session closes."""

    def __init__(
        self,
        session: Session,
        begin: Callable[[list[Path], str, str], worker_process.Background[keeping.News]] | None = None,
    ) -> None:
        self.session = session
        self.share: float | None = None
        """How much of the work that is being done is done, from 0 to 1."""
        self.done: Callable[[Sentence], None] = lambda sentence: None
        self.fail: Callable[[KringError], None] = lambda problem: None
        self._begin = begin
        self._work: worker_process.Background[keeping.News] | None = None
        self._segments: dict[str, r.SegmentRow] = {}
        self._kept: deque[keeping.Kept] = deque()
        self._problem: Sentence | None = None
        self._given_up: set[str] = set()
        self._seen: object = None
        self._looked_ms = 0
        self._write_from_ms = 0

    def tick(self, *, is_free: bool) -> None:
        """Begin when the session is over and `is_free` says that nothing records; stop when it goes on."""
        session = self.session.state.session
        if session.phase != "ended" or not is_free:
            self._leave()
        elif self._work is not None:
            self._take_in(self._work)
        elif self.session.store.mode == "write" and self.session.now() - (session.ended_at or 0) >= CALM_MS:
            self._look()

    def close(self) -> None:
        """Write what is kept by now; what isn't stays WAV, and nobody waits for it."""
        if self._work is not None and not self.session.store.is_closed:
            self._listen(self._work)
            self._write()
        self._leave()

    def _look(self) -> None:
        now = self.session.clock.clock.elapsed_ms()
        segments = self.session.state.segments
        if segments is self._seen or (self._looked_ms and now - self._looked_ms < LOOK_MS):
            return
        self._looked_ms = max(now, 1)
        self._segments = self._wavs()
        wavs = [Path(wav) for wav in self._segments]
        if not wavs:
            self._seen = segments
        elif not file_lock.is_held(wavs[0].parent, keeping.LOCK):  # else another program is at it
            self.share = 0.0
            begin = self._begin or keeping.in_background
            self._work = begin(wavs, self.session.state.session.title, day_of(self.session.state))

    def _wavs(self) -> dict[str, r.SegmentRow]:
        """Return the files that are still WAV, and what the session knows of each."""
        from kring.record.folder import find, segments_of

        wavs: dict[str, r.SegmentRow] = {}
        session_file = self.session.store.path
        for segment in segments_of(self.session.state):
            if segment.frames and segment.id not in self._given_up:
                path = find(session_file, segment)
                if path is not None and (wav := path.with_suffix(".wav")).exists():
                    wavs[str(wav)] = segment
        return wavs

    def _take_in(self, work: worker_process.Background[keeping.News]) -> None:
        self._listen(work)
        if not self._write() or not work.is_over:
            return
        self._work, self.share = None, None
        if self._problem is not None:
            problem, self._problem = self._problem, None
            self.fail(KringError(problem.template, **problem.values))
        elif not self._wavs():
            self.done(Sentence("The sound is kept as FLAC; every sample was compared."))

    def _listen(self, work: worker_process.Background[keeping.News]) -> None:
        for news in work.poll():
            match news:
                case keeping.Progress(share=share):
                    self.share = share
                case keeping.Kept():
                    self._kept.append(news)
                case keeping.BUSY:
                    pass  # another program was first; look again later
                case worker_process.Failed():
                    self._give_up(news)

    def _give_up(self, news: worker_process.Failed) -> None:
        """Leave a file as WAV until the program is started again; without a name, every file."""
        self._problem = self._problem or news.sentence
        self._given_up |= {row.id for wav, row in self._segments.items() if news.file in ("", Path(wav).name)}

    def _write(self) -> bool:
        """Write what is kept into the session file; return whether it could be."""
        now = self.session.clock.clock.elapsed_ms()
        if now < self._write_from_ms:
            return False
        try:
            while self._kept:
                keep_one(self.session, self._segments[self._kept[0].wav], self._kept[0])
                self._kept.popleft()
        except (NotSaved, NotRead):
            self._write_from_ms = now + LOOK_MS
            return False  # the session says so itself; the WAV is still there
        return True

    def _leave(self) -> None:
        if self._work is not None:
            self._work.leave()
        self._work, self.share, self._seen = None, None, None
        self._kept.clear()


def keep_one(session: Session, segment: r.SegmentRow, kept: keeping.Kept) -> None:
    """Write into the session file that a FLAC is kept, and only then let its WAV go.

    Raises NotSaved, and leaves both, when that can't be written.
    """
    flac = Path(kept.flac)
    file = f"{flac.parent.name}/{flac.name}"
    try:
        session.do_as_program(
            decision(verbs.segment_kept, segment.id, file, kept.fingerprint.sha256, kept.fingerprint.bytes)
        )
    except Refused:
        if segment.id not in session.state.segments:
            raise
    keeping.release(kept)
