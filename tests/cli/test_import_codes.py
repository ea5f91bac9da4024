"""`kring import-codes`: what another program wrote comes back as codings, once, and nothing hostile is read."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from xml.sax.saxutils import escape, quoteattr

import pytest

from acting import act
from kring.cli import main
from kring.exports.refi import project
from kring.imports.codings.qda import read_qda
from kring.privacy.snapshot import read
from kring.session.session import Me, resume
from kring.system import settings
from kring.system.clock import SimulatedClock

TYPED = (
    "attend all",
    "consent all yes (aloud)",
    "start anyway",
    "go 2.1",
    "floor 1",
    'note "te veel gedoe met die app" @1 #app',
    "floor 2",
    'note "ik vind het juist heel handig" @2',
    "floor 3",
    'note "ja" @3',
    "end",
)


@pytest.fixture
def file(session, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_CONFIG_DIR", str(tmp_path / "config"))
    for line in TYPED:
        clock.advance(5_000)
        act(session, line)
    session.close()
    return session.store.path


@pytest.fixture
def bring(file, capsys):
    def run(*words: object) -> tuple[int, str]:
        code = main.main(["--lang", "en", "import-codes", str(file), *map(str, words)])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


def exported(file: Path, with_names: bool = False) -> bytes:
    made = BytesIO()
    project.write(read(file, with_names), made, lambda _done, _total: None)
    return made.getvalue()


def elsewhere(content: bytes, codings: list[tuple[str, str, str]], *, newline: str = "\n") -> bytes:
    """Write a project as another program does: new ids, a mark in front of texts, and codings of words by somebody."""
    texts = read_qda(content, "x").texts
    codes = dict.fromkeys(code for code, _words, _coder in codings)
    users = dict.fromkeys(coder for _code, _words, coder in codings)
    guids = {name: str(uuid4()).upper() for name in (*codes, *users)}
    sources = ""
    parts = {}
    for number, text in enumerate(texts):
        parts[f"Sources/{number}.txt"] = ("\ufeff" + text.replace("\n", newline)).encode()
        selections = "".join(
            f'<PlainTextSelection guid="{uuid4()}" startPosition="{place}" endPosition="{place + len(words)}" '
            f'creatingUser="{guids[coder]}"><Coding guid="{uuid4()}"><CodeRef targetGUID="{guids[code]}"/></Coding>'
            "</PlainTextSelection>"
            for code, words, coder in codings
            if (place := text.find(words)) >= 0
        )
        sources += f'<TextSource guid="{uuid4()}" plainTextPath="internal://{number}.txt">{selections}</TextSource>'
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="x"><Users>'
        + "".join(f"<User guid={quoteattr(guids[name])} name={quoteattr(name)}/>" for name in users)
        + f'</Users><CodeBook><Codes><Code guid="{uuid4()}" name="Thema" isCodable="false">'
        + "".join(f'<Code guid="{guids[name]}" name={quoteattr(name)} color="#aa3311"/>' for name in codes)
        + f"</Code></Codes></CodeBook><Sources>{sources}</Sources></Project>"
    )
    return zipped({"some name.qde": xml.encode(), **parts})


def zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def codings_of(file: Path) -> list[tuple[str, str, str]]:
    """Coder, code, and who spoke or what was noted."""
    state = read(file, True).state
    return sorted(
        (
            row.coder,
            state.codes[row.code].name,
            state.turns[row.turn].participant or "" if row.turn else state.notes[row.note or ""].text,
        )
        for row in state.codings.values()
    )


CODED = [("gedoe", "te veel gedoe", "Kim"), ("gemak", "ik vind het juist heel handig", "Kim")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("with_names", [False, True], ids=["codes", "names"])
def test_codings_come_back_on_turns_and_notes_once(newline, with_names, file, bring, tmp_path):
    source = tmp_path / "back.qdpx"
    source.write_bytes(elsewhere(exported(file, with_names), CODED, newline=newline))
    code, told = bring(source)
    assert (code, told.splitlines()[0]) == (0, "back.qdpx: 3 new codes, 4 codings (Kim)")
    assert codings_of(file) == [
        ("Kim", "gedoe", "P1"), ("Kim", "gedoe", "te veel gedoe met die app"),
        ("Kim", "gemak", "P2"), ("Kim", "gemak", "ik vind het juist heel handig"),
    ]  # fmt: skip
    state = read(file, True).state
    codes = {row.name: row for row in state.codes.values()}
    assert codes["gedoe"].parent == codes["Thema"].id
    assert codes["gedoe"].colour == "#AA3311"
    assert bring(source)[1].startswith("back.qdpx: 0 new codes, 0 codings\n  4 are here already\n")
    assert len(codings_of(file)) == 4


def test_what_kring_wrote_itself_brings_nothing(file, bring, tmp_path):
    source = tmp_path / "own.qdpx"
    for with_names in (False, True):
        source.write_bytes(exported(file, with_names))
        code, told = bring(source)
        assert code == 0
        assert re.fullmatch(r"own\.qdpx: 0 new codes, 0 codings\n  \d+ are of the guide, speakers or tags\n", told)


@pytest.mark.parametrize("form", ["qdc", "qdpx", "taguette-all"])
def test_what_left_in_another_language_brings_nothing_either(form, file, bring, tmp_path, capsys):
    out = tmp_path / f"x.{form.replace('taguette-all', 'csv')}"
    assert main.main(["--lang", "nl", "export", str(file), "--to", form, "-o", str(out)]) == 0
    capsys.readouterr()
    assert bring(out)[1].startswith(f"{out.name}: 0 new codes, 0 codings")


def test_agreement_is_told_against_who_coded_before(file, bring, tmp_path):
    source = tmp_path / "back.qdpx"
    source.write_bytes(elsewhere(exported(file), CODED))
    bring(source, "--name", "Els")
    other = tmp_path / "other.qdpx"
    other.write_bytes(elsewhere(exported(file), [CODED[0], ("gedoe", CODED[1][1], "Kim")]))
    code, told = bring(other)
    assert code == 0
    assert "Agreement of Els and Kim; a decision is whether a note or turn has a code:\n" in told
    assert re.search(r"  gedoe: 4 decisions, 50\s% agreement, Cohen's kappa 0\.00\n", told)
    assert "  gemak: " in told
    assert told.endswith("To take it back: u in  kring review --name Kim\n")


def test_what_came_in_is_taken_back_by_who_coded_it(file, bring, tmp_path):
    source = tmp_path / "back.qdpx"
    source.write_bytes(elsewhere(exported(file), CODED))
    bring(source)
    session = resume(file, SimulatedClock(2_000_000_000_000), Me("Kim", "researcher", settings.device_id()))
    session.undo()
    session.close()
    assert codings_of(file) == []


def test_a_dry_run_writes_nothing(file, bring, tmp_path):
    source = tmp_path / "back.qdpx"
    source.write_bytes(elsewhere(exported(file), CODED))
    before = file.read_bytes()
    assert bring(source, "--dry-run")[1].startswith("back.qdpx: 3 new codes, 4 codings (Kim)")
    assert file.read_bytes() == before


@pytest.mark.parametrize(("user", "coder"), [("R2 (groep 1)", "R2"), ("R7", "R7"), ("Kim (UvA)", "Kim (UvA)")])
def test_a_coder_of_whom_there_is_a_letter_only_is_called_by_that(user, coder, file, bring, tmp_path):
    source = tmp_path / "back.qdpx"
    source.write_bytes(elsewhere(exported(file), [("gedoe", "te veel gedoe", user)]))
    assert bring(source)[0] == 0
    assert {one for one, _code, _unit in codings_of(file)} == {coder}


def test_a_letter_is_who_had_it_also_when_it_is_another_letter_now(file, bring, tmp_path):
    first, later = tmp_path / "first.qdpx", tmp_path / "later.qdpx"
    first.write_bytes(elsewhere(exported(file), CODED))
    bring(first)
    later.write_bytes(elsewhere(exported(file), [*((*one[:2], "R (group 1)") for one in CODED), ("duur", "ja", "Els")]))
    bring(later)
    brought = bring(later)[1]
    assert "0 codings" in brought
    assert {coder for coder, _code, _unit in codings_of(file)} == {"Kim", "Els"}


def test_who_coded_must_be_known(file, bring, tmp_path):
    source = tmp_path / "back.qdpx"
    source.write_bytes(elsewhere(exported(file), [("gedoe", "te veel gedoe", "default")]))
    assert bring(source) == (1, "kring: back.qdpx does not say who coded; add --name KIM.\n")
    assert bring(source, "--name", "Kim")[0] == 0
    assert {coder for coder, _code, _unit in codings_of(file)} == {"Kim"}


def test_words_of_another_session_are_lost_and_said(file, bring, tmp_path):
    source = tmp_path / "other.qdpx"
    text = "[00:00:05] P9: dit is hier nooit gezegd\n[00:00:09] P8: dit evenmin, zou ik denken\n"
    xml = (
        '<Project xmlns="urn:QDA-XML:project:1.0"><Users><User guid="U" name="Kim"/></Users><CodeBook><Codes>'
        '<Code guid="C" name="gedoe"/></Codes></CodeBook><Sources><TextSource guid="T"><PlainTextContent>'
        f'{escape(text)}</PlainTextContent><PlainTextSelection guid="S" startPosition="15" endPosition="30" '
        'creatingUser="U"><Coding guid="K"><CodeRef targetGUID="C"/></Coding></PlainTextSelection></TextSource>'
        "</Sources></Project>"
    )
    source.write_bytes(zipped({"project.qde": xml.encode()}))
    assert bring(source)[1] == ("other.qdpx: 1 new code, 0 codings\n  1 is on words that are not in this session\n")


def test_a_codebook_and_the_files_of_taguette(file, bring, tmp_path):
    book = tmp_path / "book.qdc"
    book.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="A" name="Thema"><Description>uitleg'
        '</Description><Code guid="B" name="duur"/></Code></Codes></CodeBook>',
        "utf-8",
    )
    assert bring(book) == (0, "book.qdc: 2 new codes, 0 codings\n")
    highlights = tmp_path / "taguette.csv"
    highlights.write_text(
        'id,document,tag,content\n1,Talk,Thema.duur,te veel gedoe\n2,Talk,\'=leuk,"“ik vind het juist heel handig”"\n'
        "3,Talk,Thema.duur,nooit gezegd\n",
        "utf-8",
    )
    code, told = bring(highlights, "--name", "Kim")
    assert code == 0
    assert told.startswith("taguette.csv: 1 new code, 2 codings (Kim)\n  1 is on words that are not in this session\n")
    assert codings_of(file) == [("Kim", "=leuk", "P2"), ("Kim", "duur", "P1")]
    own = tmp_path / "codebook.csv"
    own.write_text("path,description\nKosten.te hoog,wanneer\nKosten,\n", "utf-8")
    assert bring(own) == (0, "codebook.csv: 2 new codes, 0 codings\n")
    codes = {row.name: row for row in read(file).state.codes.values()}
    assert codes["te hoog"].parent == codes["Kosten"].id


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Project>&b;</Project>'
HOSTILE = {
    "entities.qdc": BOMB,
    "entities-16.qdc": b"\xff\xfe" + BOMB.decode().encode("utf-16-le"),
    "entities.qdpx": zipped({"project.qde": BOMB}),
    "bomb.qdpx": zipped({"project.qde": b" " * 40_000_000}),
    "many.qdpx": zipped({f"sources/{n}.txt": b"" for n in range(1_200)}),
    "cut.qdpx": zipped({"project.qde": b"<Project/>"})[:-30],
    "none.qdpx": zipped({"readme.txt": b"x"}),
    "two.qdpx": zipped({"a.qde": b"<Project/>", "b.qde": b"<Project/>"}),
    "broken.qdc": b"<CodeBook><Codes>",
    "table.csv": b"a,b\n1,2\n",
    "empty.csv": b"",
    "picture.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_one_sentence(name, file, bring, tmp_path):
    source = tmp_path / name
    source.write_bytes(HOSTILE[name])
    before = shutil.copy(file, tmp_path / "before.db").read_bytes()
    code, told = bring(source)
    assert code == 1
    assert re.fullmatch(rf"kring: [^\n]*{re.escape(name)}[^\n]*\.\n", told)
    assert file.read_bytes() == before
