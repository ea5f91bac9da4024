"""What `make` does on a fresh machine: with rights, without rights, and with pieces missing."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REAL = ("bash", "dirname", "env", "touch", "mkdir", "cp", "cat", "sed", "tr", "awk", "rm", "xargs")
PROGRAMS = ("pulseaudio", "pactl", "paplay", "espeak-ng", "strace", "chromium")
SCRIPTS = (*(ROOT / "tools").glob("*.sh"), ROOT / ".ci" / "run")

# Stands in for Python: has a version, may lack ensurepip, makes a .venv of itself.
PYTHON = """#!/usr/bin/env bash
echo "python $*" >>"$CALLS"
case "$*" in *.lock) cat "${@: -1}" >>"$CALLS.lock" ;; esac
case "$*" in
    *'3, 11'*) [ "${OLD:-}" = "" ] ;;
    *'import ensurepip'*) [ "${LACKS_VENV:-}" = "" ] ;;
    *'--version'*) echo Python 3.11.2 ;;
    *'-m venv'*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *'find_library'*) [ "${LACKS_SOUND:-}" = "" ] ;;
    *'-m pip'*) [ "${OFFLINE:-}" = "" ] ;;
esac
"""
# Stands in for apt: knows nothing before an update where it is told so, and says what it would remove.
APT = """#!/usr/bin/env bash
echo "apt-get $*" >>"$CALLS"
[ "${APT_FAILS:-}" = "" ] || exit 100
case "$*" in
    *' update') touch "$UPDATED" ;;
    *'-s install'*)
        [ "${NO_LISTS:-}" = "" ] || [ -e "$UPDATED" ] || exit 100
        case "$*" in *"${UNKNOWN:-nothing}"*) exit 100 ;; esac
        case "$*" in *"${REMOVES_FOR:-}"*) for name in ${REMOVES:-}; do echo "Remv $name [1.0]"; done ;; esac
        echo "Inst libthing (1.0 Debian:12)" ;;
    *'--assume-no'*)
        echo 'After this operation, 853 MB of additional disk space will be used.'
        exit 1 ;;
