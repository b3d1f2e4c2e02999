"""Official code that is no package: checkouts of its repositories, beside the project."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.problem import Problem

VARIABLE = "OFFICIAL_CHECKOUTS"


@dataclass(frozen=True)
class Checkout:
    """A repository at the commit whose code gave the golden numbers."""

    repository: str  # on GitHub
    commit: str

    def put_on_path(self) -> None:
        """Lets its packages be imported. Raises Problem where it is not there."""
        name = self.repository.rpartition("/")[2]
        folder = Path(os.environ.get(VARIABLE, ""), name)
        if VARIABLE not in os.environ or not folder.is_dir():
            raise Problem(
                f"{VARIABLE} has to name a folder in which {name} is a checkout of "
                f"https://github.com/{self.repository} at {self.commit}."
            )
        if str(folder) not in sys.path:
            sys.path.append(str(folder))
