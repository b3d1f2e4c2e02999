import type { OverlapPolicy } from "../document";
import type { SizeHw } from "../geometry";
import type { Scene } from "../rendering";
import { RegionalSegmentation, type SegmentationPort } from "../segmentation";
import { isEmptyPrompt } from "../session";
import { AnnotationFields } from "./annotationFields";
import { Clipboard } from "./clipboard";
import { CloserLook } from "./closerLook";
import { Combining } from "./combining";
import type { Command } from "./command";
import { buildCommands } from "./commands";
import { Commenting } from "./commenting";
import { describeState, type WorkspaceDescription } from "./describe";
import { type DeskStorage, keepDesk } from "./desk";
import { keepDrafts } from "./drafts";
import { Editing } from "./editing";
import { Gestures } from "./gestures";
import { hearSegmentation, hearSync } from "./hearing";
import { ImageOpening, type LoadPixels } from "./imageOpening";
import { KeyboardPointer } from "./keyboardPointer";
import { Keymap, type ShortcutStorage } from "./keymap";
import { Look } from "./look";
import { MaskEditing } from "./maskEditing";
import { keepMemories } from "./memories";
import type { AnnotationSync, Category, ConflictChoice, EditorHost, WorkspacePlace, WorkspaceSource } from "./ports";
import { Prompting } from "./prompting";
import { Refining } from "./refining";
import { Regions } from "./regions";
import { sceneOf } from "./sceneOf";
import { Selecting } from "./selecting";
import { Shaping } from "./shaping";
import type { KeyEventLike } from "./shortcuts";
import type { EditorSnapshot } from "./snapshot";
import { snapshotOf } from "./snapshotOf";
import { keepIfSame } from "./stable";
import type { EditorState } from "./state";
import { Store } from "./store";
import { Timeline } from "./timeline";
import { ToolControl } from "./toolControl";
import { toolHostOf } from "./toolHost";
import { View } from "./view";
import { followWindow } from "./windowing";

export interface EditorPorts {
  readonly source: WorkspaceSource;
  readonly sync: AnnotationSync;
  readonly segmentation: SegmentationPort;
  readonly host: EditorHost;
  readonly loadPixels: LoadPixels;
  /** Resolves when what the state shows now is on the screen. */
  readonly afterPaint: () => Promise<void>;
  readonly categories: readonly Category[];
  /** Left out, shortcuts that the user changes last as long as the page. */
  readonly shortcuts?: ShortcutStorage;
  readonly desk?: DeskStorage;
}

/**
 * The workspace without its interface: it takes gestures, keys and commands, and gives snapshots. One editor lives as
 * long as the workspace is open, over many images, so that the worker and what it has cached stay.
 */
export class Editor {
  readonly commands: ReadonlyMap<string, Command>;
  readonly keymap: Keymap;
  readonly keyboardPointer: KeyboardPointer;
  readonly gestures: Gestures;
  readonly tools: ToolControl;
  readonly masks: MaskEditing;
  readonly combining: Combining;
  readonly shaping: Shaping;
  readonly clipboard: Clipboard;
  readonly refining: Refining;
  readonly selecting: Selecting;
  readonly fields: AnnotationFields;
  readonly commenting: Commenting;
  readonly timeline: Timeline;
  private readonly store = new Store();
  readonly look = new Look(this.store);
  readonly view = new View(this.store);
  readonly regions: Regions;
  private readonly closerLook: CloserLook;
  private readonly editing: Editing;
  private readonly prompting: Prompting;
  private readonly opening: ImageOpening;
  private readonly unsubscribe: readonly (() => void)[];
  private snapshot: { of: EditorState; is: EditorSnapshot } | null = null;

  constructor(private readonly ports: EditorPorts) {
    const { source, sync, host, loadPixels, afterPaint } = ports;
    const segmentation = new RegionalSegmentation(ports.segmentation);
    this.regions = new Regions(this.store, segmentation);
    this.closerLook = new CloserLook(this.store, segmentation);
    this.editing = new Editing(this.store, sync, host);
    this.prompting = new Prompting(this.store, this.editing, segmentation, host, afterPaint);
    this.masks = new MaskEditing(this.store, this.editing, host);
    const { store, view, prompting, editing, masks } = this;
    this.gestures = new Gestures(store, view, prompting, toolHostOf({ store, view, prompting, editing, masks, host }));
    this.tools = new ToolControl(store, this.gestures, host);
    this.opening = new ImageOpening(this.store, source, segmentation, loadPixels, () => this.prompting.refresh());
    this.selecting = new Selecting(this.store, this.editing);
    this.fields = new AnnotationFields(this.store, this.editing);
    this.commenting = new Commenting(this.store, this.view);
    this.combining = new Combining(store, this.editing, this.selecting, host);
    this.shaping = new Shaping(store, this.editing, this.selecting, host);
    this.clipboard = new Clipboard(store, this.editing, this.selecting, host);
    this.refining = new Refining(store, prompting, segmentation, host);
    this.timeline = new Timeline(this.store, this.editing, this.prompting, this.gestures);
    this.keyboardPointer = new KeyboardPointer(this.store, this.view, this.gestures);
    this.commands = buildCommands(this);
    this.keymap = new Keymap(this.store, this.commands, ports.shortcuts);
    this.store.update({ sync: sync.status() });
    this.setCategories(ports.categories);
    this.unsubscribe = [
      hearSync(this.store, this.editing, sync),
      hearSegmentation(this.store, segmentation),
      keepMemories(this.store, (imageId, memory) => source.saveMemory?.(imageId, memory)),
      followWindow(this.store, loadPixels),
      keepDesk(this.store, ports.desk),
      keepDrafts(this.store, (imageId, draft) => source.saveDraft?.(imageId, draft)),
    ];
  }

