"""Leading the talk in typed lines: what stands on the card is said by `status`, and each aid has its word."""

from __future__ import annotations

from pathlib import Path

from lines import Typist, plan_file, type_lines, write_plan

__all__ = ["plan_file", "type_lines"]


def test_status_says_what_the_card_shows(type_lines: Typist, tmp_path: Path) -> None:
    said = type_lines(
        write_plan(tmp_path, "nl"), "begin toch", "aanwezig allen", "naar 2.1", "opbrengst 1", "woord 2", "wacht 5s",
        "stand", "uitnodigen", "stand", "opbrengst 2", "stand", "pauze", "stand",
    )  # fmt: skip
    stands = [line for line in said.answers if line.startswith("bezig")]
    assert "; opbrengst: 1 van 2 nog niet gehoord; gehoord 1 van 4; nu uit te nodigen: Joost" in stands[0]
    assert "nu uit te nodigen: Fatima" in stands[1]
    assert "opbrengst" not in stands[2]
    assert "uit te nodigen" not in stands[3]


def test_only_the_moderator_looks_in_the_mirror(type_lines: Typist, plan_file: Path) -> None:
    said = type_lines(plan_file, "start anyway", "mirror", options="--simulated-clock 2026-12-03T19:30 --as assistant")
    assert said.answers[-1] == "! Only the moderator does that."


def test_a_word_too_many_is_refused(type_lines: Typist, plan_file: Path) -> None:
    said = type_lines(plan_file, "start anyway", "go 2.1", "yield 1 2", "invite 1 2", "say talker now", "nonverbal 4",
                      "probe 1 detail example", "mirror please")  # fmt: skip
    assert all(answer.startswith("! ") for answer in said.answers[2:])
