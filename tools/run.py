"""`make run`: sets everything up, then is the parent of the web server and the worker until Ctrl-C."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.bootstrap import bootstrap
from tools.data_folder import hold_data_folder
from tools.logs import last_message
from tools.paths import ROOT, VENV_PYTHON, data_dir, port
from tools.ports import HOST, check_port
from tools.problem import Problem, run_main, say
from tools.supervisor import Child, StopRequest, give_up_when_it_cannot_start, keep_running, running

START_TRIES = 3
START_TIMEOUT_S = 60.0
# A burst in one of many threads must not leave its memory behind in an arena of its own.
CHILD_ENV = {"PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2"}


def main() -> int:
    serve_port, folder = port(), data_dir()
    with hold_data_folder(folder, port=serve_port):
        check_port(serve_port)
        bootstrap()
        env = {**CHILD_ENV, "PORT": str(serve_port), "DATA_DIR": str(folder)}
        url = prepare(env, log=folder / "logs" / "prepare.log")
        serve(url, env, logs=folder / "logs")
    return 0


def prepare(env: dict[str, str], *, log: Path) -> str:
    """Migrations, first user, demo project. Returns the one-use sign-in link."""
    command = [str(VENV_PYTHON), "manage.py", "prepare", "--json"]
    with log.open("wb") as errors:
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=errors, check=False
        )
    if done.returncode != 0:
        hint = " Check DATABASE_URL." if os.environ.get("DATABASE_URL") else ""
        reason = last_message(log).rstrip(".")
        raise Problem(f"The database is not ready: {reason}.{hint}\nAll that was said is in {log}")
    return str(json.loads(done.stdout)["url"])


def serve(url: str, env: dict[str, str], *, logs: Path) -> None:
    """Runs web server and worker until we are asked to stop; prints the link once the pages answer."""
    stop = StopRequest()
    web, worker = (
        Child(name, [str(VENV_PYTHON), "-m", "tools.child", role], log=logs / f"{role}.log", env=env)
        for name, role in (("web server", "web"), ("worker", "worker"))
    )
    with running(web):
        if wait_until_healthy(int(env["PORT"]), web, stop):
            print(f"Open {url}", flush=True)
            say(f"Ctrl-C stops it. Logs: {logs}")
            # Not earlier: the page is what somebody waits for.
            with running(worker):
                keep_running([web, worker], stop)
                say("\nStopping …")
    say("Stopped.")


def wait_until_healthy(serve_port: int, web: Child, stop: StopRequest) -> bool:
    """Waits for the first good answer. False when we were asked to stop meanwhile."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while not stop.wait(0.05):
        if is_healthy(serve_port):
            return True
        web.keep_running()
        give_up_when_it_cannot_start(web, tries=START_TRIES)
        if time.monotonic() > deadline:
            raise Problem(f"The web server did not answer within {START_TIMEOUT_S:g} s. Its log: {web.log}")
    return False


def is_healthy(serve_port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{serve_port}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    run_main(main)
