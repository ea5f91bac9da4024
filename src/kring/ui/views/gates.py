"""What stands before the start: what the list of participants says of consent, the gates, and how to begin."""

from __future__ import annotations

from kring.domain.consent import SCOPE_WORDS, Answers, answers
from kring.domain.decide.checks import is_recorded
from kring.domain.decide.session import open_gates
from kring.domain.rows import ParticipantRow
from kring.domain.words import check_called
from kring.system.i18n import _, say
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import Line, cut, line, pad

ASKED = ("taking_part", "audio", "video")
"""The scopes of which everybody has to say something before the talk; quoting only marks what is quoted."""
WORD_ROOM = 30
"""At most, for the words of a line before what there is to say of them."""


def lines(moment: LiveMoment, room: int) -> list[Line]:
    """Return the lines: consent by scope as the list has it, the recording, other gates, the two steps of the start."""
    state = moment.state
    recorded = is_recorded(state)
    word_room = min(WORD_ROOM, room * 2 // 5)
    drawn = [line((_("before the start"), "title"), ("   " + _("the list decides, not a tick"), "muted"))]
    drawn += [_scope(answers(state, scope), scope, word_room) for scope in ASKED]
    refused = answers(state, "quoting").refused
    if refused:
        drawn.append(
            _told(
                "·", _("not to be quoted"), _("{people}: quotes get a mark").format(people=_names(refused)), word_room
            )
        )
    drawn.append(
        _told("✓" if recorded else "○", _("recording"), _("runs") if recorded else _("not started"), word_room)
    )
    if state.session.quote_drafts:
        drawn.append(
            _told("·", _("writing out quotes"), _("on this computer; name it when you ask for audio"), word_room)
        )
    others = (gate for gate in open_gates(state) if not (gate.consent or gate.recording))
    drawn += [_told("○", check_called(state, gate), "", word_room) for gate in others]
    first = _("1  r, R: recording on, everybody says yes aloud")
    second = _("2  F10: the talk begins")
    drawn += [line((first, "muted" if recorded else "bold")), line((second, "bold" if recorded else "muted"))]
    return [cut(line("  ", *one), room) for one in drawn]


def _scope(found: Answers, scope: str, word_room: int) -> Line:
    word = _("consent: {scope}").format(scope=_(SCOPE_WORDS[scope]))
    return _told("○" if found.unknown else "✓", word, say(found.in_words()), word_room)


def _told(sign: str, word: str, what: str, word_room: int) -> Line:
    looks = {"✓": "ok", "○": "bold"}
    head = line((f"{sign}  ", looks.get(sign, "muted")), word)
    return line(*pad(head, word_room), (f" {what}", "muted" if sign != "○" else "soon")) if what else head


def _names(people: tuple[ParticipantRow, ...]) -> str:
    return ", ".join(person.name or person.id for person in people)
