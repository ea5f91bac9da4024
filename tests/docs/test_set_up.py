"""What `make` does on a fresh machine: with rights, without rights, and with pieces missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REAL = ("bash", "dirname", "env", "touch", "mkdir", "cp", "cat", "test")

# Stands in for Python: knows a version, may lack ensurepip until apt brings it, makes a .venv of itself.
PYTHON = """#!/usr/bin/env bash
echo "python $*" >>"$CALLS"
case "$*" in
    *'3, 11'*) [ "${OLD:-}" = "" ] ;;
    *'import ensurepip'*) [ "${LACKS_VENV:-}" = "" ] || [ -e "$INSTALLED-venv" ] ;;
    *'%d.%d'*) echo 3.11 ;;
    *'-m venv'*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *'find_library'*) [ "${LACKS_SOUND:-}" = "" ] || [ -e "$INSTALLED-sound" ] ;;
    *'pip install'*) [ "${OFFLINE:-}" = "" ] ;;
esac
"""
APT = """#!/usr/bin/env bash
echo "apt-get $*" >>"$CALLS"
[ "${APT_FAILS:-}" = "" ] || exit 100
case "$*" in
    *-venv) touch "$INSTALLED-venv" ;;
    *libportaudio2) touch "$INSTALLED-sound" ;;
