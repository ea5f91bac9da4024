#!/usr/bin/env bash
# Make .venv with the pinned versions, and add the system packages that are worth having where that is allowed.
set -euo pipefail
cd "$(dirname "$0")/.."
ready=${1:-.venv/.ready}

say() { printf 'kring: %s\n' "$*" >&2; }

# Root, or sudo that asks nothing: never a password prompt in the middle of make.
may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

apt_install() {
    may_install || return 1
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -qq
        -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 -o DPkg::Lock::Timeout=60)
    "${apt[@]}" install -y --no-install-recommends "$@" </dev/null >/dev/null 2>&1 && return
    "${apt[@]}" update </dev/null >/dev/null 2>&1 || true
    "${apt[@]}" install -y --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}

new_enough() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; }
makes_venvs() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() {
    local name first=
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        new_enough "$name" || continue
        makes_venvs "$name" && { echo "$name"; return; }
        first=${first:-$name}
    done
    echo "$first"
}

make_venv() {
    local python version
    python=$(find_python)
    if [ -z "$python" ]; then
        say "Python 3.11, 3.12, 3.13 or 3.14 is needed; install one (https://www.python.org/downloads) and run make again."
        exit 1
    fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! makes_venvs "$python"; then
        apt_install "python$version-venv" || apt_install python3-venv || true
    fi
    if ! makes_venvs "$python"; then
        say "Python $version cannot make a virtual environment here; run: sudo apt install python$version-venv, and make again."
        exit 1
    fi
    say "making .venv with Python $version"
    "$python" -m venv --clear .venv
}

install_pinned() {
    say "installing the pinned versions"
    if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock ||
        ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; then
        say "the packages of requirements.lock could not be installed; see the lines above, and run make again."
        exit 1
    fi
}

has_portaudio() { .venv/bin/python -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("portaudio"))'; }

# A sound server without a sound card, and a voice.
TEST_SOUND="pulseaudio pulseaudio-utils libasound2-plugins espeak-ng"
has_test_sound() {
    command -v pulseaudio >/dev/null && command -v pactl >/dev/null && command -v espeak-ng >/dev/null &&
        [ -n "$(find /usr/lib -name libasound_module_pcm_pulse.so -print -quit 2>/dev/null)" ]
}

has_chromium() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        command -v google-chrome-stable >/dev/null
}

install_system_packages() {
    # Elsewhere it comes inside the package.
    if [ "$(uname -s)" = Linux ] && ! has_portaudio && ! apt_install libportaudio2; then
        say "for recording, install PortAudio (Debian and Ubuntu: sudo apt install libportaudio2); everything else works without."
    fi
    if [ "$(uname -s)" = Linux ] && ! has_test_sound && ! apt_install $TEST_SOUND; then
        say "for the tests of sound, install $TEST_SOUND; everything else works without."
    fi
    if [ "$(uname -s)" = Linux ] && ! command -v strace >/dev/null && ! apt_install strace; then
        say "for the power-cut test, install strace (Debian and Ubuntu: sudo apt install strace); everything else works without."
    fi
    if [ "$(uname -s)" = Linux ] && ! has_chromium && ! apt_install chromium; then
        say "for the tests of pages, install Chromium (Debian: sudo apt install chromium); everything else works without."
    fi
}

.venv/bin/python -c '' 2>/dev/null && new_enough .venv/bin/python || make_venv
install_pinned
install_system_packages
touch "$ready"
