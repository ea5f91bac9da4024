"""The first page: what was said, by whom, literally, about what; what was not asked; and only then a few figures."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.guide_items import is_skipped, section_of
from kring.domain.measures.presence import counts
from kring.domain.measures.questions import Asked, is_passed, must_still_be_asked, questions
from kring.domain.measures.session_time import session_time
from kring.domain.measures.talk_time import by_kind, voices
from kring.domain.measures.topline import said
from kring.domain.text import one_line, whole
from kring.domain.time_text import as_length
from kring.privacy.snapshot import Snapshot
from kring.report.group import others_told
from kring.report.parts import (
    Beside,
    Block,
    Figures,
    Heading,
    Leaf,
    Listing,
    Mentions,
    Paragraph,
    Quotes,
    Section,
    Sentences,
)
from kring.report.said import summaries, tags
from kring.report.said.quotes import (
    LONGEST_AT_FIRST,
    UNCONFIRMED,
    chosen,
    may_print,
    quote,
    quotes_of,
    unconfirmed_told,
    when,
)
from kring.report.talk import ends
from kring.report.words import listed, minutes, of_day, question_called, shortened
from kring.system.i18n import _, ngettext

Figure = tuple[str, str, str]


def first_page(snapshot: Snapshot) -> Section:
    """Return what was said, before anything that was counted."""
    session = snapshot.state.session
    blocks: list[Block] = []
    if session.started_at is None:
        blocks.append(Paragraph(_("The session has not begun: there is nothing to report yet.")))
        return Section("said", _("What was said"), tuple(blocks))
    if session.ended_at is None:
        blocks.append(Paragraph(_("The session has not ended: this is how it stood at the last entry."), "small"))
    summed_up = summaries.first(snapshot)
    main: list[Leaf] = [*summed_up] or [Paragraph(_("No summary was noted in the session."), "small")]
    starred = [note for note in quotes_of(snapshot) if note.starred]
    summed = summaries.quoted(snapshot)
    shown = chosen(snapshot, starred, summed)
    main += _quotes(snapshot, [note for note in starred if note not in summed], shown)
    about = tags.at_first(snapshot, said(snapshot.state), [*summed, *shown])
    main += _not_asked(snapshot)
    blocks += [Beside(tuple(main), (about,) if about is not None else ()), Figures(tuple(_figures(snapshot)))]
    if _has_unconfirmed([*main, *([about] if about is not None else [])]):
        blocks.append(Paragraph(unconfirmed_told(), "small"))
    return Section("said", _("What was said"), tuple(blocks))


def _quotes(snapshot: Snapshot, starred: list[r.NoteRow], shown: list[r.NoteRow]) -> list[Leaf]:
    if not shown:
        is_plain = not starred and bool(quotes_of(snapshot)) and not summaries.quoted(snapshot)
        return (
            [Paragraph(_("No quote has a star; all of them stand under their questions."), "small")] if is_plain else []
        )
    title = ngettext("{n} of {all} starred quote", "{n} of {all} starred quotes", len(starred))
    title = title.format(n=len(shown), all=len(starred))
    if len(shown) == len(starred):
        title = ngettext("{n} starred quote", "{n} starred quotes", len(starred)).format(n=len(starred))
    told = (quote(snapshot, note, with_place=True) for note in shown)
    return [Quotes(title, tuple(replace(one, text=shortened(one.text, LONGEST_AT_FIRST)) for one in told))]


def _has_unconfirmed(told: list[Leaf]) -> bool:
    """Whether the sign behind a speaker stands anywhere on the page."""
    for leaf in told:
        match leaf:
            case Sentences():
                names = [one.by for one in leaf.sentences]
            case Quotes():
                names = [one.sign for one in leaf.quotes]
            case Mentions():
                names = [one.by for one in leaf.mentions]
            case _:
                continue
        if any(UNCONFIRMED in name for name in names):
            return True
    return False


def _not_asked(snapshot: Snapshot) -> list[Leaf]:
    """Return which questions were not asked and why, as far as the file knows, and what was kept for later."""
    state, now = snapshot.state, snapshot.now
    asked = questions(state, now)
    lines = [why_not(snapshot, one) for one in asked if not one.was_asked]
    parked = [note for note in state.notes.values() if note.parked and note.raised_at is None and may_print(note)]
    lines += [
        _("Kept for later and not asked: {text} ({time})").format(
            text=one_line(note.text), time=when(snapshot, note.at, note.t)
        )
        for note in sorted(parked, key=lambda note: note.at)
    ]
    must = [one.row for one in asked if one.row.must_ask]
    if must and not must_still_be_asked(state, now):
        numbers = listed([one_line(row.number or row.title) for row in must])
        told = ngettext(
            "The question that had to be asked was asked ({questions}).",
            "All questions that had to be asked were asked ({questions}).",
            len(must),
        )
        lines.append(told.format(questions=numbers))
    elif asked and not lines:
        lines.append(_("All questions of the guide were asked."))
    return [Heading(_("Not asked")), Listing(tuple(lines))] if lines else []


def why_not(snapshot: Snapshot, one: Asked, *, with_name: bool = True) -> str:
    """Return why a question was not asked, as far as the file knows."""
    state, row = snapshot.state, one.row
    told = [_("had to be asked")] if row.must_ask else []
    section = section_of(state, row.id)
    skipped_at = row.skipped_at or (section.skipped_at if section is not None else None)
    if is_skipped(state, row) and skipped_at is not None:
        told.append(_("skipped at {time}").format(time=of_day(snapshot, skipped_at)))
    elif is_passed(state, row, snapshot.now):
        told.append(_("opened too short to be asked"))
    else:
        told.append(_("not opened"))
    if with_name:
        return f"{question_called(row).rstrip('.')} – {', '.join(told)}"
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def _figures(snapshot: Snapshot) -> Iterator[Figure]:
    state, now = snapshot.state, snapshot.now
    yield from _people(snapshot)
    yield from _questions(snapshot)
    yield _length(snapshot)
    talked = by_kind(state, now).get("participant")
    if talked is not None:
        yield minutes(talked.spoken_ms), _("of talk by participants, as it was logged"), _most_and_least(snapshot)
    quotes = len(quotes_of(snapshot))
    out = snapshot.withheld.total
    if quotes or out:
        left_out = ngettext("{n} left out", "{n} left out", out).format(n=out) if out else ""
        yield str(quotes), ngettext("quote in this report", "quotes in this report", quotes), left_out


def _length(snapshot: Snapshot) -> Figure:
    time = session_time(snapshot.state, snapshot.now)
    if time.over_ms is None or snapshot.state.session.ended_at is None:
        return minutes(time.elapsed_ms), _("from start to end"), ""
    over = whole(time.over_ms / 60_000)
    told = _("ended on time")
    if over > 0:
        told = _("ended {n} min late").format(n=over)
    if over < 0:
        told = _("ended {n} min early").format(n=-over)
    return minutes(time.elapsed_ms), _("from start to end"), told


def _people(snapshot: Snapshot) -> Iterator[Figure]:
    found = counts(snapshot.state, snapshot.now)
    others = ", ".join(others_told(found))
    if found.invited:
        figure = _("{n} of {all}").format(n=found.came, all=found.invited)
        yield figure, ngettext("invited came", "invited came", found.came), others
    elif found.walked_in:
        yield str(found.walked_in), ngettext("participant", "participants", found.walked_in), others


def _questions(snapshot: Snapshot) -> Iterator[Figure]:
    asked = questions(snapshot.state, snapshot.now)
    if not asked:
        return
    keys = [question for question in asked if question.row.question_kind == "key"]
    remark = ""
    if keys:
        remark = _("key questions: {n} of {all}").format(n=_count(keys), all=len(keys))
    yield _("{n} of {all}").format(n=_count(asked), all=len(asked)), _("questions asked"), remark


def _count(asked: list[Asked]) -> int:
    return sum(question.was_asked for question in asked)


def _most_and_least(snapshot: Snapshot) -> str:
    """Return who spoke longest and who shortest of those who were there, where it is one person each."""
    there = [voice for voice in voices(snapshot.state, snapshot.now) if voice.present_ms]
    if len(there) < 3 or any(len(those) > 1 for those in ends(there)):
        return ""
    told = (f"{one_line(snapshot.who(one.person.id))} {as_length(one.spoken_ms)}" for (one,) in ends(there))
    return _("from {most} to {least}").format(most=next(told), least=next(told))
