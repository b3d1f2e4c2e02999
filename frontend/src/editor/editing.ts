import {
  type Annotation,
  type AnnotationChange,
  addAnnotation,
  applyChanges,
  changesBetween,
  type DocumentAction,
  type Provenance,
  removeAnnotation,
  replaceMask,
  setCategory,
} from "../document";
import { type EncodedMask, encodeLogits } from "../masks";
import {
  chosenCandidate,
  EMPTY_PROMPT,
  forgetAnnotation,
  inverse,
  type Prompt,
  redoStep,
  undoStep,
  withStep,
} from "../session";
import { t } from "../words";
import { allowedChanges } from "./editRules";
import type { AnnotationSync, ConflictChoice, EditorHost, SyncConflict } from "./ports";
import { imageHwOf } from "./state";
import type { Store } from "./store";
import { newUuid } from "./uuid";

type AcceptedMask = EncodedMask & Pick<Annotation, "source" | "provenance">;

/** Every change to the document and the prompt is a step here: applied, sent, and ready to be undone. */
export class Editing {
  private promptSince: number | null = null;

  constructor(
    private readonly store: Store,
    private readonly sync: AnnotationSync,
    private readonly host: EditorHost,
  ) {}

  /** One gesture of the user, as far as the rules of the project allow it. */
  perform(label: string, changes: readonly AnnotationChange[], prompt = this.store.state.session.prompt): void {
    const { history, session } = this.store.state;
    const allowed = allowedChanges(this.store.state, changes);
    if (allowed.notice) this.host.notify(allowed.notice);
    // What the rules refuse altogether leaves the prompt as it was, so that it can be changed.
    if (allowed.changes.length === 0 && (changes.length > 0 || prompt === session.prompt)) return;
    const step = { label, changes: allowed.changes, promptBefore: session.prompt, promptAfter: prompt };
    this.apply(allowed.changes, prompt);
    this.store.update({ history: withStep(history, step) });
  }

  undo(): void {
    const undone = undoStep(this.store.state.history);
    if (!undone) return;
    this.apply(inverse(undone.step.changes), undone.step.promptBefore);
    this.store.update({ history: undone.history });
  }

  redo(): void {
    const redone = redoStep(this.store.state.history);
    if (!redone) return;
    this.apply(redone.step.changes, redone.step.promptAfter);
    this.store.update({ history: redone.history });
  }

  /**
   * The chosen candidate becomes an annotation, or the mask of the one that was refined. The mask is computed here and
   * now, not in the worker: only what the mask can reach is made, and in return nothing can be lost between Enter and
   * the journal. -> the annotation's id; null when nothing was accepted.
   */
  accept(): string | null {
    const { image, session } = this.store.state;
    const { prompt, categoryId } = session;
    const chosen = prompt.candidates && chosenCandidate(prompt.candidates);
    if (!image || !chosen || categoryId === null) return null;
    const mask = encodeLogits(chosen.lowResLogits, imageHwOf(image));
    if (mask.area === 0) {
      this.host.notify({
        code: "empty_mask",
        message: t("This mask is empty. Add a point on the object."),
        level: "info",
      });
      return null;
    }
    return this.takeMask({ ...mask, source: "prompt", provenance: this.provenanceOf(prompt) }, categoryId, image.id);
  }

  private takeMask(content: AcceptedMask, categoryId: number, imageId: number): string | null {
    const { document, session } = this.store.state;
    const refined = session.prompt.refines?.id;
    if (refined !== undefined && document.annotations.has(refined)) {
      this.edit(t("Refine mask"), replaceMask(refined, content), EMPTY_PROMPT);
      return refined;
    }
    const id = newUuid();
    this.edit(t("Accept mask"), addAnnotation({ id, imageId, categoryId, ...content }), EMPTY_PROMPT);
    // The project's rules may leave nothing of it.
    return this.store.state.document.annotations.has(id) ? id : null;
  }

  remove(id: string): void {
    this.edit(t("Delete annotation"), removeAnnotation(id));
  }

  setCategory(id: string, categoryId: number): void {
    this.edit(t("Change category"), setCategory(id, categoryId));
  }

  /** What others did. It is no step of ours: undo does not touch it. */
  applyRemote(id: string, annotation: Annotation | null): void {
    const { document, history } = this.store.state;
    const before = document.annotations.get(id) ?? null;
    this.store.update({
      document: applyChanges([{ id, before, after: annotation }])(document),
      history: forgetAnnotation(history, id),
    });
    this.dropVanishedSelection();
  }

  resolve(conflict: SyncConflict, choice: ConflictChoice): void {
    this.store.update({ conflicts: this.store.state.conflicts.filter(({ id }) => id !== conflict.id) });
    if (choice === "theirs") this.applyRemote(conflict.id, conflict.theirs);
    this.sync.resolve(conflict, choice);
  }

  /** One gesture of the user that changes the document in this way. */
  edit(label: string, action: DocumentAction, prompt?: Prompt): void {
    const { document } = this.store.state;
    this.perform(label, changesBetween(document, action(document)), prompt);
  }

  private apply(changes: readonly AnnotationChange[], prompt: Prompt): void {
    const { document, session } = this.store.state;
    if (session.prompt === EMPTY_PROMPT && prompt !== EMPTY_PROMPT) this.promptSince = Date.now();
    this.store.update({ document: applyChanges(changes)(document), session: { ...session, prompt } });
    this.dropVanishedSelection();
    for (const { before, after } of changes) {
      if (after) this.sync.save(after);
      else if (before) this.sync.remove(before);
    }
  }

  private dropVanishedSelection(): void {
    const { document, session } = this.store.state;
    const isThere = (id: string | null): boolean => id !== null && document.annotations.has(id);
    if (session.selection && !isThere(session.selection)) this.store.updateSession({ selection: null });
    if (session.highlighted && !isThere(session.highlighted)) this.store.updateSession({ highlighted: null });
  }

  private provenanceOf(prompt: Prompt): Provenance {
    const { embedding } = this.store.state;
    const chosen = prompt.candidates && chosenCandidate(prompt.candidates);
    const { box } = prompt;
    return {
      ...(embedding && { segmenter: embedding.segmenter, checkpoint_sha256: embedding.checkpointSha256 }),
      points: prompt.points.map(({ point, label }) => ({ x: point.x, y: point.y, label })),
      ...(box && { box_xyxy: [box.x0, box.y0, box.x1, box.y1] as const }),
      ...(chosen && {
        predicted_iou: chosen.predictedIou,
        stability_score: chosen.stabilityScore,
        mean_logit: chosen.meanLogit,
      }),
      candidate: prompt.candidates?.chosen ?? 0,
      ...(this.promptSince && { seconds: (Date.now() - this.promptSince) / 1000 }),
    };
  }
}
