"""A guide of kring whose styles a program took out, as Google Docs does: it is read like anybody's, which is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kring.domain.text import N_, Sentence, folded, one_line
from kring.plans.word.blocks import Block, Paragraph, Table
from kring.plans.word.in_words import AROUND_TABLES, NAME, SIGNATURE, SIGNED_ON, TIMES, TITLE, in_all_languages
from kring.plans.word.own import signed

UNDRESSED = N_(
    "kring wrote this guide, and the program that saved it took out the styles by which it is read again, as Google "
    "Docs does. Ids and the kinds of questions and probes are words now, and perhaps a poll or a stimulus: compare it "
    "with the plan that you had."
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
    around = frozenset().union(*map(in_all_languages, AROUND_TABLES))
    held: list[Block] = []  # what stands above such a table goes with it, whatever style it has now
    for block in blocks:
        if isinstance(block, Table) and (_is_to_sign(block) or _first(block) in in_all_languages(TIMES)):
            held = []
        elif isinstance(block, Paragraph) and (not block.text.strip() or _said(block) in around):
            held.append(block)
        elif not (isinstance(block, Paragraph) and _said(block) in in_all_languages(TITLE)):
            yield from held
            held = []
            yield block
    yield from held


def _said(block: Paragraph) -> str:
    return folded(one_line(block.text))


def _is_to_sign(table: Table) -> bool:
    first = [folded(one_line(row[0])) for row in table.rows if row]
    return all(any(cell in in_all_languages(words) for cell in first) for words in _TO_SIGN)


def _first(table: Table) -> str:
    return folded(one_line(table.rows[0][0])) if table.rows and table.rows[0] else ""
