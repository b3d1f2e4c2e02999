/** What the pointer does. `prompt` asks the segmenter; those after `select` change the mask by hand. */
export type ToolId = "prompt" | "select" | "brush" | "eraser" | "polygon" | "lasso" | "wand" | "scissors" | "split";

/** Tools whose strokes and shapes become pixels of a mask. */
export type DrawingToolId = Exclude<ToolId, "prompt" | "select">;

export function isDrawingTool(tool: ToolId): tool is DrawingToolId {
  return tool !== "prompt" && tool !== "select";
}

/** What a drag with the prompt tool gives: one box, one box for each of several objects, or points along a line. */
export type PromptDrag = "box" | "boxes" | "scribble";

/** What a drawn shape does: it is added to the selected mask, taken from it, or becomes a mask of its own. */
export type ShapeMode = "add" | "subtract" | "new";

/** How the tools work, as long as the workspace is open. Never changed in place. */
export interface ToolSettings {
  readonly promptDrag: PromptDrag;
  readonly shapeMode: ShapeMode;
  /** Image pixels across, of brush and eraser. */
  readonly brushDiameter: number;
  /** How far a colour may be from the one clicked on; the unit is that of `imaging`'s colour distance. */
  readonly wandTolerance: number;
  /** Image pixels by which a mask grows, shrinks, or is smoothed. */
  readonly reach: number;
  /** Parts of a mask with fewer pixels are specks. */
  readonly speckSize: number;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

export const SETTING_RANGES = {
  brushDiameter: { min: 1, max: 2000 },
  wandTolerance: { min: 0, max: 100 },
  reach: { min: 1, max: 100 },
  speckSize: { min: 1, max: 100_000 },
} as const satisfies Partial<Record<keyof ToolSettings, Range>>;

export const INITIAL_TOOL_SETTINGS: ToolSettings = {
  promptDrag: "box",
  shapeMode: "add",
  brushDiameter: 24,
  wandTolerance: 12,
  reach: 2,
  speckSize: 50,
};

/** The settings with these changes, numbers kept in their ranges. */
export function withSettings(settings: ToolSettings, patch: Partial<ToolSettings>): ToolSettings {
  const changed = { ...settings, ...patch };
  const clamp = (name: keyof typeof SETTING_RANGES): number =>
    Math.min(Math.max(changed[name], SETTING_RANGES[name].min), SETTING_RANGES[name].max);
  return {
    ...changed,
    brushDiameter: clamp("brushDiameter"),
    wandTolerance: clamp("wandTolerance"),
    reach: clamp("reach"),
    speckSize: clamp("speckSize"),
  };
}
