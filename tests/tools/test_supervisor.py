import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

# A supervisor with two children that live as long as it does, started as `make run` starts them.
SUPERVISOR = '''
import sys
from pathlib import Path
from tools.supervisor import Child, StopRequest, keep_running, running

child = """
import time
from tools.child import end_with_parent
end_with_parent()
print("up", flush=True)
time.sleep(60)
"""
logs = Path(sys.argv[1])
command = [sys.executable, "-c", child]
web, worker = (Child(name, command, log=logs / name, env={}) for name in ("web", "worker"))
stop = StopRequest()
with running(web), running(worker):
    print("started", flush=True)
    keep_running([web, worker], stop)
'''


@pytest.fixture
def supervisor(tmp_path: Path, repository: Path) -> Iterator[psutil.Popen]:
    process = psutil.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path)],
        cwd=repository,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "started\n"
    wait_for(lambda: all((tmp_path / name).read_text() == "up\n" for name in ("web", "worker")))
    children = process.children()
    yield process
    for left in [process, *children]:
        if left.is_running():
            left.kill()


def wait_for(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_ends_all_processes_without_a_word_of_python(
    supervisor: psutil.Popen, number: int
) -> None:
    children = supervisor.children()
    supervisor.send_signal(number)
    _, said = supervisor.communicate(timeout=10)
    assert supervisor.returncode == 0
    assert "Traceback" not in said
    assert all(is_gone(child) for child in children)


def test_killed_supervisor_leaves_no_orphans(supervisor: psutil.Popen) -> None:
    children = supervisor.children()
    supervisor.kill()
    supervisor.wait(5)
    wait_for(lambda: all(is_gone(child) for child in children))


def test_child_that_was_killed_is_started_again_and_told(supervisor: psutil.Popen, tmp_path: Path) -> None:
    before = supervisor.children()
    os.kill(before[0].pid, signal.SIGKILL)
    wait_for(lambda: (tmp_path / "web").read_text() == "up\nup\n")
    after = supervisor.children()
    assert len(after) == 2
    assert before[0].pid not in {child.pid for child in after}
    supervisor.terminate()
    _, said = supervisor.communicate(timeout=10)
    assert "The web ended (killed by SIGKILL); starting it again in 0.5 s." in said


def test_supervisor_at_rest_uses_no_cpu(supervisor: psutil.Popen) -> None:
    time.sleep(0.3)
    before = supervisor.cpu_times()
    time.sleep(1)
    after = supervisor.cpu_times()
    assert (after.user + after.system) - (before.user + before.system) <= 0.02
