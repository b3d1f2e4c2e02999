import { type PointerEvent, useEffect, useRef, useSyncExternalStore } from "react";
import type { Editor } from "../../../editor";
import { type ImageBox, imagePoint, type SizeHw, visibleBox } from "../../../geometry";
import { t } from "../../../words";
import { useSnapshot } from "../useSnapshot";
import styles from "./Minimap.module.css";

/** CSS pixels of its longer side. */
const SIDE = 152;

/** The whole image in small, with what is seen of it. Only while not all of it is. A press or a drag moves there. */
export function Minimap({ editor }: { readonly editor: Editor }) {
  const { image, imageState } = useSnapshot(editor);
  const viewport = useSyncExternalStore(editor.subscribe, () => editor.state.session.viewport);
  const canvasHw = useSyncExternalStore(editor.subscribe, () => editor.state.canvasHw);
  if (!image || imageState !== "ready") return null;
  const imageHw = [image.height, image.width] as const;
  const seen = visibleBox(viewport, imageHw, canvasHw);
  if (!seen || isWhole(seen, imageHw)) return null;
  return <Overview editor={editor} imageHw={imageHw} seen={seen} />;
}

interface OverviewProps {
  readonly editor: Editor;
  readonly imageHw: SizeHw;
  readonly seen: ImageBox;
}

function Overview({ editor, imageHw, seen }: OverviewProps) {
  const scale = SIDE / Math.max(...imageHw);
  const [height, width] = [imageHw[0] * scale, imageHw[1] * scale];
  const canvas = useImage(editor, imageHw, [height, width]);
  const moveThere = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons === 0) return;
    const corner = event.currentTarget.getBoundingClientRect();
    editor.view.centreOn(imagePoint((event.clientX - corner.left) / scale, (event.clientY - corner.top) / scale));
  };
  return (
    <div
      className={styles.map}
      style={{ width, height }}
      role="img"
      aria-label={t("The whole image, and what is seen of it")}
      data-testid="minimap"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveThere(event);
      }}
      onPointerMove={moveThere}
    >
      <canvas ref={canvas} className={styles.image} />
      <div
        className={styles.seen}
        style={{
          left: seen.x0 * scale,
          top: seen.y0 * scale,
          width: (seen.x1 - seen.x0) * scale,
          height: (seen.y1 - seen.y0) * scale,
        }}
      />
    </div>
  );
}

function useImage(editor: Editor, [imageHeight, imageWidth]: SizeHw, [height, width]: SizeHw) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = useSyncExternalStore(editor.subscribe, () => editor.state.pixels);
  useEffect(() => {
    const draw = (): void => {
      const context = canvas.current?.getContext("2d");
      if (!canvas.current || !context || !pixels) return;
      canvas.current.width = Math.round(width * devicePixelRatio);
      canvas.current.height = Math.round(height * devicePixelRatio);
      const target = { x0: 0, y0: 0, x1: canvas.current.width, y1: canvas.current.height };
      pixels.drawRegion(context, { x0: 0, y0: 0, x1: imageWidth, y1: imageHeight }, target);
    };
    draw();
  }, [pixels, imageHeight, imageWidth, height, width]);
  return canvas;
}

function isWhole({ x0, y0, x1, y1 }: ImageBox, [height, width]: SizeHw): boolean {
  return x0 <= 0 && y0 <= 0 && x1 >= width && y1 >= height;
}
