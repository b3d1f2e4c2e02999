"""Finds server programs, also where Debian hides them from PATH."""

import shutil
from pathlib import Path

DEBIAN_POSTGRES = Path("/usr/lib/postgresql")


def find_postgres_bin() -> Path | None:
    """The folder that holds `initdb` and `postgres`: the newest of Debian's, else the one on PATH."""
    versions = [folder for folder in DEBIAN_POSTGRES.glob("*/bin") if (folder / "initdb").exists()]
    if versions:
        return max(versions, key=lambda folder: float(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def find_redis() -> Path | None:
    return _which("redis-server", "valkey-server")


def find_chromium() -> Path | None:
    return _which("chromium", "chromium-browser", "google-chrome")


def find_firefox() -> Path | None:
    return _which("firefox-esr", "firefox")


def find_webkit_driver() -> Path | None:
    return _which("WebKitWebDriver")


def find_minibrowser() -> Path | None:
    """The browser that comes with WebKitGTK, of the newest kind."""
    return max(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), default=None)


def find_xvfb() -> Path | None:
    return _which("Xvfb")


def _which(*names: str) -> Path | None:
    return next((Path(found) for name in names if (found := shutil.which(name))), None)
