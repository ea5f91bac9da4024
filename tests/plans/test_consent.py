"""Words of consent: what exactly says yes grants it, a refusal refuses; everything else counts as no and is told."""

from __future__ import annotations

import pytest

from kring.plans.people.consent import asks_consent, read_consent, scope_of_heading, together
from kring.plans.people.roster import read_roster
from kring.plans.plan_reader import read_plan
from kring.system.text_files import rows_of

SCOPES = ("taking_part", "audio", "video", "quoting", "observers", "clips")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", {}),
        ("alles", {"all": True}),
        ("Ja.", {"all": True}),
        ("akkoord", {"all": True}),
        ("audio, citeren", {"audio": True, "quoting": True}),
        ("geluid; beeld", {"audio": True, "video": True}),
        ("deelname en geluid", {"taking_part": True, "audio": True}),
        ("nee", {"all": False}),
        ("Nee!", {"all": False}),
        ("weigert", {"all": False}),
        ("geen toestemming", {"all": False}),
        ("niet akkoord", {"all": False}),
        ("Ingetrokken", {"all": False}),
        ("trekt zich terug.", {"all": False}),
        ("withdrew", {"all": False}),
        ("alles behalve citeren", {"all": True, "quoting": False}),
        ("alles, behalve citeren", {"all": True, "quoting": False}),
        ("ja, niet citeren", {"all": True, "quoting": False}),
        ("ja, niet filmen", {"all": True, "video": False}),
        ("oui", {"all": True}),
        ("non", {"all": False}),
        ("nein", {"all": False}),
        ("deelname, geluid, citeren: nee", {"taking_part": True, "audio": True, "quoting": False}),
        ("audio, no video", {"audio": True, "video": False}),
        ("citeren, niet citeren", {"quoting": False}),
    ],
)
def test_what_is_said_exactly_is_understood(words: str, said: dict[str, bool]) -> None:
    assert dict(read_consent(words) or ()) == said


@pytest.mark.parametrize(
    ("words", "columns", "said"),
    [
        ("yes", [("Video ok?", "no")], {"all": True, "video": False}),
        ("ja", [("Mag opname (ja/nee)", "nee")], {"all": True, "audio": False}),
        ("", [("toestemming geluid", "nee"), ("citeren", "ja")], {"audio": False, "quoting": True}),
        ("yes", [("OK to record?", "No")], {"all": True, "audio": False}),
        ("ja", [("Mag er gefilmd worden?", "nee")], {"all": True, "video": False}),
        ("ja", [("Mag ik u filmen?", "nee")], {"all": True, "video": False}),
        ("yes", [("OK to be quoted?", "no")], {"all": True, "quoting": False}),
        ("yes", [("Do not record", "yes")], None),
        ("yes", [("Record ID", "12"), ("Favourite film", "Up")], {"all": True}),
        ("ja", [("geen video", "x")], None),
        ("ja", [("bezwaar tegen citeren", "ja")], None),
        ("nee", [("toestemming opname", "ja")], None),
        ("", [("Recording disclaimer response", "OK")], {}),
    ],
)
def test_a_column_of_one_scope_never_grants_what_another_refuses(
    words: str, columns: list[tuple[str, str]], said: dict[str, bool] | None
) -> None:
    of_scopes = [(scope, cell) for heading, cell in columns if (scope := scope_of_heading(heading))]
    found = read_consent(together(words, of_scopes))
    assert (None if found is None else dict(found)) == said


@pytest.mark.parametrize(
    "words",
    [
        "wil niet geciteerd worden",
        "nee, liever niet",
        "liever niet",
        "zie formulier",
        "ja mits anoniem",
        "ja, geluid",
        "alles behalve",
        "alleen als het moet",
        "ja?",
        "?",
        "alles op voorwaarde dat ik het eerst lees",
        "yes but no quotes please",
        "niet video en citaten",
        "geen beeld, geluid",
        "no audio, video",
        "opname, geen video en citaten",
    ],
)
def test_what_is_not_certain_is_no_and_the_cell_is_named(words: str) -> None:
    assert read_consent(words) is None
    plan = read_plan(f"# A (30 min)\n1. Wie?\n\n# Deelnemers\n| code | naam | toestemming |\n| P1 | An | {words} |\n")
    assert plan.participants[0].consents == (("all", False),)
    assert [warning.line for warning in plan.warnings if words in str(warning.sentence)] == [6]


