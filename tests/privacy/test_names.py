"""Names in free text become codes."""

from __future__ import annotations

import pytest

from kring.privacy.name_reading import Verdict
from kring.privacy.names import Names, Ruling, without

NAMES = Names(
    [
        ("Fatima el Idrissi", "P3"),
        ("Zoë", "P4"),
        ("Jan-Willem van der Berg", "P5"),
        ("Jan Smit", "P6"),
        ("Bo", "A"),
        ("Joost", "P1"),
        ("Deelnemer 1", "P7"),
        ("Deelnemer 12", "P8"),
        ("X", "P9"),
    ]
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Fatima zei het", "P3 zei het"),
        ("FATIMA EL IDRISSI zei het", "P3 zei het"),
        ("mevrouw Idrissi's kaart", "mevrouw P3's kaart"),
        ("zoe en ZOË", "P4 en P4"),
        ("Joosts mening", "P1s mening"),
        ("Jan-Willem zag Jan", "P5 zag P5/P6"),
        ("Jan Willem van der Berg", "P5"),
        ("van der valk", "van der valk"),
        ("bo en Bonaire", "A en Bonaire"),
        ("joostjuh Fatima2 _Fatima_", "joostjuh P32 _P3_"),
        ("Deelnemer 1 en deelnemer 12 en deelnemer 3", "P7 en P8 en deelnemer 3"),
        ("x is X", "x is X"),
        ("el zei dat elk", "el zei dat elk"),
        ("", ""),
    ],
)
def test_a_name_becomes_a_code(said, told):
    assert NAMES.hidden(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("gemaakt door kring demo", "gemaakt door R"),
        ("door kring zelf gespeeld", "door kring zelf gespeeld"),
        ("een kring, en een demo", "een kring, en een demo"),
        ("gecodeerd door roos klein en Roos Klein", "gecodeerd door R2 en R2"),
        ("een roos, klein maar fijn", "een roos, klein maar fijn"),
        ("een grote boer", "een grote boer"),
        ("door test codeur nagekeken", "door R4 nagekeken"),
    ],
)
def test_a_whole_name_of_words_alone_is_found_as_it_is_written(said, told):
    names = Names([("kring demo", "R"), ("roos klein", "R2"), ("Grote Boer", "R3"), ("test codeur", "R4")], "nl")
    assert names.hidden(said) == told
    assert all(find.verdict is Verdict.NAME for find in names.found(said) if find.verdict.hides)


DUTCH = Names(
    [
        ("Jan Bakker", "P1"),
        ("Els Groot", "P2"),
        ("Anna de Boer", "P3"),
        ("Wim van den Berg", "P4"),
        ("Piet Klein", "P5"),
        ("Roos", "P6"),
        ("Joost (Joop) Jansen", "P7"),
        ("Mark", "P8"),
        ("Bo", "P9"),
        ("Frans", "P10"),
        ("Marieke de Wit", "M"),
        ("Onderzoeker Een", "R"),
    ],
    "nl",
)
ENGLISH = Names(
    [
        ("Will Young", "P1"),
        ("May Brown", "P2"),
        ("Mark Price", "P3"),
        ("Hope", "P4"),
        ("Rose O'Brien", "P5"),
        ("Jean-Luc King", "P6"),
        ("Grace Long", "M"),
    ],
    "en",
)


@pytest.mark.parametrize(
    "said",
    [
        "bij de bakker kreeg je een stempel, dat was een groot verschil met de boer",
        "een klein wit brood, meer niet; een berg korting hoeft niet",
        "Groot is het verschil niet. Klein ook niet.",
        "Een vraag was er een: een Een is geen twee",
        "DE BAKKER IS DUUR",
        "Wat Vond U Van De Bakker Om De Hoek",
        "op 12 jan, jan 2019 en in het Frans",
        "de roos is rood. Roos is ook een kleur",
        "naar het Bos",
        "bakker",
    ],
)
def test_a_dutch_word_that_is_a_name_too_stays(said):
    assert DUTCH.hidden(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "I will not pay that price; it may take long, and the young mark it down",
        "Will you? May I? Price matters. Long ago. Young and old.",
        "in May, since May and on 3 May 2019",
        "will young people come, or may brown bread do",
        "I WILL NOT PAY THE PRICE",
        'they said: "Will you mark it?"',
        "1. Will it last?",
        "- Price first",
        "What Will You Pay, And What Price Is Fair",
        "Hope so!",
    ],
)
def test_an_english_word_that_is_a_name_too_stays(said):
    assert ENGLISH.hidden(said) == said


