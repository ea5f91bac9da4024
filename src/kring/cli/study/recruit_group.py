"""What a recruitment gives to one group: its list of participants, and a letter for everybody who said yes."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from kring.cli.invite import make_folder
from kring.domain.text import KringError, one_line
from kring.invite import facts as told_by
from kring.invite.appointment import appointment, zone_named
from kring.invite.letters import letters
from kring.plans.file import as_typed
from kring.study.recruiting import acts
from kring.study.recruiting.recruitment import Recruitment
from kring.study.recruiting.roster import coming, plan_of, write_roster
from kring.system.clock import SystemClock, local_zone
from kring.system.i18n import _, ngettext
from kring.system.output_files import replacing


def roster_lines(found: Recruitment, asked: Namespace) -> list[str]:
    """Put who said yes on the list of participants of a group, and say what was done, and of whom it is not sure."""
    done = write_roster(found, asked.group, acts.spoken(found), with_alike=asked.others)
    counted = ngettext("{n} participant", "{n} participants", len(done.added)).format(n=len(done.added))
    lines = [_("Added to {file}: {people}.").format(file=done.path.name, people=counted)]
    if done.gone:
        told = _("On that list, and not coming any more; take them out there: {names}.")
        lines.append(told.format(names=", ".join(done.gone)))
    for name, other in done.alike:
        told = _("NOT added: {name} may be {other}, who is on that list. If so, write the name alike in both.")
        lines.append(told.format(name=one_line(name), other=one_line(other)))
    if done.alike:
        folder = as_typed(found.standing.folder.path)
        told = _("Those who are others: kring study recruit {folder} --roster --group {group} --others")
        lines.append(told.format(folder=folder, group=asked.group))
    return lines


def invite_lines(found: Recruitment, asked: Namespace) -> list[str]:
    """Write the letters and the appointment for everybody who said yes to a group, each under their number."""
    path, plan = plan_of(found, asked.group)
    people = coming(found, asked.group)
    if not people:
        raise KringError("Nobody has confirmed for group {group} yet.", group=asked.group)
    folder = asked.out or path.with_name(f"{path.stem}-{_('invitation')}")
    facts, times = told_by.facts(plan), told_by.times(plan)
    files = {
        f"{_file_name(one.number)}-{letter.name}": letter.text
        for one in people
        for letter in letters({**facts, "name": one.name}, None)
    }
    make_folder(folder)
    written = {name: text.encode() for name, text in files.items()}
    if times is not None:
        zone = zone_named(asked.zone or local_zone(plan.starts_at)[0])
        now = datetime.fromtimestamp(SystemClock().wall_ms() / 1000, UTC)
        written[_("appointment") + ".ics"] = appointment(plan, times, facts, zone, now)
    for name, content in written.items():
        with replacing(folder / name, force=asked.force) as file:
            file.write(content)
    told = ngettext(
        "Letters for {n} person are in {folder}, named by number; nothing is sent.",
        "Letters for {n} people are in {folder}, named by number; nothing is sent.",
        len(people),
    )
    lines = [told.format(n=len(people), folder=folder)]
    if blanks := told_by.left_blank("\n".join(files.values())):
        lines.append(_("Still to be filled in, between square brackets: {blanks}.").format(blanks=", ".join(blanks)))
    return lines


def _file_name(number: str) -> str:
    return "".join(mark if mark.isalnum() or mark in "-_" else "-" for mark in number)
