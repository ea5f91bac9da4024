"""`kring study search`, `matrix`, `compare` and `saturation`, as they are typed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.cli import main
from kring.domain.decide import coding, decision
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SimulatedClock

TEXT = """---
titel: Trouw
vertrouwelijk: {confidential}
---
# Klantgroepen
| klantgroep | definitie | vanaf |
| trouw | 6 inwisselingen | 2026-01-01 |
| trouw | 4 inwisselingen | 2026-12-08 |
"""
GROUPS = {
    1: ("go 2.1", 'note "te veel gedoe" @1 #gedoe', "note ~ vindt punten fijn @5 #gemak", 'note "gedoe!" @1 #gedoe'),
    2: ("go 2.1", 'note *"het gedoe aan de kassa" @2 #gedoe', "note ( denkt het team #gedoe"),
}


@pytest.fixture(params=["nee", "ja"])
def study(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "trouw"
    folder.mkdir()
    (folder / "study.md").write_text(TEXT.format(confidential=request.param))
    for week, lines in GROUPS.items():
        people = tuple(
            replace(one, segment="nieuw" if one.seat > 4 else "trouw", consents=(("all", True),))
            for one in make_plan().participants
        )
        guide = tuple(
            replace(item, text="Hoe ging de laatste keer?") if (item.id, week) == ("laatste", 2) else item
            for item in make_plan().guide
        )
        plan = replace(make_plan(), study="Trouw", group=str(week), participants=people, guide=guide)
        clock = SimulatedClock(START_MS + (week - 1) * 7 * 86_400_000)
        me = Me("Bo", "assistant", "device")
        file = folder / f"groep-{week}.db"
        session = sessions.begin(file, plan, clock, me, random.Random(week).randbytes, ("UTC", 0))
        for line in ("admit all", "start anyway", *lines, "next"):
            clock.advance(10_000)
            act(session, line)
        session.close()
    return str(folder)


def told(capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en") -> str:
    assert main.main(["study", *words, "--lang", lang]) == 0
    found = capsys.readouterr()
    assert not found.err
    return found.out


def test_search_says_where_by_whom_and_how_to_look_at_it(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "search", study, "gedoe")
    assert "4 hits, 2 people, 2 groups" in out
    assert out.index("group 2, 2026-12-10 (groep-2.db)") < out.index("group 1, 2026-12-03 (groep-1.db)")
    assert "     0:20    #1  2.1   P2   quote: het gedoe aan de kassa  #gedoe" in out
    assert f"kring review {study}/groep-2.db --at 0:30" in out
    assert "Anna" not in out
    assert "Anna quote" in told(capsys, "search", study, "kassa", "--names")
    assert told(capsys, "search", study, "nergens").startswith("Nothing was found.")


def test_filters_take_every_word_or_refuse_it(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    def total(*words: str, lang: str = "en") -> int:
        return int(json.loads(told(capsys, "search", study, *words, "--json", lang=lang))["total"])

    assert total("gedoe", "--group", "2") == total("gedoe", "--group", "groep-2.db") == 2
    assert total("gedoe", "--kind", "quote") == total("gedoe", "--kind", "Citaat", lang="nl") == 3
    assert total("--segment", "TROUW") == total("--code", "gedoe", "--segment", "trouw") == 3
    assert total("--question", "laatste keer") == total("--question", "2.1") == 5
    assert total("gedoe", "--question", "hoe ging", "--kind", "remark", "--group", "group 2") == 1
    for words, refusal in {
        ("--group", "7"): "There is no group 7; there are: group 1, group 2.",
        ("--segment", "rood"): "There is no segment rood; there are: nieuw, trouw.",
        ("--question", "prijs"): "No group has a question prijs.",
        ("--kind", "gedicht"): "There is no kind gedicht; there are: ",
        ("--most", "0"): "Show at least one.",
    }.items():
        assert main.main(["study", "search", study, "gedoe", *words, "--lang", "en"]) == 1
        assert refusal in capsys.readouterr().err


def test_the_matrix_keeps_groups_people_and_mentions_apart(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "matrix", study)
    assert "\n#gedoe   2   2    3   –              2   2    3\n" in out
    assert "trouw (8)" in out
    assert "Segment trouw: group 1 by “6 inwisselingen”; group 2 by “4 inwisselingen”." in out
    themes = {one["theme"]: one for one in json.loads(told(capsys, "matrix", study, "--json"))["themes"]}
    assert themes["#gedoe"]["segments"] == {"trouw": {"groups": 2, "people": 2, "mentions": 3, "unsure": 0}}
    assert "#gedoe,trouw,group 1,1,2,0" in told(capsys, "matrix", study, "--csv")
    assert "#gedoe;trouw;groep 1;1;2;0" in told(capsys, "matrix", study, "--csv", lang="nl")
    assert "group 2" in told(capsys, "matrix", study, "--by-group")


def test_a_question_stands_beside_itself_in_other_words(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "compare", study, "2.1")
    assert out.startswith("Hoe ging de laatste keer?\nThe guides put it in other words")
    assert "2.1 Vertel eens over de laatste keer" in out
    assert "group 1, 2026-12-03: asked, 0:30" in out
    assert "★     0:20    #1 P2   “het gedoe aan de kassa”" in out
    assert "#gedoe 1 (2), #gemak 1 (1)" in out
    assert main.main(["study", "compare", study, "e", "--lang", "en"]) == 1
    assert "e may be several questions; name one by its words: " in capsys.readouterr().err


def test_new_themes_are_counted_as_held_and_in_other_orders(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "saturation", study)
    assert "group 1       2      2  1, 1, 2" in out
    assert "group 2       0      2  0, 0, 1" in out
    assert "Base of 4 groups and a run of 2: that takes 6 groups, and 2 were held." in out
    assert "a sign, and no proof" in out
    line = json.loads(told(capsys, "saturation", study, "--base", "1", "--run", "1", "--json"))["lines"][0]
    assert (line["new"], line["reached"], line["all_orders"]) == ([2, 0], 2, True)
    for threshold in ("-1", "nan", "inf", "101"):
        assert main.main(["study", "saturation", study, "--threshold", threshold, "--lang", "en"]) == 1
        assert capsys.readouterr().err == "kring: The threshold is 0 to 100 per cent.\n"


def test_codebooks_stand_together_with_the_agreement(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "codes", study) == "No group has a code.\n"
    for week, coder in ((1, "Ria"), (1, "Noor"), (2, "Ria")):
        clock = SimulatedClock(START_MS + 30 * 86_400_000)
        session = sessions.resume(Path(study) / f"groep-{week}.db", clock, Me(coder, "researcher", "desk"))
        if not session.state.codes:
            session.do(decision(coding.add_code, "gedoe", "moeite" if week == 1 else ""))
        session.do(decision(coding.put_on, "gedoe", coder, note=next(iter(session.state.notes))))
        session.close()
    out = told(capsys, "codes", study)
    assert "  gedoe: group 1 1×, group 2 1×\n    described otherwise: “moeite”; nothing" in out
    assert "R1 and R2, in 1 group\n  gedoe: 100 % of 1, kappa –, alpha –" in out
    assert "Noor and Ria" in told(capsys, "codes", study, "--names")


@pytest.mark.parametrize(
    ("words", "work", "said"),
    [
        (
            ("search",),
            "kring.cli.study.asked.asked_of",
            "Stopped; what was read is kept, and nothing else was written.\n",
        ),
        (
            ("codes",),
            "kring.cli.study.asked.asked_of",
            "Stopped; what was read is kept, and nothing else was written.\n",
        ),
        (("report", "-o"), "kring.cli.study.report.study_report", "Stopped; nothing was written.\n"),
    ],
)
def test_ctrl_c_is_told_and_leaves_nothing_half(
    study: str,
    words: tuple[str, ...],
    work: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    before = sorted(Path(study).iterdir())
    monkeypatch.setattr(work, stop)
    command, *out = words
    more = [*out, str(Path(study) / "out.docx")] if out else []
    assert main.main(["study", command, study, *more, "--lang", "en"]) == main.INTERRUPTED
    assert capsys.readouterr().err == said
    assert sorted(Path(study).iterdir()) == before
