"""Stands between Playwright and Firefox, a program of its own: `python firefox_relay.py FIREFOX ARGUMENTS…`.

Playwright speaks WebDriver BiDi (https://w3c.github.io/webdriver-bidi/) to any Firefox. It begins with a
command that only later versions than Debian's know, and gives up when that is refused, although it asks for
nothing. The relay says yes to that and hands on everything else as it is, refusals too.
"""

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

# A busy machine is no reason to hang up: messages of any size, no hurry, no pings to be answered in time.
PATIENT: dict[str, Any] = {"max_size": None, "open_timeout": 60, "ping_interval": None}
LONGEST_LINE = 2**24  # of what Firefox says on stderr, in bytes
LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")


async def relay(firefox: str, arguments: list[str]) -> int:
    """Starts Firefox, and tells its address as Firefox would, but our own."""
    process = await asyncio.create_subprocess_exec(firefox, *arguments, stderr=PIPE, limit=LONGEST_LINE)
    assert process.stderr is not None
    address = await _address(process.stderr)

    async def link(playwright: ServerConnection) -> None:
        assert playwright.request is not None
        url = f"{address}{playwright.request.path}"
        async with connect(url, proxy=None, **PATIENT) as connection:
            await asyncio.gather(_hand_up(playwright, connection), _hand_down(connection, playwright))

    async with serve(link, "127.0.0.1", 0, compression=None, **PATIENT) as server:
        port = server.sockets[0].getsockname()[1]
        print(f"WebDriver BiDi listening on ws://127.0.0.1:{port}", file=sys.stderr, flush=True)
        async for line in process.stderr:
            _say(line)
        return await process.wait()


async def _address(said: asyncio.StreamReader) -> str:
    async for line in said:
        if match := LISTENING.search(line):
            return match[1].decode()
        _say(line)
    raise SystemExit("Firefox ended before it could be driven.")


async def _hand_up(playwright: ServerConnection, firefox: ClientConnection) -> None:
    async for message in playwright:
        command = json.loads(message)
        if _asks_for_nothing(command):
            await playwright.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
        else:
            await firefox.send(message)
    await firefox.close()


async def _hand_down(firefox: ClientConnection, playwright: ServerConnection) -> None:
    async for message in firefox:
        await playwright.send(message)
    await playwright.close()


def _asks_for_nothing(command: dict[str, object]) -> bool:
    """Media features that are all left as they are."""
    match command:
        case {"method": "emulation.setMediaFeaturesOverride", "params": {"features": dict(features)}}:
            return all(value is None for value in features.values())
    return False


def _say(line: bytes) -> None:
    sys.stderr.buffer.write(line)
    sys.stderr.buffer.flush()


if __name__ == "__main__":
    sys.exit(asyncio.run(relay(sys.argv[1], sys.argv[2:])))
