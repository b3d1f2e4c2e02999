import subprocess
from pathlib import Path

SHELL_TOOLS = ("sh", "dirname", "sed")


def launch(repository: Path, path: Path) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(repository / "tools" / "python.sh"), "-c", "print('ran')"]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def add_python(folder: Path, name: str, *, version: str, new_enough: bool) -> None:
    script = folder / name
    script.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" && exit 0\n'
        f'case "$2" in *version_info*) exit {0 if new_enough else 1};; esac\necho "ran by {version}"\n'
    )
    script.chmod(0o755)


def with_shell_tools(folder: Path) -> Path:
    for name in SHELL_TOOLS:
        (folder / name).symlink_to(f"/usr/bin/{name}")
    return folder


def test_old_python_is_told_in_plain_words(repository: Path, tmp_path: Path) -> None:
    add_python(with_shell_tools(tmp_path), "python3", version="3.9.2", new_enough=False)
    done = launch(repository, tmp_path)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this machine has Python 3.9.2." in done.stderr
    assert "Traceback" not in done.stderr


def test_no_python_is_told_in_plain_words(repository: Path, tmp_path: Path) -> None:
    done = launch(repository, with_shell_tools(tmp_path))
    assert done.returncode == 1
    assert "this machine has no Python 3" in done.stderr


def test_newer_python_under_its_own_name_is_found(repository: Path, tmp_path: Path) -> None:
    add_python(with_shell_tools(tmp_path), "python3", version="3.9.2", new_enough=False)
    add_python(tmp_path, "python3.12", version="3.12.1", new_enough=True)
    assert launch(repository, tmp_path).stdout == "ran by 3.12.1\n"
