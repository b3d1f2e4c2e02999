"""`make bench` and `make bench-NAME`: runs benchmarks; the last line of stdout is one JSON object."""

import json
import subprocess
import sys
from typing import Any

from tools.paths import ROOT, VENV_PYTHON
from tools.problem import Problem, run_main, say
from tools.setup_tests import no_users_data, set_up_tests
from tools.virtualenv import ensure_torch_packages

NAMES = ("decoder", "encoder", "labelling", "startup", "workspace")
NEED_TORCH = {"decoder", "encoder"}
MEASURE = "import json; from tests.benchmarks import {0}; print(json.dumps({0}.measure()))"


def main() -> int:
    names = sys.argv[1:]
    set_up_tests()
    if NEED_TORCH.intersection(names):
        ensure_torch_packages()
    with no_users_data():
        figures = {name: run_benchmark(name) for name in names}
    # One benchmark's keys stand alone; of several each has its name.
    print(json.dumps(figures[names[0]] if len(names) == 1 else figures), flush=True)
    return 0


def run_benchmark(name: str) -> dict[str, Any]:
    """In a process of its own, in the virtual environment, so that one does not warm up the next."""
    if name not in NAMES:
        raise Problem(f"There is no benchmark {name!r}. There are: {', '.join(NAMES)}")
    say(f"== {name}")
    command = [str(VENV_PYTHON), "-c", MEASURE.format(name)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"The benchmark {name} failed; what it said is above.")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    run_main(main)