@pytest.mark.parametrize(
    ("names", "said", "told"),
    [
        (DUTCH, "dat vond Bakker ook", "dat vond P1 ook"),
        (DUTCH, "Jan Bakker en jan bakker", "P1 en P1"),
        (DUTCH, "de lijst zegt Bakker, Jan", "de lijst zegt P1"),
        (DUTCH, "J. Bakker was er", "P1 was er"),
        (DUTCH, "mevrouw groot en de heer Klein", "mevrouw P2 en de heer P5"),
        (DUTCH, "joost vindt het duur, JOOST ook", "P7 vindt het duur, P7 ook"),
        (DUTCH, "roos vindt het duur", "P6 vindt het duur"),
        (DUTCH, "Mark: te duur", "P8: te duur"),
        (DUTCH, "Mark en Joost waren er", "P8 en P7 waren er"),
        (DUTCH, "bij van den Berg thuis, en Wim v.d. Berg", "bij P4 thuis, en P4"),
        (DUTCH, "ik ging naar de bakker, Jan ook", "ik ging naar de bakker, P1 ook"),
        (DUTCH, "Joop zei niks, en Bo's tas", "P7 zei niks, en P9's tas"),
        (DUTCH, "onder Onderzoeker Een", "onder R"),
        (DUTCH, "marieke gaat door", "M gaat door"),
        (ENGLISH, "Will Young people", "P1 people"),
        (ENGLISH, "Then Will said no", "Then P1 said no"),
        (ENGLISH, "Will said no; Will's view", "P1 said no; P1's view"),
        (ENGLISH, "mr price and Mrs. Brown", "mr P3 and Mrs. P2"),
        (ENGLISH, "It's for Hope, and I agree with King", "It's for P4, and I agree with P6"),
        (ENGLISH, "jean luc and Jean-Luc's idea", "P6 and P6's idea"),
        (ENGLISH, "from Rose O'Brien", "from P5"),
    ],
)
def test_a_name_that_is_a_word_too_becomes_a_code_where_it_is_a_name(names, said, told):
    assert names.hidden(said) == told


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("Siobhán O'Neill", "o'neill, ONeill and Siobhan", "P1, P1 and P1"),
        ('Ali "Sjors" Y\u0131lmaz', "Sjors en yilmaz", "P1 en P1"),
        ("Kees Vink (Rabobank)", "de Rabobank en Kees Vink", "de Rabobank en P1"),
        ("Joost (Joop) Jansen", "Joop zei niks", "P1 zei niks"),
        ("Van Dijk, Piet", "piet van dijk, van Dijk en een dijk", "P1, P1 en een dijk"),
        ("Daan 06-12345678", "Daan 6 keer", "P1 6 keer"),
        ("Tafel 12", "aan tafel 12, aan tafel 1 en aan tafel", "aan P1, aan tafel 1 en aan tafel"),
        ("mevr. A. de Koning", "de koning en mevrouw de Koning", "de koning en mevrouw P1"),
        ("LOTTE MOL", "lotte ziet een mol", "P1 ziet een mol"),
        ("Toon Dijk", "naast T. Dijk en TOON DIJK", "naast P1 en P1"),
        ("Wim van 't Hart", "van 't Hart, niet van 't hart", "P1, niet van 't hart"),
        ("Will Young", "what will Will do", "what will P1 do"),
        ("Ben Goed", "P4 (Ben), ik ben goed", "P4 (P1), ik ben goed"),
        ("Hope Price", "our Price and the Hope", "our Price and the Hope"),
        ("Mark Price", "Price was too high, Mark was not", "Price was too high, P1 was not"),
    ],
)
def test_names_as_lists_have_them(name, said, told):
    assert Names([(name, "P1")]).hidden(said) == told


@pytest.mark.parametrize(
    ("names", "said", "words", "hides"),
    [
        (DUTCH, "bij Albert Groot thuis", "Groot", True),
        (DUTCH, "het was Groot Nieuws", "Groot", False),
        (DUTCH, "Bakker was dicht", "Bakker", False),
        (DUTCH, "volgens mark", "mark", False),
        (DUTCH, "toen kwam Joost Prinsen", "Joost", True),
        (ENGLISH, "Hope so", "Hope", False),
        (ENGLISH, "then Will Smith came", "Will", True),
    ],
)
def test_what_is_not_sure_is_told(names, said, words, hides):
    (found,) = names.found(said)
    assert (found.text, found.verdict.hides) == (words, hides)
    assert found.verdict is not Verdict.NAME


