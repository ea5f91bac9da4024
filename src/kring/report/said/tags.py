"""What it was about: each tag with the people who said such a thing, drawn as people and not as mentions.

One person who says a thing six times is one person; how many said it weighs more than how often it was said (R.A.
Krueger and M.A. Casey, "Focus Groups", on extensiveness and frequency).
"""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain import rows as r
from kring.domain.measures.topline import Tagged, by_tag
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report import people
from kring.report.parts import Mention, Mentions
from kring.report.said.quotes import may_print, said_by
from kring.report.words import shortened, times
from kring.system.i18n import _, ngettext

MOST_ROWS, MOST_NAMED = 7, 15
MOST_BOXES = 12
"""Up to so many people each has a box, filled or not; of a larger group only those who said it."""
LONGEST_WORDS = 90


def at_first(snapshot: Snapshot, notes: list[r.NoteRow], told_above: Iterable[r.NoteRow]) -> Mentions | None:
    """Return what it was about in the whole session, each tag with the words of somebody."""
    found = by_tag(notes)
    if not found:
        return None
    used = {note.id for note in told_above}
    rows = []
    shown = [tagged for tagged in found if len(tagged.people) > 1][:MOST_ROWS] or found[:MOST_ROWS]
    for tagged in shown:
        words = _in_words(tagged, used)
        used |= {words.id} if words is not None else set()
        rows.append(_row(snapshot, tagged, words))
    rest = _rest(found[len(shown) :])
    return Mentions(
        _("What it was about"), _drawn(snapshot), _explained(snapshot), tuple(rows), rest, people.legend(snapshot)
    )


def on_question(snapshot: Snapshot, notes: list[r.NoteRow]) -> Mentions | None:
    """Return what it was about on one question: a row for each tag of two people or more, the rest in a line."""
    found = by_tag(notes)
    shown = [tagged for tagged in found if len(tagged.people) > 1][:MOST_ROWS]
    if not found:
        return None
    rest = [tagged for tagged in found if tagged not in shown]
    rows = tuple(_row(snapshot, tagged, None) for tagged in shown)
    return Mentions(_("What it was about"), "", "", rows, _rest(rest, is_all=not rows))


def _drawn(snapshot: Snapshot) -> str:
    """Return what a box is, and what the two figures behind them count."""
    n = sum(len(group.codes) for group in people.groups(snapshot))
    told = _("Each box is a participant who said it.")
    if n <= MOST_BOXES:
        told = ngettext(
            "A filled box is a participant who said it, of {n} in all.",
            "A filled box is a participant who said it, of {n} in all.",
            n,
        ).format(n=n)
    return told + " " + _("Bold counts people, the figure behind it notes.")


def _explained(snapshot: Snapshot) -> str:
    return _("Quotes that are left out do not count.") if snapshot.withheld.total else ""


def _row(snapshot: Snapshot, tagged: Tagged, words: r.NoteRow | None) -> Mention:
    there = people.groups(snapshot)
    boxes = people.boxes(snapshot, there, tagged.people)
    if len(boxes) > MOST_BOXES:
        boxes = tuple(box for box in boxes if box.is_marked)
    by = said_by(snapshot, words) if words is not None else ""
    is_quote = words is None or words.kind == "quote"
    return Mention(
        label=one_line(tagged.tag),
        people=boxes,
        figures=(str(len(tagged.people)), times(len(tagged.notes))),
        words=shortened(words.text, LONGEST_WORDS) if words is not None else "",
        by=by if is_quote else _("{who}, paraphrase").format(who=by),
        is_quote=is_quote,
    )


def _in_words(tagged: Tagged, used: set[str]) -> r.NoteRow | None:
    """Return the note that tells a tag and is not told above: a quote before a paraphrase, a starred one first."""
    usable = [note for note in tagged.notes if may_print(note) and note.id not in used]

    def order(note: r.NoteRow) -> tuple[bool, bool, bool, int]:
        return note.kind != "quote", len(one_line(note.text)) > LONGEST_WORDS, not note.starred, int(note.at)

    return min(usable, key=order, default=None)


def _rest(found: list[Tagged], *, is_all: bool = False) -> str:
    """Return the tags that have no row of their own, which may be all of them."""
    if not found:
        return ""
    told = ", ".join(f"{one_line(tagged.tag)} {len(tagged.people)}" for tagged in found[:MOST_NAMED])
    if n := len(found[MOST_NAMED:]):
        told += ", " + ngettext("{n} more", "{n} more", n).format(n=n)
    if is_all:
        return _("Mentioned (number of people): {tags}.").format(tags=told)
    return _("Also (number of people): {tags}.").format(tags=told)
