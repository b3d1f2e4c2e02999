"""The page has a sentence of its own, and so a translation, for each code that it can be answered with."""

import importlib
import pkgutil
import re

import pytest

import annotator
from annotator.common.errors import MaskwrightError
from segmentation.imaging.errors import UnreadableImage
from tools.paths import FRONTEND

for module in pkgutil.walk_packages(annotator.__path__, "annotator."):
    if module.name.endswith((".errors", ".parsers", ".pagination")):
        importlib.import_module(module.name)

WORDS = (FRONTEND / "src" / "api" / "refusals.ts").read_text(encoding="utf-8")

# Bases that are never raised as they are, and what only the command line meets.
BEHIND_THE_PAGE = {"error", "output_not_empty", "segmenter_bundled", "segmenter_in_use"}
# In queries that the page never makes.
NEVER_ASKED = {"bad_cursor", "bad_limit"}
# Written down with the job rather than raised.
CODES_OF_JOBS = {"job_failed", "job_crashed"}


def _codes_of(base: type[MaskwrightError] | type[UnreadableImage]) -> set[str]:
    return {base.code}.union(*(_codes_of(each) for each in base.__subclasses__()))


@pytest.mark.parametrize(
    "code",
    sorted(
        (_codes_of(MaskwrightError) | _codes_of(UnreadableImage) | CODES_OF_JOBS)
        - BEHIND_THE_PAGE
        - NEVER_ASKED
    ),
)
def test_the_page_says_it_in_its_own_words(code: str) -> None:
    assert re.search(rf"^  {code}: ", WORDS, re.MULTILINE), f"refusals.ts has no sentence for {code}"
