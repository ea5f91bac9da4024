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
from kring.domain.consent import SCOPE_WORDS
from kring.domain.history import History
from kring.domain.state import EMPTY
from kring.exports.account import Spoken, paragraphs, spoken
from kring.exports.identity import identities
from kring.exports.refi import codebook
from kring.exports.refi import project as refi
from kring.exports.refi.text import field_notes_text, talk_text
from kring.privacy.known_names import known_names
from kring.privacy.snapshot import Snapshot
from kring.system import i18n

GROUP = "2026-12-03 19.30"
"""What the session is called beside others of its study: its plan names no group."""
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


def talk_lines(snapshot: Snapshot) -> list[Spoken]:
    return paragraphs(snapshot, spoken(snapshot))


def project(snapshot: Snapshot) -> Project:
    return Project(written(refi.write, snapshot))


def test_what_was_coded_stands_at_its_place():
    coded = project(full_material()).coded()
    assert (f"P1 ({GROUP})", "“het is gedoe”") in coded  # in the talk
    assert (f"P1 ({GROUP})", "het is gedoe") in coded  # in the field notes
    assert ("#app", "het is gedoe") in coded
    assert ("het is gedoe", "het is gedoe") in coded  # the code is called as the note says
    assert ("gedoe (2)", "“het is gedoe”") in coded  # on the turn; another code is called GEDOE
    assert ("2.1 Vertel eens over de laatste keer", "het is gedoe") in coded
    assert (f"M ({GROUP})", "het is gedoe of zo") in coded  # of the transcript
    assert (f"P4 ({GROUP})", "en ja") in coded  # of the transcript, in no turn


def test_what_nobody_wrote_down_is_no_text_unless_it_was_coded():
    one = project(full_material())
    assert "…" not in "".join(map(one.text_of, one.sources()))
    assert not any(name.startswith("crosstalk") for name, _text in one.coded())
    state = full_state()
    silent = r.CodingRow(id="k9", code="c2", turn="t5", coder="Kim", at=moment(230))
    coded = project(material_of(state.put([silent]))).coded()
    assert ("gedoe (2)", "(nobody wrote down what was said)") in coded


def test_a_mark_without_words_is_coded_where_it_says_what_it_is():
    state = full_state()
    mark = replace(state.notes["n2"], tags=("prijs",))
    coded = project(material_of(state.put([mark]))).coded()
    (text,) = {text for name, text in coded if name == "#prijs" and text != "het is gedoe"}
    assert text.endswith("2.1")
    assert "…" not in text


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
    assert next(with_names.root.iter(f"{Q}Case")).get("name") == f"Joachim ({GROUP})"


def group_of_study(number: str, session: str = "s", code: str = "c1") -> Snapshot:
    """A group of a study, with a code of its own id that is called as in every group."""
    state = full_state()
    rows = [row for table in state.tables.values() for row in table.values() if row.id not in ("c1", state.session.id)]
    told = replace(state.session, id=session, study="Loyaliteit", group_number=number)
    draft = EMPTY.draft()
    draft.settle([*rows, told, replace(state.codes["c1"], id=code), replace(state.codes["c2"], parent=code)])
    return material_of(draft)


def test_groups_of_a_study_have_what_they_share_once_and_all_else_apart():
    one, other = (project(group_of_study(*each)) for each in (("1", "s1", "c1"), ("2", "s2", "c9")))

    def told(project: Project, kind: str) -> dict[str, str]:
        return {element.get("guid"): element.get("name") for element in project.root.iter(f"{Q}{kind}")}

    codes, others = told(one, "Code"), told(other, "Code")
    shared = codes.keys() & others.keys()
    assert {codes[guid] for guid in shared} >= {"#app", "het is gedoe", "2.1 Vertel eens over de laatste keer", "Tags"}
    assert all(codes[guid] == others[guid] for guid in shared)
    apart = {name for guid, name in codes.items() if guid not in shared}
    assert apart == {"M (group 1)", *(f"P{seat} (group 1)" for seat in range(1, 9))}
    assert told(one, "Variable") == told(other, "Variable")
    for kind in ("TextSource", "AudioSource", "Case", "User", "Note"):
        assert told(one, kind)
        assert not told(one, kind).keys() & told(other, kind).keys()
        assert not set(told(one, kind).values()) & set(told(other, kind).values())


