"""The manual says what the program does: its links, commands, keys, tables, queries and warnings are looked at here."""

import argparse
import ast
import importlib.util
import re
import shlex
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from docs.enriched import enrich
from kring import __version__
from kring.cli import main, parser
from kring.commands.table import OF_LINES, OF_LIVE
from kring.domain.note_line import read
from kring.domain.rows import ROWS, ParticipantRow
from kring.plans.plan_reader import read_plan
from kring.rehearsal.playing import write_session
from kring.store import files
from kring.system import settings
from kring.ui.help import KEY_NAMES, binding_id, key_name

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`]+)`")
NOTE_SIGNS = {">3", ">", '"', "~", "(", "/", "=", "*", "@3", "#tag", "-20s"}


def without_code(text):
    return CODE.sub("", FENCED.sub("", text))


def anchors(text):
    titles = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def tool(name):
    place = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


# links


def test_every_link_leads_somewhere():
    links = [(page, target) for page, text in PAGES.items() for target in LINK.findall(without_code(text))]
    assert len(links) > 300
    for page, target in links:
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = ((ROOT / page).parent / file).resolve() if file else ROOT / page
        assert path.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in anchors(path.read_text("utf-8")), f"{page}: {target}"


def test_every_page_and_picture_can_be_reached():
    linked = {
        ((ROOT / page).parent / target.partition("#")[0]).resolve()
        for page, text in PAGES.items()
        for target in LINK.findall(text)
        if not target.startswith("https://")
    }
    there = {path for path in DOCS.rglob("*") if path.suffix in (".md", ".svg", ".png")}
    assert there - linked == set()


# the shell's commands


@pytest.mark.parametrize("page", ["README.md", "README.nl.md"])
def test_every_command_of_the_shell_is_in_the_manual(page):
    assert set(re.findall(r"`kring ([a-z][\w-]*)`", PAGES[page])) == set(main.COMMANDS)


def lines_of_the_shell():
    for page, text in PAGES.items():
        blocks = [body for language, body in FENCED.findall(text) if not language]
        said = [line.removeprefix("$ ") for body in blocks for line in body.splitlines()]
        said += [code for code in CODE.findall(FENCED.sub("", text)) if "…" not in code]
        for line in said:
            # what follows after several blanks explains the line
            words = re.split(r"\s{3,}|\s+<\s", line.strip())[0]
            if words.startswith("kring ") and not words.isupper() and not re.search(" (COMMAND|OPDRACHT)", words):
                yield page, words


def test_every_line_of_the_shell_would_be_understood(monkeypatch):
    def refuse(self, message):
        raise AssertionError(message)

    monkeypatch.setattr(argparse.ArgumentParser, "error", refuse)
    monkeypatch.setattr(parser._Parser, "error", refuse)
    lines = sorted(set(lines_of_the_shell()))
    reader = main.parser()
    found = [(page, line, misread(reader, shlex.split(line)[1:])) for page, line in lines]
    assert [one for one in found if one[2]] == []
    assert len(lines) > 200
    assert misread(reader, ["report", "session.db", "--no-such-option"])


def misread(reader, words):
    """Return what the parser has against words behind `kring`; nothing where it understands them."""
    if len(words) == 1 and words[0] in main.COMMANDS:
        return ""  # the name of a command, in a sentence
    try:
        with suppress(SystemExit):  # an option that says something and stops
            reader.parse_args(words, argparse.Namespace(lang=None, command=None))
    except AssertionError as problem:
        return "" if "required" in str(problem) else str(problem)  # a sentence may name one option only
    return ""


def shape(page):
    """Return what a page has in whatever language: links, pictures, rows of tables and headings."""
    text = FENCED.sub("", PAGES[page])
    targets = [target for target in LINK.findall(text) if not target.startswith(("#", "README"))]
    links = ["a picture" if target.endswith(".svg") else target for target in targets]
    return links, len(re.findall(r"^\|", text, re.MULTILINE)), re.findall(r"^#+", text, re.MULTILINE)


def test_the_readme_says_the_same_in_both_languages():
    assert shape("README.md") == shape("README.nl.md")
    english, dutch = (
        [re.split(r"\s{3,}", line)[0] for _, body in FENCED.findall(PAGES[page]) for line in body.splitlines()]
        for page in ("README.md", "README.nl.md")
    )
    words = {"ADRES": "ADDRESS", "groep-1": "group-1", "verslag": "report", "--lang nl": "--lang en",
             "citaten": "quotes", "spreektijd": "talk"}  # fmt: skip
    for word, known in words.items():
        dutch = [line.replace(word, known) for line in dutch]
    assert dutch == english


