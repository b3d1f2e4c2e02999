"""Where things are, and the few settings that the tools read from the environment."""

import os
from pathlib import Path

from tools.problem import Problem

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "static"
DEFAULT_PORT = 8000


def data_dir() -> Path:
    """Where database, images, embeddings and logs of the user are. From DATA_DIR, else `data`."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "data").expanduser().resolve()


def port() -> int:
    """The port to serve on, from PORT, else 8000."""
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Problem(
            f"PORT is {text!r}, which is no port number. Choose one from 1024 to 65535: PORT=8001 make run"
        )
    return int(text)