def test_groups_of_a_study_go_into_one_project():
    groups = [group_of_study("1", "s1"), group_of_study("2", "s2", "c9")]
    file = BytesIO()
    refi.write_together(groups, file, lambda _done, _total: None)
    together = Project(file.getvalue())
    alone = [project(one) for one in groups]
    assert sorted(together.coded()) == sorted([*alone[0].coded(), *alone[1].coded()])
    assert together.root.get("name") == "Loyaliteit"
    names = [code.get("name") for code in together.root.iter(f"{Q}Code")]
    assert (
        len(names) == len(set(names)) == len({code.get("name") for one in alone for code in one.root.iter(f"{Q}Code")})
    )


def test_two_sessions_that_are_called_alike_stay_apart():
    file = BytesIO()
    refi.write_together([group_of_study("1", "s1"), group_of_study("1", "s2")], file, lambda _done, _total: None)
    together = Project(file.getvalue())
    for kind in ("TextSource", "Case", "User"):
        names = [each.get("name") for each in together.root.iter(f"{Q}{kind}")]
        assert len(names) == len(set(names))


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
    assert (
        f"P1 ({GROUP})",
        "15000",
        "35000",
    ) in heard  # said 10 to 30 s into the session; the recording began 5 s before it
    assert ("1.1 Wie bent u?", "5000", "17000") in heard
    assert ("#app", "15000", "25000") in heard  # around the note at 15 s
    points = [(int(p.get("timeStamp")), int(p.get("position"))) for p in audio.iter(f"{Q}SyncPoint")]
    assert points == sorted(points)
    assert points[0][0] == 6000  # the words begin a second after the turn


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
    assert values["leeftijd", "Integer"] == "44"
    consents = {name for name, type_ in values if type_ == "Boolean"}
    assert consents >= {f"Consent: {word}" for word in SCOPE_WORDS.values()}
    assert values["Consent: quoting", "Boolean"] == "true"
    assert values["Cijfer", "Integer"] == "8"
    assert "false" in [value[1].text for value in second.findall(f"{Q}VariableValue")]


def test_a_memo_on_a_passage_stands_there_and_the_others_are_notes_that_say_where():
    one = project(full_material())
    source = one.sources()[1]
    told = {
        one.text_of(source)[int(each.get("startPosition")) : int(each.get("endPosition"))]: each.findtext(
            f"{Q}Description"
        )
        for each in source.findall(f"{Q}PlainTextSelection")
        if each.find(f"{Q}Coding") is None
    }
    assert list(told.values()) == ["het is gedoe"]
    assert next(iter(told)).endswith("2.1")  # of the note n2, which has no words
    texts = {
        note.get("name"): one.files["sources/" + note.get("plainTextPath").removeprefix("internal://")].decode()
        for note in one.root.iter(f"{Q}Note")
    }
    assert texts == {f"Memo 1 on het is gedoe ({GROUP})": "het is gedoe", f"Memo 2 on {GROUP}": "het is gedoe"}
    assert {reference.getparent().tag.removeprefix(Q) for reference in one.root.iter(f"{Q}NoteRef")} == {
        "Code", "Project",
    }  # fmt: skip


def test_memos_of_one_author_on_one_passage_are_one():
    state = full_state()
    more = [replace(state.memos["m1"], id="m8", text="en nog iets"), replace(state.memos["m1"], id="m9", author="Bo")]
    told = [
        each.findtext(f"{Q}Description")
        for each in project(material_of(state.put(more))).root.iter(f"{Q}PlainTextSelection")
        if each.find(f"{Q}Coding") is None
    ]
    assert told == ["het is gedoe\n\nen nog iets", "het is gedoe"]


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
    assert [source.name for source in sources] == [
        f"{name} – Loyaliteit groep 1, {GROUP}.txt" for name in ("Talk", "Field notes")
    ]
    assert [case.name for case in read.cases.case][:2] == [f"P1 ({GROUP})", f"P2 ({GROUP})"]
    (audio,) = read.sources.audio_source
    assert len(audio.transcript[0].sync_point) == len(talk_lines(full_material()))
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
    lines = talk_lines(snapshot)
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
    snapshot = material_of(history.state)
    assert codebook.codebook(identities([snapshot]), [spoken(snapshot)]).codes
