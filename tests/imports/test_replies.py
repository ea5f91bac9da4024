"""Answers in chats that were copied or saved as text: what they quote is found among the earlier messages."""

from __future__ import annotations

from datetime import date

import pytest

from kring.imports import recognise
from kring.imports.source import Evening, Source

NOOR = "wie begint er vanavond?"


def answered(*texts: str) -> list[tuple[int | None, str]]:
    """Return which message each answers, by its place from 1 on, and its words; Noor writes first."""
    said = zip(["Noor", "Anna", "Kees", "Anna"], [NOOR, *texts], strict=False)
    lines = [f"[3-12-2026 19:3{place}] {who}: {text}" for place, (who, text) in enumerate(said)]
    parsed = recognise.read(Source("chat.txt", "\n".join(lines).encode(), date(2026, 12, 3), Evening()))
    places = {one.line: place for place, one in enumerate(parsed.messages, 1)}
    return [(None if one.replies_to is None else places[one.replies_to], one.text) for one in parsed.messages[1:]]


@pytest.mark.parametrize(
    "quote",
    [
        f"> {NOOR}",
        f"> Noor:\n> {NOOR}",
        f"> Noor schreef: {NOOR}",
        f"“{NOOR}”",
        NOOR,
        f"Noor\n{NOOR}",
        f"Noor 19:30\n{NOOR}",
        f"↩ Noor: {NOOR}",
        f'Antwoord op "{NOOR}":',
        f'In reply to "{NOOR}"',
        "Noor: wie begint er van…",
        "│ wie begint er vanavond?",
    ],
)
def test_an_answer_is_linked_to_what_it_quotes(quote: str) -> None:
    assert answered(f"{quote}\nik wel", "> ik wel\nfijn\nen ik ook") == [(1, "ik wel"), (2, "fijn\nen ik ook")]


@pytest.mark.parametrize(
    "text",
    [
        "> wat niemand zei\nik wel",
        f"> {NOOR}",
        f"Noor zei net {NOOR} en dat klopt\nik wel",
        "ja\nen nee",
        f'ik las "{NOOR}" en dacht na',
    ],
)
def test_what_quotes_nothing_that_was_written_stays_as_it_is(text: str) -> None:
    assert answered(text, "ja", text)[0] == (None, text)


def test_the_head_of_who_is_quoted_is_no_message_of_theirs() -> None:
    text = (
        "Noor 3-12 19:36\nhoi allemaal\nAnna 3-12 19:40\nNoor 3-12 19:36\nhoi allemaal\nja leuk\nKees 3-12 19:41\nok\n"
    )
    parsed = recognise.read(Source("chat.txt", text.encode(), date(2026, 12, 3), Evening()))
    assert [(one.author, one.text, one.replies_to) for one in parsed.messages] == [
        ("Noor", "hoi allemaal", None),
        ("Anna", "ja leuk", 1),
        ("Kees", "ok", None),
    ]


def test_an_answer_to_a_direct_message_leaves_the_quote_behind() -> None:
    text = (
        "[3-12-2026 19:35] Noor (privé): ik vind Kees stom\n[3-12-2026 19:36] Els: > ik vind Kees stom\nrustig maar\n"
    )
    parsed = recognise.read(Source("chat.txt", text.encode(), date(2026, 12, 3), Evening()))
    assert [one.text for one in parsed.messages if not one.is_private] == ["rustig maar"]
