#!/bin/sh
# Runs its arguments with the first Python >= 3.11 that is found: `sh tools/python.sh -m tools.run`.
# Shell, because an older Python could not even read the other tools; it has to say so in plain words.
cd "$(dirname "$0")/.." || exit 1
for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$candidate" "$@"
    fi
done
found=$(python3 --version 2>&1) || found="no Python 3"
echo "Maskwright needs Python 3.11 or newer; this machine has $found." >&2
echo "On Debian 12 or Ubuntu 23.04 and later: apt-get install python3 python3-venv." >&2
echo "A Python that lies elsewhere can be named: PYTHON=/path/to/python3.12 make run" >&2
exit 1
