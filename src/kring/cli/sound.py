"""`kring sound` and `kring transcribe`: is it whole, keep it as FLAC, write it as one file, write it down."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kring.audio import flac, mixdown
from kring.audio.align import Mapping
from kring.cli.json_text import json_text
from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.decide import bringing_in, decision
from kring.domain.events import PROGRAM
from kring.domain.local_time import day_of
from kring.domain.measures.coverage import sound_share, uncovered_quotes
from kring.domain.state import State
from kring.domain.text import N_, KringError, Sentence, clean, whole
from kring.domain.time_text import as_length, time_of_day
from kring.record import client
from kring.record.folder import Condition, Sound, condition, find, segments_of, sounds_of
from kring.session.flac_archive import keep_one
from kring.session.recording import Recordist
from kring.session.session import Me, Session
from kring.speech import transcribe
from kring.speech.remembered_model import remember_model, remembered_model
from kring.speech.utterances import Heard as Spoken
from kring.speech.utterances import utterances
from kring.store import files
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, decimal, language, ngettext, say
from kring.system.worker_process import Background, Failed, News
from kring.team import require_extra

FAILED = 1
CONDITIONS: dict[Condition, str] = {
    "kept": N_("kept, and whole"),
    "not kept": N_("as recorded"),
    "not ended": N_("not ended"),
    "changed": N_("CHANGED since it was kept"),
    "missing": N_("MISSING"),
}


class Heard(msgspec.Struct, frozen=True):
    """A file of the recording, as `kring sound` tells of it; `t` in seconds on the session's clock."""

    segment: str
    file: str
    condition: Condition
    started_at: int
    t: float | None
    duration_s: float | None
    channels: int
    rate: int
    bytes: int | None
    sha256: str


def sound_command(asked: Namespace) -> int:
    """Tell of the recording, keep it, or write it as one file; the exit code is 1 when a file is missing or damaged."""
    if asked.send or asked.fetch:
        require_extra()
        from kring.cli.joining.recordings import carry_command

        return carry_command(asked)
    with opened(asked.file, writing=asked.keep) as session:
        if asked.keep:
            take_in(session)
        if not session.state.segments and (asked.keep or asked.to):
            raise KringError("{file} holds no recording of kring.", file=asked.file.name)
        code = _keep(session) if asked.keep else 0
        if asked.to:
            return _export(session, asked.to, asked.out) or code
        if asked.keep:
            return code
        return _tell(session, asked.json)


@contextmanager
def opened(path: Path, writing: bool) -> Iterator[Session]:
    """Open a session file for work on what was recorded, in which nobody takes part."""
    me = Me(PROGRAM, "program", settings.device_id())
    session = Session(files.open_(path, "write" if writing else "read"), SystemClock(), me)
    try:
        if not session.state.session.id:
            raise KringError("{file} holds no session yet.", file=path.name)
        yield session
    finally:
        session.close()


def take_in(session: Session) -> None:
    """Make whole what a killed recorder left, and let the session file know of it."""
    Recordist(session, client).close()


def _tell(session: Session, as_json: bool) -> int:
    heard = [_heard(session, segment) for segment in segments_of(session.state)]
    if as_json:
        sys.stdout.write(json_text(heard) + "\n")
    else:
        print_lines(_lines(session.state, heard))
    return FAILED if any(one.condition in ("missing", "changed") for one in heard) else 0


def _heard(session: Session, segment: r.SegmentRow) -> Heard:
    found, path = condition(session.store.path, segment)
    return Heard(
        segment=segment.id,
        file=path.name if path else Path(segment.file).name,
        condition=found,
        started_at=int(segment.started_at),
        t=segment.t,
        duration_s=segment.duration_s if segment.frames is None else segment.frames / max(1, segment.rate),
        channels=segment.channels,
        rate=segment.rate,
        bytes=path.stat().st_size if path else segment.bytes,
        sha256=segment.sha256,
    )


