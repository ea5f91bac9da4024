"""Talk time and balance: who spoke how much and when, who follows whom, how long it was quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kring.domain import rows as r
from kring.domain.measures.talk import Voice, presence_ms, voices
from kring.domain.text import one_line
from kring.domain.time_text import short
from kring.domain.timing import section_of
from kring.privacy.snapshot import Material
from kring.report.charts import Bar, Lane, bars, columns_over_time, matrix, over_time
from kring.report.parts import Block, Column, Figure, Heading, Paragraph, Section, Table
from kring.report.svg import joined
from kring.report.words import counted_turns, decimal, percent
from kring.system.i18n import _, ngettext

LONG_SILENCE_S = 5.0  # the pause that Krueger asks of a moderator
OTHER_KINDS: tuple[r.TurnKind, ...] = ("moderator", "crosstalk", "unknown", "silence")
_MINUTE_S = 60
_MOST_MINUTES = 24 * 60  # a clock that was set may make years of a session


def talk(material: Material) -> Section | None:
    """Return talk time, balance and the order of speaking, as the log of turns has them."""
    turns = turns_in_order(material)
    if not turns:
        return None
    heard = [voice for voice in voices(material.state, material.now) if voice.turns or _was_there(material, voice)]
    blocks: list[Block] = []
    if heard:
        blocks += [_share_figure(heard, material), _share_table(heard, material), *_balance(heard)]
    blocks += [_over_time(material, turns), _others(material, turns)]
    followed = _who_follows_whom(material, turns)
    if followed is not None:
        blocks.append(followed)
    blocks += _silence(material, turns)
    return Section("talk", _("Talk time and balance"), tuple(blocks))


def turns_in_order(material: Material) -> list[r.TurnRow]:
    """Return the turns that count, by their begin."""
    return sorted(material.state.alive_turns, key=lambda turn: (turn.started_at, turn.id))


def spoken_ms(material: Material) -> Counter[str]:
    """Return how long each kind of speaker spoke, silence left out."""
    spoken: Counter[str] = Counter({"moderator": 0})
    for turn in material.state.alive_turns:
        if turn.kind != "silence":
            spoken[turn.kind] += length_ms(material, turn)
    return spoken


def length_ms(material: Material, turn: r.TurnRow) -> int:
    """Return how long a turn took; one that is open lasts until the end of what the file tells."""
    return max(0, int(turn.ended_at or material.now) - int(turn.started_at))


def gini(values: Sequence[float]) -> float:
    """Return Gini's coefficient (1912): half the mean difference between all pairs, over the mean."""
    total = sum(values)
    if not total:
        return 0.0
    ordered = sorted(values)
    weighted = sum((2 * place - len(ordered) - 1) * value for place, value in enumerate(ordered, 1))
    return weighted / (len(ordered) * total)


def _was_there(material: Material, voice: Voice) -> bool:
    return presence_ms(material.state, voice.person.id, material.now) > 0


def _share_figure(heard: list[Voice], material: Material) -> Figure:
    ordered = sorted(heard, key=lambda voice: -voice.share)
    rows = [Bar(one_line(material.who(voice.person.id)), voice.share, percent(voice.share)) for voice in ordered]
    told = ", ".join(f"{row.label} {row.told}" for row in rows)
    equal = 1 / len(heard)
    limit = (equal, _("equal share {share}").format(share=percent(equal)))
    return Figure(_("Share of voice, corrected for presence"), told, bars(rows, mark=limit))


def _share_table(heard: list[Voice], material: Material) -> Table:
    total = sum(voice.spoken_ms for voice in heard)
    rows = [
        (
            one_line(material.who(voice.person.id)),
            str(voice.turns),
            short(voice.spoken_ms),
            short(presence_ms(material.state, voice.person.id, material.now)),
            percent(voice.share),
            percent(voice.spoken_ms / total if total else 0),
        )
        for voice in heard
    ]
    columns = (
        Column(_("Participant")),
        Column(_("Turns"), numeric=True),
        Column(_("Talk time"), numeric=True),
        Column(_("Present"), numeric=True),
        Column(_("Share"), numeric=True),
        Column(_("Share of talk time alone"), numeric=True),
    )
    return Table(_("Talk time by participant"), columns, tuple(rows))


def _balance(heard: list[Voice]) -> list[Block]:
    told = _(
        "Share is talk time per minute present, over the sum of that of all participants: somebody who came late is "
        "compared on the time that they were there."
    )
    blocks: list[Block] = [Paragraph(told, "small")]
    if len(heard) > 1:
        balance = _(
            "Gini coefficient of these shares: {value}. 0 is everybody as much, {most} one person alone (C. Gini, "
            "Variabilità e mutabilità, 1912)."
        ).format(value=decimal(gini([voice.share for voice in heard]), 2), most=decimal(1 - 1 / len(heard), 2))
        blocks.append(Paragraph(balance, "small"))
    return blocks


