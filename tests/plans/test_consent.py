"""Words of consent: what exactly says yes grants it, a refusal refuses; everything else counts as no and is told."""

from __future__ import annotations

import pytest

from kring.plans.people.consent import read_consent, scope_of_heading, together
from kring.plans.plan_reader import read_plan

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
        "getekend",
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
