import os
from pathlib import Path

from tools.logs import MAX_LOG_BYTES, last_line, open_log, shorten_log


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


def test_last_line_passes_over_empty_ones(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("first\nthe reason\n\n  \n")
    assert last_line(tmp_path / "log") == "the reason"
