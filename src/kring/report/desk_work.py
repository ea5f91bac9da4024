"""What came after the talk: codes with their counts, hypotheses and actions, the debrief."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from kring.domain import rows as r
from kring.domain.measures import looking_back
from kring.domain.measures.agreement import LOG, Agreement, alpha_of_all, coders, judges, on_codes, on_turns
from kring.domain.state import State
from kring.domain.text import folded, one_line
from kring.domain.words import DEBRIEF_WORDS
from kring.observing.questions import STATUS_WORDS
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Heading, Listing, Paragraph, Section, Table
from kring.report.said.quotes import may_print, when
from kring.report.words import NOTHING, numbered, role_word
from kring.system.i18n import _, decimal, ngettext, percent

HYPOTHESES = frozenset(["hypothese", "hypothesen", "hypothesis", "hypotheses"])
ACTIONS = frozenset(["actie", "acties", "action", "actions"])
DEBRIEF = frozenset(["nabespreking", "debrief", "debriefing"])


def codes(snapshot: Snapshot) -> Section | None:
    """Return the codebook with how often each code is used, and the tags that were given live."""
    blocks: list[Block] = []
    blocks += [*_codebook(snapshot), *_agreement(snapshot)]
    tags = Counter(one_line(tag) for note in snapshot.state.notes.values() if may_print(note) for tag in note.tags)
    if tags:
        rows = tuple((f"#{tag}", str(n)) for tag, n in sorted(tags.items(), key=lambda one: (-one[1], one[0])))
        columns = (Column(_("Tag")), Column(_("Notes"), numeric=True))
        blocks.append(Table(_("Tags"), columns, rows))
    return Section("codes", _("Codes and themes"), tuple(blocks)) if blocks else None


def codes_in_order(snapshot: Snapshot) -> list[tuple[int, r.CodeRow]]:
    """Return the codebook with the depth of each code, those of a theme below it."""
    alive = [code for code in snapshot.state.codes.values() if code.removed_at is None]
    known = {code.id for code in alive}
    below: dict[str, list[r.CodeRow]] = {}
    for code in sorted(alive, key=lambda code: folded(code.name)):
        below.setdefault(code.parent if code.parent in known else "", []).append(code)
    found: list[tuple[int, r.CodeRow]] = []
    waiting = [(0, code) for code in reversed(below.get("", []))]
    while waiting:
        depth, code = waiting.pop()
        found.append((depth, code))
        waiting += [(depth + 1, child) for child in reversed(below.pop(code.id, []))]
    return found


def _codebook(snapshot: Snapshot) -> list[Block]:
    ordered = codes_in_order(snapshot)
    if not ordered:
        return []
    alive = [coding for coding in snapshot.state.codings.values() if coding.removed_at is None]
    notes = {(coding.code, coding.note) for coding in alive if coding.note}
    turns = {(coding.code, coding.turn) for coding in alive if coding.turn}
    on_notes, on_turns = Counter(code for code, _note in notes), Counter(code for code, _turn in turns)
    rows = tuple(
        (
            "– " * depth + one_line(code.name),
            one_line(code.description) or NOTHING,
            str(on_notes[code.id]),
            str(on_turns[code.id]),
        )
        for depth, code in ordered
    )
    columns = (
        Column(_("Code")),
        Column(_("Description")),
        Column(_("Notes"), numeric=True),
        Column(_("Turns"), numeric=True),
    )
    coders = {coding.coder for coding in alive}
    told = ngettext("Coded by {n} coder.", "Coded by {n} coders.", len(coders)).format(n=len(coders))
    return [Table(_("Codebook"), columns, rows), Paragraph(told, "small")]


def _agreement(snapshot: Snapshot) -> list[Block]:
    """Return how far coders agree with each other, and those who judged turns with the log."""
    state = snapshot.state
    rows = [
        _agreed(_code_name(state, each.code), one, other, each.found)
        for one, other in combinations(coders(state), 2)
        for each in on_codes(state, one, other)
    ]
    rows += [
        _agreed(_("who speaks"), one, other, judged)
        for one, other in combinations([LOG, *judges(state)], 2)
        if (judged := on_turns(state, one, other)).units
    ]
    if not rows:
        return []
    columns = (
        Column(_("On")),
        Column(_("Coders")),
        Column(_("Notes or turns"), numeric=True),
        Column(_("Agreement"), numeric=True),
        Column(_("Cohen's kappa"), numeric=True),
        Column(_("Krippendorff's alpha"), numeric=True),
        Column(_("Jaccard"), numeric=True),
    )
    told = _(
        "Notes or turns are all that both coders had before them, also those without a code: up to where both said "
        "that all is coded, else to the last that both passed; where that leaves none, only Jaccard is told. Kappa "
        "(J. Cohen, 1960) and alpha (K. Krippendorff, 2011) are agreement beyond what chance would bring; Jaccard is "
        "what both coded over what one of them did; – where it is not defined."
    )
    if len(coders(state)) > 2 and (together := alpha_of_all(state)) is not None:
        told += " " + _("Alpha of all {n} coders on all codes: {value}.").format(
            n=len(coders(state)), value=decimal(together, 2)
        )
    return [Table(_("Agreement between coders"), columns, tuple(rows)), Paragraph(told, "small")]


def _code_name(state: State, code: str) -> str:
    return one_line(state.codes[code].name) if code else _("all codes")


def _agreed(what: str, one: str, other: str, found: Agreement) -> tuple[str, ...]:
    who = f"{one_line(one) or _('the log')} – {one_line(other)}"
    share = percent(found.share) if found.share is not None else NOTHING
    values = (found.kappa, found.alpha, found.jaccard)
    figures = (decimal(value, 2) if value is not None else NOTHING for value in values)
    return what, who, str(found.units), share, *figures


def findings(snapshot: Snapshot) -> Section | None:
    """Return the notes that carry a tag for a hypothesis or an action."""
    blocks: list[Block] = []
    for title, words in ((_("Hypotheses"), HYPOTHESES), (_("Actions"), ACTIONS)):
        items = _tagged(snapshot, words)
        if items:
            blocks += [Heading(title), Listing(items)]
    return Section("findings", _("Hypotheses and actions"), tuple(blocks)) if blocks else None


def debrief(snapshot: Snapshot) -> Section | None:
    """Return what the team answered when it looked back, and what it noted after the end, or marked as debrief."""
    session = snapshot.state.session
    blocks: list[Block] = []
    answers = looking_back.debrief(snapshot.state, snapshot.now).answers
    if any(answers.values()):
        columns = (Column(_("Field")), Column(_("Answer")), Column(_("Who")))
        rows = tuple(row for field, those in answers.items() for row in _of_field(field, those))
        blocks.append(Table(_("Looked back right after the session"), columns, rows))
    elif session.debrief_skipped_at is not None:
        blocks.append(Paragraph(_("No debrief: {why}").format(why=one_line(session.debrief_skipped_why))))
    noted = _noted_afterwards(snapshot)
    blocks += [*([Heading(_("Noted afterwards"))] if blocks and noted else []), *([Listing(noted)] if noted else [])]
    if not blocks and session.ended_at is not None:
        blocks.append(Paragraph(_("The file contains no debrief.")))
    return Section("debrief", _("Debrief"), tuple(blocks)) if blocks else None


def observers(snapshot: Snapshot) -> Section | None:
    """Return what observers asked, with what became of each question, and why."""
    rows = tuple(
        (
            one_line(row.text),
            one_line(row.asked_by),
            numbered(snapshot.state, row.item) or NOTHING,
            _(STATUS_WORDS[row.status]),
            one_line(row.reason) or NOTHING,
        )
        for row in sorted(snapshot.state.observer_questions.values(), key=lambda row: (row.at, row.id))
    )
    columns = tuple(Column(title) for title in (_("Question"), _("Who"), _("At"), _("What became of it"), _("Why")))
    told = Table(_("What observers asked during the session"), columns, rows)
    return Section("observers", _("Questions of observers"), (told,)) if rows else None


def _of_field(field: r.DebriefField, answers: list[r.DebriefRow]) -> list[tuple[str, str, str]]:
    """Return the rows of a field, an answer each; what nobody answered stays empty."""
    title = _(DEBRIEF_WORDS[field])
    return [(title, row.answer, one_line(row.author) or role_word(row.role)) for row in answers] or [
        (title, NOTHING, NOTHING)
    ]


def _noted_afterwards(snapshot: Snapshot) -> tuple[str, ...]:
    ended = snapshot.state.session.ended_at
    notes = [
        note
        for note in snapshot.state.notes.values()
        if may_print(note)
        and ((ended is not None and note.at > ended) or any(folded(tag) in DEBRIEF for tag in note.tags))
    ]
    memos = [
        memo.text
        for memo in snapshot.state.memos.values()
        if memo.removed_at is None and memo.note is None and memo.turn is None and memo.code is None
    ]
    return (*(note.text for note in sorted(notes, key=lambda note: note.at)), *memos)


def _tagged(snapshot: Snapshot, words: frozenset[str]) -> tuple[str, ...]:
    notes = [
        note
        for note in snapshot.state.notes.values()
        if may_print(note) and any(folded(tag) in words for tag in note.tags)
    ]
    told = []
    for note in sorted(notes, key=lambda note: note.at):
        place = ", ".join(
            part for part in (when(snapshot, note.at, note.t), numbered(snapshot.state, note.item)) if part
        )
        told.append(f"{note.text} ({place})")
    return tuple(told)