def _over_time(material: Material, turns: list[r.TurnRow]) -> Figure:
    begin = int(material.state.session.started_at or turns[0].started_at)
    stretches: dict[str, list[tuple[float, float]]] = {}
    for turn in turns:
        stretch = (max(0, turn.started_at - begin) / 1000, max(0, (turn.ended_at or material.now) - begin) / 1000)
        stretches.setdefault(turn.participant or turn.kind, []).append(stretch)
    people = [voice.person.id for voice in voices(material.state, material.now) if voice.person.id in stretches]
    looks = {"moderator": "lead", "silence": "quiet", "crosstalk": "mixed", "unknown": "mixed"}
    lanes = []
    for key in [*people, *(kind for kind in OTHER_KINDS if kind in stretches)]:
        total = sum(end - start for start, end in stretches[key])
        label = material.who(key) if key in material.state.participants else _word(material, key)
        lanes.append(Lane(one_line(label), tuple(stretches[key]), looks.get(key, "bar"), short(total * 1000)))
    length_s = (int(material.state.session.ended_at or material.now) - begin) / 1000
    told = "; ".join(f"{lane.label}: {counted_turns(len(lane.stretches))}, {lane.total}" for lane in lanes)
    title = _("Who spoke when, over the sections of the guide")
    return Figure(title, told, over_time(lanes, bands(material, begin), length_s))


def bands(material: Material, begin: int) -> list[tuple[float, float, str]]:
    """Return when which section was open, in seconds after `begin`."""
    found: list[tuple[float, float, str]] = []
    for visit in sorted(material.state.visits.values(), key=lambda visit: visit.started_at):
        section = section_of(material.state, visit.item)
        if section is None:
            continue
        name = one_line(f"{section.number} {section.title}")
        start, end = (visit.started_at - begin) / 1000, ((visit.ended_at or material.now) - begin) / 1000
        if found and found[-1][2] == name:
            found[-1] = (found[-1][0], end, name)
        else:
            found.append((max(0.0, start), end, name))
    return found


def _word(material: Material, kind: str) -> str:
    words = {
        "moderator": _("moderator ({name})").format(name=one_line(material.speaker("moderator", None))),
        "crosstalk": _("crosstalk"),
        "unknown": _("unknown speaker"),
        "silence": _("silence"),
    }
    return words.get(kind, kind)


def _others(material: Material, turns: list[r.TurnRow]) -> Table:
    kinds: tuple[r.TurnKind, ...] = ("participant", *OTHER_KINDS)
    totals = {kind: [length_ms(material, turn) for turn in turns if turn.kind == kind] for kind in kinds}
    everything = sum(map(sum, totals.values()))
    rows = [
        (
            _("participants together") if kind == "participant" else _word(material, kind),
            str(len(lengths)),
            short(sum(lengths)),
            percent(sum(lengths) / everything if everything else 0),
        )
        for kind, lengths in totals.items()
        if lengths
    ]
    columns = (
        Column(_("Who")),
        Column(_("Turns"), numeric=True),
        Column(_("Time"), numeric=True),
        Column(_("Of the logged time"), numeric=True),
    )
    return Table(_("The logged time in all"), columns, tuple(rows))


def _who_follows_whom(material: Material, turns: list[r.TurnRow]) -> Figure | None:
    spoken = [turn for turn in turns if turn.kind != "silence"]
    pairs: Counter[tuple[str, str]] = Counter()
    for before, after in pairwise(spoken):
        if before.kind in ("participant", "moderator") and after.kind in ("participant", "moderator"):
            pairs[before.participant or before.kind, after.participant or after.kind] += 1
    if not pairs:
        return None
    known = {key for pair in pairs for key in pair}
    order = [voice.person.id for voice in voices(material.state, material.now) if voice.person.id in known]
    order += [key for key in sorted(known) if key not in order]
    people = material.state.participants
    names = [one_line(material.who(key) if key in people else material.speaker("moderator", None)) for key in order]
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
        Table(_("How often the column spoke after the row"), columns, rows),
    )


def _silence(material: Material, turns: list[r.TurnRow]) -> list[Block]:
    begin = material.state.session.started_at
    silences = [turn for turn in turns if turn.kind == "silence"]
    if begin is None or not silences:
        return []
    lengths = [length_ms(material, turn) / 1000 for turn in silences]
    long = [length for length in lengths if length >= LONG_SILENCE_S]
    counted = ngettext(
        "{n} silence of five seconds or longer, {time} in all; the longest {longest}.",
        "{n} silences of five seconds or longer, {time} in all; the longest {longest}.",
        len(long),
    )
    told = counted.format(n=len(long), time=short(sum(long) * 1000), longest=short(max(lengths) * 1000))
    length_s = (int(material.state.session.ended_at or material.now) - begin) / 1000
    per_minute = [0.0] * min(max(1, -(-int(length_s) // _MINUTE_S)), _MOST_MINUTES)
    spans = [((turn.started_at - begin) / 1000, ((turn.ended_at or material.now) - begin) / 1000) for turn in silences]
    for start, end in joined(spans):
        for minute in range(max(0, int(start) // _MINUTE_S), min(len(per_minute), int(end) // _MINUTE_S + 1)):
            low, high = minute * _MINUTE_S, (minute + 1) * _MINUTE_S
            per_minute[minute] += max(0.0, min(end, high) - max(start, low))
    figure = Figure(
        _("Silence in each minute, in seconds"), told, columns_over_time(per_minute, _MINUTE_S, _MINUTE_S, "s")
    )
    return [Heading(_("Silence")), Paragraph(told), figure]
