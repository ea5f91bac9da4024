"""The roster: tables, lists and what recruiters send."""

import pytest

from kring.domain.plan import Plan
from kring.plans.people.roster import is_roster_title, read_person_line, read_roster, with_roster
from kring.plans.plan_reader import read_plan
from kring.system.text_files import decoded, rows_of


def numbered(*rows):
    return list(enumerate([list(row) for row in rows], 1))


def test_columns_are_known_in_both_languages_and_the_rest_are_attributes():
    people, warnings = read_roster(
        numbered(
            ("Nr", "Voornaam", "Leeftijd", "Segment", "Toestemming", "Stoel"), ("7", "Joke", "64", "vast", "ja", "3")
        )
    )
    assert warnings == []
    assert (people[0].code, people[0].name, people[0].segment, people[0].seat) == ("P7", "Joke", "vast", 3)
    assert people[0].attributes == (("Leeftijd", "64"),)
    assert people[0].line == 2


@pytest.mark.parametrize("heading", ["Klantgroep", "Customer segment", "Kundengruppe", "Groupe de clients"])
def test_the_group_of_customers_is_known_in_four_languages(heading):
    people, _warnings = read_roster(numbered(("Naam", heading), ("Joke", "trouw")))
    assert [one.segment for one in people] == ["trouw"]


def test_missing_codes_and_seats_are_filled_without_taking_those_of_others():
    people, _ = read_roster(numbered(("naam", "code", "seat"), ("a", "", ""), ("b", "P1", "1"), ("c", "", "1")))
    assert [(person.name, person.code, person.seat) for person in people] == [
        ("a", "P2", 2),
        ("b", "P1", 1),
        ("c", "P3", 3),
    ]


def test_a_code_that_is_used_twice_is_told():
    people, warnings = read_roster(numbered(("code", "naam"), ("P1", "a"), ("P1", "b")), "lijst.csv")
    assert [person.code for person in people] == ["P1", "P1-2"]
    assert (warnings[0].line, warnings[0].source) == (3, "lijst.csv")


def test_without_a_header_the_first_columns_are_code_and_name():
    people, warnings = read_roster(numbered(("P1", "Fatima", "trouw"), ("P2", "Piet", "slapend")))
    assert [(person.code, person.name, person.segment, person.attributes) for person in people] == [
        ("P1", "Fatima", "", (("3", "trouw"),)),
        ("P2", "Piet", "", (("3", "slapend"),)),
    ]
    assert warnings[0].line == 1


def listed(text: str):
    people, warnings = read_roster(rows_of(text), "list.csv")
    return [(person.code, person.name) for person in people], [(w.line, str(w.sentence)) for w in warnings]


