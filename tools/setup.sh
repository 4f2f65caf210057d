#!/bin/sh
# Set up the virtual environment $1 with what the lock file pins, and the project itself.
set -eu
venv=$1
python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Shanhai needs Python 3.11 or later; name one: make PYTHON=python3.12 demo" >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2
    exit 1
fi
echo "Setting up $venv (once; a minute or two) …"
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.lock
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --editable .
