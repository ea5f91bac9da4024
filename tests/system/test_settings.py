"""Settings never refuse, a theme is kept without harm, and a computer has one name."""

import os
import stat
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.system import settings, wrong_settings
from kring.system.settings import Settings, keep_theme, parse, read


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "config"
    monkeypatch.setenv("KRING_CONFIG_DIR", str(place))
    return place


def written(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / settings.FILE).write_text(text, "utf-8")
    return read()


def test_without_a_file_everything_has_its_default(folder):
    assert read() == Settings()


def test_what_the_user_chose_is_read(folder):
    found = written(folder, 'theme = "kring-light"\nlang = "en"\n[keys]\nnext = "f5"\nundo = ["u", "ctrl+z"]\n')
    assert found == Settings("kring-light", "en", {"next": "f5", "undo": "u,ctrl+z"})


def test_plain_signs_are_chosen(folder):
    assert written(folder, 'signs = "plain"\n').signs == "plain"
    assert written(folder, 'lang = "nl"\n').signs is None


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("theme = ", "{where} is not valid TOML; the defaults are used."),
        ("a = " + "[" * 5000, "{where} is not valid TOML; the defaults are used."),
        ("theme = 3", "{file}: {name} must be text in quotes."),
        ("lang = ['nl']", "{file}: {name} must be one of {known}, in quotes."),
        ("lang = 'fr'", "{file}: {name} must be one of {known}, in quotes."),
        ("signs = 'fine'", "{file}: {name} must be one of {known}, in quotes."),
        ("keys = 'f5'", "{file}: keys must be a table: [keys]."),
        ("[keys]\nnext = 5", "{file}: {name} must be text in quotes."),
        ("[keys]\nnext = []", "{file}: {name} must be text in quotes."),
        ("colour = 'red'", "{file}: kring does not know the setting {name}."),
    ],
)
def test_a_broken_setting_gives_a_warning_and_the_default(folder, text, template):
    found = written(folder, text)
    assert [warning.template for warning in found.warnings] == [template]
    assert (found.theme, found.lang, found.keys) == (None, None, {})


def test_one_broken_setting_leaves_the_others_in_force(folder):
    found = written(folder, 'theme = 3\nlang = "en"\n[keys]\nnext = "f5"\nundo = 1\n')
    assert (found.theme, found.lang, found.keys, len(found.warnings)) == (None, "en", {"next": "f5"}, 2)


def test_all_that_is_wrong_is_told_at_once_each_with_its_place(folder):
    text = "theme = 3\nlang = []\ncolour = 1\n[keys]\nnext = 5\nundo = ['u', 1, 2]\nstar = ''\ntag = 't'\n"
    found = written(folder, text)
    places = [str(warning.values["name"]) for warning in found.warnings]
    assert sorted(places) == ["colour", "keys.next", "keys.star", "keys.undo", "lang", "theme"]
    assert found.keys == {"tag": "t"}


ANYTHING = st.text(max_size=3) | st.sampled_from([0, 1.5, True, None])


@given(
    st.dictionaries(
        st.sampled_from(["theme", "lang", "keys", "colour"]),
        ANYTHING
        | st.lists(ANYTHING, max_size=3)
        | st.dictionaries(st.text(max_size=3), ANYTHING | st.lists(ANYTHING, max_size=3), max_size=3),
    )
)
def test_whatever_stands_there_the_rest_is_read_and_something_is_said(found):
    read = settings._settings(found, "settings.toml")
    theme, lang = found.get("theme"), found.get("lang")
    assert read.theme == (theme if isinstance(theme, str) else None)
    assert read.lang == (lang if lang in ("nl", "en") else None)
    assert bool(read.warnings) == bool(wrong_settings.faults_of(found))


def test_settings_that_are_right_need_no_pydantic(folder):
    written(folder, 'theme = "kring-light"\n[keys]\nnext = "f5"\nundo = ["u", "ctrl+z"]\n')
    code = "import sys; from kring.system.settings import read; print(read().keys, 'pydantic' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert run.stdout == "{'next': 'f5', 'undo': 'u,ctrl+z'} False\n"


