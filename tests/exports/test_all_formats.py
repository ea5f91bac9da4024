"""What is true of every format: no name unless asked for, nothing that was removed, the same bytes each time."""

from __future__ import annotations

import hashlib
import random
import shutil
import zipfile
from io import BytesIO

import msgspec
import pytest

from acting import act
from conftest import START_MS, make_plan
from exports.unpacked import texts_of
from kring.cli import main
from kring.domain.plan import PlannedParticipant
from kring.exports.formats import FORMATS
from kring.plans.people.consent import read_consent
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SimulatedClock

PEOPLE = {
    "Joostwijn Bramelaar": "alles",
    "Annabeth": "alles",
    "Xaviëra Quint": "geluid, beeld",  # did not agree to be quoted
    "Fatimé-Zohra": "alles",
    "Zebedeus": "alles",
}
TEAM = {"moderator": "Ghislaine", "assistant": "Wolfram"}
NAMES = [part for name in (*PEOPLE, *TEAM.values()) for part in name.replace("-", " ").split()]
TYPED = (
    "floor 1",
    'note "zoals Bramelaar zei, het is gedoe" @1 #app',
    "floor 2",
    'note "dat vindt annabeth ook" @2 #zebedeus',
    'note "ik wil niet geciteerd worden" @3',
    'note *"stompje van …" @2',
    'note "weggehaald citaat" @1',
    "remove last",
    "note ~ XAVIERA en Joostwijns buurman keken weg @4",
    "note = Zohra, Zebedeus en wolfram waren stil",
    "issue P4 geluid van Zohra viel weg",
    "cue laat Zebedeus eens praten",
    "floor unknown",
    "floor 5",
    "attend 5 away",
    "check vraag Ghislaine om de bloemen",
    "add Peregrijn",
    "answer 3 8",
    "end",
)
NEVER = ("ik wil niet geciteerd", "weggehaald citaat")


@pytest.fixture(scope="module")
def session_file(tmp_path_factory):
    """A session in which names stand wherever somebody can type them."""
    people = tuple(
        PlannedParticipant(
            code=f"P{seat}",
            name=name,
            seat=seat,
            segment=f"kent {name}",
            consent=consent,
            consents=read_consent(consent) or (),
        )
        for seat, (name, consent) in enumerate(PEOPLE.items(), 1)
    )
    plan = msgspec.structs.replace(
        make_plan(), participants=people, title="Groep van Ghislaine", objective="Wat Zebedeus vindt", **TEAM
    )
    clock = SimulatedClock(START_MS)
    file = tmp_path_factory.mktemp("all") / "session.db"
    me = Me(TEAM["assistant"], "assistant", "device")
    session = sessions.begin(file, plan, clock, me, random.Random(1).randbytes, ("UTC", 0))
    for line in ("attend 1 present", "attend 2 present", "start anyway", "go 2.1", "recording", *TYPED):
        clock.advance(5_000)
        act(session, line)
    session.close()
    return file


@pytest.fixture
def exported(session_file, tmp_path, capsys):
    """Export into a folder of its own and return the bytes."""
    made = iter(range(99))

    def export(name, *options):
        folder = tmp_path / str(next(made))
        folder.mkdir()
        assert main.main(["export", str(session_file), "--to", name, "-o", str(folder), *options]) == 0
        assert [path.suffix for path in folder.iterdir()] == [f".{FORMATS[name].suffix.rpartition('.')[2]}"]
        return next(folder.iterdir()).read_bytes()

    return export


# a codebook holds none, and in this session no quote has a star
WITH_PEOPLE = sorted(FORMATS.keys() - {"qdc", "taguette", "audacity", "edl", "chapters"})


@pytest.mark.parametrize("name", FORMATS)
def test_no_name_leaves_unless_it_is_asked_for(name, exported):
    text = texts_of(exported(name))
    found = [part for part in (*NAMES, "Xaviera", "Fatime", "Peregrijn") if part.casefold() in text]
    assert found == []


@pytest.mark.parametrize("name", WITH_PEOPLE)
def test_a_name_leaves_when_it_is_asked_for(name, exported):
    assert "annabeth" in texts_of(exported(name, "--names"))


@pytest.mark.parametrize("options", [(), ("--names",)], ids=["codes", "names"])
@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"zip", "json"}))
def test_what_was_removed_or_refused_never_leaves(name, options, exported):
    text = texts_of(exported(name, *options))
    assert [words for words in NEVER if words in text] == []


def test_nor_in_a_bundle_or_in_json_without_names(exported):
    for name in ("zip", "json"):
        text = texts_of(exported(name))
        assert [words for words in NEVER if words in text] == []


STUB = "stompje"
AMONG_NOTES = {
    "eaf": ("citaat (nog aan te vullen): stompje",),
    "textgrid": ("citaat (nog aan te vullen): stompje",),
    "boris": ('"citaat nog aan te vullen"',),
    "qdpx": ("citaat (nog aan te vullen), p2, 2.1: stompje",),
    "csv": (";stub;p2;",),
    "xlsx": (">stub<",),
    "json": ('"stub": true',),
    "zip": ("stub",),
}
"""The formats that hold all notes, and what tells there that it is no quote yet."""


@pytest.mark.parametrize("name", FORMATS)
def test_a_stub_is_nowhere_a_quote(name, exported):
    text = texts_of(exported(name))
    assert f"“{STUB}" not in text
    assert ("het is gedoe”" in text) == (name in ("eaf", "textgrid", "boris", "qdpx", "maxqda", "docx"))
    assert (STUB in text) == (name in AMONG_NOTES)
    assert [told for told in AMONG_NOTES.get(name, ()) if told not in text] == []


def test_nor_in_the_tables_and_the_report_of_a_bundle(exported):
    with zipfile.ZipFile(BytesIO(exported("csv"))) as tables:
        with_it = {name for name in tables.namelist() if STUB in tables.read(name).decode()}
    assert with_it == {"notes.csv", "timeline.csv", "coverage.csv"}
    with zipfile.ZipFile(BytesIO(exported("zip"))) as bundle:
        report = bundle.read("report.html").decode()
    assert STUB not in report
    assert "het is gedoe" in report


@pytest.mark.parametrize("options", [(), ("--names",)], ids=["codes", "names"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_session_gives_the_same_bytes(name, options, exported):
    assert exported(name, *options) == exported(name, *options)


def test_an_export_changes_nothing_in_the_session_file(exported, session_file):
    before = hashlib.sha256(session_file.read_bytes()).hexdigest()
    for name in FORMATS:
        exported(name) if name != "zip" else exported(name, "--names")
    assert hashlib.sha256(session_file.read_bytes()).hexdigest() == before
    assert [path.name for path in session_file.parent.iterdir()] == [session_file.name]


def test_the_name_of_a_session_file_is_told_without_names_too(session_file, tmp_path, capsys):
    file = tmp_path / "2026-12-03-groep-van-ghislaine-en-zebedeus.db"
    shutil.copy(session_file, file)
    for line in (["export", str(file), "--to", "zip"], ["export", str(file), "--to", "boris"], ["report", str(file)]):
        assert main.main(line) == 0
    made = sorted(path for path in tmp_path.iterdir() if path != file)
    assert [path.name for path in made] == [f"2026-12-03-groep-van-M-en-P5{end}" for end in (".boris", ".html", ".zip")]
    assert [path for path in made if "ghislaine" in texts_of(path.read_bytes())] == []
    assert main.main(["export", str(file), "--to", "txt", "--names"]) == 0
    assert file.with_suffix(".txt").exists()
