"""What `make run` keeps running, and what is left of it afterwards."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

import psutil

from tests.fixtures.truth import PHOTOS
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage
from tests.journeys.support.server import SUPERVISOR, Server
from tools.paths import ROOT

MOST_MEMORY_MB = 600


def tree_of(server: Server) -> list[psutil.Process]:
    root = psutil.Process(server.pid)
    return [root, *root.children(recursive=True)]


def wait_for(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def worker_of(server: Server) -> psutil.Process | None:
    return next((process for process in tree_of(server) if process.cmdline()[-1:] == ["worker"]), None)


def test_tree_needs_little_memory_and_serves_this_machine_only(server: Server) -> None:
    wait_for(lambda: worker_of(server) is not None)
    tree = tree_of(server)
    assert sum(process.memory_full_info().pss for process in tree) < MOST_MEMORY_MB * 1e6
    listeners = [
        connection.laddr.ip
        for process in tree
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert set(listeners) == {"127.0.0.1"}


def test_killed_worker_comes_back_and_new_images_get_their_embeddings(
    server: Server, browser: Browser
) -> None:
    project = ProjectPage.create(browser.open(server.sign_in_link()), "After the crash")
    wait_for(lambda: worker_of(server) is not None)
    before = worker_of(server)
    assert before is not None
    before.send_signal(signal.SIGKILL)
    project.upload(PHOTOS / "coffee.jpg")
    project.open_image("coffee.jpg")
    after = worker_of(server)
    assert after is not None
    assert after.pid != before.pid


def test_killed_supervisor_leaves_no_process_behind(fresh_server: Server) -> None:
    fresh_server.start()
    wait_for(lambda: worker_of(fresh_server) is not None)
    tree = tree_of(fresh_server)
    fresh_server.kill()
    _, alive = psutil.wait_procs(tree, timeout=20)
    assert alive == []


def test_second_start_on_the_same_data_is_told_and_changes_nothing(server: Server) -> None:
    env = {**os.environ, "DATA_DIR": str(server.data_dir), "PORT": str(server.port)}
    done = subprocess.run(SUPERVISOR, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"already runs on the data folder {server.data_dir}" in done.stderr
    assert server.url in done.stderr
    assert "Traceback" not in done.stderr
    assert server.is_running
