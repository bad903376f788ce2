#!/usr/bin/env bash
# Sets up an environment of its own and makes the demonstration county: bash demo.sh [FOLDER]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-demo}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for name in python3.11 python3; do
    if command -v "$name" >/dev/null && is_new_enough "$name"; then python=$name && break; fi
done
if [[ -z $python ]] || ! "$python" -c 'import ensurepip' 2>/dev/null; then
    sudo=$( ((EUID == 0)) || echo sudo)
    $sudo apt-get -q update && $sudo apt-get -q -y install --no-install-recommends python3 python3-venv
    python=python3
fi
if ! [[ -x $here/.venv/bin/xlmalekort ]]; then
    [[ -x $here/.venv/bin/python ]] || "$python" -m venv "$here/.venv"
    "$here/.venv/bin/python" -m pip install --quiet --disable-pip-version-check -e "$here"
fi
"$here/.venv/bin/xlmalekort" demo --out "$out"
