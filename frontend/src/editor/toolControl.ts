import { type ToolId, type ToolSettings, withSettings } from "../session";
import { t } from "../words";
import type { Gestures } from "./gestures";
import type { EditorHost } from "./ports";
import type { Store } from "./store";

/** Which tool is in the hand, and how it works. */
export class ToolControl {
  constructor(
    private readonly store: Store,
    private readonly gestures: Gestures,
    private readonly host: EditorHost,
  ) {}

  get settings(): ToolSettings {
    return this.store.state.session.toolSettings;
  }

  choose(tool: ToolId): void {
    if (!this.gestures.changeTool(tool)) return;
    const message = t("What you had begun is kept: take its tool again to go on.");
    this.host.notify({ code: "gesture_kept", message, level: "info" });
  }

  change(patch: Partial<ToolSettings>): void {
    this.store.updateSession({ toolSettings: withSettings(this.settings, patch) });
  }

  /** Sizes feel evenly spaced when each is a fifth larger than the one before. */
  scaleBrush(steps: number): void {
    const { brushDiameter } = this.settings;
    const scaled = brushDiameter * 1.2 ** steps;
    const rounded = steps > 0 ? Math.ceil(scaled) : Math.floor(scaled);
    this.change({ brushDiameter: rounded });
  }
}
