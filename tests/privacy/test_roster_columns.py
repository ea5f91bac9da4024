"""Which columns of a list of participants leave with codes: none but harmless and allowed ones, each as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kring.cli import main
from lines import Typist, type_lines

__all__ = ("type_lines",)

PLAN = """\
---
titel: Proef
taal: nl
start: 2026-12-03 19:30
duur: 30 min
deelnemers: list.csv
{more}---
# A (30 min)
1. Wie bent u?
"""
LIST = (
    "code;naam;GSM;Contact;Rekeningnummer;LinkedIn;Straat;Voorletters;Klantnummer;Kenteken;Noodcontact;Leeftijd;"
    "lid sinds;Geslacht\n"
    "P1;Jo;0470 12 34 56;jo.p@x.example;NL91ABNA0417164300;linkedin.example/in/jop;Dorpsstraat 1;J.P.;88213;X-123-YZ;"
    "moeder Riet;44;maart 2019;v\n"
    "P2;Bo;;;;;;;;;;37;2019-2021;m\n"
)
SECRETS = (
    "0470", "jo.p", "NL91", "linkedin.example", "Dorpsstraat", "J.P.", "88213", "X-123", "Riet",
)  # fmt: skip


@pytest.fixture
def session(tmp_path: Path, type_lines: Typist, request: pytest.FixtureRequest) -> Path:
    (tmp_path / "list.csv").write_text(getattr(request, "param", LIST), "utf-8")
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN.format(more=""), "utf-8")
    type_lines(plan, "start", "next", "attend 1 away ziek geworden", "end", "quit")
    (found,) = tmp_path.glob("*.db")
    return found


def report(session: Path, *options: str) -> str:
    out = session.with_name("r.md")
    assert main.main(["report", str(session), "-o", str(out), "--force", *options]) == 0
    return out.read_text("utf-8")


def test_nothing_that_points_at_somebody_leaves_with_codes(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = report(session)
    assert not [secret for secret in (*SECRETS, "maart 2019", "2019-2021", "ziek") if secret in told]
    assert "44" in told, "an age is harmless"
    said = capsys.readouterr().out
    for heading in ("GSM", "Contact", "Straat", "Klantnummer", "lid sinds"):
        assert heading in told, "the report names what stays in"
        assert heading in said


@pytest.mark.parametrize(
    "session", ["code;naam;leeftijdsgroep\nP1;An;1980-1989\nP2;Bo;1975/1979\n"], ids=["a span"], indirect=True
)
def test_a_span_of_years_is_no_number_to_call(session: Path) -> None:
    told = report(session)
    assert "1980-1989" in told
    assert "1975/1979" in told


def test_names_bring_everything(session: Path) -> None:
    told = report(session, "--names")
    assert [secret for secret in (*SECRETS, "maart 2019", "ziek") if secret not in told] == []


def test_a_column_leaves_whole_once_it_is_allowed(session: Path) -> None:
    told = report(session, "--columns", "Lid Sinds, straat")
    assert "maart 2019" in told
    assert "2019-2021" in told
    assert "Dorpsstraat" in told
    assert "88213" not in told


def test_a_column_that_is_not_there_is_refused(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["report", str(session), "--columns", "schoenmaat"]) == 1
    assert "schoenmaat" in capsys.readouterr().err


def test_the_plan_may_allow_a_column(tmp_path: Path, type_lines: Typist) -> None:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN.format(more="kolommen: lid sinds\n"), "utf-8")
    type_lines(plan, "start", "end", "quit")
    (session,) = tmp_path.glob("*.db")
    told = report(session)
    assert "maart 2019" in told
    assert "Dorpsstraat" not in told


@pytest.mark.parametrize(
    "session",
    [
        "1;Zoetje;Dalenberg;gluten\n2;Jantinus;Bakkerij;\n",
        "code;naam;leeftijd\nP1;An;44, belt via an@x.example\nP2;Bo;37\n",
        "code;naam;regio\nP1;An;woont sinds de scheiding bij zijn moeder in huis\nP2;Bo;Noord\n",
    ],
    ids=["no header", "a contact in a harmless column", "a sentence in a harmless column"],
    indirect=True,
)
def test_what_a_list_says_without_saying_what_it_is_stays_in(session: Path) -> None:
    told = report(session)
    assert not [word for word in ("Dalenberg", "gluten", "Bakkerij", "x.example", "scheiding", "Noord") if word in told]
