"""A real HTTP server of files on this machine: ranges, cut connections, refusals; and a proxy that counts."""

from __future__ import annotations

import re
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FileServer:
    """What it serves by path, and how it behaves."""

    files: dict[str, bytes] = field(default_factory=dict)
    etag: str = '"one"'
    takes_ranges: bool = True
    cut_after: list[int] = field(
        default_factory=list
    )  # bytes of each of the next answers, then the line goes dead
    statuses: list[int] = field(default_factory=list)  # of the next answers, instead of files
    requests: list[tuple[str, str | None]] = field(default_factory=list)  # path, Range
    address: str = ""

    def url(self, name: str) -> str:
        return f"{self.address}/{name}"


class QuietHandler(BaseHTTPRequestHandler):
    """Answers with a status, headers and a body, and writes no log."""

    protocol_version = "HTTP/1.1"

    def answer(
        self, status: int, body: bytes, headers: Mapping[str, str], *, sent: bytes | None = None
    ) -> None:
        """`sent`: what really goes out of the body that the headers promise; all of it if left out."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if sent is None else sent)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base's name)
        pass


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """An HTTP server on a free port of this machine; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def file_server() -> Iterator[FileServer]:
    state = FileServer()

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            state.requests.append((self.path, asked))
            if state.statuses:
                self._answer(state.statuses.pop(0), b"", {})
            elif self.path[1:] not in state.files:
                self._answer(404, b"", {})
            else:
                self._send_file(state.files[self.path[1:]], asked)

        def _send_file(self, content: bytes, asked: str | None) -> None:
            headers = {"ETag": state.etag, "Accept-Ranges": "bytes"}
            found = re.fullmatch(r"bytes=(\d+)-", asked or "")
            same = self.headers.get("If-Range") in (None, state.etag)
            if not (found and state.takes_ranges and same):
                self._answer(200, content, headers)
                return
            start = int(found[1])
            if start >= len(content):
                self._answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
                return
            where = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self._answer(206, content[start:], {**headers, "Content-Range": where})

        def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            if body and state.cut_after:
                self.answer(status, body, headers, sent=body[: state.cut_after.pop(0)])
                self.close_connection = True
            else:
                self.answer(status, body, headers)

    with serving(Handler) as address:
        state.address = address
        yield state


@contextmanager
def proxy(passed: list[str]) -> Iterator[str]:
    """A forward proxy for plain HTTP; it notes each address that it is asked for."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            passed.append(self.path)
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with direct.open(self.path) as answer:
                body = answer.read()
            self.answer(200, body, {})

    with serving(Handler) as address:
        yield address
