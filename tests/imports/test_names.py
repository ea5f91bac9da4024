"""Whom names in a file mean: proposed with a reason, asked where two people could be meant, never two merged."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain import rows as r
from kring.domain.rows import Moment
from kring.domain.state import EMPTY, State
from kring.imports.names import Choice, Person, match_names, people_of
from kring.imports.preview import Match
from kring.privacy.known.file_labels import flipped, read_label, words_of


def _group(*people: r.ParticipantRow, moderator: str = "Els Bakker", assistant: str = "Bo Hendriks") -> State:
    return EMPTY.put([r.SessionRow(id="s", moderator=moderator, assistant=assistant), *people])


STATE = _group(
    r.ParticipantRow(id="P1", name="Joost", seat=1),
    r.ParticipantRow(id="P2", name="Anna", seat=2),
    r.ParticipantRow(id="P3", name="Joke de Vries", seat=3, attributes=(("Telefoon", "06 - 12 34 56 78"),)),
    r.ParticipantRow(id="P4", name="Piet", seat=4),
    r.ParticipantRow(id="P5", name="Ahmed", seat=5, attributes=(("Achternaam", "El Amrani"),)),
    r.ParticipantRow(id="P6", name="Kees", seat=6),
    r.ParticipantRow(id="P7", name="Fatima", seat=7),
    r.ParticipantRow(id="P8", name="Noor", seat=8),
    r.ParticipantRow(id="P9", name="Els van den Berg", seat=9),
)
PEOPLE = people_of(STATE)


def _match(label: str, people: tuple[Person, ...] = PEOPLE) -> Match:
    (match,) = match_names({label: 1}, people)
    return match


@pytest.mark.parametrize(
    ("label", "code", "why"),
    [
        ("P3 - Joke (de Vries, Joke)", "P3", "code and name"),
        ("P03_Joke", "P3", "code and name"),
        ("p5", "P5", "code of a participant"),
        ("Vries, Joke de (Extern)", "P3", "same name"),
        ("de Vries, Joke", "P3", "same name"),
        ("joke DE VRIES", "P3", "same name"),
        ("drs. J. de Vries", "P3", "the only Joke de Vries"),
        ("joke.devries@example.org", "P3", "same name"),
        ("+31612345678", "P3", "their telephone number"),
        ("Noor (SL)", "P8", "same name"),
        ("Noor (she/her)", "P8", "same name"),
        ("Noor \uff08ゲスト\uff09", "P8", "same name"),
        ("Noor 🌸👍🏽", "P8", "same name"),
        ("Noor (External)(Unverified)", "P8", "same name"),
        ("Noor (Gue", "P8", "same name"),
        ("[Corp] Anna", "P2", "same name"),
        ("(Anna)", "P2", "same name"),
        ("A\u0301NNA", "P2", "same name"),
        ("Anna | Acme", "P2", "same name"),
        ("Acme - Anna", "P2", "the name beside it"),
        ("Power Girl (Anna)", "P2", "the name beside it"),
        ("Piet H.", "P4", "the only Piet"),
        ("A. El Amrani", "P5", "the only Ahmed"),
        ("Ahmed El-Amrani", "P5", "same name"),
        ("Els v.d. Berg", "P9", "same name"),
        ("Berg, Els van den", "P9", "same name"),
        ("P 3", "P3", "code of a participant"),
        ("P3 (Gast)", "P3", "code of a participant"),
    ],
)
def test_whom_a_name_means_is_proposed_with_its_reason(label: str, code: str, why: str) -> None:
    match = _match(label)

    assert (match.who, match.participant, str(match.why), match.is_open) == ("participant", code, why, False)


@pytest.mark.parametrize(
    ("label", "likely", "candidates", "why"),
    [
        ("Casey Guest (Unverified)", "", (), "fits nobody on the list: choose"),
        ("[Corp] Sam", "", (), "fits nobody on the list: choose"),
        ("Theo Bot", "", (), "fits nobody on the list: choose"),
        ("Jan den Otter", "", (), "fits nobody on the list: choose"),
        ("王芳", "", (), "fits nobody on the list: choose"),
        ("F. el A.", "P7", ("P7",), "only first letters: choose"),
        ("JdV", "P3", ("P3",), "only first letters: choose"),
        ("Fatma", "P7", ("P7",), "looks like Fatima: choose"),
        ("Joke de Vreis", "P3", ("P3",), "looks like Joke de Vries: choose"),
        ("Joke Hendriks", "P3", ("P3",), "Joke de Vries has another last name: choose"),
        ("Els", "", ("P9",), "fits 2 people: choose"),
        ("Joke's iPad", "P3", ("P3",), "a device, perhaps lent: choose"),
        ("Joke’s iPhone 15 Pro (2)", "P3", ("P3",), "a device, perhaps lent: choose"),
        ("iPhone van Fatima", "P7", ("P7",), "a device, perhaps lent: choose"),
        ("iPad von Noor", "P8", ("P8",), "a device, perhaps lent: choose"),
        ("iPad Noor", "P8", ("P8",), "a device, perhaps lent: choose"),
        ("Annas iPad", "P2", ("P2",), "a device, perhaps lent: choose"),
        ("Kees iPad", "P6", ("P6",), "a device, perhaps lent: choose"),
        ("Kees' MacBook Air", "P6", ("P6",), "a device, perhaps lent: choose"),
        ("LAPTOP-NOOR", "P8", ("P8",), "a device, perhaps lent: choose"),
        ("Amrani", "P5", ("P5",), "only a last name, of Ahmed: choose"),
        ("de Vries", "P3", ("P3",), "only a last name, of Joke de Vries: choose"),
        ("Vries", "P3", ("P3",), "only a last name, of Joke de Vries: choose"),
        ("Bakker", "", (), "only a last name, of Els Bakker: choose"),
        ("Jan-Joost", "P1", ("P1",), "only a part fits Joost: choose"),
        ("Joost-Jan Bos", "P1", ("P1",), "only a part fits Joost: choose"),
        ("Anna\u2010Sophie", "P2", ("P2",), "only a part fits Anna: choose"),
        ("Marie Anna", "P2", ("P2",), "only a part fits Anna: choose"),
        ("Mama Noor", "P8", ("P8",), "only a part fits Noor: choose"),
        ("Man van Noor", "P8", ("P8",), "only a part fits Noor: choose"),
        ("Noor (namens Bart)", "P8", ("P8",), "somebody beside or instead of Noor? choose"),
        ("Noor i.p.v. Bart", "P8", ("P8",), "somebody beside or instead of Noor? choose"),
        ("Noor (dochter)", "P8", ("P8",), "somebody beside or instead of Noor? choose"),
        ("Noor (dochter van Fatima)", "", ("P8", "P7"), "fits 2 people: choose"),
        ("Noor (met Kees)", "", ("P8", "P6"), "more than one person: choose"),
        ("Noor (en man)", "", ("P8",), "more than one person: choose"),
        ("Noor (+1)", "", ("P8",), "more than one person: choose"),
        ("Noor +1", "", ("P8",), "more than one person: choose"),
        ("Noor met Bart", "", ("P8",), "more than one person: choose"),
        ("Noor Bakker", "", ("P8",), "fits 2 people: choose"),
        ("Joke + Piet", "", ("P3", "P4"), "more than one person: choose"),
        ("Kees en Noor", "", ("P6", "P8"), "more than one person: choose"),
        ("P5 Piet", "", ("P5", "P4"), "its code and its name differ: choose"),
        ("P5 Theo", "", ("P5",), "its code and its name differ: choose"),
        ("P3 - Ria (de Wit, Ria)", "", ("P3",), "its code and its name differ: choose"),
        ("Anna (Joost)", "", ("P2", "P1"), "two names: choose"),
        ("Joke/Piet", "", ("P3", "P4"), "fits 2 people: choose"),
        ("Piet, Anna", "", ("P2", "P4"), "fits 2 people: choose"),
        ("moderator Piet", "", ("P4",), "two names: choose"),
        ("Respondent nr. 4", "P4", ("P4",), "a number: choose"),
        ("Deelnemer 4", "P4", ("P4",), "a number: choose"),
        ("4", "P4", ("P4",), "a number: choose"),
        ("iPhone", "", (), "a device without a name: choose"),
        ("Samsung SM-A515F", "", (), "a device without a name: choose"),
        ("DESKTOP-8F3K2A", "", (), "a device without a name: choose"),
        ("+31 6 ****9999", "", (), "a telephone number: choose"),
        ("SPEAKER_00", "", (), "a voice without a name: choose"),
        ("Spreker 2", "", (), "a voice without a name: choose"),
        ("Notulist", "", (), "a task, not a name: choose"),
    ],
)
def test_what_is_uncertain_is_asked(label: str, likely: str, candidates: tuple[str, ...], why: str) -> None:
    match = _match(label)

    assert match.is_open
    assert (match.participant, match.candidates, str(match.why)) == (likely, candidates, why)


@pytest.mark.parametrize(
    ("label", "who"),
    [
        ("Fireflies.ai Notetaker", "left_out"),
        ("Fireflies.ai Notetaker Joke", "left_out"),
        ("Joke's Notetaker (Otter.ai)", "left_out"),
        ("read.ai meeting notes", "left_out"),
        ("AI Notulist", "left_out"),
        ("Joke's Presentation", "left_out"),
        ("Presentatie van Joke", "left_out"),
        ("Els Bakker", "moderator"),
        ("Gespreksleider", "moderator"),
        ("moderator Els", "moderator"),
        ("Els - interviewer", "moderator"),
        ("Copilot", "left_out"),
        ("Noor (Presenting)", "left_out"),
        ("Noor – presentatie", "left_out"),
        ("Bo", "team"),
        ("Meekijker", "team"),
        ("Unknown Speaker", "unknown"),
        ("Guest 3", "unknown"),
        ("🌸", "unknown"),
        ("", "unknown"),
    ],
)
def test_who_is_no_participant_is_told_apart(label: str, who: str) -> None:
    match = _match(label)

    assert (match.who, match.participant, match.is_open) == (who, "", False)


def test_two_with_one_given_name_are_told_apart_by_what_follows_it() -> None:
    people = people_of(
        _group(r.ParticipantRow(id="P1", name="Anna Bakker"), r.ParticipantRow(id="P2", name="Anna Koster"))
    )

    assert _match("Anna B.", people).participant == "P1"
    assert _match("Anna (Koster)", people).participant == "P2"
    assert _match("Anna", people).is_open
    assert _match("Anna", people).candidates == ("P1", "P2")
    assert _match("Anna de Wit", people).is_open


def test_letters_before_a_last_name_stand_for_all_first_names() -> None:
    people = people_of(_group(r.ParticipantRow(id="P1", name="Jan-Willem IJsbrandy")))

    assert [_match(label, people).participant for label in ("JW IJsbrandy", "Ijsbrandy, Jan Willem")] == ["P1", "P1"]


@pytest.mark.parametrize(
    ("label", "is_asked"),
    [
        ("JW Bos", False),
        ("Jan-Willem", False),
        ("Jan", False),
        ("J. Bos", False),
        ("W. Bos", True),
        ("Jan-Bart", True),
    ],
)
def test_a_first_name_of_two_words_is_known_by_both(label: str, is_asked: bool) -> None:
    for name in ("Jan Willem Bos", "Bos, Jan Willem"):
        match = _match(label, people_of(_group(r.ParticipantRow(id="P1", name=name))))
        assert (match.participant, match.is_open) == ("P1", is_asked)


def test_a_last_name_on_the_list_is_known_of_somebody_without_a_first_name() -> None:
    people = people_of(_group(r.ParticipantRow(id="P1", name="12", attributes=(("Achternaam", "El Amrani"),))))

    assert _match("Ahmed El Amrani", people).is_open


def test_more_than_the_list_knows_is_asked_where_another_has_that_first_name() -> None:
    people = people_of(_group(r.ParticipantRow(id="P1", name="Anna"), r.ParticipantRow(id="P2", name="Anna Müller")))

    assert _match("Anna Müller", people).participant == "P2"
    assert _match("Muller, Anna", people).participant == "P2"
    for label in ("Anna", "Anna Mueller", "Anna K.", "Anna Guest"):
        assert _match(label, people).candidates == ("P1", "P2"), label


def test_names_that_look_different_come_to_one_participant_only_by_choice() -> None:
    found = match_names({"Anna": 3, "Anna B.": 2, "Anna's iPad": 1}, PEOPLE)
    assert [(one.participant, one.is_open) for one in found] == [("P2", False), ("P2", True), ("P2", True)]
    assert str(found[1].why) == "the same person as Anna? choose"

    for equals in ({"Piet H.": 1, "Piet J.": 1}, {"Piet": 1, "Piet 2": 1}, {"Piet (1)": 1, "Piet_2": 1}):
        assert [one.is_open for one in match_names(equals, PEOPLE)] == [True, True], equals

    chosen = match_names({"Anna": 3, "Anna B.": 2}, PEOPLE, {"Anna B.": Choice("participant", "P2")})
    assert [(one.participant, one.is_open) for one in chosen] == [("P2", False), ("P2", False)]


def test_a_code_is_enough_where_nobody_knows_the_name_behind_it() -> None:
    people = people_of(_group(r.ParticipantRow(id="P1", seat=1)))

    assert _match("P1 Ria", people).participant == "P1"
    assert not _match("P1 Ria", people).is_open


def test_what_somebody_chose_goes_first_and_is_remembered() -> None:
    earlier = {"fatma": Choice("participant", "P7"), "Sam": Choice("left_out"), "gone": Choice("participant", "P99")}
    found = match_names({"Fatma": 2, "Sam": 1, "Gone": 1}, PEOPLE, {"Sam": Choice("team")}, earlier)

    assert [(one.who, one.participant, one.is_open, str(one.why)) for one in found] == [
        ("participant", "P7", False, "as in an earlier file"),
        ("team", "", False, "chosen by you"),
        ("unknown", "", True, "fits nobody on the list: choose"),
    ]
    assert [one.rows for one in found] == [2, 1, 1]


def test_what_is_of_somebody_who_withdrew_stays_out() -> None:
    people = people_of(_group(r.ParticipantRow(id="P1", name="Anna", withdrawn_at=Moment(5))))

    assert _match("Anna", people).who == "left_out"
    assert _match("P1", people).who == "left_out"


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("Vries, Joke de", "Joke de Vries"),
        ("Berg, Els van den", "Els van den Berg"),
        ("de Vries, Joke", "Joke de Vries"),
        ("Joke de Vries", "Joke de Vries"),
        ("Vries,", "Vries,"),
        ("Jansen, Jan-Willem, Acme", "Jan-Willem Jansen"),
    ],
)
def test_a_last_name_that_comes_first_is_turned(said: str, turned: str) -> None:
    assert flipped(said) == turned


_NAMES = st.sampled_from(
    ["Anna", "Anna B.", "Anna K.", "Joke", "Vries, Joke de", "Joke's iPad", "Piet", "Piet H.", "P4", "P4 Piet", "Kees"]
)
_LABELS = st.dictionaries(st.one_of(_NAMES, st.text(max_size=12)), st.integers(1, 9), max_size=8)


@given(_LABELS, st.randoms(use_true_random=False))
def test_the_order_of_names_changes_nothing(labels: dict[str, int], chance: object) -> None:
    mixed = list(labels)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    found = {one.label: one for one in match_names(labels, PEOPLE)}
    assert found == {one.label: one for one in match_names({label: labels[label] for label in mixed}, PEOPLE)}


@given(_LABELS)
def test_without_a_choice_no_participant_gets_two_names_that_look_different(labels: dict[str, int]) -> None:
    settled = [one for one in match_names(labels, PEOPLE) if one.participant and not one.is_open]

    for one in settled:
        for other in settled:
            if one.participant == other.participant:
                assert _looks(one.label) & _looks(other.label)


def _looks(label: str) -> set[frozenset[str]]:
    read = read_label(label)
    code = {frozenset(one) for one in re.findall(r"(?i)(?<![^\W_])p0*\d+(?![^\W_])", label.replace("P0", "P"))}
    return {frozenset(words_of(name)) for name in (*read.names, *read.others)} | code


@pytest.mark.parametrize(
    ("called", "label", "others", "is_asked"),
    [
        (("Jan", "Jan-Willem"), "Jan", (), True),
        (("Jan", "Jan-Willem"), "Jan", ("Jan-Willem",), False),
        (("Anne", "Anne-Marie"), "Anne", (), True),
        (("Marie", "Anne-Marie"), "Marie", (), True),
        (("Piet", "Pieter-Jan"), "Piet", (), True),
        (("Jan de Boer", "Jan-Willem Smit"), "Jan", (), True),
        (("Jan de Boer", "Jan-Willem Smit"), "Jan de Boer", (), False),
        (("Jan Bos", "Jan Willem Bos"), "Jan Bos", (), True),
        (("Eva", "Eva-Lotte"), "Eva L", (), True),  # no particle: a letter behind a name is that of the next
        (("Jan", "Jan-Daan"), "Jan D.", (), True),
        (("Jan", "Piet Jansen"), "Jan", (), False),
    ],
)
def test_the_beginning_of_another_name_is_asked_about(
    called: tuple[str, ...], label: str, others: tuple[str, ...], is_asked: bool
) -> None:
    state = _group(*(r.ParticipantRow(id=f"P{seat}", name=name, seat=seat) for seat, name in enumerate(called, 1)))
    first, *_ = match_names(dict.fromkeys((label, *others), 1), people_of(state))
    assert first.is_open == is_asked
    assert set(first.candidates if is_asked else (first.participant,)) == ({"P1", "P2"} if is_asked else {"P1"})


def test_who_was_named_in_an_earlier_file_is_not_asked_about_again() -> None:
    state = _group(r.ParticipantRow(id="P1", name="Jan", seat=1), r.ParticipantRow(id="P2", name="Jan-Willem", seat=2))
    before = {"JW Bos": Choice("participant", "P2")}
    (match,) = match_names({"Jan": 1}, people_of(state), remembered=before)
    assert (match.participant, match.is_open) == ("P1", False)
