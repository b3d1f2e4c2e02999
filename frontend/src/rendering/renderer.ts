import { AnnotationLayer, type Progress } from "./annotationLayer";
import { CandidateLayer } from "./candidateLayer";
import type { ImagePixels } from "./image/imagePixels";
import { drawPrompt } from "./promptLayer";
import type { Scene } from "./scene";
import { enterScreenSpace } from "./surface";
import { ToolLayer } from "./toolLayer";

/** The canvases that lie on top of each other, from below. */
export interface LayerCanvases {
  readonly image: HTMLCanvasElement;
  readonly annotations: HTMLCanvasElement;
  /** The mask that is being made, and its prompt: changes with every movement. */
  readonly live: HTMLCanvasElement;
  /** What the gesture under way has drawn: follows every movement of the pointer. */
  readonly tool: HTMLCanvasElement;
}

interface Layer {
  readonly canvas: HTMLCanvasElement;
  /** The layer has to be drawn again when one of these is another object than before. */
  parts(scene: Scene): readonly unknown[];
  /** What takes long and can be done before there is a frame to draw in. */
  prepare?(scene: Scene): void;
  /** Until it is done it is drawn again in the next frame. */
  draw(context: CanvasRenderingContext2D, scene: Scene, ratio: number): Progress;
}

/** Draws scenes: one animation-frame loop, and of the layers only those that are dirty. */
export class Renderer {
  private readonly layers: readonly Layer[];
  private readonly imageLayer: Layer;
  private readonly drawn = new Map<Layer, readonly unknown[]>();
  private scene: Scene | null = null;
  private frame = 0;
  private unwatch = (): void => undefined;

  constructor(
    canvases: LayerCanvases,
    /**
     * Called when a scene was drawn, before the browser shows it. `isComplete`: nothing of it is still to be loaded or
     * painted.
     */
    private readonly onDrawn: (scene: Scene, isComplete: boolean) => void,
  ) {
    this.imageLayer = imageLayer(canvases.image);
    this.layers = [
      this.imageLayer,
      annotationLayer(canvases.annotations),
      liveLayer(canvases.live),
      toolLayer(canvases.tool),
    ];
  }

  show(scene: Scene): void {
    if (scene.pixels !== this.scene?.pixels) this.watch(scene.pixels);
    this.scene = scene;
    for (const layer of this.layers) if (layer.canvas.getContext("2d")) layer.prepare?.(scene);
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.drawFrame());
  }

  dispose(): void {
    this.unwatch();
    cancelAnimationFrame(this.frame);
  }

  /** Pixels may come while nothing else changes. */
  private watch(pixels: ImagePixels | null): void {
    this.unwatch();
    const draw = (): void => {
      this.drawn.delete(this.imageLayer);
      if (this.scene) this.show(this.scene);
    };
    this.unwatch = pixels?.subscribe(draw) ?? (() => undefined);
  }

  private drawFrame(): void {
    this.frame = 0;
    const { scene } = this;
    if (!scene) return;
    const progress = this.layers.map((layer) => this.drawLayer(layer, scene));
    this.onDrawn(scene, !progress.includes("unfinished") && scene.pixels?.isSharp === true);
    if (progress.some((each) => each !== "done")) this.show(scene);
  }

  private drawLayer(layer: Layer, scene: Scene): Progress {
    const ratio = devicePixelRatio;
    const parts = [ratio, scene.canvasHw, scene.viewport, ...layer.parts(scene)];
    if (!isDifferent(parts, this.drawn.get(layer) ?? [])) return "done";
    const context = prepare(layer.canvas, scene, ratio);
    const progress = context ? layer.draw(context, scene, ratio) : "done";
    this.drawn.set(layer, progress === "done" ? parts : []);
    return progress;
  }
}

function imageLayer(canvas: HTMLCanvasElement): Layer {
  return {
    canvas,
    parts: ({ pixels, imageHw }) => [pixels, imageHw[0], imageHw[1]],
    draw: (context, { pixels, viewport, canvasHw }, pixelRatio) => {
      pixels?.drawView(context, { viewport, canvasHw, pixelRatio });
      return "done";
    },
  };
}

function annotationLayer(canvas: HTMLCanvasElement): Layer {
  const annotations = new AnnotationLayer();
  return {
    canvas,
    parts: ({ annotations: all, display, colorOfCategory, selectedId, selectedIds, highlightedId }) => [
      all,
      display,
      colorOfCategory,
      selectedId,
      selectedIds,
      highlightedId,
    ],
    draw: (context, scene, ratio) => annotations.draw(context, scene, ratio),
  };
}

function liveLayer(canvas: HTMLCanvasElement): Layer {
  const candidate = new CandidateLayer();
  return {
    canvas,
    parts: (scene) => [
      scene.candidate,
      scene.isPreview,
      scene.candidateColor,
      scene.points,
      scene.box,
      scene.queuedBoxes,
    ],
    prepare: (scene) => candidate.prepare(scene),
    draw: (context, scene, ratio) => {
      candidate.draw(context, scene, ratio);
      drawPrompt(context, scene, ratio);
      return "done";
    },
  };
}

function toolLayer(canvas: HTMLCanvasElement): Layer {
  const tool = new ToolLayer();
  return {
    canvas,
    parts: (scene) => [scene.draft, scene.draftColor],
    draw: (context, scene, ratio) => {
      tool.draw(context, scene, ratio);
      return "done";
    },
  };
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
