"""What all views look at: the state at one moment, with the times and voices computed once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kring.domain.consent import refused_by_everybody
from kring.domain.guide_items import section_of
from kring.domain.measures.group.chat import who_wrote
from kring.domain.measures.group.pacing import is_due
from kring.domain.measures.group.turns import to_invite
from kring.domain.measures.questions import must_still_be_asked
from kring.domain.measures.sections import SectionTime, section_time, spent_by_section
from kring.domain.measures.session_time import SessionTime, session_time, starts_of_sections
from kring.domain.measures.talk_time import Voice, voices
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.session.recording import OFF, RecorderState

if TYPE_CHECKING:
    from kring.study.earlier import Earlier


class LiveMoment:
    """One state at one moment (`now`, epoch ms), and how the sound stands; all else is worked out when asked for.

    `demo_speed` is how many times faster than real a rehearsal runs, 0 where it is no rehearsal.
    """

    def __init__(
        self,
        state: State,
        now: int,
        recorder: RecorderState = OFF,
        demo_speed: float = 0,
        earlier: Earlier | None = None,
    ) -> None:
        self.state = state
        self.now = now
        self.recorder = recorder
        self.demo_speed = demo_speed
        self.earlier = earlier
        """What earlier groups of the study said; None until it is known."""

    @cached_property
    def spent(self) -> dict[str, int]:
        """Time spent in each section, ms."""
        return spent_by_section(self.state, self.now)

    @cached_property
    def time(self) -> SessionTime:
        """How the session stands against its plan."""
        return session_time(self.state, self.now, self.spent)

    @cached_property
    def pace_is_due(self) -> bool:
        """Whether a proposal for the time to come is worth a look."""
        return is_due(self.state, self.now, self.time)

    @cached_property
    def section(self) -> GuideRow | None:
        """The section in which the talk is."""
        item = self.state.current_item
        return section_of(self.state, item.id) if item else None

    @cached_property
    def section_time(self) -> SectionTime | None:
        """How that section stands against its time box."""
        return section_time(self.state, self.section, self.now, self.spent) if self.section else None

    @cached_property
    def voices(self) -> list[Voice]:
        """Every participant's part in the talk, by seat."""
        return voices(self.state, self.now)

    @cached_property
    def here(self) -> frozenset[str]:
        """The codes of the participants who are present."""
        return frozenset(voice.person.id for voice in self.voices if voice.status == "present")

    @cached_property
    def wrote(self) -> list[str]:
        """The codes of those who were heard in the chat on this question, by seat."""
        item = self.state.current_item
        return who_wrote(self.state, item.id) if item is not None else []

    @cached_property
    def starts(self) -> dict[str, int]:
        """When the sections to come are expected to begin, epoch ms."""
        return starts_of_sections(self.state, self.now, self.spent)

    @cached_property
    def refused(self) -> dict[str, list[str]]:
        """What each participant refuses, by scope."""
        return refused_by_everybody(self.state)

    @cached_property
    def still_to_ask(self) -> list[GuideRow]:
        """The questions that must be asked and were not, in order."""
        return must_still_be_asked(self.state, self.now)

    @cached_property
    def to_invite(self) -> list[Voice]:
        """Whom to invite to speak, in order."""
        return to_invite(self.state, self.now, self.voices)