def test_what_stands_above_the_header_is_passed_over_with_its_lines():
    people, warnings = listed(
        "Deelnemerslijst groep 1;;;;\nveldwerk 3-12-2026;;;;\n;;;;\nNr;Voornaam;Achternaam;Geslacht;E-mail\n"
        "1;Zoetje;van Dalen;v;zoetje@x.example\n2;Jantinus;Bakkerij;m;jantinus@x.example\n"
    )
    assert people == [("P1", "Zoetje"), ("P2", "Jantinus")]
    assert warnings == [(1, "Lines 1 to 2 are no participants and are passed over.")]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Groep 2\nNaam\nAn\nBo\n", [("P1", "An"), ("P2", "Bo")]),
        ("Respondent;Naam;Leeftijd\nR1;An;31\nR2;Bo;44\n", [("R1", "An"), ("R2", "Bo")]),
        ("Respondent,Gender,Remarks\nAn,f,late\nBo,m,\n", [("P1", "An"), ("P2", "Bo")]),
        ("Deelnemer\tToestemming\nAn\tja\nBo\tnee\n", [("P1", "An"), ("P2", "Bo")]),
        ("Naam;Voornaam;GSM\nPeeters;An;0470\nMaes;Bo;0471\n", [("P1", "An"), ("P2", "Bo")]),
        (
            "Voornaam;Achternaam\nJan;Smit\nJan;de Wit\nAn;Bos\n",
            [("P1", "Jan Smit"), ("P2", "Jan de Wit"), ("P3", "An")],
        ),
        (
            (
                "Registration\nTopic,Time\nSaving,3 Dec\n\nFirst Name,Last Name,Email,Approval Status\n"
                "An,Bos,a@x.example,approved\nBo,Smit,b@x.example,approved\n"
            ),
            [("P1", "An"), ("P2", "Bo")],
        ),
        (
            (
                "1. Summary\nMeeting title\tSaving\n\n2. Participants\nName\tFirst Join\tLast Leave\tEmail\tRole\n"
                "An Bos\t19:00\t20:30\ta@x.example\tPresenter\nBo\t19:01\t20:30\t\tAttendee\n\n"
                "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\nAn Bos\t19:00\t20:30\n"
            ),
            [("P1", "An Bos"), ("P2", "Bo")],
        ),
        (
            "Name (original name),Email,Join time,Leave time\nAn,,19:00,19:10\nAn,,19:12,20:30\nBo,,19:00,20:30\n",
            [("P1", "An"), ("P2", "Bo")],
        ),
        (
            "Naam;Rol;E-mail\nAn;participant;an@gmail.example\nBo;respondent;bo@gmail.example\n",
            [("P1", "An"), ("P2", "Bo")],
        ),
        ("code;naam\nP1;An\nP2;Bo\n;\n;;maar met een opmerking\n", [("P1", "An"), ("P2", "Bo")]),
    ],
)
def test_lists_of_recruiters_and_platforms_give_their_people(text, people):
    assert listed(text)[0] == people


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_list_in_any_encoding_and_with_any_separator(encoding, separator):
    rows = [["Groep 1", "", ""], ["nr", "voornaam", "geslacht"], ["1", "Zoë", "v"], ["2", "Noël", "m"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    people, _ = read_roster(rows_of(decoded(text.encode(encoding), "list.csv").text))
    assert [(person.name, person.attributes) for person in people] == [
        ("Zoë", (("geslacht", "v"),)),
        ("Noël", (("geslacht", "m"),)),
    ]


def test_cases_without_names_are_called_by_their_code():
    people, _ = read_roster(numbered(("case", "Age"), ("ID1", "20")))
    assert (people[0].code, people[0].name) == ("ID1", "ID1")


def test_ragged_and_empty_rows_are_no_trouble():
    people, _ = read_roster(numbered(("code", "naam", "groep"), ("P1",), ("", "", ""), ("P2", "b", "c", "d")))
    assert [person.name for person in people] == ["P1", "b"]
    assert people[1].attributes == (("4", "d"),)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("P1 Fatima, trouw", ["P1", "Fatima", "trouw", ""]),
        ("Fatima (trouw)", ["", "Fatima", "trouw", ""]),
        ("Anne-Marie de Boer – nieuw", ["", "Anne-Marie de Boer", "nieuw", ""]),
        ("Anna Smith, 34, London, consent: yes", ["", "Anna Smith", "London", "yes", "34"]),
        ("Bob, 41 jaar, geen video", ["", "Bob", "", "geen video", "41 jaar"]),
        ("P2 Cem, consent: audio, quotes, no video", ["P2", "Cem", "", "audio, quotes, no video"]),
        ("Eve, consent: yes, but not on video", ["", "Eve", "", "yes, but not on video"]),
        ("Fay (liever geen video), nieuw", ["", "Fay", "nieuw", "liever geen video"]),
        ("Dan, audio", ["", "Dan", "audio", ""]),
    ],
)
def test_a_person_may_be_a_line(text, row):
    assert read_person_line(4, text) == (4, row)


def test_a_line_says_who_consents_to_what_and_who_only_watches():
    plan = read_plan(
        "# Participants\n1. Anna Smith, 34, London, consent: yes\n2. Bob, 41, no video\n3. Chloe (observer)\n"
        "4. Dan, consent: yes, but not on video\n5. Eve, 22\n"
    )
    assert [(person.code, person.name, person.segment, person.consents) for person in plan.participants] == [
        ("P1", "Anna Smith", "London", (("all", True),)),
        ("P2", "Bob", "", (("video", False),)),
        ("P3", "Dan", "", (("all", False),)),
        ("P4", "Eve", "", ()),
    ]
    told = {warning.line: str(warning.sentence) for warning in plan.warnings}
    assert told[4] == "Observers get no seat (line 4); take that word out for whoever takes part after all."
    assert "is not understood as consent" in told[5]


