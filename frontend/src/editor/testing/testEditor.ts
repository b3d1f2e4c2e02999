import type { Annotation } from "../../document";
import { type ImageBox, imagePoint, imageToScreen } from "../../geometry";
import type { DeskStorage } from "../desk";
import { Editor } from "../editor";
import type { PointerEventLike } from "../gestures";
import type { ShortcutStorage } from "../keymap";
import type { Notice } from "../ports";
import type { Store } from "../store";
import { FakeSegmentation, FakeSource, FakeSync, settle, twoHalves } from "./fakes";

/** What a pointer event says besides where it is. */
type Held = Omit<PointerEventLike, "x" | "y">;

/** An editor that is used like a person does: in image points and keys. Only the worker and the server are not real. */
export class TestEditor {
  readonly segmentation = new FakeSegmentation();
  readonly sync = new FakeSync();
  readonly notices: Notice[] = [];
  readonly shownImages: number[] = [];
  readonly revealed: string[] = [];
  readonly source: FakeSource;
  readonly editor: Editor;

  constructor(
    annotations: Readonly<Record<number, readonly Annotation[]>> = {},
    shortcuts?: ShortcutStorage,
    desk?: DeskStorage,
  ) {
    this.source = new FakeSource(annotations);
    this.editor = new Editor({
      source: this.source,
      sync: this.sync,
      segmentation: this.segmentation,
      host: {
        showImage: (id) => this.shownImages.push(id),
        notify: (notice) => this.notices.push(notice),
        reveal: (place) => this.revealed.push(place),
      },
      loadPixels: async () => twoHalves(),
      afterPaint: async () => undefined,
      categories: [
        { id: 11, name: "cat", color: "#ff0000" },
        { id: 12, name: "dog", color: "#00ff00" },
      ],
      shortcuts,
      desk,
    });
    this.editor.resizeCanvas([400, 600]);
  }

  static async open(annotations: Readonly<Record<number, readonly Annotation[]>> = {}): Promise<TestEditor> {
    const test = new TestEditor(annotations);
    await test.editor.openImage(1);
    await settle();
    return test;
  }

  /** A part of the image has an embedding of its own now. */
  showRegion(region: ImageBox): void {
    (this.editor as unknown as { store: Store }).store.update({ region });
  }

  get snapshot() {
    return this.editor.getSnapshot();
  }

  get prompt() {
    return this.editor.state.session.prompt;
  }

  pointerDown(x: number, y: number, more: Held = {}): this {
    this.editor.gestures.pointerDown({ ...this.at(x, y), ...more });
    return this;
  }

  pointerMove(x: number, y: number, more: Held = {}): this {
    this.editor.gestures.pointerMove({ ...this.at(x, y), ...more });
    return this;
  }

  pointerUp(x: number, y: number, more: Held = {}): this {
    this.editor.gestures.pointerUp({ ...this.at(x, y), ...more });
    return this;
  }

  /** Presses and releases, and waits for the answer. */
  async click(x: number, y: number, more: Held = {}): Promise<void> {
    this.pointerDown(x, y, more).pointerUp(x, y, more);
    await settle();
  }

  async drag(from: readonly [number, number], to: readonly [number, number], more: Held = {}): Promise<void> {
    this.pointerDown(...from, more);
    this.pointerMove((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    this.pointerMove(...to, more).pointerUp(...to, more);
    await settle();
  }

  async hover(x: number, y: number): Promise<void> {
    this.pointerMove(x, y);
    await settle();
  }

  /** "Mod+Z", "Enter", "2" … */
  async press(shortcut: string): Promise<void> {
    const parts = shortcut.split("+");
    const key = parts.at(-1) ?? "";
    this.editor.keyDown({
      key: key.length === 1 ? key.toLowerCase() : key,
      ctrlKey: parts.includes("Mod"),
      shiftKey: parts.includes("Shift"),
    });
    await settle();
  }

  wheel(deltaY: number, zooms = false): void {
    this.editor.gestures.wheel({ ...this.at(40, 30), deltaY, zooms });
  }

  private at(x: number, y: number): { x: number; y: number } {
    return imageToScreen(imagePoint(x, y), this.editor.state.session.viewport);
  }
}
