import { type Annotation, addAnnotation, allOf } from "../document";
import type { ImagePoint } from "../geometry";
import { combineRle, type EncodedMask, encodePolygon, encodeStroke, type StrokePoint, splitByLine } from "../masks";
import { EMPTY_PROMPT, isQuestion, type Paint, selectOnly } from "../session";
import { t } from "../words";
import { editedByHand, intoPieces } from "./byHand";
import type { Editing } from "./editing";
import { encodeRegion, type GrowingColours } from "./following";
import type { EditorHost } from "./ports";
import { imageHwOf } from "./state";
import type { Store } from "./store";
import { newUuid } from "./uuid";

/**
 * What is drawn by hand goes into the selected annotation; with none selected it becomes a new one. A mask that is
 * being made with the segmenter is accepted first. Every stroke is one step.
 */
export class MaskEditing {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly host: EditorHost,
  ) {}

  /** Whether there is something to erase from, or a category to draw with; tells the user what is missing. */
  isReadyFor(paint: Paint): boolean {
    const reason = this.whyNot(paint);
    if (reason !== null) this.tell(reason);
    return reason === null;
  }

  /** Discs along the line that the pointer took. */
  stroke(points: readonly StrokePoint[], paint: Paint): void {
    const { image } = this.store.state;
    if (!image || points.length === 0) return;
    const imageHw = imageHwOf(image);
    this.draw(paint === "add" ? t("Brush") : t("Erase"), encodeStroke(points, imageHw), paint);
  }

  /** The inside of the rings, even-odd. */
  shape(rings: readonly (readonly ImagePoint[])[], paint: Paint): void {
    const { image } = this.store.state;
    if (!image) return;
    const label = paint === "add" ? t("Add shape") : t("Cut out shape");
    this.draw(label, encodePolygon(rings, imageHwOf(image)), paint, this.makesNew());
  }

  /** A line that crosses the selected mask cuts it: the largest piece keeps its name. */
  splitAlong(line: readonly ImagePoint[]): void {
    const target = this.settle() ? this.target() : null;
    if (!target) return;
    const pieces = intoPieces(target, splitByLine(target.rle, line));
    if (pieces.length > 0) this.editing.edit(t("Split mask"), allOf(pieces));
    else this.tell(t("The line does not cut the mask through."));
  }

  /** All pixels of the colours; when the image's pixels have not come yet, as soon as they have. */
  paintColours(colours: GrowingColours, tolerance: number, paint: Paint): void {
    const { image } = this.store.state;
    const region = colours.grow(tolerance, paint);
    if (!region) {
      void colours.ready.then(() => {
        if (colours.grow(tolerance, paint) && this.store.state.image === image)
          this.paintColours(colours, tolerance, paint);
      });
    } else if (image) {
      const label = paint === "add" ? t("Magic wand") : t("Magic wand: take away");
      this.draw(label, encodeRegion(region, imageHwOf(image)), paint, this.makesNew());
    }
  }

  /** One step: these pixels become foreground or background of the mask that is edited. */
  draw(label: string, drawn: EncodedMask, paint: Paint, isNew = false): void {
    if (drawn.area === 0 || !this.settle()) return;
    const target = this.target();
    if (paint === "add" && (isNew || !target)) this.addMask(label, drawn);
    else if (target) {
      const mask = combineRle(target.rle, drawn.rle, paint === "add" ? "union" : "subtract");
      this.editing.edit(label, editedByHand(target, mask));
    }
  }

  private makesNew(): boolean {
    return this.store.state.session.toolSettings.shapeMode === "new";
  }

  /** Accepts what the prompt has given, and selects it. False where that was refused: the user was told why. */
  private settle(): boolean {
    const { prompt } = this.store.state.session;
    if (prompt.candidates) {
      const id = this.editing.accept();
      if (id !== null) this.select(id);
      return id !== null;
    }
    if (prompt.refines) {
      this.store.updateSession({ prompt: EMPTY_PROMPT });
      this.select(prompt.refines.id);
    }
    return true;
  }

  /** The annotation that tools edit. */
  private target(): Annotation | null {
    const { document, session } = this.store.state;
    return (session.selection && document.annotations.get(session.selection)) || null;
  }

  private addMask(label: string, mask: EncodedMask): void {
    const { image, session } = this.store.state;
    if (!image || session.categoryId === null) return;
    const id = newUuid();
    const annotation = {
      id,
      imageId: image.id,
      categoryId: session.categoryId,
      source: "manual",
      provenance: {},
    } as const;
    this.editing.edit(label, addAnnotation({ ...annotation, ...mask }));
    // The project's rules may leave nothing of it.
    if (this.store.state.document.annotations.has(id)) this.select(id);
  }

  private tell(message: string): void {
    this.host.notify({ code: "cannot_draw", message, level: "info" });
  }

  private select(id: string): void {
    this.store.updateSession(selectOnly(id));
  }

  private whyNot(paint: Paint): string | null {
    const { session, categories } = this.store.state;
    const { prompt } = session;
    if (isQuestion(prompt) && !prompt.candidates) return t("The mask is still being computed.");
    const target = this.target();
    if (target?.locked) return t("This annotation is locked. Unlock it first.");
    const hasTarget = target !== null || prompt.candidates !== null || prompt.refines !== undefined;
    if (paint === "erase" && !hasTarget) return t("Select a mask first.");
    if (!hasTarget && categories.length === 0) return t("Create a category first.");
    return null;
  }
}
