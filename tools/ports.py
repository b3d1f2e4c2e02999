"""Is the port free, and if not, who has it?"""

import errno
import os
import socket
from pathlib import Path

from tools.problem import Problem

HOST = "127.0.0.1"
TCP_LISTEN = "0A"  # linux/net/tcp_states.h


def check_port(port: int) -> None:
    """A Problem where we cannot serve on that port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Problem(_explain(error, port)) from error


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def find_listener(port: int) -> str | None:
    """Who listens on a TCP port, as "name (process 123)"; None where we may not see it."""
    inodes = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    if not inodes:
        return None
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(descriptor.readlink()) in inodes:
                process = descriptor.parents[1]
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:
            continue  # gone meanwhile, or somebody else's
    return None


def _explain(error: OSError, port: int) -> str:
    other = port + 1 if port < 65535 else port - 1
    if error.errno == errno.EADDRINUSE:
        owner = find_listener(port) or "another program"
        return f"Port {port} is taken by {owner}. Stop it, or choose another port: PORT={other} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the administrator. Choose one above 1023: PORT=8001 make run"
    reason = os.strerror(error.errno or 0)
    return f"Port {port} cannot be used: {reason}. Choose another one: PORT={other} make run"


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        try:
            rows = table.read_text().splitlines()[1:]
        except OSError:
            continue
        for columns in map(str.split, rows):
            if columns[3] == TCP_LISTEN and int(columns[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(columns[9])
    return inodes
