"""A guide of kring whose styles a program took out, as Google Docs does: it is read like anybody's, which is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kring.domain.text import N_, Sentence, folded, one_line
from kring.plans.word.blocks import Block, Paragraph, Table
from kring.plans.word.in_words import NAME, SIGNATURE, SIGNED_ON, TIMES, TITLE, in_all_languages
from kring.plans.word.own import signed

UNDRESSED = N_(
    "kring wrote this guide, and the program that saved it took out the styles by which it is read again, as Google "
    "Docs does. Ids, kinds of questions and probes, polls and stimuli are words now: compare it with the plan that you "
    "had."
)
_TO_SIGN = (NAME, SIGNED_ON, SIGNATURE)


def undressed(blocks: Sequence[Block]) -> Iterator[Sentence]:
    """Yield what became of a guide of kring without its styles, and what stands in its place to sign."""
    tables = [block for block in blocks if isinstance(block, Table) and _is_to_sign(block)]
    if tables:
        yield Sentence(UNDRESSED)
    for table in tables:
        yield from signed(table)


def without_furniture(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of such a guide without what kring lays around it: the times, and the place to sign."""
    below: list[Block] = []  # since the last heading, which goes with a table that goes
    for block in blocks:
        if isinstance(block, Table) and (_is_to_sign(block) or _first(block) in in_all_languages(TIMES)):
            below = []
        elif isinstance(block, Paragraph) and block.kind == "heading":
            yield from below
            below = [block]
        elif not (isinstance(block, Paragraph) and folded(one_line(block.text)) in in_all_languages(TITLE)):
            below.append(block)
    yield from below


def _is_to_sign(table: Table) -> bool:
    first = [folded(one_line(row[0])) for row in table.rows if row]
    return all(any(cell in in_all_languages(words) for cell in first) for words in _TO_SIGN)


def _first(table: Table) -> str:
    return folded(one_line(table.rows[0][0])) if table.rows and table.rows[0] else ""
