import socket

import pytest

from tools.ports import HOST, check_port, free_port
from tools.problem import Problem


def test_a_free_port_is_no_problem() -> None:
    check_port(free_port())


def test_a_taken_port_is_told_with_its_owner_and_another_choice() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=rf"Port {port} is taken by .+ \(process \d+\).+PORT=\d+ make run"):
            check_port(port)


def test_a_port_that_was_just_in_use_can_be_used_again() -> None:
    """The first server's connections linger in TIME_WAIT after it stopped."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((HOST, 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection((HOST, port)):
            accepted, _ = server.accept()
            accepted.close()
    check_port(port)
