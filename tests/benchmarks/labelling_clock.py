"""Two clocks: how long the page lets a person wait (measured), and how long a person takes (a stated model).

The model is the keystroke-level model of Card, Moran and Newell, "The keystroke-level model for user
performance time with interactive systems" (Communications of the ACM 23, 1980): fixed times for operators.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

KEY_S = 0.28  # K: a key, an average typist
POINT_S = 1.10  # P: to a place with the mouse
BUTTON_S = 0.10  # B: the button pressed, or released
MENTAL_S = 1.35  # M: to look, and to decide
# Not in the model: a line that is followed with care, as a stroke of the brush is.
STROKE_PX_PER_S = 250.0

# The promise begins when it is evaluated: `act` comes after it, and the last input before the answer counts.
WATCH = """
() => {
  let last = performance.now();
  const note = (event) => { last = event.timeStamp; };
  const inputs = ["keydown", "pointerdown", "pointerup"];
  for (const input of inputs) window.addEventListener(input, note, true);
  const canvas = () => document.querySelector("[data-workspace]");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const watch = async () => {
    while (!(canvas() && ((dataset, page) => CONDITION)(canvas().dataset, canvas()))) await frame();
    for (const input of inputs) window.removeEventListener(input, note, true);
    return performance.now() - last;
  };
  window.waiting = watch();
}
"""


@dataclass
class Clock:
    """`human_s` by what it was spent on; `waits_ms` by what was waited for."""

    human_s: dict[str, float] = field(default_factory=dict)
    waits_ms: dict[str, list[float]] = field(default_factory=dict)

    def person(self, what: str, seconds: float) -> None:
        self.human_s[what] = self.human_s.get(what, 0.0) + seconds

    def look(self) -> None:
        self.person("look", MENTAL_S)

    def keys(self, count: int = 1) -> None:
        self.person("keys", KEY_S * count)

    def click(self) -> None:
        self.person("point", POINT_S + 2 * BUTTON_S)

    def drag(self) -> None:
        self.person("point", 2 * (POINT_S + BUTTON_S))

    def stroke(self, length_px: float) -> None:
        self.person("brush", POINT_S + 2 * BUTTON_S + length_px / STROKE_PX_PER_S)

    def wait(self, page: Page, what: str, act: Callable[[], None], until: str) -> None:
        """Does something, and notes the time from the last input of it to the frame in which `until` is true.

        `until` is JavaScript, about `dataset` (of the canvas) and `page` (the canvas, with `describe()`).
        """
        page.evaluate(WATCH.replace("CONDITION", until))
        act()
        self.waits_ms.setdefault(what, []).append(page.evaluate("() => window.waiting"))

    @property
    def total_human_s(self) -> float:
        return sum(self.human_s.values())

    @property
    def total_waits_s(self) -> float:
        return sum(map(sum, self.waits_ms.values())) / 1000
