"""What a session and all that is in it is called and known by, so that the groups of a study go into one project.

Programs merge projects by name (QualCoder) or by id (others). What every group has in common, a question of the guide
or a tag, has the same name and id in each; what is of one session, a text or a person, has a name and an id of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from kring.domain.local_time import day_of, local
from kring.domain.state import State
from kring.domain.study.called import study_key
from kring.domain.text import one_line
from kring.exports.account import Unique, short_label, zero
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]+')
_MOST_IN_TITLE = 60


class Identity:
    """A session among those of its study; `group` is what it is called beside the others."""

    def __init__(self, snapshot: Snapshot, group: str) -> None:
        session = snapshot.state.session
        self.snapshot = snapshot
        self.group = group
        study = study_key(session.study)
        self._study = uuid5(NAMESPACE_URL, f"kring:study:{study}") if study else snapshot.session_id
        self._day = day_of(snapshot.state)
        self._title = one_line(session.study) or one_line(session.title) or snapshot.stem

    def own(self, kind: str, row_id: str) -> UUID:
        """Return the id of something of this session alone."""
        return self.snapshot.guid(kind, row_id)

    def shared(self, kind: str, key: str) -> UUID:
        """Return the id of something that all sessions of the study have in common."""
        return uuid5(self._study, f"{kind}/{key}")

    def person(self, name: str) -> str:
        """Return what somebody of this session is called among those of the others."""
        return f"{short_label(name)} ({self.group})"

    def source(self, name: str, suffix: str) -> str:
        """Return what a text or a recording of this session is called, as a file may be called."""
        day = f", {self._day}" if self._day and self._day not in self.group else ""
        title = self._title[:_MOST_IN_TITLE].strip()
        return _NOT_IN_FILE_NAMES.sub("-", f"{name} – {title}, {self.group}{day}") + suffix


def identities(snapshots: Sequence[Snapshot]) -> list[Identity]:
    """Return the identity of each session; no two of them are called alike."""
    groups = groups_of([snapshot.state for snapshot in snapshots])
    return [Identity(snapshot, group) for snapshot, group in zip(snapshots, groups, strict=True)]


def groups_of(states: Sequence[State]) -> list[str]:
    """Return what each session of a study is called beside the others; no two of them alike."""
    labels = Unique()
    return [labels.take(group, group) for group in map(_group, states)]


def _group(state: State) -> str:
    """Return which group of the study a session is; where the plan does not say that, when it was."""
    number = one_line(state.session.group_number)
    if number:
        return _("group {number}").format(number=number)
    return f"{local(state, zero(state)):%Y-%m-%d %H.%M}"