def test_two_words_of_one_name_side_by_side_may_be_a_saying():
    names = Names([("Hart de Ziel", "P5"), ("Max van Pi", "P3")], "nl")
    found = names.found("Een avond met Hart en Ziel, en met Hart en Max")
    verdicts = [Verdict.LIKELY, Verdict.LIKELY, Verdict.NAME, Verdict.NAME]
    assert [(one.label, one.verdict) for one in found] == list(zip(["P5", "P5", "P5", "P3"], verdicts, strict=True))


def test_what_is_sure_is_not():
    assert [found.verdict for found in DUTCH.found("Dat zei Joost Jansen tegen Anna de Boer")] == [Verdict.NAME] * 2


def test_a_ruling_holds_wherever_the_word_stands_or_at_one_place():
    rulings = [Ruling("groot", "P2", "notes/n1"), Ruling("albert heijn", None), Ruling("sjonnie", "P1")]
    names = Names([("Els Groot", "P2"), ("Albert", "P3")], "nl", rulings)
    assert names.hidden("een groot man", "notes/n1") == "een P2 man"
    assert names.hidden("een groot man", "notes/n2") == "een groot man"
    assert names.hidden("bij Albert Heijn zag Albert sjonnie") == "bij Albert Heijn zag P3 P1"


def test_a_ruling_that_a_word_is_none_does_not_reach_what_is_surely_a_name():
    said = "de bakker, zei Bakker"
    for ruling, told in (
        (Ruling("bakker", None), "de bakker, zei P1"),
        (Ruling("bakker", None, with_capital=True), said),
        (Ruling("bakker", None, "notes/n1"), said),
    ):
        assert Names([("Jan Bakker", "P1")], "nl", [ruling]).hidden(said, "notes/n1") == told


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        ("sessie-jan-bakker", "sessie-P1"),
        ("groep_mark", "groep_P8"),
        ("groep-klein", "groep-klein"),
    ],
)
def test_a_file_is_called_without_names(stem, told):
    assert DUTCH.hidden_in_stem(stem) == told


@pytest.mark.parametrize(
    ("title", "told"),
    [("Avond met Bakker en De Wit", "avond-met-P1-en-de-P2"), ("De bakker en wit brood", "avond-met-bakker-en-de-wit")],
)
def test_a_file_is_called_without_the_names_in_its_title(title, told):
    names = Names([("Jan Bakker", "P1"), ("Els de Wit", "P2")], "nl")
    assert names.hidden_in_stem("avond-met-bakker-en-de-wit", title) == told


def test_what_lies_behind_a_character_that_folds_to_more_stays_in_place():
    assert NAMES.hidden("ﬃ ß İ Fatima 👩‍👩‍👧 é Fatima") == "ﬃ ß İ P3 👩‍👩‍👧 é P3"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("annemarie, AnneMarie, ANNEMARIE", "P1, P1, P1"),
        ("Vandenberg zei #annemarievandenberg", "P1 zei #P1"),
        ("joostjansen en JansenPot, maar geen jansenwaard", "P2 en P2, maar geen jansenwaard"),
        ("Mcdonald's en Mc Donald", "P3's en P3"),
        ("een boterham, zei Bo", "een boterham, zei P4"),
        ("O\u02bcNeill", "P5"),
    ],
)
def test_a_name_that_is_typed_as_one_word_is_one(said, told):
    people = ["Anne-Marie van den Berg", "Joost Jansen-Pot", "Mc Donald", "Bo Terham", "Kate O'Neill"]
    assert Names([(name, f"P{seat}") for seat, name in enumerate(people, 1)], "nl").hidden(said) == told


@pytest.mark.parametrize("name", ["de heer Visser", "Dhr. van Visser", "De Visser", "Op den Visser"])
def test_a_list_of_surnames_makes_no_name_of_what_stands_before_them(name):
    said = "Op de dijk, van de visser: meneer Visser, de baas van het dorp"
    found = Names([(name, "P1")], "nl").found(said)
    assert [(find.text.lower(), find.label) for find in found] == [("visser", "P1")] * 2


