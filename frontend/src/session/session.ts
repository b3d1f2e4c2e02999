import type { ImagePoint, Viewport } from "../geometry";
import type { CandidateSet } from "./candidates";
import { type Display, displayForNextImage, INITIAL_DISPLAY } from "./display";
import { EMPTY_PROMPT, type Prompt } from "./prompt";
import type { SelectionGroup } from "./selection";
import { INITIAL_TOOL_SETTINGS, type ToolId, type ToolSettings } from "./tools";

/** The mask that a click at this point would give. */
export interface HoverPreview {
  readonly point: ImagePoint;
  readonly candidates: CandidateSet;
}

/** All that is true only while somebody looks at one image. It is never saved. Never changed in place. */
export interface Session {
  readonly viewport: Viewport;
  readonly tool: ToolId;
  readonly toolSettings: ToolSettings;
  readonly prompt: Prompt;
  readonly hover: HoverPreview | null;
  /** The annotation that tools edit; `selectedIds` also gives those that are selected with it. */
  readonly selection: string | null;
  readonly group: SelectionGroup | null;
  /** The annotation that the pointer is over, in the list or with the select tool. */
  readonly highlighted: string | null;
  readonly categoryId: number | null;
  readonly display: Display;
}

export const INITIAL_SESSION: Session = {
  viewport: { scale: 1, offsetX: 0, offsetY: 0 },
  tool: "prompt",
  toolSettings: INITIAL_TOOL_SETTINGS,
  prompt: EMPTY_PROMPT,
  hover: null,
  selection: null,
  group: null,
  highlighted: null,
  categoryId: null,
  display: INITIAL_DISPLAY,
};

/** Another image: what was pointed at is gone, tool, category and display stay. */
export function forNextImage(session: Session): Session {
  return {
    ...session,
    prompt: EMPTY_PROMPT,
    hover: null,
    selection: null,
    group: null,
    highlighted: null,
    display: displayForNextImage(session.display),
  };
}