@pytest.mark.parametrize("heading", ["Consent form signed?", "consented", "Einwilligung", "Consentement"])
@pytest.mark.parametrize(("cell", "is_given"), [("ja", True), ("non", False), ("pending", False), ("", None)])
def test_a_column_of_consent_is_known_by_other_names(heading: str, cell: str, is_given: bool | None) -> None:
    plan = read_plan(f"# Kern\n1. Waarom?\n\n# Participants\n| Name | {heading} |\n|---|---|\n| Ada | {cell} |\n")
    assert dict(plan.participants[0].consents).get("all") is is_given


@pytest.mark.parametrize(
    ("heading", "column", "given", "told"),
    [
        ("toestemming", "x||X", "yes none yes", ["“x” below toestemming is read as yes (line 2, 4)"]),
        ("toestemming", "x|ja|x", "no yes no", ["“x” is not understood"] * 2),
        ("toestemming", "x|?|x", "no no no", ["“x” is not", "“?” is not", "“x” is not"]),
        ("toestemming", "x|||", "no none none none", ["“x” is not understood"]),
        ("toestemming", "x", "yes", ["“x” below toestemming is read as yes (line 2)"]),
        ("toestemming", "v|x|v", "yes no yes", ["read as yes (line 2, 4)", "“x” below toestemming is read as no"]),
        ("consent", "1|0|1", "yes no yes", ["“1” below consent is read as yes", "“0” below consent is read as no"]),
        ("consent", "1|2|1", "no no no", ["“1” is not", "“2” is not", "“1” is not"]),
        ("consent", "✓|-|✗", "yes none no", ["“✓” below consent is read as yes (line 2)", "“✗” below consent"]),
        ("consent", "TRUE|FALSE", "yes no", ["“TRUE” below consent is read as yes", "“FALSE” below consent"]),
        ("consent", "ok|see form", "yes no", ["“ok” below consent is read as yes (line 2)", "“see form” is not"]),
        ("Getekend formulier", "x|x", "none none", []),
        ("Toestemming ja/nee", "getekend|nog niet", "yes no", ["“getekend” below", "“nog niet” is not understood"]),
        ("Toestemming nee", "x|x", "none none", []),
        ("geen toestemming", "✓|✓", "none none", []),
        ("toestemming", "ja, getekend|ja", "yes yes", []),
    ],
)  # fmt: skip
def test_a_mark_of_consent_is_read_by_its_whole_column(heading: str, column: str, given: str, told: list[str]) -> None:
    rows = "\n".join(f"Naam {number};{cell}" for number, cell in enumerate(column.split("|"), 1))
    people, warnings = read_roster(rows_of(f"naam;{heading}\n{rows}\n"))
    said = {True: "yes", False: "no", None: "none"}
    assert " ".join(said[dict(person.consents).get("all")] for person in people) == given
    assert len(warnings) == len(told)
    assert all(part in str(warning.sentence) for part, warning in zip(told, warnings, strict=True))


def test_ticks_of_a_total_or_a_reserve_do_not_count() -> None:
    people, _ = read_roster(rows_of("naam;toestemming\nAn;x\nBo;x\nReserve: Co;nee\nTotaal;2\n"))
    assert [dict(person.consents) for person in people] == [{"all": True}, {"all": True}]


def test_scopes_are_ticked_each_in_its_own_column() -> None:
    people, _ = read_roster(rows_of("naam;Mag opname;Mag video;geen citaten\nAn;x;;x\nBo;x;x;\nCo;;x;\n"))
    assert [person.consent for person in people] == ["opname", "opname, video", "video"]


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        ("Toestemming (ja/nee)", True), ("Consent form received?", True), ("AVG akkoord", True), ("Akkoord", True),
        ("Toestemmingsverklaring getekend", True), ("Geen toestemming", False), ("Toestemming nee", False),
        ("Consent date", False), ("Toestemming video", False), ("Getekend", False),
    ],
)  # fmt: skip
def test_which_columns_ask_consent(heading: str, asks: bool) -> None:
    assert asks_consent(heading) is asks


@pytest.mark.parametrize(
    ("remark", "is_certain"),
    [
        ("trekt toestemming in", False), ("wil niet op beeld", False), ("formulier nog niet getekend", False),
        ("does not want to be recorded", False), ("consent to be withdrawn?", False), ("trok zich terug", False),
        ("komt niet met de auto", True), ("vindt de opname spannend", True), ("vegetarisch", True), ("", True),
    ],
)  # fmt: skip
def test_a_remark_that_takes_consent_back_leaves_no_yes(remark, is_certain):
    (person,), warnings = read_roster(rows_of(f"code;naam;toestemming;opmerking\nP1;An;ja;{remark}\n"), "lijst.csv")
    assert dict(person.consents) == {"all": is_certain}
    assert any("counts as no" in str(warning.sentence) for warning in warnings) is not is_certain
