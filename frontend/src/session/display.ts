import { NEUTRAL_TONE, type Tone } from "./tone";

/** "fill": the mask's pixels, with a border that is less transparent; "outline": the border alone. */
export type MaskStyle = "fill" | "outline";

/** What is shown, and how. */
export interface Display {
  readonly annotationsVisible: boolean;
  /** Annotations that the user hid one by one; hiding never deletes. */
  readonly hiddenIds: ReadonlySet<string>;
  /** Only what is selected is shown; while nothing is, everything. */
  readonly isIsolating: boolean;
  readonly maskStyle: MaskStyle;
  /** Opacity of the masks' fill, 0 to 1. */
  readonly opacity: number;
  /** Of the annotations that have one of their own. */
  readonly opacityOf: ReadonlyMap<string, number>;
  readonly tone: Tone;
}

export const INITIAL_DISPLAY: Display = {
  annotationsVisible: true,
  hiddenIds: new Set(),
  isIsolating: false,
  maskStyle: "fill",
  opacity: 0.45,
  opacityOf: new Map(),
  tone: NEUTRAL_TONE,
};

/** Another image: what was said of single annotations is gone. */
export function displayForNextImage(display: Display): Display {
  return { ...display, hiddenIds: new Set(), opacityOf: new Map(), isIsolating: false };
}

/** Whether the annotation is seen at all. `selected`: the ids of all that is selected. */
export function isShown(display: Display, id: string, selected: ReadonlySet<string>): boolean {
  if (!display.annotationsVisible || display.hiddenIds.has(id)) return false;
  return !display.isIsolating || selected.size === 0 || selected.has(id);
}

/** 0 to 1. */
export function opacityOf({ opacity, opacityOf: own }: Display, id: string): number {
  return own.get(id) ?? opacity;
}
