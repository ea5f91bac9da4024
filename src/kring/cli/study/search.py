"""`kring study search`: words in everything that was said and written in the groups of a study."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import groupby
from math import ceil
from typing import Any

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.cli.study.asked import Asked, moment, print_lines, require_some
from kring.domain.text import one_line
from kring.domain.words import SPEAKER_WORDS
from kring.plans.study.place import text_file
from kring.store.values import iso
from kring.study.finding import choices
from kring.study.finding.asking import Found, Hit
from kring.study.finding.passages import KIND_WORDS, Passage
from kring.system import settings
from kring.system.i18n import _, ngettext


def search_command(asked: Namespace) -> int:
    """Print the newest passages that have every word; where nothing is asked, on a screen if there is one."""
    is_asked = asked.words or asked.group or asked.segment or asked.question or asked.kind or asked.code
    if not (is_asked or asked.json or asked.plain) and sys.stdin.isatty() and sys.stdout.isatty():
        return _on_screen(asked)
    require_some(asked.most)
    with Asked(asked) as about:
        wanted = choices.wanted(
            about.groups,
            " ".join(asked.words),
            group=asked.group,
            segment=asked.segment,
            question=asked.question,
            kind=asked.kind,
            theme=asked.code,
        )
        found = about.finding.find(wanted, asked.most)
        if asked.json:
            sys.stdout.write(json_text(_as_json(about, found)) + "\n")
        else:
            print_lines(_lines(about, found))
    return 0


def _on_screen(asked: Namespace) -> int:
    """Search on a screen; a hit that is chosen is shown in the review, and then the search goes on."""
    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.cli.review import review_command
    from kring.ui.study.finding_model import FindingModel
    from kring.ui.study.finding_screen import run

    chosen = settings.read()
    with Asked(asked) as about:
        text = text_file(about.finding.folder)
        model = FindingModel(about.finding, about.study.title or about.finding.folder.resolve().name, text)
        while (hit := run(model, chosen)) is not None:
            at = moment(ceil(hit.passage.t)) if hit.passage.t is not None else None
            review_command(Namespace(file=about.finding.file_of(hit.session), name=None, at=at, lang=asked.lang), speak)
            model.look_again()
    return 0


def _lines(about: Asked, found: Found) -> Iterator[str]:
    yield counted(found)
    for session, hits in groupby(found.hits, key=lambda hit: hit.session):
        yield ""
        yield f"{about.heading(session)} ({about.groups[session].file})"
        yield from (_line(about, hit) for hit in hits)
    if found.hits:
        first = found.hits[0]
        yield ""
        yield _("Look at one with: {command}").format(command=opened_by(about, first))
    yield from ["", *about.said()] if about.said() else []


def counted(found: Found) -> str:
    """Return how many hits there are, of how many people and groups."""
    n, people, groups = found.total or 0, found.people or 0, found.groups or 0
    told = [
        ngettext("{n} hit", "{n} hits", n).format(n=n),
        ngettext("{n} person", "{n} people", people).format(n=people),
        ngettext("{n} group", "{n} groups", groups).format(n=groups),
    ]
    newest = _("; the newest {n}:").format(n=len(found.hits)) if n > len(found.hits) else ""
    return ", ".join(told) + newest if n else _("Nothing was found.")


def _line(about: Asked, hit: Hit) -> str:
    passage = hit.passage
    who = speaker(about, hit)
    tags = "".join(f"  #{tag}" for tag in passage.tags)
    kind = _(KIND_WORDS[passage.kind]).lower()
    draft = f" ({_('draft')})" if passage.is_draft else ""
    place = f"{moment(passage.t):>9} {numbered(passage):>5}  {about.question(hit):<5} {who:<4}"
    return f"{place} {kind}{draft}: {one_line(passage.text)}{tags}"


def speaker(about: Asked, hit: Hit) -> str:
    """Return who said something: a participant, or in a word who else it was."""
    passage = hit.passage
    if not passage.person and passage.speaker:
        return _(SPEAKER_WORDS[passage.speaker])
    return one_line(about.who(hit))


def numbered(passage: Passage) -> str:
    """Return by which number a note is pointed to; nothing of what has none."""
    return f"#{passage.number}" if passage.number else ""


def opened_by(about: Asked, hit: Hit) -> str:
    """Return the command that shows a passage in the review, at its second."""
    words = ["kring", "review", str(about.finding.file_of(hit.session))]
    if hit.passage.t is not None:
        words += ["--at", moment(ceil(hit.passage.t))]  # the whole second after it, at which it has been said
    return shlex.join(words)


def _as_json(about: Asked, found: Found) -> dict[str, Any]:
    return {
        "total": found.total,
        "people": found.people,
        "groups": found.groups,
        "hits": [_hit(about, hit) for hit in found.hits],
        "said": about.said(),
    }


def _hit(about: Asked, hit: Hit) -> dict[str, Any]:
    passage, held = hit.passage, about.groups[hit.session]
    question = next((one for one in held.questions if one.item == passage.item), None)
    return {
        "group": about.called[hit.session],
        "session": held.group.id,
        "file": held.file,
        "row": passage.row,
        "number": passage.number or None,
        "kind": passage.kind,
        "at": iso(passage.at),
        "t": passage.t,
        "question": {"id": question.item, "number": question.number, "text": question.text} if question else None,
        "participant": passage.person or None,
        **({"name": about.finding.names_of(hit.session).get(passage.person)} if about.with_names else {}),
        "speaker": passage.speaker or None,
        "speaker_confirmed": passage.is_sure,
        "segment": passage.segment or None,
        "text": passage.text,
        "draft": passage.is_draft,
        "tags": passage.tags,
        "codes": passage.codes,
        "starred": passage.starred,
    }