def test_bytes_that_are_no_text_give_a_warning():
    assert len(parse(b"\xff\xfe\x00", "settings.toml").warnings) == 1


def test_the_warning_names_the_line_and_quotes_nothing():
    [warning] = parse(b'theme = "dark"\nsecret = oops\n', "settings.toml").warnings
    assert str(warning) == "settings.toml:2 is not valid TOML; the defaults are used."


def test_a_folder_in_the_place_of_the_file_gives_a_warning(folder):
    (folder / settings.FILE).mkdir(parents=True)
    assert len(read().warnings) == 1


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# mine\nlang = 'nl'\n",
        "lang = 'nl'\r\n# of the keys\r\n[keys]\r\nnext = 'f9'\r\n",
        "theme = 'old'  # was nice\n",
        "lang = 'nl'\n  theme='old'\n[keys]\ntheme = 'f9'\n",
        "[keys]\ntheme = 'f9'\n",
    ],
)
def test_the_theme_is_kept_and_all_else_untouched(folder, before):
    if before:
        written(folder, before)
    assert keep_theme('kring "dark"') is None
    after = (folder / settings.FILE).read_text("utf-8")
    assert tomllib.loads(after) == tomllib.loads(before) | {"theme": 'kring "dark"'}
    assert [line for line in before.splitlines() if "old" not in line and line not in after.splitlines()] == []
    assert sorted(path.name for path in folder.iterdir()) == [settings.FILE]


def test_what_stands_behind_the_theme_stays(folder):
    written(folder, "theme = 'old'  # the lamp is bright\n")
    assert keep_theme("new") is None
    assert (folder / settings.FILE).read_text("utf-8") == 'theme = "new"  # the lamp is bright\n'


def test_a_broken_file_is_not_overwritten(folder):
    written(folder, "oops")
    assert keep_theme("dark") is not None
    assert (folder / settings.FILE).read_text("utf-8") == "oops"


def test_a_link_to_dotfiles_stays_a_link(folder, tmp_path):
    folder.mkdir()
    (tmp_path / "dotfile").write_text("lang = 'nl'\n", "utf-8")
    (folder / settings.FILE).symlink_to(tmp_path / "dotfile")
    assert keep_theme("dark") is None
    assert (folder / settings.FILE).is_symlink()
    assert 'theme = "dark"' in (tmp_path / "dotfile").read_text("utf-8")


def test_where_nothing_can_be_written_a_sentence_says_so(folder):
    folder.write_text("a file where the folder should be", "utf-8")
    assert keep_theme("dark") is not None


@pytest.fixture
def device_file(tmp_path):
    return tmp_path / "state" / settings.DEVICE_FILE


def test_a_computer_has_one_name(device_file):
    first = settings._kept_device(device_file)
    assert len(first) == 16
    assert settings._kept_device(device_file) == first
    assert [path.name for path in device_file.parent.iterdir()] == [settings.DEVICE_FILE]


def test_many_processes_at_once_agree_on_it(device_file):
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: settings._kept_device(device_file), range(64)))
    assert names == {device_file.read_text("ascii")}


def test_a_file_that_says_nothing_is_replaced(device_file):
    device_file.parent.mkdir()
    device_file.write_bytes(b"")
    assert settings._kept_device(device_file) == settings._kept_device(device_file)


def test_where_nothing_can_be_kept_the_name_is_random(tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be", "utf-8")
    file = tmp_path / "state" / settings.DEVICE_FILE
    assert len({settings._kept_device(file), settings._kept_device(file)}) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_folder_of_the_name_is_its_owners(device_file):
    settings._kept_device(device_file)
    assert stat.S_IMODE(device_file.parent.stat().st_mode) == 0o700


def test_the_name_is_the_same_all_through_a_process(tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path))
    settings.device_id.cache_clear()
    try:
        first = settings.device_id()
        (tmp_path / settings.DEVICE_FILE).unlink()
        assert settings.device_id() == first
    finally:
        settings.device_id.cache_clear()
