"""A client for W3C WebDriver (https://www.w3.org/TR/webdriver2/), as small as a journey needs it."""

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Enter": "\ue007", "Control": "\ue009", "Shift": "\ue008"}
REQUEST_TIMEOUT_S = 120.0
# An engine that interprets WebAssembly at first takes its time on a busy machine.
WAIT_TIMEOUT_S = 90.0
POLL_S = 0.2

Point = tuple[float, float]


class WebDriverError(Exception):
    """What the driver refused, in its words."""


class Session:
    """One window of a browser. Positions are CSS pixels of the page."""

    def __init__(self, driver_url: str, capabilities: Mapping[str, Any]) -> None:
        self._url = driver_url
        answer = self._send("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._url = f"{driver_url}/session/{answer['sessionId']}"

    def close(self) -> None:
        self._send("DELETE", "")

    def open(self, url: str) -> None:
        self._send("POST", "/url", {"url": url})

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """Calls a JavaScript function in the page. A promise is waited for."""
        script = f"return ({function})(...arguments)"
        return self._send("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def wait_for(self, function: str, *arguments: Any, timeout_s: float = WAIT_TIMEOUT_S) -> Any:
        """Until the function gives something true. Returns that."""
        give_up = time.monotonic() + timeout_s
        while not (value := self.evaluate(function, *arguments)):
            assert time.monotonic() < give_up, f"waited in vain for {function} of {arguments}"
            time.sleep(POLL_S)
        return value

    def find(self, xpath: str, *, timeout_s: float = WAIT_TIMEOUT_S) -> str:
        """The first element, once it is there. Returns its reference."""
        give_up = time.monotonic() + timeout_s
        while not (found := self._send("POST", "/elements", {"using": "xpath", "value": xpath})):
            assert time.monotonic() < give_up, f"there is no {xpath}"
            time.sleep(POLL_S)
        reference: str = found[0][ELEMENT]
        return reference

    def click_on(self, xpath: str) -> None:
        self._send("POST", f"/element/{self.find(xpath)}/click", {})

    def type_into(self, xpath: str, text: str) -> None:
        """Also chooses a file: then the text is its path."""
        self._send("POST", f"/element/{self.find(xpath)}/value", {"text": text})

    def press(self, *keys: str) -> None:
        """All of them down, one after the other, then up again."""
        codes = [KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": code} for code in codes]
        up = [{"type": "keyUp", "value": code} for code in reversed(codes)]
        self._act({"type": "key", "id": "keyboard", "actions": [*down, *up]})

    def drag(self, path: Sequence[Point]) -> None:
        """With the left button down from the first point to the last. One point is a click."""
        moves = [{"type": "pointerMove", "duration": 0, "x": round(x), "y": round(y)} for x, y in path]
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        actions = [moves[0], down, *moves[1:], up]
        mouse = {"pointerType": "mouse"}
        self._act({"type": "pointer", "id": "mouse", "parameters": mouse, "actions": actions})

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self._send("GET", "/screenshot")))

    def _act(self, source: Mapping[str, Any]) -> None:
        self._send("POST", "/actions", {"actions": [source]})

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        # The address is our own driver's.
        request = urllib.request.Request(f"{self._url}{path}", data=data, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_TIMEOUT_S) as answer:  # noqa: S310
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise WebDriverError(error.read().decode()) from error
