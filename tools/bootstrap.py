"""Brings a clone to the state where the program can start; does only what is missing."""

from concurrent.futures import ThreadPoolExecutor

from tools.node import ensure_front_end, ensure_node, has_node_on_path
from tools.problem import run_main
from tools.virtualenv import ensure_packages, ensure_virtualenv


def bootstrap() -> None:
    """Virtual environment, pinned packages, built front end."""
    ensure_virtualenv()
    if not has_node_on_path():
        # Node then comes as a Python package, into the environment that the other thread would write to.
        ensure_node()
    with ThreadPoolExecutor(max_workers=2) as pool:
        packages = pool.submit(ensure_packages, "requirements.txt")
        front_end = pool.submit(ensure_front_end)
    packages.result()
    front_end.result()


def main() -> int:
    bootstrap()
    return 0


if __name__ == "__main__":
    run_main(main)