def test_those_in_the_plan_stay_first_and_nobody_comes_twice():
    people, _ = read_roster(numbered(("naam",), ("Anna",)))
    plan = with_roster(Plan(participants=people), numbered(("naam",), ("ANNA",), ("Joost",)), "lijst.csv")
    assert [(person.code, person.name) for person in plan.participants] == [("P1", "Anna"), ("P2", "Joost")]


@pytest.mark.parametrize(
    ("title", "is_one"), [("Deelnemers:", True), ("PARTICIPANTS", True), ("Deelnemers bedanken", False)]
)
def test_titles(title, is_one):
    assert is_roster_title(title) is is_one


@pytest.mark.parametrize(
    ("cells", "granted"),
    [
        (("ja", "", ""), {"all": True}),
        (("", "j", "nee"), {"quoting": True, "audio": False}),
        (("ja", "nee", "ja"), {"all": True, "quoting": False}),
        (("", "", ""), {}),
        (("ja", "liever niet", "ja"), {"all": False}),
        (("nee", "ja", "ja"), {"all": False}),
        (("", "ok", "ja"), {"quoting": True, "audio": True}),
    ],
)
@pytest.mark.parametrize(
    "headings", [("Toestemming citaten", "Akkoord opname"), ("Consent (quotes)", "consent: audio")]
)
def test_columns_that_ask_consent_to_one_thing_each(
    headings: tuple[str, str], cells: tuple[str, str, str], granted: dict[str, bool]
) -> None:
    people, warnings = read_roster(numbered(("Naam", "Toestemming", *headings), ("Anna", *cells), ("Bo", "ja", "", "")))
    said = dict(people[0].consents)
    assert {scope: given for scope, given in said.items() if scope in granted or given} == granted
    assert people[0].attributes == ()  # nothing of it leaves as a column of the list
    assert bool(warnings) == (cells[:2] in {("ja", "liever niet"), ("nee", "ja"), ("", "ok")})


def test_names_with_the_last_name_first_are_turned_and_told():
    rows = [(1, ["Naam"]), (2, ["Vries, Joke de"]), (3, ["Bos, Ali"])]
    people, warnings = read_roster(rows)
    assert [person.name for person in people] == ["Joke de Vries", "Ali Bos"]
    assert [(warning.line, str(warning.sentence)[:40]) for warning in warnings] == [
        (2, "“Vries, Joke de” is read as Joke de Vrie"),
    ]


def test_one_name_that_may_have_its_last_name_first_is_asked_about():
    people, warnings = read_roster([(1, ["Naam"]), (2, ["Ann"]), (3, ["Bos, Ali"]), (4, ["Bo"])])
    assert [person.name for person in people] == ["Ann", "Bos, Ali", "Bo"]
    assert [(warning.line, str(warning.sentence)) for warning in warnings] == [
        (3, "“Bos, Ali” may be a last name first; write Ali Bos if so."),
    ]


def test_two_people_of_one_name_and_the_sum_below_a_list_are_told():
    rows = [(1, ["Nr", "Naam"]), (2, ["1", "Ann"]), (3, ["2", "Ann"]), (4, ["", "Totaal"])]
    people, warnings = read_roster(rows)
    assert len(people) == 2
    assert [warning.line for warning in warnings] == [4, 3]


@pytest.mark.parametrize(
    "heading",
    ["Achternaam, voornaam", "Naam (achternaam, voornaam)", "Last name, first name", "Name, Vorname", "Nom, prénom"],
)
def test_a_column_may_say_that_its_names_are_turned(heading):
    people, warnings = read_roster(numbered(("Nr", heading), ("1", "Vries, Joke de"), ("2", "Bakker")))
    assert [(person.code, person.name) for person in people] == [("P1", "Joke de Vries"), ("P2", "Bakker")]
    assert not warnings


