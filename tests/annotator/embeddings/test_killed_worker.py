"""A real worker is killed in the middle of a job; the next one finishes every job exactly once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.annotator.embeddings import counting
from tests.journeys.support.backends import fresh_backends

IMAGES = 6
PATIENCE_S = 60.0
STOP_PATIENCE_S = 20.0


class Stage:
    """A data folder, a database and a broker of their own, and one worker at a time."""

    def __init__(self, folder: Path, backends: Mapping[str, str], repository: Path) -> None:
        self.folder = folder
        self.log = folder / "encodings.log"
        self._repository = repository
        self._env = {
            **os.environ,
            **backends,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "annotator.settings",
            "JOB_HEARTBEAT_SECONDS": "0.3",
            "JOB_DEAD_AFTER_SECONDS": "3",
            counting.LOG: str(self.log),
        }
        self._worker: subprocess.Popen[bytes] | None = None

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=self._repository, env=self._env, check=True, capture_output=True
        )
        return done.stdout.decode()

    def do(self, *command: str) -> str:
        return self.run("-m", "tests.annotator.embeddings.stage", *command)

    def start_worker(self, pool: str, *, seconds: float, batch: int = 1) -> None:
        """A worker whose encodings take so long, and whose segmenter takes so many images at once."""
        with (self.folder / f"worker-{pool}.log").open("wb") as output:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "tests.annotator.embeddings.stage", "work", pool],
                cwd=self._repository,
                env={**self._env, counting.SECONDS: str(seconds), counting.BATCH: str(batch)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill_worker(self) -> None:
        """SIGKILL to the worker and all its processes, as when the machine runs out of memory."""
        assert self._worker is not None
        os.killpg(self._worker.pid, signal.SIGKILL)
        self._worker.wait()

    def stop_worker(self) -> int:
        """SIGTERM; the exit status."""
        assert self._worker is not None
        self._worker.terminate()
        return self._worker.wait(STOP_PATIENCE_S)

    def end(self) -> None:
        if self._worker is not None and self._worker.poll() is None:
            self.kill_worker()

    def encodings(self, step: str) -> list[str]:
        """The images whose encoding began or ended, in that order."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line.split()[1] for line in lines if line.startswith(step)]


@pytest.fixture
def stage(tmp_path: Path, repository: Path) -> Iterator[Stage]:
    with fresh_backends() as backends:
        stage = Stage(tmp_path, backends, repository)
        stage.run("manage.py", "migrate", "-v0")
        try:
            yield stage
        finally:
            stage.end()


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


def test_every_job_is_finished_exactly_once(stage: Stage) -> None:
    stage.do("add_images", str(IMAGES))

    stage.start_worker("threads", seconds=1.5)
    _wait_until(lambda: len(stage.encodings("begin")) == 2)
    stage.kill_worker()
    assert stage.encodings("end") == [f"{IMAGES - 1:.3f}"], "the one that somebody waits for came first"

    stage.start_worker("prefork", seconds=0.05)
    _wait_until(lambda: len(stage.encodings("end")) == IMAGES)
    assert stage.stop_worker() == 0, "it finishes what it is at, then ends"

    assert sorted(stage.encodings("end")) == [f"{grey:.3f}" for grey in range(IMAGES)]
    seen: dict[str, Any] = json.loads(stage.do("show"))
    assert [job["state"] for job in seen["jobs"]] == ["succeeded"] * IMAGES
    outcomes = sorted(job["outcomes"] for job in seen["jobs"])
    assert outcomes == [["lost", "succeeded"], *[["succeeded"]] * (IMAGES - 1)]
    assert seen["ready"] == IMAGES
    assert len(list((stage.folder / "embeddings").rglob("*.safetensors.gz"))) == IMAGES


def test_a_killed_batch_is_queued_again_and_each_job_of_it_finished_once(stage: Stage) -> None:
    stage.do("add_images", str(IMAGES))

    stage.start_worker("threads", seconds=1.5, batch=3)
    _wait_until(lambda: len(stage.encodings("begin")) == 2)
    stage.kill_worker()

    stage.start_worker("threads", seconds=0.05, batch=3)
    _wait_until(lambda: len(stage.encodings("end")) == IMAGES)
    assert stage.stop_worker() == 0
    seen: dict[str, Any] = json.loads(stage.do("show"))
    outcomes = sorted(job["outcomes"] for job in seen["jobs"])
    # Somebody waited for one, which ran alone; the batch and what was read ahead of it was lost.
    assert outcomes == [*[["lost", "succeeded"]] * (IMAGES - 1), ["succeeded"]]
    assert seen["ready"] == IMAGES
