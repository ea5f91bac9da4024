"""The list of all that the timeline can be filtered by, and what choosing one of it does."""

from __future__ import annotations

from collections import Counter
from typing import cast

from kring.domain.measures.presence import seated
from kring.domain.words import SPEAKER_WORDS, called
from kring.review.entries import KIND_WORDS, Kind
from kring.review.filters import NOTHING, Filter
from kring.review.model import ReviewModel
from kring.system.i18n import _, ngettext
from kring.ui.dialogs import Option
from kring.ui.review import codes


def filter_options(model: ReviewModel) -> list[Option]:
    """Return every filter that something on the timeline passes, with how much that is."""
    state = model.state
    kinds = Counter(entry.kind for entry in model.entries)
    speakers = Counter(entry.speaker for entry in model.entries if entry.speaker)
    items = Counter(entry.item for entry in model.entries if entry.item)
    tags = Counter(tag for entry in model.entries for tag in entry.tags)
    coded = Counter(code for entry in model.entries for code in set(model.codes_on(entry)))
    starred = sum(entry.starred for entry in model.entries)
    stubs = sum(entry.stub for entry in model.entries)
    options = [Option("all", _("show all"))]
    options += [_option("kind", kind, _(word), kinds[kind]) for kind, word in KIND_WORDS.items() if kinds[kind]]
    options += [_option("starred", "", f"★ {_('starred')}", starred)] if starred else []
    options += [_option("stub", "", _("quotes to complete"), stubs)] if stubs else []
    for person in () if model.speakers_hidden else seated(state):
        told = f"{person.id} {called(state, person.id)}"
        options.append(_option("speaker", person.id, told, speakers[person.id]))
    others = [kind for kind in SPEAKER_WORDS if speakers[kind] and kind not in ("silence", "participant")]
    others = [] if model.speakers_hidden else others
    options += [_option("speaker", kind, _(SPEAKER_WORDS[kind]), speakers[kind]) for kind in others]
    guide = sorted((row for row in state.guide.values() if row.removed_at is None), key=lambda row: row.position)
    for row in guide:
        if row.kind == "section" or items[row.id]:
            options.append(_option("item", row.id, f"{row.number} {row.title}".strip(), items[row.id]))
    options += [_option("tag", tag, f"#{tag}", n) for tag, n in tags.most_common()]
    for code, depth in codes.alive(state):
        options.append(_option("code", code.id, f"{'  ' * depth}[{code.name}]", coded[code.id]))
    return [
        option._replace(label=f"✓ {option.label}") if _is_on(model.filter, option.id) else option for option in options
    ]


def _is_on(now: Filter, chosen: str) -> bool:
    alone = chosen_filter(NOTHING, chosen)
    others = all(wanted in (usual, on) for wanted, usual, on in zip(alone[1:], NOTHING[1:], now[1:], strict=True))
    return alone != NOTHING and alone.kinds <= now.kinds and others


def _option(what: str, value: str, label: str, rows: int) -> Option:
    name = f"{what}:{value}"
    return Option(name, label, remark=_times(rows))


def _times(n: int) -> str:
    return ngettext("{n} row", "{n} rows", n).format(n=n) if n else ""


def chosen_filter(now: Filter, chosen: str) -> Filter:
    """Return the filter with what was chosen put on, or taken off where it was on already."""
    what, _colon, value = chosen.partition(":")
    match what:
        case "kind":
            return now._replace(kinds=now.kinds ^ {cast("Kind", value)})
        case "starred":
            return now._replace(starred=not now.starred)
        case "stub":
            return now._replace(to_complete=not now.to_complete)
        case "speaker":
            return now._replace(speaker="" if now.speaker == value else value)
        case "item":
            return now._replace(item="" if now.item == value else value)
        case "tag":
            return now._replace(tag="" if now.tag == value else value)
        case "code":
            return now._replace(code="" if now.code == value else value)
    return NOTHING


def told(model: ReviewModel) -> str:
    """Return the filter in words, empty where everything is shown."""
    wanted, state = model.filter, model.state
    parts = [_(KIND_WORDS[kind]) for kind in KIND_WORDS if kind in wanted.kinds]
    if wanted.speaker:
        known = wanted.speaker in state.participants
        parts.append(called(state, wanted.speaker) if known else _(SPEAKER_WORDS[wanted.speaker]))
    item = state.guide.get(wanted.item)
    parts += [item.number or item.title[:20]] if item else []
    parts += [f"#{wanted.tag}"] if wanted.tag else []
    code = state.codes.get(wanted.code)
    parts += [f"[{code.name}]"] if code else []
    parts += ["★"] if wanted.starred else []
    parts += [_("to complete")] if wanted.to_complete else []
    parts += [f"“{wanted.words}”"] if wanted.words.strip() else []
    return " · ".join(parts)