def test_a_first_column_without_a_heading_that_counts_is_the_code():
    people, _ = read_roster(numbered(("", "Naam", "Leeftijd"), ("1.", "Fatima", "34"), ("2.", "Joost", "45")))
    assert [(person.code, person.name, person.attributes) for person in people] == [
        ("P1", "Fatima", (("Leeftijd", "34"),)),
        ("P2", "Joost", (("Leeftijd", "45"),)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("P2", "Joost", ""), ("Totaal", "2", ""), ("Reserve", "", ""), ("P3", "Anna", "")],
        [("P2", "Joost", ""), ("", "Wachtlijst:", ""), ("P3", "Anna", ""), ("Totaal", "3", "")],
        [("P2", "Joost", ""), ("P3", "Reserve: Anna", ""), ("Total", "2", "")],
        [("P2", "Joost", "bevestigd"), ("P3", "Anna", "reserve 1"), ("", "Total: 3", "")],
    ],
)
def test_a_reserve_has_no_seat_and_a_total_is_nobody(rows):
    people, warnings = read_roster(numbered(("Code", "Naam", "Status"), ("P1", "Fatima", ""), *rows))
    assert [person.name for person in people] == ["Fatima", "Joost"]
    line = 2 + next(place for place, row in enumerate(rows, 1) if "Anna" in " ".join(row))
    assert [w.line for w in warnings if "Reserves get no seat" in str(w.sentence)] == [line]
    assert [str(w.sentence) for w in warnings if "no participant" in str(w.sentence)]


def test_a_column_may_say_who_is_a_reserve():
    people, _ = read_roster(
        numbered(("Naam", "Leeftijd", "Reserve?"), ("a", "1", "nee"), ("b", "2", "ja"), ("c", "3", ""))
    )
    assert [person.name for person in people] == ["a", "c"]


@pytest.mark.parametrize("said", ["afgemeld", "No show", "Geannuleerd.", "can't come", "abgesagt", "annulé"])
def test_who_cancelled_has_no_seat_and_that_is_told(said):
    rows = numbered(("Naam", "Status", "Toestemming"), ("a", "bevestigd", "ja"), ("b", said, "ja"), ("c", "", said))
    people, warnings = read_roster(rows)
    assert [(person.name, person.seat) for person in people] == [("a", 1), ("c", 2)]
    assert [str(w.sentence) for w in warnings if "cancelled" in str(w.sentence)] == [
        "Who cancelled gets no seat (line 3); take that word out for whoever comes after all."
    ]


def test_a_line_in_a_list_of_names_says_that_reserves_follow():
    plan = read_plan("# Kern (5 min)\n1. Wat?\n# Deelnemers\n1. Fatima\n2. Joost\nReserve:\n3. Anna\n")
    assert [person.name for person in plan.participants] == ["Fatima", "Joost"]
    assert [item.text for item in plan.guide] == ["Kern", "Wat?"]


@pytest.mark.parametrize(
    ("text", "people", "told"),
    [
        ("Voornaam;Tussenvoegsel;Achternaam\nAnna;van der;Meer\nAnna;;Smit\n", "Anna van der Meer, Anna Smit", ""),
        ("Naam;Leeftijd\nJoke en Ali;44\nBo;3\n", "Joke en Ali, Bo", "2 “Joke en Ali” may be two people"),
        ("Naam;Bedrijf\nJoke/ING;x\nBo (zij/haar);y\n", "Joke/ING, Bo (zij/haar)", ""),
        ("Naam;Status\n~~Joke~~;\nBo;\n", "Bo", "2 Who cancelled gets no seat (line 2)"),
        ("Naam;Tel\nP. Jansen (reserve);06\nBo;06\n", "Bo", "2 Reserves get no seat (line 2)"),
        ("Naam;Segment\nJoke de Vries <joke@x.example>;A\nBo;B\n", "Joke de Vries, Bo", ""),
        ("Nr;Naam;Segment\n1;Bo;A\nVergoeding: 50 euro per persoon;;\n", "Bo", "3 Line 3 is no participant"),
        ("Naam;Tel\nGroep 1 (19.30 uur);\nBo;06\nGroep 2;\nCo;06\n", "Bo, Co", "2 Lines 2, 4 are no participants"),
        ("Naam;Segment\nBo;A\nNaam;Segment\nCo;B\n", "Bo, Co", "3 Line 3 is no participant"),
        ("Groep;Naam\n1;Bo\n2;Co\n", "Bo, Co", "2 This list has the groups 1, 2 in it"),
        ("Groep;Naam\ntrouw;Bo\nnieuw;Co\n", "Bo, Co", ""),
        ("First;Last;Email\nSam;O'Neil;s@x\nAna;Bos;a@x\n", "Sam, Ana", ""),
        ("Naam;Bo;Co\nLeeftijd;33;44\nSegment;A;B\n", "", "1 This list has a column for each participant"),
    ],
)  # fmt: skip
def test_what_recruiters_send_is_read_or_told(text, people, told):
    found, warnings = listed(text)
    assert ", ".join(name for _, name in found) == people
    said = " / ".join(f"{line} {sentence}" for line, sentence in warnings)
    assert said.startswith(told) if told else said == ""


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Deelnemer;Profiel\nR1 - Joke;A\nR2 - Ali;B\n", [("R1", "Joke"), ("R2", "Ali")]),
        ("Deelnemer;Profiel\nR1 - Joke;A\nAli;B\n", [("P1", "R1 - Joke"), ("P2", "Ali")]),
        ("Lfd. Nr.;Vorname\n1.0;Ute\n2.0;Bo\n", [("P1", "Ute"), ("P2", "Bo")]),
    ],
)
def test_codes_stand_in_their_own_column_or_before_each_name(text, people):
    assert listed(text)[0] == people