def test_who_cites_kring_cites_this_version():
    told = (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.search(r"^version: (.*)$", told, re.MULTILINE)[1] == __version__
    assert re.findall(r"^(cff-version|message|title|authors):", told, re.MULTILINE) == [
        "cff-version", "message", "title", "authors",
    ]  # fmt: skip


def test_every_option_is_in_the_manual():
    everything = "\n".join(PAGES.values())
    every = [below for one in main.COMMANDS.values() for below in (one, *one.acts.values())]
    options = {argument.name for one in every for argument in one.arguments}
    assert {name for name in options if name.startswith("-") and name not in everything} == set()


# keys and words


def test_the_tables_of_keys_are_fresh():
    pages = tool("key_tables").pages()
    assert len(pages) == 6
    for path, text in pages.items():
        assert path.read_text("utf-8") == text, "run tools/key_tables.py write"


def test_a_stale_table_of_keys_is_found(tmp_path, monkeypatch, capsys):
    tables = tool("key_tables")
    stale = tmp_path / "keys.md"
    stale.write_text("old", "utf-8")
    monkeypatch.setattr(tables, "KEYS", stale)
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    monkeypatch.setattr(tables, "SETTINGS", tmp_path / "settings.md")
    monkeypatch.setattr(tables, "REVIEW", tmp_path / "review-a-session.md")
    monkeypatch.setattr(tables, "DESK", {})
    for page in ("settings.md", "review-a-session.md"):
        (tmp_path / page).write_text(PAGES[f"docs/{page}"], "utf-8")
    assert tables.main("check") == 1
    assert "keys.md is stale" in capsys.readouterr().out
    assert tables.main("write") == 0
    assert tables.main("check") == 0


def keys_in_tables():
    for page, text in PAGES.items():
        if page in ("docs/keys.md", "docs/settings.md"):
            continue
        is_table = False
        for line in text.splitlines():
            is_table = line.rstrip().endswith(("| key |", "| toets |")) or (is_table and line.startswith("|"))
            if is_table and line.startswith("|") and "---" not in line:
                yield from ((page, code) for code in CODE.findall(line.strip("| ").rpartition("|")[2]))


def test_the_keys_in_the_manual_are_keys_of_the_program():
    known = {key_name(shortcut.key) for command in OF_LIVE.commands for shortcut in command.keys} | set(KEY_NAMES)
    known |= {"Enter", "Ctrl+P", "Ctrl+Y"} | NOTE_SIGNS
    found = set(keys_in_tables())
    assert len(found) > 40
    assert {(page, key) for page, key in found if key not in known} == set()


def test_the_words_of_the_line_mode_exist():
    text = PAGES["docs/line-mode.md"]
    rows = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
    words = {code.split()[0] for row in rows for code in CODE.findall(row)}
    assert len(words) > 10
    for word in words:
        OF_LINES.named(word)


def test_the_example_of_settings_is_a_good_one():
    example = next(body for language, body in FENCED.findall(PAGES["docs/settings.md"]) if language == "toml")
    read_settings = settings.parse(example.encode(), "settings.toml")
    assert read_settings.warnings == ()
    assert read_settings.theme
    assert read_settings.lang
    ids = {binding_id(command, shortcut) for command in OF_LIVE.commands for shortcut in command.keys}
    assert set(read_settings.keys) <= ids
    assert read_settings.keys


# the session file


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    from kring.plans.file import read_plan_file

    path = tmp_path_factory.mktemp("docs") / "session.db"
    plan = read_plan_file(ROOT / "sessions" / "loyaliteit-groep-1.md")
    write_session(path, plan.plan, 1)
    enrich(path)
    store = files.open_(path, "read")
    yield store.connection
    store.close()


@pytest.fixture(scope="module")
def read_by_python(written):
    """The same file in the SQLite of Python itself, which may be years older than kring's."""
    [(_, _, path)] = written.execute("pragma database_list").fetchall()
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def told_columns():
    """Return what the manual tells: table or view to the columns in the first cells of its page."""
    pages = {page: text for page, text in PAGES.items() if page.startswith("docs/tables/")}
    told = {}
    for page, text in pages.items():
        if name := re.match(r"# `(\w+)`\n", text):
            assert page == f"docs/tables/{name[1]}.md"
            rows = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
            told[name[1]] = [column for row in rows for column in CODE.findall(row)]
    return told


def test_every_table_view_and_column_is_described(written):
    names = written.execute(
        "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' "
        "and name not like '_sqlite_%' and name not like '%/_fts%' escape '/' "
        "and name not in ('milestone', 'attached_files')"
    )
    there = {
        name: sorted(row[1] for row in written.execute(f"pragma table_info({name})")) for (name,) in names.fetchall()
    }
    assert {row.TABLE for row in ROWS} < set(there)
    assert {name: sorted(columns) for name, columns in told_columns().items()} == there


def test_the_pages_of_the_tables_are_fresh():
    pages = tool("table_pages").pages()
    assert len(pages) == len(told_columns()) + 2
    for path, text in pages.items():
        assert path.read_text("utf-8") == text, "run tools/table_pages.py write"


def test_a_stale_page_of_a_table_is_found(tmp_path, monkeypatch, capsys):
    tables = tool("table_pages")
    monkeypatch.setattr(tables, "FOLDER", tmp_path / "tables")
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    monkeypatch.setattr(tables, "MANUAL", tmp_path / "manual.md")
    (tmp_path / "manual.md").write_text(f"before {tables.BEGIN} old {tables.END} behind", "utf-8")
    assert tables.main("check") == 1
    assert "tables/turns.md is stale" in capsys.readouterr().out
    assert tables.main("write") == 0
    assert tables.main("check") == 0
    manual = (tmp_path / "manual.md").read_text("utf-8")
    assert manual.startswith("before ")
    assert manual.endswith(" behind")
    assert " old " not in manual


# of what a rehearsal has not: the sound of kring's own recording, and what researchers do afterwards
NOT_IN_A_REHEARSAL = re.compile(
    r"not asked|\b(segments|anchors|voice|turn_proposals|transcript|codes|codings|memos|turn_judgements|coreq|"
    r"quotes_by_code|role_changes|pacing|personas|segment_definitions|coded_until|reminders|poll_counts|name_rulings|"
    r"observer_questions|back_room)\b"
)


def queries():
    pages = [
        "docs/the-session-file.md",
        "README.md",
        *sorted(page for page in PAGES if page.startswith("docs/tables/")),
    ]
    for page in pages:
        for language, body in FENCED.findall(PAGES[page]):
            if language == "sql":
                yield body
            if language in ("python", "r"):
                yield from re.findall(r'"(select .*?)"', body)


def test_every_query_of_the_manual_works(written, read_by_python):
    asked = sorted(set(queries()))
    for query in asked:
        filled = {name: {"question": "3.3", "tag": "prijs"}[name] for name in re.findall(r":(\w+)", query)}
        rows = written.execute(query, filled).fetchall()
        assert rows or NOT_IN_A_REHEARSAL.search(query), f"it finds nothing in a whole evening: {query}"
        assert len(read_by_python.execute(query, filled).fetchall()) == len(rows), query
    assert len(asked) > 100


# plans and notes


def plan_warnings():
    """Return the sentences with which the reading of plans and studies warns, from its code, and the page of each."""
    for path in (ROOT / "src" / "kring" / "plans").rglob("*.py"):
        if path.name in ("outline.py", "explained.py", "reasons.py", "in_words.py"):
            continue
        page = "docs/the-study.md" if path.parent.name == "study" else "docs/prepare-a-plan.md"
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(call, "func", None), "id", "")
            if name in ("N_", "Sentence", "KringError") and isinstance(call.args[0], ast.Constant):
                yield call.args[0].value, page


