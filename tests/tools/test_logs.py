import os
from pathlib import Path

from tools.logs import MAX_LOG_BYTES, last_message, open_log, shorten_log


def test_long_log_moves_aside_while_its_process_keeps_writing(tmp_path: Path) -> None:
    path = tmp_path / "web.log"
    log = open_log(path)
    try:
        os.write(log, b"x" * (MAX_LOG_BYTES + 1))
        shorten_log(path)
        os.write(log, b"after")
    finally:
        os.close(log)
    assert path.read_bytes() == b"after"
    assert path.with_name("web.log.1").stat().st_size == MAX_LOG_BYTES + 1


def test_last_message_is_the_reason_and_neither_trace_nor_class(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(
        "Traceback (most recent call last):\n"
        '  File "x.py", line 1, in <module>\n'
        "django.db.utils.OperationalError: connection to server failed: Connection refused\n"
        "\tIs the server running?\n\n"
    )
    assert last_message(tmp_path / "log") == "connection to server failed: Connection refused"