def test_two_groups_below_their_titles_are_told():
    text = (
        "Groep 1 - 3 december 19:30;\nNaam;Leeftijd\nNoor;3\nKees;4\nGroep 2 - 3 december 21:00;\nNaam;Leeftijd\nBo;5\n"
    )
    people, warnings = listed(text)
    assert [name for _code, name in people] == ["Noor", "Kees", "Bo"]
    assert any("has the groups Groep 1 - 3 december 19:30, Groep 2" in str(said) for _line, said in warnings)


def test_numbers_in_front_of_all_names_are_none_of_them():
    assert [name for _code, name in listed("1. Fatima\n2. Joost\n3. Ria de Wit\n")[0]] == [
        "Fatima",
        "Joost",
        "Ria de Wit",
    ]


def test_an_address_behind_a_name_goes_into_a_column_of_its_own():
    people, _ = read_roster(rows_of("Naam;Segment\nJoke <joke@x.example>;A\n"))
    assert people[0].attributes == (("e-mail", "joke@x.example"),)


@pytest.mark.parametrize(
    ("heading", "first"), [("Roepnaam", "Voornamen"), ("Preferred name", "First name"), ("Known as", "Name")]
)
def test_how_somebody_wants_to_be_called_goes_before_a_first_name(heading, first):
    people, warnings = read_roster(
        numbered((first, heading, "Achternaam"), ("Johannes", "Jan", "Bos"), ("Piet", "", "Wit"))
    )
    assert [one.name for one in people] == ["Jan", "Piet"] if first != "Name" else ["Jan", "Piet Wit"]
    assert dict(people[0].attributes)[first] == "Johannes"
    assert warnings == []


@pytest.mark.parametrize(
    ("heading", "coming", "gone"),
    [
        ("Komt?", "ja", "nee"),
        ("Attending", "Yes", "No"),
        ("RSVP", "Accepted", "Declined"),
        ("Goedkeuringsstatus", "goedgekeurd", "geweigerd"),
        ("Approval Status", "approved", "denied"),
    ],
)
def test_who_says_no_below_such_a_heading_gets_no_seat(heading, coming, gone):
    people, warnings = read_roster(numbered(("Naam", heading), ("Anja", coming), ("Piet", gone), ("Ans", "")))
    assert [one.name for one in people] == ["Anja", "Ans"]
    assert [one.line for one in warnings] == [3]


def test_who_says_no_to_something_else_keeps_a_seat():
    people, _ = read_roster(
        numbered(("Naam", "Vegetarisch?", "Opname"), ("Anja", "nee", "geweigerd"), ("Piet", "ja", "ja"))
    )
    assert [one.name for one in people] == ["Anja", "Piet"]


@pytest.mark.parametrize("name", ["3-12", "12", "46359", "3/12/2026"])
def test_a_name_without_a_letter_is_told(name):
    _, warnings = read_roster(numbered(("Naam", "Segment"), ("Anja", "trouw"), (name, "trouw")))
    assert [(one.line, name in str(one.sentence)) for one in warnings] == [(3, True)]