def test_every_warning_of_a_plan_is_in_the_manual():
    found = set(plan_warnings())
    assert [(page, warning) for warning, page in found if not is_told(warning, PAGES[page])] == []
    assert len(found) > 40
    assert not is_told("What no manual says of {plan}.", PAGES["docs/prepare-a-plan.md"])


def is_told(warning, text):
    """Whether a page says a sentence, whatever it has where that names something."""
    pieces = [re.escape(piece.strip(" .")) for piece in re.split(r"\{\w+\}", warning)]
    return bool(re.search(r"[^|\n]*?".join(pieces), text))


def test_the_plan_in_the_manual_is_read_without_a_warning():
    example = next(body for language, body in FENCED.findall(PAGES["docs/prepare-a-plan.md"]) if language == "markdown")
    plan = read_plan(example, "plan.md")
    assert plan.warnings == ()
    assert [item.question_kind for item in plan.questions] == ["opening", "key", None, "ending"]
    assert [person.name for person in plan.participants] == ["Joost", "Fatima"]
    assert sum(check.gate for check in plan.checks) == 2
    assert any(item.kind == "break" for item in plan.guide)
    assert any(item.kind == "poll" and len(item.options) == 11 for item in plan.guide)


def test_the_note_in_the_manual_means_what_it_says():
    text = PAGES["docs/take-notes.md"]
    line = re.search(r"So `([^`]+)` is a starred quote", text)[1]
    draft = read(line, [ParticipantRow(id="P3", name="Fatima", seat=3)])
    assert (draft.kind, draft.starred, draft.tags, draft.back_ms) == ("quote", True, ("fuss",), 20_000)
    assert draft.speaker == ("participant", "P3")
    assert not draft.stub


# pictures


async def test_a_picture_is_the_same_each_time_and_loads_nothing():
    screenshots = tool("screenshots")
    shot = screenshots.SHOTS[2]
    first, second = await screenshots.picture(shot), await screenshots.picture(shot)
    assert first == second
    assert "Gespreksleid" in first or "Ervaringen" in first
    assert "url(http" not in first


def test_every_picture_of_the_manual_is_made_by_the_script():
    shots = tool("screenshots")
    made = {f"{shot.name}.svg" for shot in (*shots.SHOTS, *shots.STUDY_SHOTS)}
    made |= {f"{shot.name}.png" for shot in tool("page_pictures").PAGE_SHOTS}
    assert {path.name for path in (DOCS / "images").iterdir()} == made
