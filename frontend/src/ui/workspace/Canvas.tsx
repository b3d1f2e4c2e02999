import { type RefObject, useEffect, useRef, useSyncExternalStore } from "react";
import type { Editor } from "../../editor";
import { afterFrame, type LayerCanvases, Renderer, type Scene } from "../../rendering";
import { isNeutral, toneWithin } from "../../session";
import { t } from "../../words";
import styles from "./Canvas.module.css";
import { keyboardPointerOf } from "./canvasFocus";
import { ignoresKey, letGoOfButton, toPointerInput, toPointerPath, toWheelInput } from "./inputEvents";
import { KeyboardCursor } from "./KeyboardCursor";
import { ToneFilter } from "./look/ToneFilter";
import { usePadPinch } from "./usePadPinch";
import { useSnapshot } from "./useSnapshot";

/** The element on which the workspace's state can be read by programs: see `editor/describe.ts`. */
interface DescribedElement extends HTMLDivElement {
  describe?: () => ReturnType<Editor["describe"]>;
}

/** One workspace is open at a time. */
const TONE_FILTER = "image-tone";

/** The image with its masks, and all input to it. Fills its parent. */
export function Canvas({ editor }: { readonly editor: Editor }) {
  const root = useRef<DescribedElement>(null);
  const image = useRef<HTMLCanvasElement>(null);
  const annotations = useRef<HTMLCanvasElement>(null);
  const live = useRef<HTMLCanvasElement>(null);
  const tool = useRef<HTMLCanvasElement>(null);
  const { display, pixelWindow } = useSnapshot(editor);
  const tone = toneWithin(display.tone, pixelWindow);
  /** When the click came whose mask is not on the screen yet. */
  const pressedAt = useRef<number | null>(null);

  useSize(root, editor);
  useRenderer({ image, annotations, live, tool }, editor, pressedAt);
  useKeyboard(editor);
  useWheel(root, editor);
  usePadPinch(root, editor);
  useEffect(() => {
    if (root.current) root.current.describe = () => editor.describe();
  }, [editor]);

  return (
    <div
      ref={root}
      className={styles.root}
      role="application"
      aria-label={t("Image")}
      aria-description={t(
        "Arrow keys move the pointer, with Shift slowly. The space bar clicks, with Shift on the background.",
      )}
      {...keyboardPointerOf(editor)}
      {...useAttributes(editor)}
      onPointerDown={(event) => {
        capturePointer(event);
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        editor.gestures.pointerDown(toPointerInput(event));
        if (editor.state.gesture === "pointing") pressedAt.current = event.timeStamp;
      }}
      onPointerMove={(event) => {
        for (const input of toPointerPath(event)) editor.gestures.pointerMove(input);
      }}
      onPointerUp={(event) => {
        if (editor.state.gesture === "dragging_box") pressedAt.current = event.timeStamp;
        editor.gestures.pointerUp(toPointerInput(event));
      }}
      onPointerCancel={(event) => editor.gestures.pointerLost(toPointerInput(event))}
      onPointerLeave={() => editor.gestures.pointerLeave()}
      onContextMenu={(event) => event.preventDefault()}
    >
      <ToneFilter id={TONE_FILTER} tone={tone} />
      <canvas
        ref={image}
        className={styles.layer}
        style={{ filter: isNeutral(tone) ? undefined : `url(#${TONE_FILTER})` }}
      />
      <canvas ref={annotations} className={styles.layer} />
      <canvas ref={live} className={styles.layer} />
      <canvas ref={tool} className={styles.layer} />
      <KeyboardCursor editor={editor} />
    </div>
  );
}

