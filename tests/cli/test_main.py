"""The front door: a sentence for every end, a language before everything, no traceback."""

import shlex
import subprocess
import sys

import pytest
from msgspec import structs

from kring import __version__
from kring.cli import main
from kring.domain.text import Refused
from kring.system import i18n, sqlite_version

SECRET = "Fatima zei dat ze weg wil"


@pytest.fixture(autouse=True)
def logs(tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("KRING_LOG_DIR", str(tmp_path / "logs"))
    yield tmp_path / "logs"
    i18n.use("en")


@pytest.fixture
def doctor_does(monkeypatch):
    def replace(run, needs_sqlite=False):
        one = structs.replace(main.COMMANDS["doctor"], run=run, needs_sqlite=needs_sqlite)
        monkeypatch.setitem(main.COMMANDS, "doctor", one)

    return replace


def raising(fault):
    def run(asked):
        raise fault

    return run


def test_every_command_is_in_the_table():
    assert set(main.COMMANDS) == {
        "browse",
        "check",
        "coreq",
        "topline",
        "demo",
        "doctor",
        "export",
        "guide",
        "import",
        "import-codes",
        "invite",
        "join",
        "merge",
        "names",
        "new",
        "observe",
        "observers",
        "play",
        "rebuild",
        "report",
        "rescue",
        "restore",
        "review",
        "run",
        "server",
        "sound",
        "study",
        "timeline",
        "transcribe",
        "turns",
        "verify",
    }


def test_without_a_command_the_help_is_shown(capsys):
    assert main.main(["--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in main.COMMANDS)


@pytest.mark.parametrize("name", sorted(main.COMMANDS))
def test_help_is_in_one_language(name, capsys):
    with pytest.raises(SystemExit) as end:
        main.main([name, "--help", "--lang=nl"])
    assert end.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith("gebruik: ")
    assert not any(english in told for english in ("usage", "options", "arguments", "show this"))


def test_the_version(capsys):
    with pytest.raises(SystemExit):
        main.main(["--version"])
    assert capsys.readouterr().out == f"kring {__version__}\n"


@pytest.mark.parametrize("words", [["--lang", "en", "doctor"], ["doctor", "--lang", "en"], ["doctor", "--lang=en"]])
def test_the_language_may_stand_before_or_after_the_command(words, doctor_does):
    spoken = []
    doctor_does(lambda asked: spoken.append((asked.lang, i18n.language())) or 0)
    assert main.main(words) == 0
    assert spoken == [("en", "en")]


def test_the_language_of_the_plan_goes_before_the_locale(doctor_does, monkeypatch):
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    spoken = []

    def run(asked):
        main.speak(asked, "en")
        spoken.append(i18n.language())
        return 0

    doctor_does(run)
    main.main(["doctor"])
    main.main(["doctor", "--lang", "nl"])
    assert spoken == ["en", "nl"]


def test_a_word_too_many_is_said_in_the_language_and_never_obeyed(capsys):
    with pytest.raises(SystemExit) as end:
        main.main(["--lang", "nl", "doctor", "\x1b]0;x\x07"])
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert "dit is niet bekend" in told
    assert "\x1b" not in told


def test_a_refusal_is_one_translated_sentence(capsys, doctor_does, logs):
    doctor_does(raising(Refused("{who} has the floor already.", who="P3\x1b[2J")))
    assert main.main(["doctor", "--lang", "nl"]) == 1
    assert capsys.readouterr().err == "kring: P3[2J heeft het woord al.\n"
    assert not logs.exists()


def test_what_may_not_be_looked_up_is_named_and_is_no_fault(capsys, doctor_does, logs):
    doctor_does(raising(PermissionError(13, "Permission denied", "/map/plan.md")))
    assert main.main(["doctor", "--lang", "nl"]) == 1
    assert capsys.readouterr().err == "kring: /map/plan.md mag u hier niet lezen of schrijven.\n"
    assert not logs.exists()


@pytest.mark.parametrize("words", [["verify"], ["report"], ["observers"], ["merge"], ["export", "--to", "json"]])
def test_a_name_that_is_too_long_for_a_file_is_no_fault(capsys, logs, words):
    assert main.main([*words, "AIBADI-" * 60, "--lang", "nl"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not logs.exists()


def test_a_fault_is_one_sentence_and_the_log_holds_no_word_of_it(capsys, doctor_does, logs):
    doctor_does(raising(ZeroDivisionError(SECRET)))
    assert main.main(["doctor", "--lang", "nl"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("kring: Er ging iets stuk")
    assert told.err.count("\n") == 1
    log = (logs / "crash.log").read_text("utf-8")
    assert "builtins.ZeroDivisionError" in log
    assert "Fatima" not in log + told.err


def test_a_fault_without_a_place_for_the_log_is_still_one_sentence(capsys, doctor_does, logs):
    logs.write_text("a file where the folder should be", "utf-8")
    doctor_does(raising(ZeroDivisionError(SECRET)))
    assert main.main(["doctor", "--lang", "en"]) == 1
    assert capsys.readouterr().err == "kring: Something broke that kring did not expect. What was saved is safe.\n"


def test_ctrl_c_is_quiet(capsys, doctor_does):
    doctor_does(raising(KeyboardInterrupt()))
    assert main.main(["doctor"]) == 130
    assert capsys.readouterr().err == ""


def test_an_unsafe_sqlite_is_refused_before_a_file_is_touched(capsys, doctor_does, monkeypatch):
    monkeypatch.setattr(sqlite_version, "in_use", lambda: (3, 40, 1))
    ran = []
    doctor_does(lambda asked: ran.append(1) or 0, needs_sqlite=True)
    assert main.main(["doctor", "--lang", "en"]) == 1
    assert ran == []
    assert "SQLite 3.40.1" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["run", "demo", "timeline", "verify", "rebuild", "rescue"])
def test_every_command_that_opens_a_session_needs_a_sound_sqlite(name):
    assert main.COMMANDS[name].needs_sqlite


def test_a_closed_pipe_is_quiet():
    command = f"{shlex.quote(sys.executable)} -m kring doctor --json | true"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30, check=True)
    assert run.stderr == ""


def test_a_terminal_without_the_characters_is_no_fault(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "kring", "--lang", "nl", "run", "caf\u00e9\u2026", "--as", "\u2603"],
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "KRING_CONFIG_DIR": str(tmp_path)},
        capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr
    assert b"\\u2603" in run.stderr


def test_showing_the_help_loads_no_screen():
    code = (
        "import sys; from kring.cli.main import main; main([]);"
        "print([name for name in ('textual', 'rich', 'sqlite_utils', 'tomllib') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert run.stdout.endswith("[]\n")
