"""What axe-core finds wrong with a page: https://github.com/dequelabs/axe-core."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tools.paths import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

# "minor" and "moderate" are advice; these keep people from using a page.
GRAVE = ("serious", "critical")

# The canvas is measured by its own tests: axe cannot see what is drawn on it.
RUN = """
async () => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly });
  return violations.map(({ id, impact, nodes }) => ({
    id, impact, where: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} (${failureSummary})`),
  }));
}
"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def grave_violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule gravely. Empty when all is well."""
    # Colours fade in and out: in between they have less contrast.
    page.wait_for_function("() => document.getAnimations().every(({ playState }) => playState !== 'running')")
    # Evaluated rather than added to the page: its Content-Security-Policy allows only scripts of its own.
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [
        f"{violation['id']} ({violation['impact']}): {where}"
        for violation in found
        if violation["impact"] in GRAVE
        for where in violation["where"]
    ]
