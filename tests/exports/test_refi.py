"""REFI-QDA: valid by its schema, read by others, and every position says exactly what was coded."""

from __future__ import annotations

import zipfile
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from domain.any_facts import events as any_events
from exports.full_session import HOSTILE, full_material, full_state, material_of, moment, written
from kring.domain import rows as r
from kring.domain.history import History
from kring.domain.state import EMPTY
from kring.exports import account
from kring.exports.account import spoken
from kring.exports.refi import codebook
from kring.exports.refi import project as refi
from kring.exports.refi.text import field_notes_text, talk_text
from kring.privacy.redaction import known_names
from kring.privacy.snapshot import Snapshot
from kring.system import i18n

SCHEMAS = Path(__file__).parent / "schemas"
Q = "{urn:QDA-XML:project:1.0}"


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


class Project:
    """A project as a stranger reads it: with the zip, the schema and the XML only."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            self.names = packed.namelist()
            self.files = {name: packed.read(name) for name in self.names}
        self.root = etree.fromstring(self.files["project.qde"])
        schema("Project.xsd").assertValid(self.root)

    def sources(self) -> list[etree._Element]:
        return self.root.findall(f"{Q}Sources/{Q}TextSource")

    def text_of(self, source: etree._Element) -> str:
        place = source.get("plainTextPath").removeprefix("internal://")
        return self.files[f"sources/{place}"].decode()

    def coded(self) -> list[tuple[str, str]]:
        """Name of the code, and the text it is on."""
        names = {code.get("guid"): code.get("name") for code in self.root.iter(f"{Q}Code")}
        found = []
        for source in self.sources():
            text = self.text_of(source)
            for selection in source.findall(f"{Q}PlainTextSelection"):
                start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
                references = selection.findall(f"{Q}Coding/{Q}CodeRef")
                found += [(names[reference.get("targetGUID")], text[start:end]) for reference in references]
        return found


def project(snapshot: Snapshot) -> Project:
    return Project(written(refi.write, snapshot))


def test_what_was_coded_stands_at_its_place():
    coded = project(full_material()).coded()
    assert ("P1", "“het is gedoe”") in coded  # in the talk
    assert ("P1", "het is gedoe") in coded  # in the field notes
    assert ("#app", "het is gedoe") in coded
    assert ("het is gedoe", "het is gedoe") in coded  # the code is called as the note says
    assert ("gedoe (2)", "“het is gedoe”") in coded  # on the turn; another code is called GEDOE
    assert ("2.1 Vertel eens over de laatste keer", "het is gedoe") in coded
    assert ("M", "het is gedoe of zo") in coded  # of the transcript
    assert ("P4", "en ja") in coded  # of the transcript, in no turn
    assert ("crosstalk", "…") in coded


def test_each_coding_of_a_researcher_stands_once_and_under_its_coder():
    one = project(full_material(with_names=True))
    users = {user.get("guid"): user.get("name") for user in one.root.iter(f"{Q}User")}
    codings = {c.get("guid"): c for c in one.root.iter(f"{Q}Coding")}
    snapshot = full_material(with_names=True)
    for coding, coder in (("k1", "Bo"), ("k2", "Kim"), ("k3", "Kim")):
        told = codings[str(snapshot.guid("coding", coding))]
        assert users[told.get("creatingUser")] == coder
        assert users[told.getparent().get("creatingUser")] == coder
    assert str(snapshot.guid("coding", "k4")) not in codings  # its code was removed
    assert len(codings) == len(list(one.root.iter(f"{Q}Coding")))  # no id twice


def test_what_was_removed_or_is_a_silence_stands_nowhere():
    one = project(full_material())
    content = b"".join(one.files.values()).decode()
    assert "nooit gezegd" not in content
    assert "weg" not in {code.get("name") for code in one.root.iter(f"{Q}Code")}
    assert "silence" not in content


def test_words_of_a_turn_that_was_named_after_somebody_who_refused_stay_here():
    later = r.TurnRow(id="t9", kind="participant", participant="P2", started_at=moment(80), ended_at=moment(85))
    draft = r.TranscriptRow(
        id="d9", turn="t9", text="niet citeren", started_at=moment(81), ended_at=moment(82), duration_s=1
    )
    refused = r.ConsentRow(id="P2/all", participant="P2", scope="all", given=False, at=moment(0))
    content = b"".join(project(material_of(full_state().put([later, draft, refused]))).files.values()).decode()
    assert "niet citeren" not in content


def test_names_leave_only_when_asked_for():
    with_codes = b"".join(project(full_material(name="Joachim")).files.values()).decode()
    assert "Joachim" not in with_codes
    assert "Kim" not in with_codes
    with_names = project(full_material(name="Joachim", with_names=True))
    assert next(with_names.root.iter(f"{Q}Case")).get("name") == "Joachim"


def test_ids_are_the_same_with_names_and_without_and_do_not_depend_on_the_language():
    first = project(full_material())
    i18n.use("nl")
    other = project(full_material(with_names=True))

    def ids(one: Project) -> Counter[str]:
        return Counter(element.get("guid") for element in one.root.iter() if element.get("guid"))

    assert ids(first) == ids(other)
    assert all(UUID(guid) for guid in ids(first))


def test_only_speaker_and_case_share_an_id():
    root = project(full_material()).root
    ids = Counter(element.get("guid") for element in root.iter() if element.get("guid"))
    cases = {case.get("guid") for case in root.iter(f"{Q}Case")}
    assert {guid for guid, count in ids.items() if count > 1} == cases


def test_every_reference_leads_somewhere_and_every_thing_has_date_and_user():
    root = project(full_material()).root
    ids = {element.get("guid") for element in root.iter()}
    references = [element.get("targetGUID") for element in root.iter() if element.get("targetGUID")]
    assert references
    assert set(references) <= ids
    for kind in ("TextSource", "AudioSource", "PlainTextSelection", "AudioSelection", "Coding", "Note", "Transcript"):
        found = list(root.iter(f"{Q}{kind}"))
        assert found
        for element in found:
            assert element.get("creationDateTime").endswith("Z")
            assert element.get("creatingUser") in ids


def test_code_names_are_unique_whatever_their_case():
    root = project(full_material()).root
    names = [code.get("name").casefold() for code in root.iter(f"{Q}Code")]
    assert len(names) == len(set(names))


def test_no_selection_says_nothing():
    for selection in project(full_material()).root.iter(f"{Q}PlainTextSelection"):
        assert selection.find(f"{Q}Coding") is not None or selection.findtext(f"{Q}Description")


def test_texts_have_no_mark_at_their_begin_and_line_feeds_only():
    one = project(full_material("a\r\nb\u2028c"))
    texts = [one.text_of(source) for source in one.sources()]
    assert len(texts) == 2
    for text in texts:
        assert not text.startswith("\ufeff")
        assert "\r" not in text


def test_what_some_programs_count_as_two_characters_is_a_word():
    assert ("#app", "heel :grinning_face: blij") in project(full_material("heel 😀 blij")).coded()


def test_the_sound_lies_beside_the_file_and_is_in_step():
    root = project(full_material()).root
    (audio,) = root.iter(f"{Q}AudioSource")
    assert audio.get("path") == "relative:///audio/0001.flac"
    assert audio.get("currentPath") == audio.get("path")
    assert root.get("basePath") == "."
    names = {code.get("guid"): code.get("name") for code in root.iter(f"{Q}Code")}
    heard = {
        (names[selection.find(f"{Q}Coding/{Q}CodeRef").get("targetGUID")], selection.get("begin"), selection.get("end"))
        for selection in audio.findall(f"{Q}AudioSelection")
    }
    assert ("P1", "15000", "35000") in heard  # said 10 to 30 s into the session; the recording began 5 s before it
    assert ("1.1 Wie bent u?", "5000", "17000") in heard
    assert ("#app", "15000", "25000") in heard  # around the note at 15 s
    points = [(int(p.get("timeStamp")), int(p.get("position"))) for p in audio.iter(f"{Q}SyncPoint")]
    assert points == sorted(points)
    assert points[0][0] == 5000


@pytest.mark.parametrize("file", ["/home/els/x.flac", "../../x.flac", "C:\\Users\\els\\x.flac", "..\\x.flac"])
def test_no_path_leads_out_of_the_folder(file: str):
    state = full_state()
    (segment,) = state.tables["segments"].values()
    one = project(material_of(state.put([replace(segment, file=file)])))
    assert next(one.root.iter(f"{Q}AudioSource")).get("path") == "relative:///x.flac"
    assert b"els" not in one.files["project.qde"]


def test_cases_have_their_variables():
    root = project(full_material()).root
    variables = {v.get("guid"): (v.get("name"), v.get("typeOfVariable")) for v in root.iter(f"{Q}Variable")}
    (first, second, *_rest) = root.iter(f"{Q}Case")
    values = {
        variables[value.find(f"{Q}VariableRef").get("targetGUID")]: value[1].text
        for value in first.findall(f"{Q}VariableValue")
    }
    assert values["Segment", "Text"] == "het is gedoe"
    assert values["leeftijd", "Text"] == "44"
    assert values["Consent: all", "Boolean"] == "true"
    assert values["Cijfer", "Integer"] == "8"
    assert "false" in [value[1].text for value in second.findall(f"{Q}VariableValue")]


def test_memos_are_notes_in_files_and_hang_where_they_belong():
    one = project(full_material())
    texts = {
        note.get("guid"): one.files["sources/" + note.get("plainTextPath").removeprefix("internal://")].decode()
        for note in one.root.iter(f"{Q}Note")
    }
    assert list(texts.values()) == ["het is gedoe"] * 3
    assert {reference.getparent().tag.removeprefix(Q) for reference in one.root.iter(f"{Q}NoteRef")} == {
        "PlainTextSelection", "Code", "Project",
    }  # fmt: skip


def test_the_same_session_gives_the_same_bytes():
    assert written(refi.write, full_material()) == written(refi.write, full_material())


def test_the_zip_is_laid_out_as_the_standard_says():
    names = project(full_material()).names
    assert names[0] == "project.qde"
    assert all(name.startswith("sources/") and UUID(Path(name).stem) for name in names[1:])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    snapshot = full_material(text, name=text[:200])
    Project(written(refi.write, snapshot))
    schema("Codebook.xsd").assertValid(etree.fromstring(written(codebook.write, snapshot)))


def test_the_codebook_alone_has_the_same_codes():
    root = etree.fromstring(written(codebook.write, full_material()))
    schema("Codebook.xsd").assertValid(root)
    alone = [(code.get("guid"), code.get("name")) for code in root.iter("{urn:QDA-XML:codebook:1.0}Code")]
    whole = [(code.get("guid"), code.get("name")) for code in project(full_material()).root.iter(f"{Q}Code")]
    assert alone == whole
    colours = {code.get("name"): code.get("color") for code in root.iter("{urn:QDA-XML:codebook:1.0}Code")}
    assert colours["het is gedoe"] == "#AA3311"


def test_a_session_in_which_nothing_happened_is_a_project_too():
    one = project(material_of(EMPTY))
    assert one.coded() == []
    schema("Codebook.xsd").assertValid(etree.fromstring(written(codebook.write, material_of(EMPTY))))


def test_pyrefiqda_reads_it(tmp_path: Path):
    from pyrefiqda import RefiProject

    file = tmp_path / "session.qdpx"
    file.write_bytes(written(refi.write, full_material()))
    read = RefiProject.load(file, extract_dir=str(tmp_path / "out"))
    assert read.name == "Loyaliteit groep 1"
    sources = read.sources.text_source
    assert [source.name for source in sources] == ["Talk.txt", "Field notes.txt"]
    assert [case.name for case in read.cases.case][:2] == ["P1", "P2"]
    (audio,) = read.sources.audio_source
    assert len(audio.transcript[0].sync_point) == len(spoken(full_material()))
    text = (tmp_path / "out" / "sources" / sources[1].plain_text_path.removeprefix("internal://")).read_text("utf-8")
    passages = [text[one.start_position : one.end_position] for one in sources[1].plain_text_selection]
    assert "het is gedoe" in passages


texts = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=40)
@given(texts)
@example("NAAM")
@example("voornaam")
def test_positions_hold_for_any_text(text: str):
    snapshot = full_material(text)
    lines = spoken(snapshot)
    talk = talk_text(snapshot, lines)
    assert [passage.of for passage in talk.passages] == [line.id for line in lines]
    notes = field_notes_text(snapshot)
    for whole in (talk, notes):
        ends = 0
        for passage in whole.passages:
            assert ends <= passage.start < passage.end <= len(whole.content)
            ends = passage.end
    if text.isascii() and text.isprintable() and text.strip():
        first = next(passage for passage in notes.passages if passage.of == "n1")
        as_it_leaves = known_names(full_state(text)).hidden(text)  # under a heading "naam" the text itself is a name
        assert notes.content[first.start : first.end] == as_it_leaves


@settings(max_examples=25)
@given(any_events())
def test_any_history_gives_a_valid_project(events):
    history = History()
    history.accept(history.change(events))
    Project(written(refi.write, material_of(history.state)))
    lines = account.spoken(material_of(history.state))
    assert codebook.codebook(material_of(history.state), lines).codes