esac
"""


class Machine:
    """A pretended machine on which `tools/set_up.sh` runs."""

    def __init__(self, place: Path) -> None:
        self.house, self.programs, self.calls = place / "house", place / "bin", place / "calls"
        (self.house / "tools").mkdir(parents=True)
        self.programs.mkdir()
        self.calls.touch()
        shutil.copy(ROOT / "tools" / "set_up.sh", self.house / "tools")
        for name in REAL:
            (self.programs / name).symlink_to(shutil.which(name))
        self.put("python3", PYTHON)
        self.put("uname", "#!/usr/bin/env bash\necho Linux")
        self.put("strace", "#!/usr/bin/env bash")
        for name in ("pulseaudio", "pactl", "espeak-ng", "chromium"):
            self.put(name, "#!/usr/bin/env bash")
        self.put("find", '#!/usr/bin/env bash\necho "$1/libasound_module_pcm_pulse.so"')
        self.put("timeout", '#!/usr/bin/env bash\nshift\nexec "$@"')
        self.put("id", '#!/usr/bin/env bash\necho "${WHO:-1000}"')
        self.put("sudo", '#!/usr/bin/env bash\necho "sudo $*" >>"$CALLS"\nexit 1')

    def put(self, name: str, script: str) -> None:
        program = self.programs / name
        program.write_text(script, "utf-8")
        program.chmod(0o755)

    def set_up(self, **state: str) -> subprocess.CompletedProcess[str]:
        environ = {"PATH": str(self.programs), "CALLS": str(self.calls), "INSTALLED": str(self.calls)} | state
        return subprocess.run(
            [str(self.house / "tools" / "set_up.sh"), ".venv/.ready"],
            env=environ,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )

    def called(self, program: str) -> list[str]:
        return [line for line in self.calls.read_text("utf-8").splitlines() if line.startswith(program)]

    @property
    def is_ready(self) -> bool:
        return (self.house / ".venv" / ".ready").exists()


@pytest.fixture
def machine(tmp_path):
    if os.name == "nt":
        pytest.skip("make is not for Windows")
    return Machine(tmp_path)


def sentences(run):
    told = [line for line in run.stderr.splitlines() if "making .venv" not in line and "installing the" not in line]
    return [line.removeprefix("kring: ") for line in told]


def test_with_everything_there_nothing_is_asked_of_the_system(machine):
    run = machine.set_up()
    assert (run.returncode, sentences(run), machine.is_ready) == (0, [], True)
    assert machine.called("apt-get") + machine.called("sudo") == []
    assert len([call for call in machine.called("python") if "requirements.lock" in call]) == 1


def test_a_second_time_keeps_the_environment(machine):
    machine.set_up()
    machine.set_up()
    assert len([call for call in machine.called("python") if "-m venv" in call]) == 1


def test_without_a_fitting_python_one_sentence_says_which(machine):
    run = machine.set_up(OLD="yes")
    assert (run.returncode, machine.is_ready) == (1, False)
    [sentence] = sentences(run)
    assert "Python 3.11, 3.12, 3.13 or 3.14 is needed" in sentence


def test_root_gets_the_missing_venv_module(machine):
    machine.put("apt-get", APT)
    run = machine.set_up(LACKS_VENV="yes", WHO="0")
    assert (run.returncode, sentences(run), machine.is_ready) == (0, [], True)
    assert machine.called("apt-get")[0].endswith("install -y --no-install-recommends python3.11-venv")


def test_without_rights_one_sentence_says_how_to_get_it(machine):
    machine.put("apt-get", APT)
    run = machine.set_up(LACKS_VENV="yes")
    assert (run.returncode, machine.is_ready) == (1, False)
    [sentence] = sentences(run)
    assert "sudo apt install python3.11-venv" in sentence
    assert machine.called("apt-get") == []


def test_no_password_is_ever_asked(machine):
    machine.put("apt-get", APT)
    machine.set_up(LACKS_SOUND="yes", LACKS_VENV="yes")
    assert machine.called("sudo")
    assert all(call.startswith("sudo -n ") for call in machine.called("sudo"))


def test_sudo_without_a_password_is_used(machine):
    machine.put("apt-get", APT)
    machine.put("sudo", '#!/usr/bin/env bash\necho "sudo $*" >>"$CALLS"\nshift\n[ "$1" = true ] || exec "$@"')
    run = machine.set_up(LACKS_SOUND="yes")
    assert (run.returncode, sentences(run), machine.is_ready) == (0, [], True)
    assert len(machine.called("apt-get")) == 1


def test_what_the_tests_of_sound_need_is_installed_or_named(machine):
    machine.put("apt-get", APT)
    (machine.programs / "pactl").unlink()
    assert "pulseaudio" in sentences(machine.set_up())[0]
    machine.set_up(WHO="0")
    assert (
        "install -y --no-install-recommends pulseaudio pulseaudio-utils libasound2-plugins" in machine.calls.read_text()
    )


def test_a_browser_for_the_tests_is_installed_where_that_is_allowed(machine):
    machine.put("apt-get", APT)
    (machine.programs / "chromium").unlink()
    assert "Chromium" in sentences(machine.set_up())[0]
    machine.put("google-chrome", "#!/usr/bin/env bash")
    assert sentences(machine.set_up()) == []
    (machine.programs / "google-chrome").unlink()
    machine.set_up(WHO="0")
    assert "install -y --no-install-recommends chromium" in machine.calls.read_text()


@pytest.mark.parametrize("rights", [{}, {"WHO": "0", "APT_FAILS": "yes"}])
def test_what_cannot_be_installed_is_said_and_stops_nothing(machine, rights):
    machine.put("apt-get", APT)
    (machine.programs / "strace").unlink()
    run = machine.set_up(LACKS_SOUND="yes", **rights)
    assert (run.returncode, machine.is_ready) == (0, True)
    sound, power_cut = sentences(run)
    assert "libportaudio2" in sound
    assert "strace" in power_cut
    assert all(sentence.endswith("everything else works without.") for sentence in (sound, power_cut))


def test_a_mac_has_sound_inside_the_package(machine):
    machine.put("uname", "#!/usr/bin/env bash\necho Darwin")
    assert sentences(machine.set_up(LACKS_SOUND="yes")) == []


def test_without_a_network_one_sentence_and_no_stamp(machine):
    run = machine.set_up(OFFLINE="yes")
    assert (run.returncode, machine.is_ready) == (1, False)
    assert "could not be installed" in sentences(run)[-1]
