"""Answers to questionnaires: what is a question and of which kind, who may have answered, and what stays out."""

import io

import pytest
import xlsxwriter

from imports.survey_cases import CASES
from kring.imports.formats.surveys.files import SURVEY, TOOLS
from kring.imports.parsed import Clock, Parsed, Response
from kring.imports.recognise import recognised
from kring.imports.source import Source
from kring.system.text_files import Unreadable


def read(content: str | bytes) -> Parsed:
    source = Source("answers.csv", content.encode() if isinstance(content, str) else content)
    return recognised(source).read(source)


def told(response: Response) -> str:
    marks = ("" if response.is_complete else " !") + (" ?" if response.is_test else "")
    return "|".join(response.values) + marks


@pytest.mark.parametrize("name", CASES)
def test_answers_to_questionnaires(name: str) -> None:
    case = CASES[name]
    parsed = read(case.text)
    assert parsed.format == case.format
    assert [f"{one.kind} {one.heading}" for one in parsed.questions] == case.questions
    assert [told(one) for one in parsed.responses] == case.responses
    assert [one.line for one in parsed.skipped] == case.skipped
    assert parsed.clock is Clock.NONE
    if case.dropped:
        assert parsed.dropped == case.dropped
    if case.keys:
        assert [dict(one.keys) for one in parsed.responses] == case.keys


@pytest.mark.parametrize("name", CASES)
def test_no_contact_of_anybody_comes_in(name: str) -> None:
    parsed = read(CASES[name].text)
    kept = " ".join(value for one in parsed.responses for value in one.values)
    for contact in ("@x.example", "192.0.2.", "203.0.113.", "06123", "52.1", "R_1"):
        assert contact not in kept


@pytest.mark.parametrize(
    ("heading", "answers", "kind"),
    [
        ("Hoe waarschijnlijk is het dat u ons aanbeveelt?", "7 4 9", "nps"),
        ("NPS", "10 10 10 9 8 9", "nps"),
        ("Welk rapportcijfer geeft u ons?", "7 8 9 10", "mark"),
        ("Zou u ons aanbevelen? (1-10)", "7 8 9 10", "mark"),
        ("Zou u ons aanbevelen? 1 = nee, 2 = ja", "1 2 2 2 1 2", "mark"),
        ("Beveelt u ons aan, op een schaal van vijf?", "1 2 3 4 5 5 4", "mark"),
        ("Zou u ons aanbevelen?", "7 8 11 9", "mark"),
        ("Zou u ons aanbevelen?", "7 8,5 6 9", "mark"),
        ("Zou u ons aanbevelen?", "ja nee ja ja", "choice"),
        ("Q3_NPS", "7 8 6 9", "nps"),
        ("NPS groep", "1 2 3 3", "mark"),
        ("Hoe tevreden bent u van 0 tot 10?", "7 8 6 0", "mark"),
        ("Würden Sie uns weiterempfehlen?", "7 8 6 0", "nps"),
        ("이 서비스를 추천하시겠습니까?", "7 8 6 0", "nps"),
        ("Recommanderiez-vous notre service ?", "7 8 6 0", "nps"),
    ],
)
def test_only_a_question_of_0_to_10_about_recommending_is_nps(heading: str, answers: str, kind: str) -> None:
    rows = "".join(f'{number};"{cell}";{number + 3}\n' for number, cell in enumerate(answers.split()))
    assert read(f"nr;{heading};Uren\n{rows}").questions[0].kind == kind


def test_a_survey_in_a_workbook_reads_the_same() -> None:
    rows = [line.split(";") for line in CASES["a plain table under a title"].text.split("\n")]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Antwoorden")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            (sheet.write_number if cell.isdigit() else sheet.write_string)(
                number, place, cell if not cell.isdigit() else int(cell)
            )
    sheet.write_blank(5000, 60, None, book.add_format({"bold": True}))
    book.add_worksheet("Leeg").write(0, 0, "legenda")
    book.close()
    parsed = read(out.getvalue())
    assert [told(one) for one in parsed.responses] == CASES["a plain table under a title"].responses
    assert [one.line for one in parsed.responses] == [5, 6]
    assert [str(one) for one in parsed.warnings][:1] == [
        "The sheet Antwoorden is read, where the data seem to be; not: Leeg."
    ]


