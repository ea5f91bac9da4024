#!/usr/bin/env bash
# Prepare this folder for make: `run` for kring itself, `develop` for checks and tests, each in .venv and nowhere else;
# `programs` for what only tests need of the system, `missing` to say what of that is not there.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'kring: %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null; }

# apt

AS_ROOT=()

# Root, or sudo that asks nothing: never a password prompt in the middle of make.
may_install() {
    has apt-get || return 1
    [ "$(id -u)" -eq 0 ] && return
    AS_ROOT=(sudo -n)
    sudo -n true 2>/dev/null
}

apt_get() {
    "${AS_ROOT[@]}" env LC_ALL=C DEBIAN_FRONTEND=noninteractive timeout 900 apt-get -o Acquire::Retries=1 \
        -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 -o DPkg::Lock::Timeout=60 "$@" </dev/null 2>/dev/null
}

simulated() { apt_get -s install --no-install-recommends "$@"; }

# apt_install WHAT_FOR PACKAGE…: says first what comes and how large it is, and never lets apt remove anything.
apt_install() {
    local what_for=$1 simulation removed size
    shift
    may_install || return 1
    if ! simulation=$(simulated "$@"); then
        apt_get -qq update >/dev/null || true
        simulation=$(simulated "$@") || return 1
    fi
    removed=$(sed -n 's/^Remv \([^ ]*\).*/\1/p' <<<"$simulation" | tr '\n' ' ')
    if [ -n "$removed" ]; then
        say "apt would remove ${removed% } for that, so $* is not installed."
        return 1
    fi
    size=$(apt_get --assume-no install --no-install-recommends "$@" |
        sed -n 's/^After this operation, \(.*\) of additional.*/\1/p') || true
    say "installing $* for $what_for: ${size:-little} on the disk, with all that comes along."
    apt_get -qq install -y --no-install-recommends --no-remove "$@" >/dev/null
}

# Python

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
    local python
    python=$(find_python)
    if [ -z "$python" ]; then
        say "Python 3.11, 3.12, 3.13 or 3.14 is needed (Debian and Ubuntu: sudo apt install python3 python3-venv); then run make again."
        exit 1
    fi
    if ! makes_venvs "$python"; then
        say "$python cannot make a virtual environment here (Debian and Ubuntu: sudo apt install python3-venv); then run make again."
        exit 1
    fi
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

processors() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2; }

# in_parts LOCK: up to four lists of packages, because a pip takes only one processor.
in_parts() {
    rm -f .venv/part-*.lock
    awk -v parts="$(processors)" '
        BEGIN { if (parts > 4) parts = 4 }
        /^[a-z]/ { list = ".venv/part-" ++packages % parts ".lock" }
        /^[^#]/ { print >list }' "$1"
    printf '%s\0' .venv/part-*.lock
}

# install_pinned LOCK: these files and no others, by their hashes, and none that runs code to be built, but for nkeys,
# which comes only as source (a single file of Python); then kring itself, from this folder. Bytecode is made by all
# processors, where pip takes one, of what is imported; a package may bring a file that is not for this Python.
install_pinned() {
    local pip=(.venv/bin/python -m pip --quiet --disable-pip-version-check install --no-deps --no-compile)
    new_enough .venv/bin/python || make_venv
    say "installing the pinned versions of $1"
    if ! in_parts "$1" | xargs -0 -n 1 -P 4 "${pip[@]}" --only-binary :all: --no-binary nkeys --require-hashes -r ||
        ! "${pip[@]}" --no-build-isolation -e .; then
        say "the packages of $1 could not be installed; see the lines above, and run make again."
        exit 1
    fi
    rm -f .venv/part-*.lock
    .venv/bin/python -m compileall -qq -j 0 -x '/(tests?|mypyc?|pip|setuptools)/' .venv/lib || true
}

# programs and libraries of the system

is_linux() { [ "$(uname -s)" = Linux ]; }
has_portaudio() { "$(find_python)" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("portaudio"))' 2>/dev/null; }
has_test_sound() {
    has pulseaudio && has pactl && has paplay && has espeak-ng &&
        [ -n "$(find /usr/lib -name libasound_module_pcm_pulse.so -print -quit 2>/dev/null)" ]
}
has_browser() { has chromium || has chromium-browser || has google-chrome || has google-chrome-stable; }

PORTAUDIO=(libportaudio2)
TEST_SOUND=(pulseaudio pulseaudio-utils libasound2-plugins espeak-ng)
TRACING=(strace)
BROWSER=(chromium)

# Elsewhere it comes inside the package.
see_to_portaudio() {
    is_linux && ! has_portaudio || return 0
    apt_install "recording and playing" "${PORTAUDIO[@]}" ||
        say "recording and playing need PortAudio (Debian and Ubuntu: sudo apt install ${PORTAUDIO[*]}); all else works without."
}

# Each by itself, so that what apt does not have or will not do leaves the others out of it.
see_to_each_program() {
    see_to_portaudio
    has_test_sound || apt_install "the tests of sound" "${TEST_SOUND[@]}" ||
        say "tests of sound are skipped: they need ${TEST_SOUND[*]}."
    has strace || apt_install "the tests of power cuts" "${TRACING[@]}" ||
        say "tests of power cuts are skipped: they need ${TRACING[*]}."
    has_browser || apt_install "the tests of pages" "${BROWSER[@]}" ||
        say "tests of pages are skipped: they need ${BROWSER[*]}."
}

# All at once where that will do: most of the time apt reads its lists and brings the system up to date with what came.
see_to_programs() {
    local all simulation
    is_linux || return 0
    read -r -a all <<<"$(lacking)"
    if [ ${#all[@]} -gt 1 ] && may_install && simulation=$(simulated "${all[@]}") && [[ $simulation != *Remv* ]]; then
        apt_install "the tests" "${all[@]}" && return
    fi
    see_to_each_program
}

# What is not there of all that tests need of the system.
lacking() {
    local packages=()
    has_portaudio || packages+=("${PORTAUDIO[@]}")
    has_test_sound || packages+=("${TEST_SOUND[@]}")
    has strace || packages+=("${TRACING[@]}")
    has_browser || packages+=("${BROWSER[@]}")
    echo "${packages[@]}"
}

missing() {
    local packages
    packages=$(lacking)
    [ -z "$packages" ] && return
    say "tests were skipped for want of $packages."
    return 1
}

case ${1:-} in
    run)
        install_pinned requirements.lock
        see_to_portaudio
        touch .venv/.run
        ;;
    develop)
        install_pinned requirements-dev.lock
        touch .venv/.develop
        ;;
    programs) see_to_programs ;;
    missing) missing ;;
    *)
        say "tools/set_up.sh run|develop|programs|missing"
        exit 2
        ;;
esac
