import type { Annotation } from "../document";
import { type LowResLogits, logitsOfMask } from "../masks";
import { reportOf, type SegmentationPort } from "../segmentation";
import { refining, withBox } from "../session";
import { t } from "../words";
import type { EditorHost } from "./ports";
import type { Prompting } from "./prompting";
import type { Store } from "./store";

/** Hands the mask of an annotation to the segmenter, whose points then say what is wrong with it. */
export class Refining {
  constructor(
    private readonly store: Store,
    private readonly prompting: Prompting,
    private readonly segmentation: SegmentationPort,
    private readonly host: EditorHost,
  ) {}

  whyNot(): string | null {
    const { embeddingState } = this.store.state;
    const annotation = this.selected();
    if (!annotation) return t("Select a mask first.");
    if (annotation.locked) return t("This annotation is locked. Unlock it first.");
    return embeddingState === "ready" ? null : t("The embedding is not there yet.");
  }

  /** Nothing changes when the user has gone on meanwhile. */
  async begin(): Promise<void> {
    const annotation = this.selected();
    if (!annotation || this.whyNot() !== null) return;
    try {
      const grid = await this.gridOfLogits(annotation);
      if (!grid || this.selected() !== annotation) return;
      const refines = { id: annotation.id, logits: logitsOfMask(annotation.rle, grid) };
      this.prompting.begin(t("Refine mask"), refining(refines));
    } catch (error) {
      this.host.notify({ ...reportOf(error), level: "error" });
    }
  }

  /**
   * Only the decoder knows how large its logits are, padding and all, and which part of the image they are of: its
   * answer to a box around the whole mask tells.
   */
  private async gridOfLogits({ bboxXywh: [x0, y0, width, height] }: Annotation): Promise<LowResLogits | null> {
    const { image } = this.store.state;
    const prompt = withBox({ x0, y0, x1: x0 + width, y1: y0 + height });
    const answer = image && (await this.segmentation.decode(image.embeddingKey, prompt, "candidates"));
    return answer?.candidates[0]?.lowResLogits ?? null;
  }

  private selected(): Annotation | null {
    const { document, session } = this.store.state;
    return (session.selection && document.annotations.get(session.selection)) || null;
  }
}