@pytest.mark.parametrize("name", ["Çelik Strasser", "C\u0327elik Straßer"])
@pytest.mark.parametrize(
    "said",
    ["Çelik", "C\u0327ELIK", "celik", "Straßer", "STRASSER", "Stras\u00adser", "Ce\u200blik", "\u2060Çelik\u2060"],
)
def test_accents_apart_and_marks_that_nobody_sees_hide_no_name(name, said):
    told = Names([(name, "P1")], "nl").hidden(f"ﬁets, {said}! zei é.")
    assert told.replace("\u2060", "") == "ﬁets, P1! zei é."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Müller", "mueller"),
        ("Bjørn", "Bjoern"),
        ("Åkesson", "Aakesson"),
        ("IJzerman", "\u0132zerman"),
        ("Æbel", "aebel"),
    ],
)
def test_a_letter_that_a_keyboard_lacks_is_typed_as_others(name, said):
    assert Names([(name, "P1")], "nl").hidden(f"zegt {said}, ja") == "zegt P1, ja"


def test_what_a_template_says_in_the_place_of_a_name_is_no_name():
    names = Names([("uw naam", "M"), ("naam van de assistent", "A"), ("your name", "M"), ("the assistant's name", "A")])
    said = "your supermarket, uw winkel, de naam van het onderzoek, name of the study, de assistent"
    assert names.hidden(said) == said


def test_without_names_nothing_changes():
    assert Names([]).hidden("Fatima") == "Fatima"


def test_a_name_is_no_pattern():
    assert Names([("a.c(*", "P1")]).hidden("abc a.c(* x") == "abc P1(* x"


INITIALS = Names(
    [
        ("J.P. O'Neill", "P1"),
        ("Jan Bakker", "P2"),
        ("Jan Smit", "P3"),
        ("Bo Hermans", "P19"),
        ("Tess", "P5"),
        ("de Vries, A. B.", "P6"),
        ("Mark van den Berg", "P7"),
        ("Lies K.", "P8"),
    ],
    "nl",
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("J.P. zei het", "P1 zei het"),
        ("dat vond J. P. ook, en A.B. niet", "dat vond P1 ook, en P6 niet"),
        ("J.P: te duur", "P1: te duur"),
        ("om 9 A.B. en (J.-P.)", "om 9 A.B. en (P1)"),
        ("J.P. O'Neill en A.B. de Vries", "P1 en P6"),
        ("j.p. en JP en A.B.C.", "j.p. en JP en A.B.C."),
        ("Bo H. zei het, Bo H ook", "P19 zei het, P19 ook"),
        ("Jan B. zag Jan S., Jan X. en Jan", "P2 zag P3, P2/P3 X. en P2/P3"),
        ("jan b. was er, Jan Bakker ook", "P2 was er, P2 ook"),
        ("Tess W. knikte, Lies K. niet", "P5 knikte, P8 niet"),
        ("Mark v.d. B. kwam", "P7 kwam"),
        ("Jan I think, Bo b.v. niet", "P2/P3 I think, P19 b.v. niet"),
        ("Jan B. Smit", "P3"),
    ],
)
def test_initials_name_whose_they_are(said, told):
    assert INITIALS.hidden(said) == told


def test_initials_without_points_are_shown_and_decided():
    (found,) = INITIALS.found("volgens JP te duur")
    assert (found.text, found.label, found.verdict) == ("JP", "P1", Verdict.UNLIKELY)
    for ruling, said, told in (
        (Ruling("jp", "P1"), "volgens JP", "volgens P1"),
        (Ruling("jp", ""), "volgens JP", "volgens P1"),
        (Ruling("j p", None, with_capital=True), "bij J.P.", "bij J.P."),
    ):
        assert Names([("J.P. O'Neill", "P1")], "nl", [ruling]).hidden(said) == told


FORMS = Names(
    [
        ("Fatima el Amrani", "P1"),
        ("Jan Bakker", "P2"),
        ("Bo Hendriks-Jansen", "P3"),
        ("Th. Smit", "P4"),
        ("Anna Li", "P5"),
        ("Mark de Wit", "P6"),
        ("Thea Mol", "P7"),
    ],
    "nl",
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Fatimaatje zei het, fatimaatje ook", "P1 zei het, P1 ook"),
        ("dat was Fatima'tje, en Annaatjes tas", "dat was P1'tje, en P5 tas"),
        ("toen vroeg Jantje het", "toen vroeg P2 het"),
        ("de Bakkers en de Amrani's", "de P2s en de P1's"),
        ("hr. Bakker en drs. De Wit", "hr. P2 en drs. P6"),
        ("Bo H.J. zei het, Bo H. J. ook", "P3 zei het, P3 ook"),
        ("Th. Smit was er, en Th. bleef", "P4 was er, en P4 bleef"),
        ("mevrouw Li en dat vond Li", "mevrouw P5 en dat vond P5"),
        ("Thea is geen theetje, een bakkertje, een jantje", "P7 is geen theetje, een bakkertje, een jantje"),
    ],
)
def test_small_names_and_more_of_them_are_the_name(said, told):
    assert FORMS.hidden(said) == told


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("toen kwam Bakkertje", "Bakkertje"),
        ("bij de Smitten thuis", "Smitten"),
        ("bij Janneke thuis", "Janneke"),
        ("volgens J.B. te duur", "J.B."),
        ("volgens JB te duur", "JB"),
        ("dat vond F.e.A. ook", "F.e.A."),
        ("zoals MdW zei", "MdW"),
        ("een jantje van leiden", "jantje"),
    ],
)
def test_what_may_be_a_form_of_a_name_is_shown(said, words):
    (found,) = FORMS.found(said)
    assert (found.text, found.verdict) == (words, Verdict.UNLIKELY)


