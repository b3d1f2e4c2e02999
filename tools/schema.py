"""The OpenAPI snapshot and the TypeScript types made from it. `python -m tools.schema` writes both anew."""

import os
import shutil
import tempfile
from pathlib import Path

from tools.commands import run_quietly
from tools.node import run_npm
from tools.paths import FRONTEND, VENV_PYTHON
from tools.problem import Problem, run_main
from tools.setup_tests import no_users_data, set_up_checks

SNAPSHOT = FRONTEND / "src" / "api" / "schema.json"
TYPES = FRONTEND / "src" / "api" / "schema.gen.ts"


def write_schema(file: Path) -> None:
    """Writes what the code says its API is; a Problem where the code says something unclear."""
    options = ["--format", "openapi-json", "--validate", "--fail-on-warn", "--file", str(file)]
    run_quietly(
        VENV_PYTHON, "manage.py", "spectacular", *options, doing="making the OpenAPI schema", whole=True
    )


def write_types() -> None:
    """Writes the TypeScript types of the snapshot."""
    run_npm("run", "types", doing="making the TypeScript types of the API")


def check_snapshot() -> None:
    """A Problem where the API has changed and the snapshot has not."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "schema.json"
        write_schema(fresh)
        if fresh.read_bytes() != SNAPSHOT.read_bytes():
            raise Problem(_explain(SNAPSHOT))


def check_types() -> None:
    """A Problem where the snapshot has changed and the types have not. Leaves the tree as it was."""
    before = TYPES.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        kept = shutil.copy2(TYPES, Path(folder))
        try:
            write_types()
            fresh = TYPES.read_bytes()
        finally:
            shutil.copy2(kept, TYPES)
    if fresh != before:
        raise Problem(_explain(TYPES))


def _explain(file: Path) -> str:
    return f"{os.path.relpath(file)} is not what the code says. Run `make schema`, and look at what changed."


def main() -> int:
    set_up_checks()
    with no_users_data():
        write_schema(SNAPSHOT)
    write_types()
    return 0


if __name__ == "__main__":
    run_main(main)
