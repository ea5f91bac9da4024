"""Talk time and balance: who spoke how much and when, who follows whom, how long it was quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kring.domain import rows as r
from kring.domain.measures.following import who_follows_whom
from kring.domain.measures.logged import logged
from kring.domain.measures.presence import seated, took_part
from kring.domain.measures.sections import openings
from kring.domain.measures.session_time import elapsed_ms, span
from kring.domain.measures.silence import Sort, silence_by_minute, silences_by_sort, stretches
from kring.domain.measures.talk_sources import has_speakers
from kring.domain.measures.talk_time import (
    Voice,
    by_kind,
    equal_share,
    gini,
    sum_of,
    voices,
    when_each_spoke,
    when_quiet,
)
from kring.domain.text import N_, one_line
from kring.domain.time_text import MINUTE_MS, as_clock, as_length
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.charts import Bar, Lane, bars, columns_over_time, matrix, over_time
from kring.report.parts import Block, Column, Figure, Folded, Heading, Leaf, Paragraph, Section, Table
from kring.report.words import NOTHING, listed, times
from kring.system.i18n import _, decimal, ngettext, percent

OTHER_KINDS: tuple[r.TurnKind, ...] = ("moderator", "crosstalk", "unknown", "silence")
SILENCES: dict[Sort, str] = {
    "question": N_("after a question"),
    "between": N_("between turns"),
    "work": N_("during a poll, or while something is shown"),
}
MOST_NAMED = 3
_MOST_MINUTES = 24 * 60  # a clock that was set may make years of a session


def talk(snapshot: Snapshot) -> Section | None:
    """Return talk time, balance and the order of speaking, as the log of turns has them."""
    if not snapshot.state.alive_turns:
        return None
    there = {person.id for person in took_part(snapshot.state, snapshot.now)}
    heard = [voice for voice in voices(snapshot.state, snapshot.now) if voice.person.id in there]
    told = _("The turns are those of the transcript that was brought in, not of the log made by hand.")
    blocks: list[Block] = [Paragraph(told if uses_transcript(snapshot) else logged_told(snapshot))]
    if heard:
        title = _("Talk time by participant, and the balance index")
        blocks += [_reading(heard, snapshot), _share_figure(heard, snapshot)]
        blocks.append(Folded(title, (_share_table(heard, snapshot), *_balance(heard))))
    blocks += [_over_time(snapshot), Folded(_("All logged time"), (_others(snapshot),))]
    followed = _who_follows_whom(snapshot)
    if followed is not None:
        blocks.append(followed)
    blocks += _silence(snapshot)
    return Section("talk", _("Talk time and balance"), tuple(blocks))


def uses_transcript(snapshot: Snapshot) -> bool:
    """Whether the turns of the report are those of a transcript that was brought in."""
    return snapshot.state.session.speech_source == "transcript" and has_speakers(snapshot.state)


def logged_told(snapshot: Snapshot) -> str:
    """Return how much of the talk was logged, by whom, and how late: the figures of talk are as good as that."""
    found = logged(snapshot.state, snapshot.now)
    by = ", ".join(f"{one_line(who)} {percent(share)}" for who, share in found.by.items() if one_line(who))
    told = _("{share} of the talk was logged, breaks and pauses left out.")
    lag = _("Compared with the sound, turns were logged {n} s after the voice (median).")
    parts = [told.format(share=percent(found.share))]
    parts += [_("Who logged it: {who}.").format(who=by)] if by else []
    parts += [lag.format(n=decimal(found.lag_ms / 1000))] if found.lag_ms is not None else []
    return " ".join(parts)


def _reading(heard: list[Voice], snapshot: Snapshot) -> Paragraph:
    """Return who spoke longest and who shortest of what participants said together."""
    everything = as_length(sum(voice.spoken_ms for voice in heard))
    most, least = ends(heard)
    if most[0] is least[0]:
        return Paragraph(_("Participants spoke {all} together.").format(all=everything), "reading")
    first, last = (_who_all(those, snapshot) for those in (most, least))
    told = _("Of the {all} that participants spoke, {first} took the most and {last} the least.")
    return Paragraph(told.format(all=everything, first=first, last=last), "reading")


def ends(heard: Sequence[Voice]) -> tuple[list[Voice], list[Voice]]:
    """Return who spoke longest and who shortest, by seat: all of whom the report tells the same length."""
    longest, shortest = (as_length(of(voice.spoken_ms for voice in heard)) for of in (max, min))
    most = [voice for voice in heard if as_length(voice.spoken_ms) == longest]
    return most, [voice for voice in heard if as_length(voice.spoken_ms) == shortest]


def _who_all(voices: Sequence[Voice], snapshot: Snapshot) -> str:
    n, names = len(voices), [one_line(snapshot.who(voice.person.id)) for voice in voices]
    told = listed(names) if n <= MOST_NAMED else ngettext("{n} participant", "{n} participants", n).format(n=n)
    return f"{told} ({as_length(voices[0].spoken_ms)})"


def _share_figure(heard: list[Voice], snapshot: Snapshot) -> Figure:
    ordered = sorted(heard, key=lambda voice: -voice.share)
    rows = [Bar(one_line(snapshot.who(voice.person.id)), voice.share, percent(voice.share)) for voice in ordered]
    told = ", ".join(f"{row.label} {row.told}" for row in rows)
    equal = equal_share(snapshot.state, snapshot.now)
    limit = (equal, _("equal share {share}").format(share=percent(equal)))
    return Figure(_("Share of the talk by participants"), told, bars(rows, mark=limit))


def _share_table(heard: list[Voice], snapshot: Snapshot) -> Table:
    rows = [
        (
            one_line(snapshot.who(voice.person.id)),
            str(voice.turns),
            as_length(voice.spoken_ms),
            percent(voice.share),
            as_length(voice.present_ms),
            as_length(voice.fair_ms),
            decimal(voice.balance, 2) if voice.balance is not None else NOTHING,
        )
        for voice in heard
    ]
    columns = (
        Column(_("Participant")),
        Column(_("Turns"), numeric=True),
        Column(_("Talk time"), numeric=True),
        Column(_("Share"), numeric=True),
        Column(_("Present"), numeric=True),
        Column(_("Fair share"), numeric=True),
        Column(_("Balance index"), numeric=True),
    )
    return Table(_("Talk time by participant"), columns, tuple(rows))


def _balance(heard: list[Voice]) -> list[Leaf]:
    told = _(
        "Share is talk time over that of all participants. The fair share is what would have been theirs if at every "
        "moment all who were there had had as much of what participants said; the balance index is talk time over "
        "that: 1 is a fair share, – stands where somebody was there for less than ten minutes. Breaks and pauses are "
        "no presence."
    )
    blocks: list[Leaf] = [Paragraph(told, "small")]
    indexes = [voice.balance for voice in heard if voice.balance is not None]
    if len(indexes) > 1:
        balance = _(
            "Gini coefficient of the balance index: {value}. 0: everyone spoke equally; {most}: one person did "
            "all the talking (C. Gini, Variabilità e mutabilità, 1912)."
        ).format(value=decimal(gini(indexes), 2), most=decimal(1 - 1 / len(indexes), 2))
        blocks.append(Paragraph(balance, "small"))
    return blocks


def _over_time(snapshot: Snapshot) -> Figure:
    state = snapshot.state
    begin, end = span(state, snapshot.now)
    spoke = when_each_spoke(state, snapshot.now) | {"silence": when_quiet(state, snapshot.now)}
    named = {person.id: snapshot.who(person.id) for person in seated(state)}
    named.update((kind, _word(snapshot, kind)) for kind in OTHER_KINDS)
    looks = {"moderator": "lead", "silence": "quiet", "crosstalk": "mixed", "unknown": "mixed"}
    lanes = []
    for key in filter(spoke.get, named):
        stretches = tuple((max(0, start - begin) / 1000, max(0, until - begin) / 1000) for start, until in spoke[key])
        lanes.append(
            Lane(one_line(named[key]), stretches, looks.get(key, "bar"), as_length(sum_of(spoke[key]).spoken_ms))
        )
    told = "; ".join(f"{lane.label}: {times(len(lane.stretches))}, {lane.total}" for lane in lanes)
    bands = [
        (max(0, start - begin) / 1000, max(0, until - begin) / 1000, one_line(f"{section.number} {section.title}"))
        for section, start, until in openings(state, snapshot.now)
    ]
    title = _("Who spoke when, over the sections of the guide")
    return Figure(title, told, over_time(lanes, bands, (end - begin) / 1000))


def _word(snapshot: Snapshot, kind: r.TurnKind) -> str:
    name = one_line(snapshot.speaker(kind, None))
    return _("moderator ({name})").format(name=name) if kind == "moderator" else name


def _others(snapshot: Snapshot) -> Table:
    sums = by_kind(snapshot.state, snapshot.now) | {"silence": sum_of(when_quiet(snapshot.state, snapshot.now))}
    everything = sum(one.spoken_ms for one in sums.values())
    rows = [
        (
            _("participants together") if kind == "participant" else _word(snapshot, kind),
            str(sums[kind].turns),
            as_length(sums[kind].spoken_ms),
            percent(sums[kind].spoken_ms / everything if everything else 0),
        )
        for kind in ("participant", *OTHER_KINDS)
        if kind in sums and sums[kind].turns
    ]
    columns = (
        Column(_("Who")),
        Column(_("Turns"), numeric=True),
        Column(_("Time"), numeric=True),
        Column(_("Of the logged time"), numeric=True),
    )
    return Table(_("All logged time"), columns, tuple(rows))


def _who_follows_whom(snapshot: Snapshot) -> Figure | None:
    pairs = Counter(who_follows_whom(snapshot.state, snapshot.now))
    if not pairs:
        return None
    known = {key for pair in pairs for key in pair}
    order = [person.id for person in seated(snapshot.state) if person.id in known]
    order += [key for key in sorted(known) if key not in order]
    people = snapshot.state.participants
    names = [one_line(snapshot.who(key) if key in people else snapshot.speaker("moderator", None)) for key in order]
    counts = [[pairs[before, after] for after in order] for before in order]
    most = "; ".join(
        _("{one} after {other}: {n}").format(one=names[order.index(after)], other=names[order.index(before)], n=n)
        for (before, after), n in pairs.most_common(3)
    )
    columns = (Column(_("Before")), *(Column(name, numeric=True) for name in names))
    rows = tuple((name, *map(str, row)) for name, row in zip(names, counts, strict=True))
    return Figure(
        _("Who follows whom: the row spoke, then the column"),
        _("Most often: {pairs}.").format(pairs=most),
        matrix(names, names, counts),
        Table(_("How often the person in the column spoke after the person in the row"), columns, rows),
    )


def _silence(snapshot: Snapshot) -> list[Block]:
    state = snapshot.state
    if state.session.started_at is None:
        return []
    found = stretches(state, "silence", snapshot.now)
    if not found.number:
        return []
    told = ngettext(
        "{n} silence of five seconds or longer, {time} in all.",
        "{n} silences of five seconds or longer, {time} in all.",
        found.number,
    ).format(n=found.number, time=as_length(found.total_ms))
    sorts = silences_by_sort(state, snapshot.now)
    if found.longest_at is not None:
        began = int(state.session.started_at or 0)
        longest = _("The longest lasted {time}, at {at} on the session's clock.")
        if "work" in sorts:
            longest = _("The longest outside polls and what was shown lasted {time}, at {at} on the session's clock.")
        told += " " + longest.format(time=as_length(found.longest_ms), at=as_clock(found.longest_at - began))
    rows = tuple(
        (_(title), str(sorts[sort].number), as_length(sorts[sort].total_ms), as_length(sorts[sort].longest_ms))
        for sort, title in SILENCES.items()
        if sort in sorts
    )
    columns = (
        Column(_("Silence")),
        Column(_("How often"), numeric=True),
        Column(_("Together"), numeric=True),
        Column(_("The longest"), numeric=True),
    )
    minutes = min(max(1, -(-elapsed_ms(state, snapshot.now) // MINUTE_MS)), _MOST_MINUTES)
    seconds = [ms / 1000 for ms in silence_by_minute(state, snapshot.now, minutes)]
    figure = Figure(_("Silence in each minute, in seconds"), told, columns_over_time(seconds, 60, 60, "s"))
    return [Heading(_("Silence")), Paragraph(told), Table(_("Silences by what came before"), columns, rows), figure]