def _lines(state: State, heard: list[Heard]) -> Iterator[str]:
    for row in state.recordings.values():
        if row.source == "platform":
            until = time_of_day(state, row.ended_at) if row.ended_at else "…"
            yield _("Platform recording: {begin} – {end}").format(begin=time_of_day(state, row.started_at), end=until)
    if not heard:
        yield _("kring recorded no sound.")
        return
    width = max(len(one.file) for one in heard)
    for one in heard:
        length = as_length((one.duration_s or 0) * 1000)
        begin = time_of_day(state, one.started_at, seconds=True)
        yield f"{one.file:<{width}}  {begin}  {length:>8}  {megabytes(one.bytes):>8}  {_(CONDITIONS[one.condition])}"
    yield from _summary(state, heard)


def _summary(state: State, heard: list[Heard]) -> Iterator[str]:
    total = sum(one.duration_s or 0 for one in heard)
    count = ngettext("{n} file", "{n} files", len(heard)).format(n=len(heard))
    size = megabytes(sum(one.bytes or 0 for one in heard))
    yield _("{length} of sound in {files}, {size}").format(length=as_length(total * 1000), files=count, size=size)
    share = sound_share(state)
    if share is not None:
        yield _("{share} of the session is recorded.").format(share=f"{whole(100 * share)}%")
    outside = len(uncovered_quotes(state))
    if outside:
        yield ngettext("{n} quote outside the recording", "{n} quotes outside the recording", outside).format(n=outside)


def _keep(session: Session) -> int:
    wavs: dict[str, r.SegmentRow] = {}
    missing: list[Sentence] = []
    for segment in segments_of(session.state):
        path = find(session.store.path, segment)
        if path is None:
            missing.append(Sentence("{file} is missing.", {"file": Path(segment.file).name}))
        elif (wav := path.with_suffix(".wav")).exists():
            wavs[str(wav)] = segment
    print_lines(map(say, missing))
    code = FAILED if missing else 0
    if not wavs:
        print_lines([_("All sound is kept.")] if not missing else [])
        return code
    title, day = session.state.session.title, day_of(session.state)
    for news in watched(flac.in_background([Path(wav) for wav in wavs], title, day)):
        match news:
            case flac.Kept():
                keep_one(session, wavs[news.wav], news)
                size = megabytes(news.fingerprint.bytes)
                print_lines(
                    [_("{file} is kept: {size}, every sample compared.").format(file=_name(news.flac), size=size)]
                )
            case Failed():
                print_lines([say(news.sentence)])
                code = FAILED
    return code


def _export(session: Session, kind: mixdown.Kind, wanted: Path | None) -> int:
    path = session.store.path
    out = wanted or path.with_suffix(f".{kind}")
    if out.exists():
        raise KringError("{file} is there already; choose another name with -o.", file=str(out))
    task = export_of(session.state, path, kind, out)
    missing = (one.name for one in sounds_of(session.state, path) if one.path is None)
    print_lines(_("{file} is missing.").format(file=name) for name in missing)
    for news in watched(mixdown.in_background(task)):
        match news:
            case mixdown.Written():
                print_lines(_written(news))
            case Failed():
                raise KringError(news.sentence.template, **news.sentence.values)
    return 0


def export_of(state: State, session_file: Path, kind: mixdown.Kind, out: Path) -> mixdown.Export:
    """Return what to lay into one file, which begins where the session's clock stands at zero.

    Raises KringError where sound is missing.
    """
    sounds = [one for one in sounds_of(state, session_file) if one.is_heard]
    for one in sounds:
        if one.path is None:
            raise KringError("{file} is missing.", file=one.name)
    begin = state.session.started_at or min((one.segment.started_at for one in sounds), default=0)
    return mixdown.Export(
        sounds=tuple(str(one.path) for one in sounds),
        pieces=tuple(one.piece for one in sounds),
        begin_ms=float(begin),
        kind=kind,
        out=str(out.absolute()),
        title=state.session.title,
        date=day_of(state),
    )


def _written(news: mixdown.Written) -> Iterator[str]:
    yield _("{file} is written: {length}; a place in it is a moment of the session.").format(
        file=_name(news.out), length=as_length(news.seconds * 1000)
    )
    if news.damaged_s:
        yield _("{length} s of the sound are damaged, and silence here.").format(
            length=decimal(max(0.1, news.damaged_s))
        )
    if news.left_out_s >= 1:
        yield _("{length} of sound from before the session is left out.").format(
            length=as_length(news.left_out_s * 1000)
        )


