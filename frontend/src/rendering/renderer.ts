import { AnnotationLayer } from "./annotationLayer";
import { CandidateLayer } from "./candidateLayer";
import { drawPrompt } from "./promptLayer";
import type { Scene } from "./scene";
import { chooseSmoothing, enterImageSpace, enterScreenSpace } from "./surface";

/**
 * Two canvases on top of each other: the lower one with the image and its annotations, which changes rarely, the upper
 * one with the mask that is being made, which changes with every movement. One animation-frame loop draws what is dirty.
 */
export class Renderer {
  private readonly annotations = new AnnotationLayer();
  private readonly candidate = new CandidateLayer();
  private scene: Scene | null = null;
  private drawnStill: readonly unknown[] = [];
  private drawnLive: readonly unknown[] = [];
  private frame = 0;

  constructor(
    private readonly still: HTMLCanvasElement,
    private readonly live: HTMLCanvasElement,
    /** Called when a scene was drawn, before the browser shows it. */
    private readonly onDrawn: (scene: Scene) => void,
  ) {}

  show(scene: Scene): void {
    this.scene = scene;
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.drawFrame());
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
  }

  private drawFrame(): void {
    this.frame = 0;
    const { scene } = this;
    if (!scene) return;
    const ratio = devicePixelRatio;
    const stillKey = stillParts(scene, ratio);
    if (isDifferent(stillKey, this.drawnStill)) {
      this.drawnStill = this.drawStill(scene, ratio) ? stillKey : [];
    }
    const liveKey = liveParts(scene, ratio);
    if (isDifferent(liveKey, this.drawnLive)) {
      this.drawLive(scene, ratio);
      this.drawnLive = liveKey;
    }
    this.onDrawn(scene);
    if (this.drawnStill.length === 0) this.show(scene);
  }

  /** False when not all annotations were ready in time. */
  private drawStill(scene: Scene, ratio: number): boolean {
    const context = prepare(this.still, scene, ratio);
    if (!context) return true;
    const [height, width] = scene.imageHw;
    enterImageSpace(context, scene.viewport, ratio);
    chooseSmoothing(context, scene.viewport.scale * ratio);
    if (scene.pixels) context.drawImage(scene.pixels, 0, 0, width, height);
    return this.annotations.draw(context, scene, ratio);
  }

  private drawLive(scene: Scene, ratio: number): void {
    const context = prepare(this.live, scene, ratio);
    if (!context) return;
    this.candidate.draw(context, scene, ratio);
    drawPrompt(context, scene, ratio);
  }
}

function stillParts(scene: Scene, ratio: number): readonly unknown[] {
  const { canvasHw, pixels, viewport, annotations, display, colorOfCategory, selectedId, highlightedId } = scene;
  return [ratio, canvasHw, pixels, viewport, annotations, display, colorOfCategory, selectedId, highlightedId];
}

function liveParts(scene: Scene, ratio: number): readonly unknown[] {
  const { canvasHw, viewport, candidate, isPreview, candidateColor, points, box } = scene;
  return [ratio, canvasHw, viewport, candidate, isPreview, candidateColor, points, box];
}

const isDifferent = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length !== b.length || a.some((part, index) => part !== b[index]);

/** The canvas at the size of the scene, empty. Its size is set only on change: setting it is slow. */
function prepare(canvas: HTMLCanvasElement, { canvasHw }: Scene, ratio: number): CanvasRenderingContext2D | null {
  const [height, width] = [Math.round(canvasHw[0] * ratio), Math.round(canvasHw[1] * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (!context) return null;
  enterScreenSpace(context, ratio);
  context.clearRect(0, 0, canvasHw[1], canvasHw[0]);
  return context;
}
