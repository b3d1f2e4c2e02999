"""The supervisor's children: `python -m tools.child web` and `… worker`, in the virtual environment."""

import gc
import os
import signal
import sys
import threading
import time
from types import FrameType

from tools.paths import port
from tools.ports import HOST

WEB_THREADS = 8
SECONDS_TO_STOP = 8


def end_with_parent() -> None:
    """Ends this process when the supervisor is gone, even one that was killed.

    The supervisor holds the other end of our standard input and never writes; the kernel closes it
    when the supervisor dies.
    """

    def watch() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_STOP)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def serve_web() -> None:
    """The web server: pages, API and static files. For this machine only."""
    signal.signal(signal.SIGTERM, _exit_now)
    from waitress import serve

    from annotator.wsgi import application

    # All that was imported stays until the end: the collector need not walk over it again and again.
    gc.collect()
    gc.freeze()
    # `ident=None` leaves out the Server header.
    serve(application, host=HOST, port=port(), threads=WEB_THREADS, ident=None, asyncore_use_poll=True)


def run_worker() -> None:
    """The Celery worker: a thread for each lane of jobs, all in this very process."""
    from annotator.celery import app

    gc.collect()
    gc.freeze()
    # It has no colleagues to greet.
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    app.worker_main(["worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "INFO", *quiet])


ROLES = {"web": serve_web, "worker": run_worker}


def _exit_now(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    end_with_parent()
    ROLES[sys.argv[1]]()
