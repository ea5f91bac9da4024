"""What the commands of polls and of agreement decide, and how what is typed behind them is cut."""

from __future__ import annotations

from kring.commands import cut
from kring.commands.command import Answers
from kring.domain.decide import Decision, decision
from kring.domain.decide.group import consensus, polls
from kring.domain.text import Refused, one_line, pattern

AGAIN = ("again", "opnieuw")
COUNTS = ("counts", "aantallen")
REMOVE = ("remove", "weg")
_COUNT = pattern(r"""\s*(?:"([^"]+)"|([^\s=,;][^=,;]*?))\s*=\s*(\d{1,6})(?=[\s,;]|$)[\s,;]*""")
_BEHIND_COMMA = pattern(r"\s*,\s*|\s+(?:en|and)\s+")
_TWO_WORDS = cut.words(2, 2)


def answers(text: str) -> Decision:
    """Log several answers in one line: `3 8, 4 7`; of an answer with several options these stand between `;`."""
    pairs = [_pair(part) for part in text.split(",") if part.strip()]
    if not pairs:
        raise Refused("Say who answers what, such as: 3 8, 4 7.")
    return decision(polls.answers, pairs)


def _pair(part: str) -> tuple[str, str]:
    who, value = _TWO_WORDS(part.strip())
    return who, value


def poll(text: str) -> Decision:
    """Put a poll to the group, `again`, or log its `counts` without names."""
    word, _space, rest = text.strip().partition(" ")
    if word.casefold() in AGAIN:
        return decision(polls.ask_again, rest.strip())
    if word.casefold() in COUNTS:
        return decision(polls.count, counts(rest))
    return decision(polls.ask, text)


def counts(text: str) -> list[tuple[str, int]]:
    """Return options with how many chose them, as they were typed: `8=3 7=2`, or refuse."""
    found: list[tuple[str, int]] = []
    at = 0
    while match := _COUNT.match(text, at):
        found.append((match[1] or match[2], int(match[3])))
        at = match.end()
    if text[at:].strip() or not found:
        raise Refused("{words} does not say how often; write 8=3 7=2.", words=one_line(text[at:]))
    return found


def cut_stance(text: str) -> Answers:
    """Take the question or statement, where it is named, who it is, several with commas, and where they stand."""
    first, _space, rest = text.partition(" ")
    where = first if consensus.LABEL.fullmatch(first) else ""
    who, word = _TWO_WORDS(_BEHIND_COMMA.sub(",", rest.strip() if where else text))
    return where, who, word


def statement(text: str) -> Decision:
    """Write down a statement, on the question whose number stands before it; word one otherwise, or take it out."""
    label, _space, rest = text.strip().partition(" ")
    rest = rest.strip()
    if not consensus.LABEL.fullmatch(label):
        return decision(consensus.add_statement, text)
    if label.replace(".", "").isdecimal():
        return decision(consensus.add_statement, rest, label)
    if rest.casefold() in REMOVE:
        return decision(consensus.remove_statement, label)
    return decision(consensus.reword, label, rest)
