#!/bin/sh
# Finds a Python that is new enough and hands over to launch.py. PYTHON= chooses another.
cd "$(dirname "$0")/.." || exit 1

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if [ -n "$PYTHON" ]; then
    found=$PYTHON
else
    for found in python3 python3.13 python3.12 python3.11 python; do
        new_enough "$found" && break
        found=
    done
    # None is new enough: launch.py says so, with the version there is.
    [ -n "$found" ] || found=python3
fi
if ! command -v "$found" >/dev/null 2>&1; then
    echo "Python 3.11 or newer is needed, and '$found' was not found. Install it, or name one: make $1 PYTHON=/path/to/python" >&2
    exit 1
fi
exec "$found" scripts/launch.py "$@"
