import sys

import pytest

from tools.commands import explain_failure, run_quietly
from tools.problem import Problem

# What the installers really print, shortened.
PIP_WITHOUT_NETWORK = (
    "WARNING: Retrying after connection broken by 'NewConnectionError': Temporary failure in name resolution"
)
UV_WITHOUT_NETWORK = "error: Failed to fetch: `simple/celery/`\n  Caused by: dns error"
NPM_WITHOUT_NETWORK = "npm error code EAI_AGAIN\nnpm error request to the registry failed"


@pytest.mark.parametrize("output", [PIP_WITHOUT_NETWORK, UV_WITHOUT_NETWORK, NPM_WITHOUT_NETWORK])
def test_missing_network_is_told_as_such(output: str) -> None:
    assert explain_failure(output, doing="installing", command=["pip"]).startswith("No network")


def test_full_disk_is_told_as_such() -> None:
    output = "OSError: [Errno 28] No space left on device"
    assert explain_failure(output, doing="installing", command=["pip"]).startswith("The disk is full")


def test_unknown_failure_shows_the_end_of_what_the_command_said() -> None:
    script = "import sys; [print(n) for n in range(100)]; sys.exit(3)"
    with pytest.raises(Problem, match=r"(?s)failed while counting.*\n    99$"):
        run_quietly(sys.executable, "-c", script, doing="counting")


def test_command_that_does_not_exist_is_a_problem() -> None:
    with pytest.raises(Problem, match="no-such-program could not be started while trying"):
        run_quietly("no-such-program", doing="trying")
