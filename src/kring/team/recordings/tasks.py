"""What the process is asked to do that carries recordings, and what it tells; light, for a face reads it."""

from __future__ import annotations

import msgspec

from kring.domain.text import N_, Sentence
from kring.system.worker_process import Background, Failed
from kring.team.tasks import Way

MEGABYTE = 1_000_000


class Carrying(msgspec.Struct, frozen=True):
    """Send the recordings of a session file that are here, or fetch those that are not."""

    file: str
    folder: str
    way: Way
    sends: bool


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How far it is, in bytes of the files known by now; `why` = what it waits for."""

    done: int
    whole: int
    why: Sentence | None = None


class Carried(msgspec.Struct, frozen=True, tag=True):
    """It is over: so many files went over whole, and what is to be said of others."""

    files: int
    sends: bool
    remarks: tuple[Sentence, ...] = ()


News = Progress | Carried | Failed


def carrying(task: Carrying) -> Background[Progress | Carried]:
    """Start the process that carries recordings."""
    return Background("kring.team.recordings.carrying", task, News)


def told(news: Progress | Carried | Failed) -> list[Sentence]:
    """Return what to say of how it goes, or went."""
    match news:
        case Failed():
            return [news.sentence]
        case Carried(files=0, remarks=()):
            return [Sentence(N_("No recordings are missing.") if not news.sends else N_("No recordings lie here."))]
        case Carried(sends=True):
            return [Sentence(N_("Recordings sent: {n}."), {"n": news.files}), *news.remarks]
        case Carried():
            return [Sentence(N_("Recordings fetched: {n}."), {"n": news.files}), *news.remarks]
        case Progress(why=Sentence() as why):
            return [why]
    of = {"done": news.done // MEGABYTE, "whole": -(-news.whole // MEGABYTE)}
    return [Sentence(N_("Recordings: {done} of {whole} MB."), of)]
