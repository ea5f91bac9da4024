"""What somebody asks a study for, in their words: groups, segments, questions, kinds and themes that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from kring.domain.study.same_question import same, words
from kring.domain.text import KringError, folded, one_line
from kring.study.finding.asking import Wanted
from kring.study.finding.passages import KIND_WORDS, SEARCHED, Kind, segment_key
from kring.study.finding.reading import Question
from kring.study.finding.upkeep import Held
from kring.system.i18n import _

UNKNOWN = ("unknown", "onbekend", "-")


class Put(NamedTuple):
    """A question as the guide of one session has it."""

    session: int
    item: str
    text: str
    question: Question


def called(groups: Mapping[int, Held]) -> dict[int, str]:
    """Return what each session is called beside the others; no two of them alike."""
    days = {number: held.group.started or _("not held yet") for number, held in groups.items()}
    names = {
        number: _("group {number}").format(number=held.group.number) if held.group.number else days[number]
        for number, held in groups.items()
    }
    alike = Counter(names.values())
    names |= {number: f"{name}, {days[number]}" for number, name in names.items()
              if alike[name] > 1 and name != days[number]}  # fmt: skip
    alike = Counter(names.values())
    return {number: name if alike[name] == 1 else f"{name} ({groups[number].file})" for number, name in names.items()}


def groups_asked(groups: Mapping[int, Held], asked: Iterable[str]) -> tuple[int, ...]:
    """Return the sessions that are meant: by the number of their group, their file, their day, or their title."""
    names = called(groups)
    found: list[int] = []
    for word in asked:
        wanted = folded(one_line(word))
        those = [number for number, held in groups.items() if wanted in _names_of(held, names[number])]
        if not those:
            raise KringError(
                "There is no group {word}; there are: {groups}.", word=word, groups=_listed(names.values())
            )
        found += those
    return tuple(dict.fromkeys(found))


def _names_of(held: Held, name: str) -> set[str]:
    group, file = held.group, PurePath(held.file)
    return {folded(one) for one in (group.number, name, file.name, file.stem, group.started[:10], group.title) if one}


def segments_of(groups: Mapping[int, Held]) -> dict[str, str]:
    """Return the segments of who took part, as they were written first, by what they are known by."""
    found: dict[str, str] = {}
    for held in groups.values():
        for person in held.people:
            found.setdefault(segment_key(person.segment), one_line(person.segment))
    return dict(sorted(found.items(), key=lambda one: (not one[0], one[0])))


def segments_asked(groups: Mapping[int, Held], asked: Iterable[str]) -> tuple[str, ...]:
    """Return the segments that are meant; "" is that of who has none."""
    there = segments_of(groups)
    found = []
    for word in asked:
        wanted = folded(one_line(word))
        if wanted not in there and wanted not in UNKNOWN:
            segments = _listed(name for name in there.values() if name)
            raise KringError("There is no segment {word}; there are: {segments}.", word=word, segments=segments)
        found.append(there.get(wanted, ""))
    return tuple(found)


def kinds_asked(asked: Iterable[str]) -> tuple[Kind, ...]:
    """Return the kinds of passages that are meant, in the language in use or in English."""
    by_word: dict[str, Kind] = {folded(_(KIND_WORDS[kind])): kind for kind in SEARCHED}
    by_word |= {kind: kind for kind in SEARCHED}
    found = []
    for word in asked:
        kind = by_word.get(folded(one_line(word)))
        if kind is None:
            kinds = _listed(_(KIND_WORDS[kind]).lower() for kind in SEARCHED)
            raise KringError("There is no kind {word}; there are: {kinds}.", word=word, kinds=kinds)
        found.append(kind)
    return tuple(found)


def questions_of(groups: Mapping[int, Held]) -> list[Put]:
    """Return every question of every guide, in the order of the groups and of their guides."""
    return [Put(number, one.item, one.text, one) for number, held in groups.items() for one in held.questions]


def questions_asked(groups: Mapping[int, Held], word: str) -> list[list[Put]]:
    """Return the questions that are meant, each as all groups have it: by number, by all their words, or by some."""
    wanted = words(word)
    together = same(questions_of(groups))
    for names in (_all_names, _words_only):
        found = [puts for puts in together if any(names(put, wanted) for put in puts)] if wanted else []
        if found:
            return found
    raise KringError("No group has a question {word}.", word=word)


def _all_names(put: Put, wanted: str) -> bool:
    return wanted in (folded(put.question.number), folded(put.item), words(put.text))


def _words_only(put: Put, wanted: str) -> bool:
    return wanted in words(put.text)


def one_question(groups: Mapping[int, Held], word: str) -> list[Put]:
    """Return the one question that is meant, as all groups have it; raises KringError where it may be several."""
    found = questions_asked(groups, word)
    if len(found) > 1:
        told = "; ".join(puts[0].text for puts in found)
        raise KringError(
            "{word} may be several questions; name one by its words: {questions}.", word=word, questions=told
        )
    return found[0]


def wanted(
    groups: Mapping[int, Held],
    typed: str = "",
    *,
    group: Sequence[str] = (),
    segment: Sequence[str] = (),
    question: str = "",
    kind: Sequence[str] = (),
    theme: Sequence[str] = (),
) -> Wanted:
    """Return what is asked for; raises KringError where a word means nothing that is there."""
    puts = [put for puts in questions_asked(groups, question) for put in puts] if question else []
    return Wanted(
        words=typed,
        kinds=kinds_asked(kind),
        segments=segments_asked(groups, segment),
        themes=tuple(each for one in theme for each in themes_meant(one)),
        sessions=groups_asked(groups, group) if group else None,
        questions=tuple((put.session, put.item) for put in puts) if question else None,
    )


def themes_meant(word: str) -> tuple[str, ...]:
    """Return the themes that a word means: with # a tag, else a tag or a code."""
    return (word,) if word.startswith("#") else (word, f"#{word}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names)) or "–"
