import { clampTone, type Display, type MaskStyle, NEUTRAL_TONE, type Tone } from "../session";
import type { Store } from "./store";

/** How image and masks are shown. Nothing of it is saved or in the history. */
export class Look {
  constructor(private readonly store: Store) {}

  get display(): Display {
    return this.store.state.session.display;
  }

  toggleAnnotations(): void {
    this.change({ annotationsVisible: !this.display.annotationsVisible });
  }

  toggleHidden(id: string): void {
    const hiddenIds = new Set(this.display.hiddenIds);
    if (!hiddenIds.delete(id)) hiddenIds.add(id);
    this.change({ hiddenIds });
  }

  /** Only what is selected, or everything again. */
  toggleIsolation(): void {
    this.change({ isIsolating: !this.display.isIsolating });
  }

  setMaskStyle(maskStyle: MaskStyle): void {
    this.change({ maskStyle });
  }

  /** 0 to 1, of all masks that have none of their own. */
  setOpacity(opacity: number): void {
    this.change({ opacity: clampOpacity(opacity) });
  }

  /** Of one mask; null: as all others. */
  setOpacityOf(id: string, opacity: number | null): void {
    const own = new Map(this.display.opacityOf);
    if (opacity === null) own.delete(id);
    else own.set(id, clampOpacity(opacity));
    this.change({ opacityOf: own });
  }

  setTone(tone: Partial<Tone>): void {
    this.change({ tone: clampTone({ ...this.display.tone, ...tone }) });
  }

  resetTone(): void {
    this.change({ tone: NEUTRAL_TONE });
  }

  private change(patch: Partial<Display>): void {
    this.store.updateSession({ display: { ...this.display, ...patch } });
  }
}

function clampOpacity(opacity: number): number {
  return Math.min(Math.max(opacity, 0), 1);
}
