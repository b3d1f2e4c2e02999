import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { INITIAL_DISPLAY } from "../session";
import type { ImagePixels } from "./image/imagePixels";
import { Renderer } from "./renderer";
import type { Scene } from "./scene";

/** Counts how often each layer is drawn; frames come when the test says so. */
let frames: FrameRequestCallback[];
let pixelsCame: () => void;

beforeEach(() => {
  frames = [];
  vi.stubGlobal("devicePixelRatio", 2);
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal("cancelAnimationFrame", () => {
    frames = [];
  });
});
afterEach(() => vi.unstubAllGlobals());

function runFrame(): void {
  for (const callback of frames.splice(0)) callback(0);
}

function fakeCanvas() {
  const calls = { cleared: 0, drawn: 0 };
  const context = {
    setTransform: () => undefined,
    clearRect: () => calls.cleared++,
    drawImage: () => calls.drawn++,
  };
  const canvas = { width: 0, height: 0, getContext: () => context };
  return { canvas: canvas as unknown as HTMLCanvasElement, calls };
}

function setUp() {
  const [image, annotations, live, tool] = [fakeCanvas(), fakeCanvas(), fakeCanvas(), fakeCanvas()];
  const onDrawn = vi.fn();
  const canvases = { image: image.canvas, annotations: annotations.canvas, live: live.canvas, tool: tool.canvas };
  const renderer = new Renderer(canvases, onDrawn);
  return { renderer, image, annotations, live, onDrawn };
}

function fakePixels(): ImagePixels {
  const pixels: Pick<ImagePixels, "drawView" | "isSharp" | "subscribe"> = {
    isSharp: true,
    drawView: (context) => context.drawImage({} as ImageBitmap, 0, 0),
    subscribe: (listener) => {
      pixelsCame = listener;
      return () => undefined;
    },
  };
  return pixels as ImagePixels;
}

const SCENE: Scene = {
  canvasHw: [300, 400],
  imageHw: [60, 80],
  pixels: fakePixels(),
  viewport: { scale: 2, offsetX: 0, offsetY: 0 },
  annotations: new Map(),
  display: INITIAL_DISPLAY,
  colorOfCategory: new Map(),
  selectedId: null,
  selectedIds: new Set(),
  highlightedId: null,
  candidate: null,
  isPreview: true,
  candidateColor: "#ff0000",
  points: [],
  box: null,
  queuedBoxes: [],
  draft: null,
  draftColor: "#ff0000",
};

test("many changes before a frame are drawn once, the last one", () => {
  const { renderer, image, onDrawn } = setUp();
  const last = { ...SCENE, viewport: { scale: 3, offsetX: 1, offsetY: 2 } };
  renderer.show(SCENE);
  renderer.show(last);
  expect(image.calls.drawn).toBe(0);
  runFrame();
  expect(image.calls.drawn).toBe(1);
  expect(onDrawn.mock.calls).toEqual([[last, true]]);
});

test("a prompt that changes leaves the image and the annotations as they are drawn", () => {
  const { renderer, image, annotations, live } = setUp();
  renderer.show(SCENE);
  runFrame();
  renderer.show({ ...SCENE, points: [] });
  runFrame();
  expect([image.calls.cleared, annotations.calls.cleared, live.calls.cleared]).toEqual([1, 1, 2]);
});

test("zooming draws every layer", () => {
  const { renderer, image, annotations, live } = setUp();
  renderer.show(SCENE);
  runFrame();
  renderer.show({ ...SCENE, viewport: { scale: 5, offsetX: 0, offsetY: 0 } });
  runFrame();
  expect([image.calls.cleared, annotations.calls.cleared, live.calls.cleared]).toEqual([2, 2, 2]);
});

test("canvases have one pixel for each pixel of the screen", () => {
  const { renderer, live } = setUp();
  renderer.show(SCENE);
  runFrame();
  expect([live.canvas.width, live.canvas.height]).toEqual([800, 600]);
});

test("pixels that come later are drawn, and nothing else", () => {
  const { renderer, image, annotations } = setUp();
  renderer.show(SCENE);
  runFrame();
  pixelsCame();
  runFrame();
  expect([image.calls.drawn, annotations.calls.cleared]).toEqual([2, 1]);
});

test("nothing is drawn after the end", () => {
  const { renderer, image } = setUp();
  renderer.show(SCENE);
  renderer.dispose();
  runFrame();
  expect(image.calls.cleared).toBe(0);
});
