"""How somebody decides about the words that may be names: which word, what it is, and where that holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kring.commands.command import Part
from kring.commands.naming import A_NAME, A_WORD, EVERYWHERE, OPEN
from kring.domain import lookup
from kring.domain.measures.presence import seated
from kring.domain.rows import NameRulingRow
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.words import called
from kring.privacy.replaced import Doubt
from kring.system.i18n import _
from kring.ui.dialogs import Option
from kring.ui.prompt import ListQuestion, Request

Doubts = Sequence[Doubt]


def question(state: State, doubts: Doubts, request: Request) -> ListQuestion:
    """Return how the next part of the command is asked."""
    match request.part:
        case Part.DOUBT:
            return ListQuestion(_("May be a name"), _words(state, doubts))
        case Part.TAKEN_AS:
            return ListQuestion(
                _("“{words}” is …").format(words=request.answers[0]), _kinds(state, doubts, request.answers[0])
            )
    return ListQuestion(_("“{words}”: where?").format(words=request.answers[0]), _places(doubts, *request.answers))


def _words(state: State, doubts: Doubts) -> list[Option]:
    by_word: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        by_word.setdefault(doubt.words, []).append(doubt)
    open_still = [
        Option(words, f"{words}  {_told(those)}", remark=those[0].samples[0]) for words, those in by_word.items()
    ]
    decided = [
        Option(row.words, f"{row.words}  {_ruled(state, row)}", remark=_("decided"))
        for row in state.name_rulings.values()
        if row.removed_at is None and row.words not in by_word
    ]
    if not open_still and not decided:
        raise Refused("Of every word in the texts it is sure whether it is a name.")
    return [*open_still, *decided]


def _told(those: Sequence[Doubt]) -> str:
    """Return how often a word stands there, and what stands in its place now."""
    told = [f"{len(doubt.places)}× {doubt.label if doubt.hides else _('stays')}" for doubt in those]
    return ", ".join(told)


def _ruled(state: State, row: NameRulingRow) -> str:
    if row.taken_as == "word":
        return _("a word")
    return called(state, row.participant) if row.participant else _("a name")


def _kinds(state: State, doubts: Doubts, words: str) -> list[Option]:
    bearers = {label for doubt in _of(doubts, words) for label in doubt.label.split("/")}
    people = sorted(seated(state), key=lambda person: (person.id not in bearers, person.seat))
    kinds = [Option(A_WORD, _("a word")), *(Option(person.id, called(state, person.id)) for person in people)]
    if not any({person.id} == bearers for person in people):  # of the team, or of several
        kinds.insert(1, Option(A_NAME, _("a name of whoever bears it")))
    if lookup.name_ruling(state, words, EVERYWHERE):
        kinds.append(Option(OPEN, _("not decided any more")))
    return kinds


def _places(doubts: Doubts, words: str, _taken_as: str) -> list[Option]:
    seen: dict[str, str] = {}
    for doubt in _of(doubts, words):
        seen |= dict(zip(doubt.places, doubt.samples, strict=True))
    return [Option(EVERYWHERE, _("wherever it stands")), *(Option(place, sample) for place, sample in seen.items())]


def _of(doubts: Doubts, words: str) -> Iterable[Doubt]:
    return [doubt for doubt in doubts if doubt.words == words]