  get state(): EditorState {
    return this.store.state;
  }

  subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  getSnapshot = (): EditorSnapshot => {
    const { state } = this.store;
    if (this.snapshot?.of !== state) {
      // The same one while only the viewport moves: the interface is not drawn again with every frame.
      this.snapshot = { of: state, is: keepIfSame(this.snapshot?.is ?? null, snapshotOf(state)) };
    }
    return this.snapshot.is;
  };

  getScene(): Scene | null {
    return sceneOf(this.state, this.store.draft);
  }

  describe(): WorkspaceDescription {
    return describeState(this.state);
  }

  dispose(): void {
    this.opening.dispose();
    for (const stop of this.unsubscribe) stop();
    this.regions.dispose();
    this.closerLook.dispose();
    this.ports.segmentation.dispose();
  }

  // Images

  openImage(imageId: number): Promise<void> {
    this.gestures.drop();
    return this.opening.open(imageId);
  }

  retryEmbedding(): Promise<void> {
    return this.opening.retryEmbedding();
  }

  showNeighbour(side: "previous" | "next"): void {
    const id = this.state.neighbours?.[side];
    if (id != null) this.ports.host.showImage(id);
  }

  // Masks

  /** Enter: first the gesture, then the mask; then what is drawn next is a mask of its own. */
  acceptMask(): void {
    if (this.gestures.confirm()) return;
    if (isEmptyPrompt(this.state.session.prompt)) this.selecting.only(null);
    else this.editing.accept();
  }

  stepCandidate(steps: number): void {
    this.prompting.choose(steps);
  }

  chooseCandidate(index: number): void {
    const { candidates } = this.state.session.prompt;
    if (candidates) this.prompting.choose(index - candidates.chosen);
  }

  /** Escape: first an open comment, then the gesture, then the mask, then the selection. */
  cancel(): void {
    if (this.commenting.close()) return;
    if (this.gestures.cancel()) return;
    if (!isEmptyPrompt(this.state.session.prompt)) this.prompting.discard();
    else this.selecting.only(null);
  }

  // Annotations and categories

  setOverlapPolicy(overlapPolicy: OverlapPolicy): void {
    this.store.update({ overlapPolicy });
  }

  setCategories(categories: readonly Category[]): void {
    const { categoryId } = this.state.session;
    const isKnown = categories.some(({ id }) => id === categoryId);
    this.store.update({ categories });
    this.store.updateSession({ categoryId: isKnown ? categoryId : (categories[0]?.id ?? null) });
  }

  /** The category of the next masks; of the selected annotation too, unless a mask is being made. */
  chooseCategory(categoryId: number): void {
    this.store.updateSession({ categoryId });
    if (isEmptyPrompt(this.state.session.prompt)) this.selecting.setCategory(categoryId);
  }

  chooseCategoryAt(index: number): void {
    const category = this.state.categories[index];
    if (category) this.chooseCategory(category.id);
  }

  select(id: string | null): void {
    this.selecting.only(id);
  }

  highlight(id: string | null): void {
    this.store.updateSession({ highlighted: id });
  }

  removeAnnotation(id: string): void {
    this.editing.remove(id);
  }

  resolveConflict(id: string, choice: ConflictChoice): void {
    const conflict = this.state.conflicts.find((each) => each.id === id);
    if (conflict) this.editing.resolve(conflict, choice);
  }

  // Around the canvas

  reveal(place: WorkspacePlace): void {
    this.ports.host.reveal(place);
  }

  // View

  resizeCanvas(canvasHw: SizeHw): void {
    this.view.resize(canvasHw);
  }

  zoomBy(factor: number): void {
    this.view.zoom(factor);
  }

  zoomToFit(): void {
    this.view.fit();
  }

  zoomToActualSize(): void {
    this.view.actualSize();
  }

  // What is heard from outside

  /** True when the key meant something here, so that the browser shall not act on it. */
  keyDown(event: KeyEventLike): boolean {
    if (event.key === " ") {
      this.gestures.holdSpace(true);
      return true;
    }
    const command = this.keymap.find(event);
    if (!command) return false;
    const reason = command.disabledReason();
    if (reason === null) command.run();
    // Tab belongs to the browser while there are no candidates, so that the page can be walked by keyboard.
    return reason === null || event.key !== "Tab";
  }

  keyUp(event: KeyEventLike): void {
    if (event.key === " ") this.gestures.holdSpace(false);
  }

  /** A frame that shows the answer to a click is on the screen. */
  notePainted(lastPaintedMs: number): void {
    this.store.update({ decoder: { ...this.state.decoder, lastPaintedMs } });
  }
}