esac
"""
NOTHING = "#!/usr/bin/env bash\n"


class Machine:
    """A pretended machine on which `tools/set_up.sh` runs."""

    def __init__(self, place: Path) -> None:
        self.house, self.programs, self.calls = place / "my house", place / "bin", place / "calls"
        (self.house / "tools").mkdir(parents=True)
        self.programs.mkdir()
        self.calls.touch()
        for name in ("tools/set_up.sh", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.house / name)
        for name in REAL:
            (self.programs / name).symlink_to(shutil.which(name))
        for name in PROGRAMS:
            self.put(name, NOTHING)
        self.put("python3", PYTHON)
        self.put("apt-get", APT)
        self.put("uname", f"{NOTHING}echo Linux")
        self.put("getconf", f'{NOTHING}echo "${{PROCESSORS:-2}}"')
        self.put("find", f'{NOTHING}echo "$1/libasound_module_pcm_pulse.so"')
        self.put("timeout", f'{NOTHING}shift\nexec "$@"')
        self.put("id", f'{NOTHING}echo "${{WHO:-1000}}"')
        self.put("sudo", f'{NOTHING}echo "sudo $*" >>"$CALLS"\nexit 1')

    def put(self, name: str, script: str) -> None:
        program = self.programs / name
        program.write_text(script, "utf-8")
        program.chmod(0o755)

    def lose(self, *names: str) -> None:
        for name in names:
            (self.programs / name).unlink()

    def set_up(self, what: str, **state: str) -> subprocess.CompletedProcess[str]:
        places = {"PATH": self.programs, "CALLS": self.calls, "UPDATED": self.calls.with_name("updated")}
        return subprocess.run(
            [str(self.house / "tools" / "set_up.sh"), what],
            env={name: str(place) for name, place in places.items()} | state,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )

    def called(self, program: str) -> list[str]:
        return [line for line in self.calls.read_text("utf-8").splitlines() if line.startswith(program)]

    def installed(self) -> list[str]:
        """Return what apt was really told to install."""
        return [call.partition("--no-remove ")[2] for call in self.called("apt-get") if " -y " in call]

    def is_ready(self, stamp: str) -> bool:
        return (self.house / ".venv" / stamp).exists()


@pytest.fixture
def machine(tmp_path):
    if os.name == "nt":
        pytest.skip("make is not for Windows")
    return Machine(tmp_path)


@pytest.fixture
def checked(machine):
    """A machine on which the checks have run, as they do before the tests."""
    machine.set_up("develop")
    return machine


def sentences(run):
    usual = ("making .venv", "installing the pinned")
    return [line.removeprefix("kring: ") for line in run.stderr.splitlines() if not any(one in line for one in usual)]


# the environment


@pytest.mark.parametrize(
    ("what", "lock", "stamp"),
    [("run", "requirements.lock", ".run"), ("develop", "requirements-dev.lock", ".develop")],
)
def test_with_everything_there_nothing_is_asked_of_the_system(machine, what, lock, stamp):
    run = machine.set_up(what)
    assert (run.returncode, sentences(run), machine.is_ready(stamp)) == (0, [], True)
    assert machine.called("apt-get") + machine.called("sudo") == []
    *packages, kring = [call for call in machine.called("python") if "-m pip" in call]
    assert len(packages) == 2
    for part in packages:
        assert "--no-deps --no-compile --only-binary :all: --no-binary nkeys --require-hashes -r .venv/part-" in part
    assert kring.endswith("--no-deps --no-compile --no-build-isolation -e .")


@pytest.mark.parametrize("processors", ["1", "3", "500"])
def test_whatever_the_number_of_processors_every_pin_of_the_lock_is_installed_once(machine, processors):
    machine.set_up("run", PROCESSORS=processors)
    installed = machine.calls.with_name("calls.lock").read_text("utf-8").splitlines()
    pinned = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if line[0] != "#"]
    assert sorted(installed) == sorted(pinned)
    assert pins("requirements.lock") == pins_of(installed)
    assert list((machine.house / ".venv").glob("*.lock")) == []


def test_a_second_time_keeps_the_environment(machine):
    machine.set_up("run")
    machine.set_up("develop")
    assert len([call for call in machine.called("python") if "-m venv" in call]) == 1


@pytest.mark.parametrize("who", ["0", "1000"])
@pytest.mark.parametrize("lack", ["OLD", "LACKS_VENV"])
def test_what_python_lacks_is_said_in_one_sentence_and_never_installed(machine, who, lack):
    run = machine.set_up("run", WHO=who, **{lack: "yes"})
    assert (run.returncode, machine.is_ready(".run"), machine.called("apt-get")) == (1, False, [])
    [sentence] = sentences(run)
    assert "python3-venv); then run make again." in sentence
    assert ("sudo apt install python3 python3-venv" in sentence) == (lack == "OLD")


def test_without_a_network_one_sentence_and_no_stamp(machine):
    run = machine.set_up("run", OFFLINE="yes")
    assert (run.returncode, machine.is_ready(".run")) == (1, False)
    assert sentences(run) == [
        "the packages of requirements.lock could not be installed; see the lines above, and run make again."
    ]


# what the system has to bring


def test_a_rehearsal_asks_for_portaudio_only_and_says_so_first(machine):
    machine.lose(*PROGRAMS)
    run = machine.set_up("run", LACKS_SOUND="yes", WHO="0")
    assert (run.returncode, machine.is_ready(".run"), machine.installed()) == (0, True, ["libportaudio2"])
    assert sentences(run) == [
        "installing libportaudio2 for recording and playing: 853 MB on the disk, with all that comes along."
    ]


def test_tests_ask_for_the_rest_at_once_with_its_size(checked):
    checked.lose("pactl", "strace", "chromium")
    run = checked.set_up("programs", WHO="0")
    everything = "pulseaudio pulseaudio-utils libasound2-plugins espeak-ng strace chromium"
    assert checked.installed() == [everything]
    assert sentences(run) == [f"installing {everything} for the tests: 853 MB on the disk, with all that comes along."]


@pytest.mark.parametrize("trouble", [{"UNKNOWN": "chromium"}, {"REMOVES_FOR": "chromium", "REMOVES": "netsurf"}])
def test_what_apt_will_not_do_leaves_the_others_out_of_it(checked, trouble):
    checked.lose("pactl", "strace", "chromium")
    run = checked.set_up("programs", WHO="0", **trouble)
    assert checked.installed() == ["pulseaudio pulseaudio-utils libasound2-plugins espeak-ng", "strace"]
    assert [re.findall("for the tests of (.*): 853 MB", sentence) for sentence in sentences(run)[:2]] == [
        ["sound"],
        ["power cuts"],
    ]
    assert sentences(run)[-1].startswith("tests of pages are skipped")


def test_programs_are_seen_to_before_there_is_an_environment(machine):
    run = machine.set_up("programs", LACKS_SOUND="yes", WHO="0")
    assert (run.returncode, machine.installed()) == (0, ["libportaudio2"])


def test_another_browser_will_do(checked):
    checked.lose("chromium")
    checked.put("google-chrome", NOTHING)
    assert sentences(checked.set_up("programs")) == []


def test_nothing_is_installed_that_makes_apt_remove_a_package(checked):
    checked.lose("pulseaudio")
    run = checked.set_up("programs", WHO="0", REMOVES="pipewire-alsa pipewire-audio")
    assert (run.returncode, checked.installed()) == (0, [])
    refused, skipped = sentences(run)
    assert refused.startswith("apt would remove pipewire-alsa pipewire-audio for that, so pulseaudio")
    assert skipped.startswith("tests of sound are skipped")


def test_apt_that_knows_no_packages_yet_is_brought_up_to_date(machine):
    machine.set_up("run", LACKS_SOUND="yes", WHO="0", NO_LISTS="yes")
    assert machine.installed() == ["libportaudio2"]
    assert len([call for call in machine.called("apt-get") if call.endswith(" update")]) == 1


def test_an_ordinary_user_gets_one_sentence_for_each(checked):
    checked.lose("espeak-ng", "strace", "chromium")
    run = checked.set_up("programs", LACKS_SOUND="yes")
    assert (run.returncode, checked.called("apt-get")) == (0, [])
    portaudio, *skipped = sentences(run)
    assert "sudo apt install libportaudio2); all else works without." in portaudio
    assert [sentence.partition(" are skipped")[0] for sentence in skipped] == [
        "tests of sound",
        "tests of power cuts",
        "tests of pages",
    ]


def test_no_password_is_ever_asked(machine):
    machine.set_up("run", LACKS_SOUND="yes")
    assert machine.called("sudo") == ["sudo -n true"]


def test_sudo_without_a_password_is_used(machine):
    machine.put("sudo", f'{NOTHING}echo "sudo $*" >>"$CALLS"\nshift\n[ "$1" = true ] || exec "$@"')
    machine.set_up("run", LACKS_SOUND="yes")
    assert machine.installed() == ["libportaudio2"]


def test_what_cannot_be_installed_is_said_and_stops_nothing(machine):
    run = machine.set_up("run", LACKS_SOUND="yes", WHO="0", APT_FAILS="yes")
    assert (run.returncode, machine.is_ready(".run")) == (0, True)
    [sentence] = sentences(run)
    assert "libportaudio2" in sentence


def test_a_mac_has_sound_inside_the_package(machine):
    machine.put("uname", f"{NOTHING}echo Darwin")
    machine.lose(*PROGRAMS)
    assert sentences(machine.set_up("run", LACKS_SOUND="yes")) == []
    assert sentences(machine.set_up("programs", LACKS_SOUND="yes")) == []


def test_where_nothing_may_be_left_out_what_is_missing_is_a_fault(checked):
    assert checked.set_up("missing").returncode == 0
    checked.lose("strace", "chromium")
    run = checked.set_up("missing")
    assert (run.returncode, sentences(run)) == (1, ["tests were skipped for want of strace chromium."])


# the locks and the scripts


def pins(name):
    return pins_of((ROOT / name).read_text("utf-8").splitlines())


def pins_of(lines):
    """Return the pinned versions of a lock, and fail where a line of it has no hash."""
    text = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        pin, *hashes = re.split(r"\s+--hash=", line.strip())
        assert hashes, line
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", one) for one in hashes), line
        package, _, version = pin.partition(" ;")[0].strip().partition("==")
        found[package] = version
    return found


def test_every_package_is_pinned_with_hashes_and_the_same_one_for_running_and_testing():
    run, develop = pins("requirements.lock"), pins("requirements-dev.lock")
    assert run.items() < develop.items()
    assert "textual" in run
    assert {"pytest", "mypy", "datasette"}.isdisjoint(run)


def test_make_and_ci_ask_for_what_the_script_knows():
    known = set(re.findall(r"^    (\w+)\)", (ROOT / "tools" / "set_up.sh").read_text("utf-8"), re.MULTILINE))
    asked = (ROOT / "Makefile").read_text("utf-8") + (ROOT / ".ci" / "run").read_text("utf-8")
    assert set(re.findall(r"tools/set_up\.sh (\w+)", asked)) == known


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_are_whole(script):
    assert subprocess.run(["bash", "-n", str(script)], capture_output=True, check=False).stderr == b""
    if shutil.which("shellcheck"):
        found = subprocess.run(["shellcheck", str(script)], capture_output=True, text=True, check=False)
        assert found.stdout == ""
