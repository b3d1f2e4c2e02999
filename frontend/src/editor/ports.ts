import type { Annotation, AttributeDefinition } from "../document";
import type { ImagePoint } from "../geometry";
import type { History, Prompt } from "../session";

/**
 * What the editor needs from the world around it. `api/` implements the server's side, `segmentation/` the decoder's;
 * tests give their own.
 */

/** The image row, as far as the editor uses it. */
export interface ImageDetails {
  readonly id: number;
  readonly filename: string;
  /** Size as shown, after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  readonly contentUrl: string;
  readonly thumbnailUrl: string;
  /** Where its tiles are served, with {level}, {column} and {row} in it; null when it is served as a whole only. */
  readonly tileUrl: string | null;
  /** Of an original of numbers, as 16-bit greys; null: its values are those that are seen. */
  readonly values: ImageValues | null;
  /** Where the embedding is served (202 while it is computed), and its content key. */
  readonly embeddingUrl: string;
  readonly embeddingKey: string;
  /** Where embeddings of its parts are served. */
  readonly regionUrl: string;
  /** The manifest of the segmenter whose embedding that is. */
  readonly manifestUrl: string;
}

export interface ImageValues {
  /** The values that `contentUrl` shows black and white. */
  readonly range: readonly [low: number, high: number];
  /** The image with another range of values from black to white: {low} and {high} are in it. */
  readonly windowUrl: string;
}

export interface Neighbours {
  readonly previous: number | null;
  readonly next: number | null;
  /** Place of this image in its project, from 1, and how many there are. */
  readonly position: number;
  readonly total: number;
}

export interface OpenedImage {
  readonly image: ImageDetails;
  readonly neighbours: Neighbours;
  /** As this user last left them: the server's, with what the journal has not sent yet on top. */
  readonly annotations: readonly Annotation[];
  /** The prompt that was begun here and neither accepted nor cancelled, if there is one. */
  readonly draft?: Draft | null;
  /** How this browser last left the image, if it knows. */
  readonly memory?: ImageMemory | null;
}

/** What brings an annotator back to where a killed tab was. */
export interface ImageMemory {
  /** Of the canvas's middle; null: the whole image was shown, or the image was left on purpose. */
  readonly view: { readonly centre: ImagePoint; readonly scale: number } | null;
  readonly selection: string | null;
  readonly history: History;
}

/** A prompt without its answer. */
export interface Draft {
  readonly prompt: Prompt;
  /** The embedding that its earlier logits were decoded from. */
  readonly embeddingKey: string;
}

export interface Category {
  readonly id: number;
  readonly name: string;
  /** CSS hex colour, "#rrggbb". */
  readonly color: string;
  /** What is asked of its annotations; nothing, when left out. */
  readonly attributes?: readonly AttributeDefinition[];
}

export interface WorkspaceSource {
  openImage(imageId: number, signal: AbortSignal): Promise<OpenedImage>;
  /** The images that the user will probably open next, likeliest first; their embeddings are fetched ahead. */
  listLikelyNext(imageId: number, signal: AbortSignal): Promise<readonly ImageDetails[]>;
  /** Keeps the prompt of an image, so that a reload in the middle loses nothing; null forgets it. */
  saveDraft?(imageId: number, draft: Draft | null): void;
  /** Keeps how the image is being left; a later one takes the place of an earlier one. */
  saveMemory?(imageId: number, memory: ImageMemory): void;
}

export type SyncState = "saved" | "saving" | "offline" | "failed";

export interface SyncStatus {
  readonly state: SyncState;
  /** Changes that are journaled and not yet acknowledged by the server. */
  readonly pending: number;
  /** What to tell the user when `state` is offline or failed. */
  readonly message: string | null;
}

/** Both sides changed the same annotation; null means removed. Nothing is overwritten until the user has chosen. */
export interface SyncConflict {
  readonly id: string;
  readonly imageId: number;
  readonly mine: Annotation | null;
  readonly theirs: Annotation | null;
}

export type ConflictChoice = "mine" | "theirs";

export type SyncEvent =
  | { readonly type: "status"; readonly status: SyncStatus }
  | { readonly type: "conflict"; readonly conflict: SyncConflict }
  /** Somebody else changed it; null means removed. */
  | { readonly type: "remote"; readonly id: string; readonly imageId: number; readonly annotation: Annotation | null };

/** Sends accepted masks. It journals at once, sends in the background, and keeps the server's version of each id. */
export interface AnnotationSync {
  save(annotation: Annotation): void;
  remove(annotation: Annotation): void;
  /** "mine" sends ours again on top of the server's version; "theirs" forgets ours. */
  resolve(conflict: SyncConflict, choice: ConflictChoice): void;
  status(): SyncStatus;
  subscribe(listener: (event: SyncEvent) => void): () => void;
}

export interface Notice {
  readonly code: string;
  /** One sentence that says what to do. */
  readonly message: string;
  readonly level: "info" | "error";
}

/** Places around the canvas that keys lead to. */
export type WorkspacePlace = "commands" | "shortcuts" | "categories" | "annotations" | "history" | "comments";

export interface EditorHost {
  /** Changes the page's address to another image; the page then calls `editor.openImage`. */
  showImage(imageId: number): void;
  notify(notice: Notice): void;
  /** Opens the place, and puts the focus there. */
  reveal(place: WorkspacePlace): void;
}
