"""`python -m tools.palette [search]`: figures of the palette in use, or a new one and its figures."""

import json
import sys
from dataclasses import asdict

from annotator.projects.palette import PALETTE
from tools.palette.measuring import measure
from tools.palette.searching import search

FIRST = (0.0, 0.6, 1.0)


def main() -> None:
    colors = search(len(PALETTE), first=FIRST) if "search" in sys.argv[1:] else PALETTE
    print(json.dumps({"colors": colors, **asdict(measure(colors))}, indent=2))


if __name__ == "__main__":
    main()