def test_what_is_no_whole_answer_is_counted() -> None:
    assert [str(one) for one in read(CASES["limesurvey, headings in Dutch"].text).warnings][1:] == [
        "Respondents who did not come to the end: 1. What they filled in comes in and is marked.",
        "Entries that look like a test of the survey: 1. They come in and are marked.",
    ]


def test_what_is_read_as_nps_and_what_is_not_is_said() -> None:
    assert [str(one) for one in read(CASES["a plain table out of Dutch Excel"].text).warnings] == [
        "Read as NPS, how likely to recommend from 0 to 10: NPS",
        "Read as marks and not as NPS, for its scale is not whole numbers from 0 to 10: Aanbevelen (1-10)",
    ]
    assert [str(one) for one in read(CASES["surveymonkey, condensed"].text).warnings] == []


def test_a_header_that_is_shorter_than_its_answers_loses_no_rows() -> None:
    ids = ",".join('"{""ImportId"":""' + one + '""}"' for one in ("status", "QID1", "recipientEmail"))
    parsed = read(f"Status,Q1\nStatus,Cijfer?\n{ids}\n0,7,j@x.example\n0,8,k@x.example\n")
    assert [(one.values, one.keys) for one in parsed.responses] == [(("7",), ()), (("8",), ())]


@pytest.mark.parametrize(
    "heading",
    [
        "Wat is uw naam?",
        "What's your name?",
        "Wie ist Ihr Name?",
        "Uw volledige naam *",
        "Hoe heet je?",
        "Je voornaam?",
        "Naam klant",
        "Klantnaam",
        "User name",
        "Naam van de respondent",
        "Contactpersoon",
    ],
)
def test_who_is_asked_for_a_name_has_not_answered_a_question_by_it(heading: str) -> None:
    parsed = read(f"Tijdstempel;{heading};Wat is uw naamsbekendheid?\n3-12-2026 21:00:00;An Bos;goed\n")
    assert [(one.values, [value for _, value in one.keys]) for one in parsed.responses] == [(("goed",), ["An Bos"])]


@pytest.mark.parametrize("heading", ["Accountmanager", "Naam medewerker", "Consultant"])
def test_the_name_of_whom_an_answer_is_about_neither_comes_in_nor_tells_who_answered(heading: str) -> None:
    parsed = read(f"{heading};Cijfer\nPiet;7\nPiet;8\nAns;5\n")
    assert [one.heading for one in parsed.questions] == ["Cijfer"]
    assert not any(one.keys for one in parsed.responses)


def test_what_stands_between_the_names_is_of_the_name_too() -> None:
    found = read("Achternaam;Tussenvoegsel;Voornaam;Welk cijfer geeft u?\nVries;de;Jan;7\nBos;;Ans;8\n")
    assert [dict(one.keys) for one in found.responses] == [
        {"Voornaam Tussenvoegsel Achternaam": "Jan de Vries"},
        {"Voornaam Tussenvoegsel Achternaam": "Ans Bos"},
    ]
    assert [one.heading for one in found.questions] == ["Welk cijfer geeft u?"]


def test_headings_that_stand_twice_stay_apart() -> None:
    parsed = read("nr;Cijfer;Cijfer\n1;7;8\n2;6;9\n")
    assert [one.name for one in parsed.questions] == ["Cijfer", "Cijfer (2)"]


