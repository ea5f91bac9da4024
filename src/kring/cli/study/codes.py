"""`kring study codes`: the codebooks of the groups put together, and how far coders agree over the study."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kring.cli.json_text import json_text
from kring.cli.review import own_name
from kring.cli.study.asked import Asked, print_lines
from kring.cli.study.code_history import tell_history
from kring.cli.study.codebook import ROLE, change_codebook, refuse_together
from kring.domain.measures.agreement import Agreement
from kring.domain.state import State
from kring.domain.study.coders import CodeInStudy, Pair, codebook, coders_called, pairs
from kring.domain.text import one_line
from kring.session.session import Me
from kring.study.finding.reading import SessionFile
from kring.system import settings
from kring.system.i18n import _, decimal, ngettext, percent


def codes_command(asked: Namespace) -> int:
    """Print the codes of a study, where their books differ, and how far every two coders agree."""
    refuse_together(asked)
    with Asked(asked) as about:
        if asked.history:
            return tell_history(about, asked)
        if asked.share or asked.undo or any(name is not None for name in (asked.merge, asked.rename, asked.split)):
            return change_codebook(about, asked)
        if sys.stdin.isatty() and sys.stdout.isatty() and not (asked.json or asked.plain):
            return _on_screen(about)
        states = {session: _state(about, session) for session in about.groups}
        names = coders_called(list(states.values()), with_names=about.with_names)
        book, found = codebook(list(states.values())), pairs(list(states.values()))
        if asked.json:
            sys.stdout.write(json_text(_as_json(about, book, found, names)) + "\n")
        else:
            print_lines(_lines(about, book, found, names))
    return 0


def _on_screen(about: Asked) -> int:
    """Show the codes on a screen."""
    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.ui.study.codes_screen import run

    me = Me(own_name(), ROLE, settings.device_id())
    run(about.finding, about.study.title or about.finding.folder.resolve().name, me, settings.read())
    return 0


def _state(about: Asked, session: int) -> State:
    with SessionFile(about.finding.file_of(session)) as opened:
        return opened.state()


def _lines(about: Asked, book: Sequence[CodeInStudy], found: Sequence[Pair], names: Mapping[str, str]) -> Iterator[str]:
    if not book:
        yield _("No group has a code.")
        return
    groups = list(about.called.values())
    yield _("Codes, with on how many passages each group has them")
    for code in book:
        where = ", ".join(f"{groups[place]} {n}×" for place, n in zip(code.sessions, code.used, strict=True))
        above = f" < {code.parents[0]}" if len(code.parents) == 1 and code.parents[0] else ""
        yield f"  {code.name}{above}: {where}"
        yield from (f"    {told}" for told in _differences(about, code))
    for pair in found:
        n = pair.sessions
        in_groups = ngettext("in {n} group", "in {n} groups", n).format(n=n)
        yield ""
        yield _("{one} and {other}, {groups}").format(
            one=one_line(names[pair.one]), other=one_line(names[pair.other]), groups=in_groups
        )
        yield from (f"  {one_line(name)}: {_told(agreed)}" for name, agreed in pair.by_code.items())
        yield f"  {_('all codes')}: {_told(pair.all)}"
    if not found:
        yield ""
        yield _("No two coders coded the same group, so there is no agreement to tell.")
    yield from (f"{one}" for one in about.said())


def _differences(about: Asked, code: CodeInStudy) -> Iterator[str]:
    """Yield where the codebooks of the groups are not the same."""
    missing = [name for place, name in enumerate(about.called.values()) if place not in code.sessions]
    if missing:
        yield _("not in the codebook of {groups}").format(groups=", ".join(missing))
    if len(code.descriptions) > 1:
        yield _("described otherwise: {descriptions}").format(
            descriptions="; ".join(f"“{one}”" if one else _("nothing") for one in code.descriptions)
        )
    if len(code.parents) > 1:
        yield _("below another code: {codes}").format(codes=", ".join(one or _("none") for one in code.parents))


def _told(agreed: Agreement) -> str:
    """Return an agreement in figures: what is undefined is a dash."""
    if not agreed.units:
        return _("Jaccard {jaccard}; it is not known which passages both had before them").format(
            jaccard=_figure(agreed.jaccard)
        )
    return _("{share} of {n}, kappa {kappa}, alpha {alpha}").format(
        share=percent(agreed.share or 0),
        n=agreed.units,
        kappa=_figure(agreed.kappa),
        alpha=_figure(agreed.alpha),
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else decimal(value, 2)


def _as_json(
    about: Asked, book: Sequence[CodeInStudy], found: Sequence[Pair], names: Mapping[str, str]
) -> dict[str, Any]:
    groups = list(about.called.values())
    return {
        "codes": [
            {
                "code": code.name,
                "groups": {groups[place]: n for place, n in zip(code.sessions, code.used, strict=True)},
                "descriptions": code.descriptions,
                "parents": code.parents,
            }
            for code in book
        ],
        "agreement": [
            {
                "coders": [names[pair.one], names[pair.other]],
                "groups": pair.sessions,
                "codes": {name: agreed._asdict() for name, agreed in pair.by_code.items()},
                "all": pair.all._asdict(),
            }
            for pair in found
        ],
        "said": about.said(),
    }
