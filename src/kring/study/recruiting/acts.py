"""What is done with somebody on the list: each act is one change of their row."""

from __future__ import annotations

from kring.domain.study.groups import group_key
from kring.domain.study.recruiting.candidate import Candidate, CandidateState
from kring.domain.text import KringError, one_line
from kring.study.recruiting.attendance import Attendance
from kring.study.recruiting.changing import Change, change
from kring.study.recruiting.recruitment import Recruitment
from kring.study.recruitment_list.words import PAID_IN_WORDS, STATES_IN_WORDS, read_state, word_of
from kring.system.i18n import language, say


def spoken(found: Recruitment) -> str:
    """Return the language in which is written: that of the study, else the one in use."""
    return found.study.language or language()


def set_came(found: Recruitment, came: Attendance) -> Change:
    """Write that somebody came or did not, as the session of a group has it; who waited in reserve is in it then."""
    return set_state(found, came.candidate, came.state, came.candidate.reason, came.group)


def set_state(found: Recruitment, one: Candidate, state: CandidateState, reason: str = "", group: str = "") -> Change:
    """Give somebody a state, with the day; a reason takes the place of the last one, which a new state leaves out.

    Who has no group yet gets the one that is named; who is to fit, the first one with a place for their segment.
    """
    columns = dict(found.found.columns) if found.found else {}
    word = word_of(STATES_IN_WORDS[state], spoken(found))
    values = {"state": word}
    reason = one_line(reason)
    if "reason" in columns:
        values["reason"] = reason
    elif reason:
        values["state"] = f"{word}: {reason}"
    if "since" in columns:
        values["since"] = found.standing.today.isoformat()
    if not one.group and "group" in columns:
        first = group or (found.group_for(one) if state in ("fits", "confirmed") else "")
        values |= {"group": first} if first else {}
    return change(found.path, found.study, one, values)


def set_paid(found: Recruitment, one: Candidate) -> Change:
    """Write that somebody is paid; below *paid*, and in a list without that column as the state of who came."""
    if found.found and "paid" in dict(found.found.columns):
        return change(found.path, found.study, one, {"paid": found.standing.today.isoformat()})
    if one.state != "came":
        raise KringError("The list has no column to say that somebody who did not come is paid; add one called paid.")
    return change(found.path, found.study, one, {"state": word_of(PAID_IN_WORDS, spoken(found))})


def set_group(found: Recruitment, one: Candidate, group: str) -> Change:
    """Put somebody into a group of the study, or into none where it is empty."""
    known = next((each.number for each in found.standing.groups if group_key(each.number) == group_key(group)), None)
    if group and known is None:
        raise KringError("The study has no group {group}.", group=group)
    return change(found.path, found.study, one, {"group": known or ""})


def set_proposed(found: Recruitment, one: Candidate) -> Change | None:
    """Give somebody the state that the screener proposes, with its reason; None where it proposes nothing new."""
    screening = found.screened.get(one.line)
    if screening is None or screening.state is None or screening.state == one.state:
        return None
    return set_state(found, one, screening.state, "" if screening.state == "fits" else say(screening.why))


def set_in_words(found: Recruitment, who: str, what: str, more: str) -> Change:
    """Do what a typed line asks: a state and a reason, `paid`, or `group` and its number; raises KringError."""
    one = found.one(who)
    word = what.strip().casefold()
    if word in ("group", "groep"):
        return set_group(found, one, more.strip())
    read = read_state(what) if what.strip() else None
    if read is None:
        raise KringError("{what} is no state; say approached, screened, fits, reserve, excluded, refused, confirmed, "
                         "cancelled, came, no-show, paid, or group and its number.", what=what)  # fmt: skip
    state, told, has_paid = read
    if has_paid:
        if more or told:
            raise KringError("Paid takes no words behind it.")
        return set_paid(found, one)
    return set_state(found, one, state, more or told)