@pytest.mark.parametrize(
    "text",
    [
        "Beste mensen, hierbij de lijst, met groet\nEls, Bo, An\n",
        "Naam;Rol\nAn;gespreksleider\nBo;assistent\n",
        "19:02:11\tFrom An : hoi, allemaal\n19:02:12\tFrom Bo : hoi, ook?\n",
        "start\tend\ttext\n480\t3740\tnou, kijk\n3740\t5000\tja?\n",
        "spreker;van;tot;wat?\nAn;0,5;3,2;hoi\nBo;3,2;4,1;ja\nAn;4,4;5;nee\n",
        "# Vraag? | tijd\n---|---\nHoe gaat het? | 5\n",
        "Naam,E-mail\n",
        "nr;naam;leeftijd;plaats\n1;An;64;Ede\n2;Bo;37;Epe\n",
        "naam;begin_s;duur_s\nAn;12;40\nBo;52;80\n",
        "",
    ],
)
def test_what_asks_nothing_is_no_survey(text: str) -> None:
    assert not any(one.recognises(Source("x.csv", text.encode())) for one in (*TOOLS, SURVEY))


@pytest.mark.parametrize(
    "text",
    [
        "Antwoord;Aantal\nJa;5\nNee;3\nWeet niet;1\n",
        "Hoe tevreden bent u?;Aantal (n=8);% van totaal\nZeer;5;62,5%\nNiet;3;37,5%\nTotaal;8;100%\n",
        "Wat vindt u van de winkel?\n\nAntwoordopties;Antwoorden;%\nGoed;5;62,5%\nSlecht;3;37,5%\n",
        "Answer Choices,Responses,\nVery satisfied,45.00%,9\nSatisfied,55.00%,11\n,Answered,20\n",
        "Cijfer;Aantal\n6;2\n7;5\n8;4\n9;1\n",
        "Réponse;Nombre\nOui;5\nNon;2\n",
        "Réponses;Nb;%\nOui;5;71,4\nNon;2;28,6\n",
        "Antwort;Anzahl\nJa;5\nNein;2\n",
        "Respuesta;Cantidad\nSí;5\nNo;2\n",
        "Risposta;Numero\nSì;5\nNo;2\n",
        "Vraag;Antwoord;Aantal\nBent u tevreden?;Ja;6\nBent u tevreden?;Nee;1\nKomt u terug?;Ja;7\n",
        "Waarom komt u?;Keer genoemd\nPrijs;12\nSfeer;4\n",
        "Hoe tevreden bent u?;Mannen;Vrouwen;Totaal\nZeer;2;3;5\nNiet;1;2;3\n",
        "Rapportcijfer;Groep 1;Groep 2;Totaal\n6;1;1;2\n7;3;2;5\nTotaal;4;3;7\n",
        "Antwort\tAnzahl\nJa\t5\nNein\t3\n",
    ],
)
def test_counts_of_answers_are_refused_and_nobody_is_made_of_them(text: str) -> None:
    source = Source("counts.csv", text.encode())
    assert recognised(source) is SURVEY
    with pytest.raises(Unreadable, match=r"counts\.csv says how often"):
        SURVEY.read(source)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Nr;Waarom?;Aantal\n1;Goed;3\n2;Duur;5\n", 2),
        ("Naam;Waarom?;Aantal\nAn;Goed;3\nBo;Duur;5\n", 2),
        ("Waarom?;Cijfer;Aantal\nGoed;7;3\nGoed;7;3\nDuur;5;1\n", 3),
        ("Wat vindt u ervan?;Aantal bezoeken\nGoed;3\nDuur;5\n", 2),
        ("Waarom?;Aantal\nGoed;drie\nDuur;wel vijf\n", 2),
    ],
)
def test_a_number_that_respondents_gave_is_no_count_of_them(text: str, count: int) -> None:
    assert len(read(text).responses) == count


def test_who_gives_no_mark_makes_no_words_of_the_marks() -> None:
    text = "Naam;Zou u ons aanbevelen op een schaal van 0 tot 10?;Cijfer\nAn;10 (zeer zeker);8\nBo;n.v.t.;weet niet\n"
    parsed = read(text + "Cas;0;7,5\n")
    assert [one.kind for one in parsed.questions] == ["nps", "mark"]
    assert [one.values for one in parsed.responses] == [("10", "8"), ("n.v.t.", "weet niet"), ("0", "7.5")]


