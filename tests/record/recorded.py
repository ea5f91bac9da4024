"""Sessions with sound: recorded as the recorder and the recordist do it, with sound made from a seed."""

from kring.domain import facts as f
from kring.domain import note_line
from kring.domain.decide import decision, ending
from kring.domain.decide import floor as floor_verbs
from kring.domain.decide import notes as note_verbs
from kring.domain.decide import recording as verbs
from kring.domain.decide import session as session_verbs
from kring.record import log
from record.sounding import RATE, names_in, noise, write_wav

SECONDS = (6, 3)


def record(session, clock, lasting=SECONDS, gap_s=2, recording="R1"):
    """Record some files and return their sound."""
    folder = session.store.path.with_suffix(".audio")
    folder.mkdir(exist_ok=True)
    written = log.Log(folder)
    session.do(decision(verbs.began, recording, "microphone", folder.name, computer=session.me.device))
    sounds = []
    for number, seconds in enumerate(lasting, len(names_in(folder) - {log.FILE}) + 1):
        name, sound, at = f"{number:04}.wav", noise(seconds, seed=number), session.now()
        write_wav(folder / name, sound)
        written.append(log.Opened(recording, number, name, RATE, 1, "microphone", at * 1_000_000, at, "start"))
        session.do(
            decision(
                verbs.segment_opened,
                f.SegmentOpened(recording, number, f"{folder.name}/{name}", RATE, 1, "microphone", at),
            ),
        )
        anchors = tuple(
            f.Anchored(second * RATE, (at + second * 1000) * 1000, at + second * 1000, at + second * 1000)
            for second in range(1, seconds + 1)
        )
        clock.advance(seconds * 1000)
        session.do(decision(verbs.segment_anchored, f.SegmentAnchored(f"{recording}/{number}", anchors)))
        session.do(
            decision(
                verbs.segment_closed, f.SegmentClosed(f"{recording}/{number}", len(sound), session.now(), "stopped")
            )
        )
        clock.advance(gap_s * 1000)
        sounds.append(sound)
    written.close()
    return sounds


def whole_session(session, clock):
    """Write a session of 21 seconds, of which 9 were recorded, from the third on, and close it."""
    session.do(decision(session_verbs.start, True))
    session.do(decision(floor_verbs.give, "1"))
    clock.advance(3000)
    sounds = record(session, clock)
    session.do(decision(floor_verbs.give, "2"))
    session.do(decision(note_verbs.add, note_line.read('"Alleen de prijs telt', ())))
    clock.advance(5000)
    session.do(decision(ending.end))
    path = session.store.path
    session.close()
    return path, sounds