@pytest.mark.parametrize("said", ["Willen jullie dat?", "een kleintje en een bankje", "op de TV en de PC", "een botje"])
def test_what_is_an_everyday_word_is_no_form_of_a_name(said):
    names = Names(
        [("Wil Bank", "P1"), ("Els Klein", "P2"), ("Tom Visser", "P3"), ("Piet Claes", "P4"), ("Bo", "P5")], "nl"
    )
    assert not [found for found in names.found(said) if found.verdict.hides]
    assert names.hidden(said) == said


def test_no_capital_of_a_name_is_left_unshown():
    people = ["Hope White", "Mark Price", "Will Young", "Fatima el Amrani", "May Brown"]
    names = Names([(name, f"P{seat}") for seat, name in enumerate(people, 1)], "en")
    for name in people:
        for word in (name.split()[0], name.split()[-1]):
            for frame in (
                "{}",
                "{}.",
                "{}! She said so.",
                "Hm. {}? No.",
                "- {}",
                "1. {}",
                "“{}”",
                "{}, please",
                "So: {}",
            ):
                assert names.found(frame.format(word)), frame.format(word)


@pytest.mark.parametrize(
    ("firm", "told"),
    [
        ("Smit & Idrissi", "Smit & Idrissi"),
        ("Van der Berg Advies", "Van der Berg Advies"),
        ("Jan Smit Advies", "P6 Advies"),
        ("Fatima's kapsalon", "P3's kapsalon"),
    ],
)
def test_a_surname_alone_is_a_firm_s(firm, told):
    finds = NAMES.found_in_firm(firm)
    assert without(firm, finds) == told
    assert finds


def test_whose_a_firm_s_name_is_can_be_decided():
    names = Names([("Jan Smit", "P6")], None, [Ruling("smit", "P6")])
    assert without("Smit BV", names.found_in_firm("Smit BV")) == "P6 BV"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("interview-bakker.m4a", "interview-P1.m4a"),
        ("2026-12-03 Gesprek met de wit 2.wav", "2026-12-03 Gesprek met de P2 2.wav"),
        ("toestemming_klein", "toestemming_P3"),
        ("bij de bakker.m4a", "bij de bakker.m4a"),
        ("interview bakker om de hoek.m4a", "interview bakker om de hoek.m4a"),
        ("concept-klein.png", "concept-klein.png"),
        ("opname.wav", "opname.wav"),
    ],
)
def test_a_file_that_is_called_after_what_somebody_gave_tells_no_surname(file, told):
    names = Names([("Jan Bakker", "P1"), ("Marieke de Wit", "P2"), ("Piet Klein", "P3")], "nl")
    assert names.hidden_in_stem(file) == told


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("iemand van Philips", "Iemand zei dat Philips het liet. Iemand dus.", None),
        ("iemand van Philips", "Toen zei iemand van Philips nee.", "Toen zei P1 nee."),
        ("Someone of Philips", "Someone said so, and somebody else did not.", None),
        ("Iemand", "Iemand zei dat. Zei iemand dat?", None),
        ("iemand anders", "Dat was iemand anders, zei Anders.", None),
        ("Somebody else", "Somebody else said so.", None),
        ("Onbekend", "Onbekend, zei ze.", None),
        ("Jan Onbekend", "Jan zei: onbekend. Zei Onbekend dat?", "P1 zei: onbekend. Zei Onbekend dat?"),
        ("Anna Niemand", "mevrouw Niemand zei dat", "mevrouw P1 zei dat"),
    ],
)
def test_a_word_for_anybody_is_no_name(name: str, said: str, told: str | None) -> None:
    names = Names([(name, "P1")], "nl")
    assert names.hidden(said) == (told or said)
    if told is None:
        assert names.found(said) == []
