#!/usr/bin/env bash
# Write requirements.lock (run time) and requirements-dev.lock (the tests too): the newest versions that pyproject.toml
# allows, one for all systems and Pythons, each with the hashes of its files.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

# lock FILE WHAT OPTION…
lock() {
    local file=$1 what=$2
    shift 2
    .venv/bin/uv pip compile --quiet pyproject.toml --output-file "$fresh/$file" --universal --python-version 3.11 \
        --fork-strategy fewest --generate-hashes --no-annotate --no-header --no-emit-package pip "$@"
    {
        echo "# $what: exact versions and hashes, so that two machines run the same program."
        echo "# Made by \`make lock\`; pyproject.toml says why each direct dependency is there."
        cat "$fresh/$file"
    } >"$fresh/whole"
    cp "$fresh/whole" "$file"
}

lock requirements.lock "What \`make demo\` installs" --group build
lock requirements-dev.lock "What \`make test\` installs" --group dev --extra word --extra browse --extra team --extra observers --constraint requirements.lock
