import { boxAround, type ImageBox, partToLookAt } from "../geometry";
import { boxOfLogits } from "../masks";
import type { RegionalSegmentation } from "../segmentation";
import { isSameQuestion, type Prompt, shownLogits } from "../session";
import type { ImageDetails } from "./ports";
import { regionOf } from "./regions";
import { imageHwOf } from "./state";
import type { Store } from "./store";

/**
 * Corrections are answered from an embedding of the object's surroundings, in which it is larger. They are fetched while
 * somebody looks at the answer before; until they are there, the whole image answers.
 */
export class CloserLook {
  private part: ImageBox | null = null;
  private answered: Prompt | null = null;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly store: Store,
    private readonly segmentation: RegionalSegmentation,
  ) {
    this.unsubscribe = store.subscribe(() => this.follow());
  }

  dispose(): void {
    this.unsubscribe();
  }

  private follow(): void {
    const { image, session, usesRegions } = this.store.state;
    const { prompt } = session;
    const rule = this.store.state.embedding?.closerLook;
    if (!image || !rule || !usesRegions || prompt.points.length === 0) {
      this.answered = null;
      this.look(image, null);
      return;
    }
    // The first answer does: another candidate may be chosen, but it is of the same object.
    if (prompt.points.length < rule.fromPoint - 1 || !prompt.candidates) return;
    if (this.answered && isSameQuestion(this.answered, prompt)) return;
    this.answered = prompt;
    const object = objectOf(prompt, image);
    this.look(image, object && partToLookAt(object, imageHwOf(image), rule.margin, this.part));
  }

  private look(image: ImageDetails | null, part: ImageBox | null): void {
    if (part === this.part) return;
    this.part = part;
    if (!part && this.store.state.closerPart) this.store.update({ closerPart: null });
    void this.segmentation.lookCloser(image && part && regionOf(image, part)).then((isThere) => {
      if (isThere && part && part === this.part) this.store.update({ closerPart: part });
    });
  }
}

/** The mask that is shown, and the pixels that were clicked as foreground. */
function objectOf(prompt: Prompt, image: ImageDetails): ImageBox | null {
  const logits = shownLogits(prompt);
  const boxes = prompt.points.filter(({ label }) => label === 1).map(({ point }) => pixelAt(point.x, point.y));
  const mask = logits && boxOfLogits(logits, imageHwOf(image));
  const [first, ...rest] = mask ? [mask, ...boxes] : boxes;
  return first ? rest.reduce(boxAround, first) : null;
}

function pixelAt(x: number, y: number): ImageBox {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x0: left, y0: top, x1: left + 1, y1: top + 1 };
}
