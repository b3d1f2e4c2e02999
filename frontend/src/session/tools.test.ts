import { expect, test } from "vitest";
import { INITIAL_TOOL_SETTINGS, isDrawingTool, SETTING_RANGES, withSettings } from "./tools";

test("settings stay in their ranges, and what is not named stays", () => {
  const changed = withSettings(INITIAL_TOOL_SETTINGS, { brushDiameter: 0, wandTolerance: 1e6, shapeMode: "new" });
  expect(changed).toEqual({
    ...INITIAL_TOOL_SETTINGS,
    brushDiameter: SETTING_RANGES.brushDiameter.min,
    wandTolerance: SETTING_RANGES.wandTolerance.max,
    shapeMode: "new",
  });
});

test("the segmenter's tool and the hand do not draw", () => {
  expect((["prompt", "select", "brush", "split"] as const).map(isDrawingTool)).toEqual([false, false, true, true]);
});
