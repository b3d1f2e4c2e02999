import { allOf } from "../document";
import { type EncodedMask, fillHoles, growMask, type Rle, removeSpecks, shrinkMask, smoothMask } from "../masks";
import type { ToolSettings } from "../session";
import { t } from "../words";
import { editedByHand } from "./byHand";
import type { Editing } from "./editing";
import type { EditorHost } from "./ports";
import type { Selecting } from "./selecting";
import type { Store } from "./store";

/** Changes the shape of the selected masks, by as much as the tool settings say. Each of these is one step. */
export class Shaping {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly selecting: Selecting,
    private readonly host: EditorHost,
  ) {}

  grow(): void {
    this.change(t("Grow mask"), (rle) => growMask(rle, this.settings.reach));
  }

  shrink(): void {
    this.change(t("Shrink mask"), (rle) => shrinkMask(rle, this.settings.reach));
  }

  smooth(): void {
    this.change(t("Smooth mask"), (rle) => smoothMask(rle, this.settings.reach));
  }

  fillHoles(): void {
    this.change(t("Fill holes"), (rle) => fillHoles(rle));
  }

  removeSpecks(): void {
    this.change(t("Remove specks"), (rle) => removeSpecks(rle, this.settings.speckSize));
  }

  private get settings(): ToolSettings {
    return this.store.state.session.toolSettings;
  }

  /** A mask of which nothing would be left stays as it is: whoever wants it gone deletes it. */
  private change(label: string, shape: (rle: Rle) => EncodedMask): void {
    const shaped = this.selecting.annotations().map((annotation) => ({ annotation, mask: shape(annotation.rle) }));
    const kept = shaped.filter(({ mask }) => mask.area > 0);
    const changed = kept.filter(({ annotation, mask }) => mask.rle.counts !== annotation.rle.counts);
    if (kept.length < shaped.length) this.tell(t("Nothing of the mask would be left. Delete it if that is meant."));
    else if (changed.length === 0) this.tell(t("There was nothing to change."));
    this.editing.edit(label, allOf(changed.map(({ annotation, mask }) => editedByHand(annotation, mask))));
  }

  private tell(message: string): void {
    this.host.notify({ code: "nothing_changed", message, level: "info" });
  }
}
