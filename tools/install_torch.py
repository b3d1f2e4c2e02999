"""`make torch`: what published segmenters, training and encoding in torch need."""

from tools.problem import run_main
from tools.virtualenv import ensure_packages, ensure_torch_packages, ensure_virtualenv


def main() -> int:
    install_torch()
    return 0


def install_torch() -> None:
    """Into `.venv`, beside what `make run` needs."""
    ensure_virtualenv()
    ensure_packages("requirements.txt")
    ensure_torch_packages()


if __name__ == "__main__":
    run_main(main)
