"""Messages leave when the transaction commits, and a broker that is down costs nothing but a log line."""

import logging
import os
import subprocess
import sys

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from annotator.celery import app
from annotator.common.enqueue import enqueue_on_commit
from tools.ports import free_port


class Broker:
    """Takes what is sent, or is down."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.is_down = is_down
        self.sent: list[tuple[str, tuple[int, ...]]] = []

    def send_task(self, name: str, *, args: tuple[int, ...], retry: bool) -> None:
        if self.is_down:
            raise OperationalError("connection refused")
        self.sent.append((name, args))


@pytest.mark.django_db(transaction=True)
def test_it_sends_after_the_commit_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker()
    monkeypatch.setattr(app, "send_task", broker.send_task)
    with transaction.atomic():
        enqueue_on_commit("annotator.jobs.tasks.run", 7)
        assert broker.sent == []
    assert broker.sent == [("annotator.jobs.tasks.run", (7,))]


@pytest.mark.django_db(transaction=True)
def test_it_sends_nothing_when_the_transaction_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker()
    monkeypatch.setattr(app, "send_task", broker.send_task)
    with transaction.atomic():
        enqueue_on_commit("annotator.jobs.tasks.run", 7)
        transaction.set_rollback(True)
    assert broker.sent == []


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_is_logged_and_survived(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app, "send_task", Broker(is_down=True).send_task)
    with caplog.at_level(logging.WARNING), transaction.atomic():
        enqueue_on_commit("annotator.jobs.tasks.run", 7)
    assert "connection refused" in caplog.text


def test_a_redis_that_is_down_does_not_keep_the_request_waiting() -> None:
    source = (
        "import time\n"
        "from annotator.common.enqueue import _send\n"
        "from annotator.celery import app\n"
        "start = time.monotonic()\n"
        "_send('annotator.jobs.tasks.work', ())\n"
        "print(time.monotonic() - start)\n"
    )
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "annotator.settings",
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0",
    }
    done = subprocess.run([sys.executable, "-c", source], env=env, capture_output=True, text=True, check=True)
    assert "did not take" in done.stderr
    assert float(done.stdout) < 4
