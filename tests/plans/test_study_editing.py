"""One field of a study's text is changed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.study.model import Study
from kring.domain.text import KringError, one_line
from kring.plans.study.editing import with_field
from kring.plans.study.reader import read_study
from kring.plans.study.words import SectionName
from kring.plans.study.writer import study_text
from kring.study.changing import change
from plans.test_study_text import STUDIES, WHOLE, told

TABLE = """x
# Acties
| nr | actie  | stand      |
|----|--------|------------|
| A1 | bellen | open       |
| A2 | mailen |
"""


@pytest.mark.parametrize(
    ("text", "section", "code", "column", "value", "changed"),
    [
        (TABLE, "actions", "A1", "state", "gedaan", {5: "| A1 | bellen | gedaan     |"}),
        (TABLE, "actions", "A1", "state", "gedaan: a|b, na lang zoeken",
         {5: r"| A1 | bellen | gedaan: a\|b, na lang zoeken |"}),
        (TABLE, "actions", "A2", "state", "gedaan", {6: "| A2 | mailen | gedaan |"}),
        (TABLE, "actions", "a1", "owner", "Bo",
         {3: "| nr | actie  | stand      | wie |", 4: "|----|--------|------------| --- |",
          5: "| A1 | bellen | open       | Bo |"}),
        ("# Acties\n- [ ] A1: bellen\n- A2: x", "actions", "A1", "state", "gedaan", {3: "  - stand: gedaan"}),
        ("# Acties\n- A1: bellen\n    * wie: Bo\n- A2: x", "actions", "A1", "state", "gedaan",
         {4: "    - stand: gedaan"}),
        ("# Hypothesen\n- H1: a\n  - oordeel: steun, 5 citaten", "hypotheses", "H1", "verdict", "weerlegd",
         {3: "  - oordeel: weerlegd"}),
        ("# Hypotheses\n1. a\n2. b\n   - verdict:  open ", "hypotheses", "H2", "verdict", "mixed",
         {4: "   - verdict:  mixed "}),
        ("# Persona's\n## Ans\n## Bram", "personas", "ans", "goals", "rust", {3: "- doelen: rust"}),
    ],
)  # fmt: skip
def test_one_line_is_changed_or_added(
    text: str, section: SectionName, code: str, column: str, value: str, changed: dict[int, str]
) -> None:
    before = text.split("\n")
    after = with_field(text, section, code, column, value, "nl").split("\n")
    if len(after) > len(before):
        (line,) = changed
        assert after[line - 1] == changed[line]
        assert after[: line - 1] + after[line:] == before
    else:
        found = {line: now for line, (was, now) in enumerate(zip(before, after, strict=True), 1) if was != now}
        assert found == changed


def test_what_is_not_there_is_said_and_a_list_is_left_to_the_text() -> None:
    with pytest.raises(KringError, match="A7"):
        with_field(TABLE, "actions", "A7", "state", "x", "nl")
    with pytest.raises(KringError, match="is a list"):
        with_field("# Persona's\n## Ans\n- doelen:\n  - a", "personas", "Ans", "goals", "x", "nl")


VALUES = st.text("ab|\\*_ #:é", min_size=1, max_size=10).map(one_line).filter(bool)


@given(STUDIES.filter(lambda study: study.actions), st.sampled_from(["nl", "en"]), VALUES)
def test_whatever_is_written_reads_back_and_the_rest_stays(study: Study, language: str, value: str) -> None:
    text = study_text(study, language)
    for column in ("owner", "measure"):
        code = study.actions[-1].code
        again = read_study(with_field(text, "actions", code, column, value, language))
        assert getattr(again.actions[-1], column) == value
        before, after = told(read_study(text)), told(again)
        before["actions"][-1].pop(column)
        after["actions"][-1].pop(column)
        assert after == before


def test_a_file_is_changed_as_it_lies_there(tmp_path: Path) -> None:
    file = tmp_path / "study.md"
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    file.chmod(0o664)
    change(file, "actions", "A2", "state", "gedaan", "nl")
    assert (
        file.read_bytes()
        == b"\xef\xbb\xbf"
        + WHOLE.replace("- A2: mail\n", "- A2: mail\n  - stand: gedaan\n").replace("\n", "\r\n").encode()
    )
    assert file.stat().st_mode & 0o777 == 0o664
    assert [path.name for path in tmp_path.iterdir()] == ["study.md"]