def transcribe_command(asked: Namespace) -> int:
    """Write down what was said, as a draft in the session file."""
    model = (asked.model or remembered_model()).expanduser().absolute()
    with opened(asked.file, writing=False) as session:
        is_left = any(segment.frames is None for segment in segments_of(session.state))
    if is_left:
        with opened(asked.file, writing=True) as session:
            take_in(session)
    with opened(asked.file, writing=False) as session:  # for as long as the machine listens, others may write
        state = session.state
    wanted = [one for one in sounds_of(state, asked.file) if one.segment.frames]
    heard = [one for one in wanted if one.is_heard]
    sounds = [one for one in heard if one.path is not None]
    if not sounds:
        raise KringError("{file} has no sound to transcribe.", file=asked.file.name)
    print_lines(_("{file} is missing.").format(file=one.name) for one in wanted if one.path is None)
    changed = [one.segment for one in sounds if condition(asked.file, one.segment)[0] == "changed"]
    print_lines(
        _("{file} was changed since it was kept: what is damaged is taken for silence.").format(file=_name(one.file))
        for one in changed
    )
    task = transcribe.Sounds(
        paths=tuple(str(one.path) for one in sounds),
        lengths_s=tuple(one.piece.frames / max(1, one.piece.rate) for one in sounds),
        language=asked.language or state.session.language or language(),
        model=str(model),
    )
    working = transcribe.in_background(task)
    engine, words = _heard_words(sounds, working)
    remember_model(model)
    with opened(asked.file, writing=True) as session:
        said = utterances(session.state, words)
        session.do(decision(bringing_in.read, engine, task.language, said))
    print_lines(_transcribed(said))
    return FAILED if len(sounds) < len(heard) else 0


def _heard_words(sounds: Sequence[Sound], working: Background[transcribe.News]) -> tuple[str, list[Spoken]]:
    """Return the engine's name, and the words on the session's clock; raises KringError where the work failed."""
    mapping = Mapping([one.piece for one in sounds])
    words: list[Spoken] = []
    engine = ""
    for news in watched(working):
        match news:
            case transcribe.Said(number, several):
                rate = sounds[number].piece.rate
                for word in several:
                    begin = mapping.time_of(number, round(word.start_s * rate))
                    end = mapping.time_of(number, round(word.end_s * rate))
                    is_heard = mapping.is_heard(number, round(word.start_s * rate))
                    if begin is not None and end is not None and is_heard:
                        words.append(Spoken(round(begin), round(end), word.text))
            case transcribe.Done(name):
                engine = name
            case Failed():
                raise KringError(news.sentence.template, **news.sentence.values)
    return engine, words


def _transcribed(said: Sequence[f.UtteranceRead]) -> Iterator[str]:
    count = sum(len(one.words) for one in said)
    nobodys = sum(len(one.words) for one in said if one.turn is None)
    yield ngettext("{n} word is written down.", "{n} words are written down.", count).format(n=count)
    if nobodys:
        yield ngettext("{n} of them is in no turn.", "{n} of them are in no turn.", nobodys).format(n=nobodys)
    yield _("This is a machine's draft: listen before you quote from it.")


def watched(working: Background[News]) -> Iterator[News | Failed]:
    """Yield what work in the background tells, its progress on a terminal only; Ctrl+C cancels it."""
    shown = -1
    try:
        for news in working.wait():
            percent = round(100 * news.share) if isinstance(news, flac.Progress) else -1
            if percent >= 0 and percent == shown:
                continue
            shown = percent
            if sys.stderr.isatty():
                sys.stderr.write(f"\r\x1b[K{percent} %" if percent >= 0 else "\r\x1b[K")
                sys.stderr.flush()
            if percent < 0:
                yield news
    finally:
        if not working.is_over:
            working.cancel()


def megabytes(size: int | None) -> str:
    """Return a size for people."""
    mb = decimal((size or 0) / 1e6)
    return f"{mb.replace('.', ',') if language() == 'nl' else mb} MB"


def _name(path: str) -> str:
    return Path(path).name


def print_lines(lines: Iterable[str]) -> None:
    """Print what people read."""
    sys.stdout.writelines(f"{clean(line)}\n" for line in lines)
