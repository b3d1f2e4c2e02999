"""Serves folders to a browser as Maskwright serves its front end: isolated, files kept for ever."""

import threading
from collections.abc import Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from tools.ports import HOST, free_port

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOR_EVER = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = (".html", ".json")


class IsolatedSite:
    """A context manager; `folders` maps the first parts of an address ("/static/app") to folders."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        handler = type("Handler", (_Handler,), {"folders": dict(folders)})
        self._server = ThreadingHTTPServer((HOST, free_port()), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folders: ClassVar[dict[str, Path]]
    extensions_map = {  # an instance variable in the base class
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".png": "image/png",
        ".wasm": "application/wasm",  # else it is not compiled while it streams in
        "": "application/octet-stream",
    }

    def translate_path(self, path: str) -> str:
        path = path.split("?")[0]
        for prefix, folder in self.folders.items():
            if path.startswith(f"{prefix}/") and ".." not in path:
                return str(folder / path[len(prefix) + 1 :])
        return str(Path("/nowhere"))

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        changes = self.path.split("?")[0].endswith(ASKED_EACH_TIME)
        self.send_header("Cache-Control", "no-cache" if changes else FOR_EVER)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing: the benchmark's own lines are enough."""