@pytest.mark.parametrize("ids", ["Naam;Tijd", "Session;Respondent"])
def test_a_row_for_each_answer_is_refused_and_nobody_is_made_of_it(ids: str) -> None:
    text = f"{ids};Vraag;Antwoord\n1;1;Hoe tevreden?;Heel\n1;2;Hoe tevreden?;Niet\n"
    with pytest.raises(Unreadable, match="a row for each answer"):
        read(text)


@pytest.mark.parametrize("format_", [*TOOLS, SURVEY], ids=lambda one: one.name)
def test_a_file_without_answers_is_refused_in_a_sentence(format_: object) -> None:
    with pytest.raises(Unreadable, match=r"x\.csv"):
        format_.read(Source("x.csv", b"hello"))


def test_the_sign_between_cells_in_somebodys_words_moves_no_mark_into_another_column() -> None:
    usual = "".join(f"{n};prima;{n % 10};{n % 5 + 4};niets\n" for n in range(1, 12))
    parsed = read(f"nr;Waarom?;NPS;Cijfer;Wat kan beter?\n{usual}12;te duur; traag; ja;9;8;niets\n13;x;9;8;prijs;app\n")
    told = {one.line: one.values for one in parsed.responses}
    assert told[13] == ("te duur; traag; ja", "9", "8", "niets")
    assert told[14] == ("x", "9", "8", "prijs; app")
    assert [one.kind for one in parsed.questions] == ["open", "nps", "mark", "open"]


def test_a_row_that_may_be_joined_in_two_ways_is_told() -> None:
    usual = "".join(f"{n};prima;goed;{n % 5 + 4}\n" for n in range(1, 12))
    parsed = read(f"nr;Waarom?;Wat kan beter?;Cijfer\n{usual}12;te duur; traag;app;8\n")
    assert [one.line for one in parsed.skipped] == [13]
    assert len(parsed.responses) == 11


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def test_a_remark_beside_the_answers_in_a_workbook_costs_nobody_an_answer() -> None:
    rows: list[list[object]] = [["Respondent", "Cijfer (1-10)?", "Wat kan beter?", "Wat ging goed?"]]
    rows += [[f"R{n}", n, f"beter {n}", f"goed {n}"] for n in range(1, 9)]
    rows += [["R9", 9, "prima", "", "", "nabellen"], ["R10", 10, "niets", "alles", "x"]]
    parsed = read(workbook(("Data", rows)))
    assert parsed.skipped == ()
    assert [told(one) for one in parsed.responses[-2:]] == ["9|prima|", "10|niets|alles"]


def test_a_codebook_with_more_cells_than_the_answers_is_not_read_for_them() -> None:
    codebook: list[list[object]] = [["Variabele", "Betekenis"], *([f"Q{n}", f"Vraag {n}"] for n in range(60))]
    answers: list[list[object]] = [["respondent", "Cijfer", "NPS"], *([n, n % 5 + 4, n % 11] for n in range(1, 31))]
    parsed = read(workbook(("Codeboek", codebook), ("Data", answers)))
    assert [one.heading for one in parsed.questions] == ["Cijfer", "NPS"]
    assert "The sheet Data is read" in str(parsed.warnings[0])


@pytest.mark.parametrize(
    ("heading", "given", "values"),
    [
        ("Tevredenheid (%)", [0.8, 0.75, 1], ["80", "75", "100"]),
        ("Percentage tevreden", [0.07, 0.5, 0], ["7", "50", "0"]),
        ("Tevredenheid (%)", [80, 75, 100], ["80", "75", "100"]),
        ("Tevredenheid (%)", [0, 1, 1], ["0", "1", "1"]),
        ("Tevredenheid", [0.8, 0.75, 1], ["0.8", "0.75", "1"]),
    ],
)
def test_per_cents_that_a_workbook_keeps_as_parts_of_one_are_per_cents(
    heading: str, given: list[float], values: list[str]
) -> None:
    rows: list[list[object]] = [["nr", heading], *([n, value] for n, value in enumerate(given, 1))]
    assert [one.values[0] for one in read(workbook(("Data", rows))).responses] == values
