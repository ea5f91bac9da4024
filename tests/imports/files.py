"""A file of every kind of thing that can come in, as a reader of formats would hand it over."""

from __future__ import annotations

from kring.domain.text import Sentence
from kring.imports.parsed import (
    Answer,
    Attached,
    Clock,
    Message,
    Parsed,
    Question,
    Reaction,
    Response,
    Signal,
    Skipped,
    Stay,
    Utterance,
)
from kring.imports.source import Source

EVENING_MS = 19 * 3_600_000 + 30 * 60_000
"""Half past seven, as a time of day: when the sessions of these tests start."""


def source(name: str = "chat.txt", content: bytes = b"what stood in it") -> Source:
    return Source(name, content)


def at(minute: float) -> int:
    return EVENING_MS + round(minute * 60_000)


def chat() -> Parsed:
    return Parsed(
        format="a-chat",
        clock=Clock.TIME_OF_DAY,
        messages=(
            Message(line=1, at_ms=at(1), author="Anna", text="hoi\u202e allemaal", reactions=(
                Reaction(sign="👍", people=("Piet", "Ria Onbekend")),
            )),
            Message(line=2, at_ms=at(2), author="Piet", text="ik hoor u niet", replies_to=1),
            Message(line=3, at_ms=at(3), author="Moderator", text="momentje"),
            Message(line=4, at_ms=at(4), author="Fatima", text="alleen voor Bo", recipient="Bo", is_private=True),
            Message(line=5, at_ms=None, author="Anna", text="zonder tijd"),
            Message(line=6, at_ms=at(5), author="Ria Onbekend", text="wie ben ik"),
        ),
        skipped=(Skipped(line=7, why=Sentence("half a line")),),
    )  # fmt: skip


def transcript(clock: Clock = Clock.RECORDING) -> Parsed:
    return Parsed(
        format="a-transcript",
        clock=clock,
        utterances=(
            Utterance(line=1, start_ms=10_000, end_ms=14_000, speaker="Anna", text="ik spaar nooit",
                      words=((10_000, 11_000, "ik"), (11_000, 14_000, "spaar nooit"))),
            Utterance(line=2, start_ms=20_000, speaker="Piet", text="ik ook niet"),
            Utterance(line=3, start_ms=21_000, end_ms=22_000, speaker="Ria Onbekend", text="ja", is_approximate=True),
        ),
    )  # fmt: skip


def attendance() -> Parsed:
    return Parsed(
        format="a-list",
        clock=Clock.WALL,
        stays=(
            Stay(line=2, person="Anna", joined_ms=WALL_MS + at(-5), left_ms=WALL_MS + at(60), role="Attendee"),
            Stay(line=3, person="Piet", joined_ms=WALL_MS + at(-9), left_ms=WALL_MS + at(-8), in_waiting_room=True),
            Stay(line=4, person="Kees", duration_s=3_000),
        ),
        signals=(Signal(line=9, at_ms=WALL_MS + at(7), person="Anna", what="Raised hand"),),
    )


def polls() -> Parsed:
    return Parsed(
        format="a-poll",
        clock=Clock.TIME_OF_DAY,
        answers=(
            Answer(line=1, question="Cijfer?", answers=("8",), person="Anna", at_ms=at(8)),
            Answer(line=2, question="Cijfer?", answers=("12",), person="Piet", at_ms=at(8)),
            Answer(line=3, question="Kleur?", answers=("rood", "blauw"), person="Anna", at_ms=at(9)),
            Answer(line=4, question="Cijfer?", answers=("3",)),
        ),
    )


def survey() -> Parsed:
    return Parsed(
        format="a-survey",
        clock=Clock.NONE,
        questions=(
            Question(name="Q1", heading="Hoe waarschijnlijk is het dat u ons aanbeveelt?", kind="nps"),
            Question(name="Q2", heading="Waarom?", kind="open"),
        ),
        responses=(
            Response(line=2, values=("9", "snel geholpen"), keys=(("Code", "p2"), ("E-mail", "anna@voorbeeld.nl"))),
            Response(line=3, values=("4", ""), keys=(("Code", "P77"),), is_complete=False),
        ),
        dropped=("IP Address",),
    )


def picture() -> Parsed:
    one = Attached(line=1, name="bord.png", media_type="image/png")
    return Parsed(format="picture", clock=Clock.NONE, attached=(one,))


WALL_MS = 1_796_256_000_000
"""2026-12-03, midnight, as if its wall time were UTC."""
