import {
  fitViewport,
  type ImagePoint,
  imageToScreen,
  panBy,
  type ScreenPoint,
  type SizeHw,
  screenPoint,
  zoomAt,
} from "../geometry";
import { imageHwOf } from "./state";
import type { Store } from "./store";

/** Zoom and pan. Before an image is there nothing happens. */
export class View {
  constructor(private readonly store: Store) {}

  /** The canvas has this size now, in CSS pixels. What was in its middle stays there. */
  resize(canvasHw: SizeHw): void {
    const [oldHeight, oldWidth] = this.store.state.canvasHw;
    this.store.update({ canvasHw });
    if (this.store.state.isFitted || oldHeight === 0) this.fit();
    else this.pan((canvasHw[1] - oldWidth) / 2, (canvasHw[0] - oldHeight) / 2);
  }

  fit(): void {
    const { image, canvasHw } = this.store.state;
    if (!image) return;
    this.store.updateSession({ viewport: fitViewport(imageHwOf(image), canvasHw) });
    this.store.update({ isFitted: true });
  }

  zoom(factor: number, anchor = this.middle()): void {
    const { image, canvasHw, session } = this.store.state;
    if (!image) return;
    this.store.updateSession({ viewport: zoomAt(session.viewport, anchor, factor, imageHwOf(image), canvasHw) });
    this.store.update({ isFitted: false });
  }

  /** One image pixel is one CSS pixel. */
  actualSize(): void {
    this.zoom(1 / this.store.state.session.viewport.scale);
  }

  pan(dx: number, dy: number): void {
    const { image, canvasHw, session } = this.store.state;
    if (!image) return;
    this.store.updateSession({ viewport: panBy(session.viewport, dx, dy, imageHwOf(image), canvasHw) });
    this.store.update({ isFitted: false });
  }

  /** Moves the image, as far as it goes, so that this point is in the middle of the canvas. */
  centreOn(point: ImagePoint): void {
    const middle = this.middle();
    const shown = imageToScreen(point, this.store.state.session.viewport);
    this.pan(middle.x - shown.x, middle.y - shown.y);
  }

  private middle(): ScreenPoint {
    const [height, width] = this.store.state.canvasHw;
    return screenPoint(width / 2, height / 2);
  }
}
