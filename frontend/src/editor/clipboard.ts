import { allOf } from "../document";
import { cropMask, encodeWindow } from "../masks";
import { t } from "../words";
import { likeIt } from "./byHand";
import type { Editing } from "./editing";
import type { EditorHost } from "./ports";
import type { Selecting } from "./selecting";
import { imageHwOf } from "./state";
import type { Store } from "./store";
import { newUuid } from "./uuid";

/** Masks that were copied: they can be pasted on other images of the project. */
export class Clipboard {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly selecting: Selecting,
    private readonly host: EditorHost,
  ) {}

  get isEmpty(): boolean {
    return this.store.state.copied.length === 0;
  }

  copy(): void {
    this.store.update({ copied: this.selecting.annotations() });
  }

  /** At the same pixels. What of a mask lies outside of a smaller image is left away. */
  paste(): void {
    const { image, copied } = this.store.state;
    if (!image) return;
    const imageHw = imageHwOf(image);
    const pasted = copied
      .map((annotation) => ({
        annotation: { ...annotation, imageId: image.id },
        mask: encodeWindow(cropMask(annotation.rle, annotation.bboxXywh), imageHw),
        id: newUuid(),
      }))
      .filter(({ mask }) => mask.area > 0);
    if (pasted.length === 0) {
      this.host.notify({
        code: "nothing_pasted",
        message: t("The copied masks lie outside of this image."),
        level: "info",
      });
      return;
    }
    this.editing.edit(t("Paste"), allOf(pasted.map(({ annotation, mask, id }) => likeIt(annotation, mask, id))));
    this.selecting.these(pasted.map(({ id }) => id).filter((id) => this.store.state.document.annotations.has(id)));
  }
}
