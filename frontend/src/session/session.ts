import type { ImagePoint, Viewport } from "../geometry";
import type { CandidateSet } from "./candidates";
import { EMPTY_PROMPT, type Prompt } from "./prompt";

export type ToolId = "prompt" | "select";

/** What is shown, and how. */
export interface Display {
  readonly annotationsVisible: boolean;
  /** Annotations that the user hid one by one; hiding never deletes. */
  readonly hiddenIds: ReadonlySet<string>;
  /** Opacity of the masks' fill, 0 to 1. */
  readonly opacity: number;
}

/** The mask that a click at this point would give. */
export interface HoverPreview {
  readonly point: ImagePoint;
  readonly candidates: CandidateSet;
}

/** All that is true only while somebody looks at one image. It is never saved. Never changed in place. */
export interface Session {
  readonly viewport: Viewport;
  readonly tool: ToolId;
  readonly prompt: Prompt;
  readonly hover: HoverPreview | null;
  readonly selection: string | null;
  /** The annotation that the pointer is over, in the list or with the select tool. */
  readonly highlighted: string | null;
  readonly categoryId: number | null;
  readonly display: Display;
}

export const INITIAL_SESSION: Session = {
  viewport: { scale: 1, offsetX: 0, offsetY: 0 },
  tool: "prompt",
  prompt: EMPTY_PROMPT,
  hover: null,
  selection: null,
  highlighted: null,
  categoryId: null,
  display: { annotationsVisible: true, hiddenIds: new Set(), opacity: 0.45 },
};

/** Another image: what was pointed at is gone, tool, category and display stay. */
export function forNextImage(session: Session): Session {
  return {
    ...session,
    prompt: EMPTY_PROMPT,
    hover: null,
    selection: null,
    highlighted: null,
    display: { ...session.display, hiddenIds: new Set() },
  };
}