/** The state that browser tests wait for. */
function useAttributes(editor: Editor): Record<`data-${string}`, string | number | undefined> {
  const snapshot = useSyncExternalStore(editor.subscribe, editor.getSnapshot);
  return {
    "data-workspace": "",
    "data-image-id": snapshot.image?.id,
    "data-image-state": snapshot.imageState,
    "data-embedding-state": snapshot.embeddingState,
    "data-annotation-count": snapshot.annotations.length,
    "data-candidate-count": snapshot.candidates.length,
    "data-chosen-candidate": snapshot.chosenCandidate,
    "data-decoding": String(snapshot.isDecoding),
    "data-decode-ms": snapshot.decoder.lastDecodeMs ?? undefined,
    "data-painted-ms": snapshot.decoder.lastPaintedMs ?? undefined,
    "data-runtime": snapshot.decoder.runtime ?? undefined,
    "data-threads": snapshot.decoder.threads,
    "data-sync-state": snapshot.sync.state,
    "data-sync-pending": snapshot.sync.pending,
    "data-conflict-count": snapshot.conflicts.length,
    "data-tool": snapshot.tool,
    "data-gesture": snapshot.gesture,
  };
}

function useSize(root: RefObject<HTMLElement | null>, editor: Editor): void {
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) editor.resizeCanvas([entry.contentRect.height, entry.contentRect.width]);
    });
    if (root.current) observer.observe(root.current);
    return () => observer.disconnect();
  }, [root, editor]);
}

type CanvasRefs = { readonly [layer in keyof LayerCanvases]: RefObject<HTMLCanvasElement | null> };

function useRenderer(
  { image, annotations, live, tool }: CanvasRefs,
  editor: Editor,
  pressedAt: RefObject<number | null>,
): void {
  useEffect(() => {
    if (!image.current || !annotations.current || !live.current || !tool.current) return;
    const canvases = {
      image: image.current,
      annotations: annotations.current,
      live: live.current,
      tool: tool.current,
    };
    const notePainted = (scene: Scene, isComplete: boolean): void => {
      noteComplete(canvases.image, isComplete);
      if (pressedAt.current === null || scene.isPreview || !scene.candidate) return;
      const since = pressedAt.current;
      pressedAt.current = null;
      afterFrame(() => editor.notePainted(performance.now() - since));
    };
    const renderer = new Renderer(canvases, notePainted);
    const show = (): void => {
      const scene = editor.getScene();
      if (scene) renderer.show(scene);
    };
    show();
    const unsubscribe = editor.subscribe(show);
    return () => {
      unsubscribe();
      renderer.dispose();
    };
  }, [image, annotations, live, tool, editor, pressedAt]);
}

/** For programs that wait; it changes with every frame, and nothing that people see depends on it. */
function noteComplete({ parentElement }: HTMLElement, isComplete: boolean): void {
  if (parentElement) parentElement.dataset.drawn = String(isComplete);
}

/** A drag goes on outside of the canvas. Pointers that a script made up cannot be captured. */
function capturePointer(event: React.PointerEvent<HTMLElement>): void {
  if (event.nativeEvent.isTrusted) event.currentTarget.setPointerCapture(event.pointerId);
}

/** Held, it makes the brush erase. Let go of, it would lead to the menu of some browsers: Firefox, all on Windows. */
const OTHER_WAY = "Alt";

/** Keys work wherever the focus is, except where somebody types or a dialog asks something. */
function useKeyboard(editor: Editor): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (!ignoresKey(event) && (editor.keyDown(event) || event.key === OTHER_WAY)) event.preventDefault();
    };
    const up = (event: KeyboardEvent): void => editor.keyUp(event);
    // A space bar that is let go in another window would pan for ever.
    const leave = (): void => editor.keyUp({ key: " " });
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", leave);
    window.addEventListener("click", letGoOfButton);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", leave);
      window.removeEventListener("click", letGoOfButton);
    };
  }, [editor]);
}

/** Not a React handler: those are passive, and the page would scroll or zoom. */
function useWheel(root: RefObject<HTMLElement | null>, editor: Editor): void {
  useEffect(() => {
    const element = root.current;
    const listen = (event: WheelEvent): void => {
      event.preventDefault();
      editor.gestures.wheel(toWheelInput(event));
    };
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [root, editor]);
}
