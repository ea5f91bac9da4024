"""In typed lines somebody decides about the words that may be names."""

from __future__ import annotations

from pathlib import Path

from lines import Typist, type_lines

__all__ = ("type_lines",)

PLAN = """\
---
title: Bread
language: en
start: 2026-12-03 19:30
duration: 60 min
---
# One (10 min)
1. Where do you buy bread?
# Participants
| code | name | consent |
|---|---|---|
| P1 | Mark Price | all |
| P2 | May Brown | all |
"""


def test_a_word_is_listed_and_decided(tmp_path: Path, type_lines: Typist) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN, "utf-8")
    said = type_lines(
        plan, "start anyway", "names", "note = the price may fall", "names", "names price word", "names may P2 1",
        "names", "undo", "names price", "names price word 1 more", "names", "end", "quit",
    )  # fmt: skip
    told = "\n".join(said.answers)
    assert "Of every word in the texts it is sure whether it is a name." in told
    assert "may (P2) 1×, left as it is: the price [may] fall; price (P1) 1×" in told
    assert "“price” is a word, not a name" in told
    assert "“may” is a name of May Brown" in told
    assert "Undone: “may” is a name of May Brown" in told
    assert "price: this command needs 2 words behind it." in told


def test_a_name_that_somebody_had_before_is_listed(tmp_path: Path, type_lines: Typist) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN, "utf-8")
    said = type_lines(
        plan, "start anyway", "note = the price may fall", "rename 1 Els Visser", "names", "names price word", "names",
        "consent 2 no", "names", "end", "quit",
    )  # fmt: skip
    first, second, third = [one for one in said.answers if "it is sure" in one or "left as it is" in one]
    assert "may (P2) 1×, left as it is: the price [may] fall; price (P1) 1×" in first
    assert "price" not in second.replace("the price [may]", "")
    assert "Of every word in the texts it is sure whether it is a name." in third  # of who withdrew nothing is listed
