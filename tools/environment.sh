#!/usr/bin/env bash
# Makes the Python environment; called by the Makefile: environment.sh libraries|install PYTHON VENV
# Stamp files say what is complete. A run that was interrupted left no stamp, so the next run starts
# that step again, and nothing half-made is ever used.
set -euo pipefail

step=$1 python=$2 venv=$3
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

stop() {
    printf '%s\n' "" "$@" >&2
    exit 1
}

need_python() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stop \
        "breakfix needs Python 3.11 or newer, and '$python' is not that. On Debian or Ubuntu:" \
        "    sudo apt-get install -y python3 python3-venv" \
        "or name another one: make PYTHON=/path/to/python3.12"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || stop \
        "Python's venv is missing here. On Debian or Ubuntu:" \
        "    sudo apt-get install -y python3-venv" \
        "Then repeat the same make command."
}

libraries() {
    need_python
    if [ -e "$venv/.locked" ]; then # complete, but the lock is newer: mend in place
        rm -f "$venv/.locked" "$venv/.installed"
    else
        echo "set-up 1/3: a Python environment in $venv"
        "$python" -m venv --clear "$venv"
    fi
    echo "set-up 2/3: libraries from requirements.lock (a minute or two the first time)"
    "$venv/bin/python" -m pip install -qq --require-hashes --only-binary :all: \
        -r requirements.lock || stop \
        "Not every library could be installed; the lines above say which." \
        "Check the network connection and repeat the same command: it goes on from here."
    touch "$venv/.locked"
}

install() {
    rm -f "$venv/.installed"
    echo "set-up 3/3: breakfix itself"
    "$venv/bin/python" -m pip install -qq --no-deps --no-build-isolation -e .
    touch "$venv/.installed"
}

"$step"
