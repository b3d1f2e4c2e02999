import { boxHeight, boxWidth, containsPoint, type ImageBox, type ImagePoint, imageToModel } from "../geometry";
import { isForegroundAt } from "../masks";
import { type DecodeAnswer, reportOf, type SegmentationPort } from "../segmentation";
import {
  type CandidateSet,
  chooseCandidate,
  EMPTY_PROMPT,
  isEmptyPrompt,
  isQuestion,
  isSameQuestion,
  type PointLabel,
  type Prompt,
  replacePoints,
  selectOnly,
  shownLogits,
  withBox,
  withCandidates,
  withPoint,
  withPoints,
} from "../session";
import { t } from "../words";
import type { Editing } from "./editing";
import type { EditorHost } from "./ports";
import { type EditorState, imageHwOf } from "./state";
import type { Store } from "./store";

/** From prompts to candidates: asks the decoder, and shows an answer only while its question still stands. */
export class Prompting {
  /** What is kept until a press turns out to be a click or a drag. */
  private mark: Pick<EditorState, "history" | "session" | "isDecoding"> | null = null;
  private hoverCell: string | null = null;
  /** Where the preview that is shown was asked for: the region may have changed since. */
  private shownCell: string | null = null;

  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly segmentation: SegmentationPort,
    private readonly host: EditorHost,
    private readonly afterPaint: () => Promise<void>,
  ) {}

  addPoint(point: ImagePoint, label: PointLabel): void {
    const { history, session, isDecoding } = this.store.state;
    this.mark = { history, session, isDecoding };
    const prompt = withPoint(session.prompt, { point, label });
    this.change(label === 1 ? t("Add point") : t("Add background point"), this.answeredByHover(prompt));
  }

  addPoints(points: readonly ImagePoint[], label: PointLabel): void {
    if (points.length === 0) return;
    const added = points.map((point) => ({ point, label }));
    this.change(t("Scribble"), withPoints(this.prompt, added));
  }

  movePoint(index: number, point: ImagePoint): void {
    const moved = this.prompt.points.map((each, at) => (at === index ? { ...each, point } : each));
    this.change(t("Move point"), replacePoints(this.prompt, moved));
  }

  removePoint(index: number): void {
    const rest = replacePoints(
      this.prompt,
      this.prompt.points.filter((_, at) => at !== index),
    );
    this.change(t("Remove point"), isEmptyPrompt(rest) ? EMPTY_PROMPT : rest);
  }

  /** Whether the point lies in the mask that the prompt has given so far. */
  isInShownMask(point: ImagePoint): boolean {
    const logits = shownLogits(this.prompt);
    const { image } = this.store.state;
    return logits !== null && image !== null && isForegroundAt(logits, point, imageHwOf(image));
  }

  takeBackPoint(): void {
    if (this.mark) this.store.update(this.mark);
    this.mark = null;
  }

  /** With boxes in a row, the mask of the box before is accepted first, as soon as it is there. */
  placeBox(box: ImageBox): void {
    const { session, queuedBoxes } = this.store.state;
    const isInRow = session.toolSettings.promptDrag === "boxes" && session.prompt.box !== null;
    if (isInRow && !session.prompt.candidates) this.store.update({ queuedBoxes: [...queuedBoxes, box] });
    else {
      if (isInRow) this.editing.accept();
      this.change(t("Draw box"), withBox(box, this.prompt));
    }
  }

  /** Begins with this prompt: a mask that is there already, say. */
  begin(label: string, prompt: Prompt): void {
    this.change(label, prompt);
  }

  discard(): void {
    this.store.update({ queuedBoxes: [] });
    this.change(t("Discard mask"), EMPTY_PROMPT);
  }

  choose(steps: number): void {
    const { prompt } = this.store.state.session;
    if (prompt.candidates) this.show(withCandidates(prompt, chooseCandidate(prompt.candidates, steps)));
  }

  /** The mask that a click at this point would give, while no prompt is there. */
  preview(point: ImagePoint | null): void {
    const cell = point && this.cellOf(point);
    if (cell === this.hoverCell) return;
    this.hoverCell = cell;
    const { session, image } = this.store.state;
    if (!point || !cell || !image || !isEmptyPrompt(session.prompt)) {
      if (session.hover) this.store.updateSession({ hover: null });
      return;
    }
    void this.decodeHover(image.embeddingKey, point, cell);
  }

  /** Asks again for the prompt that is there: after undo, and when the embedding has come. */
  refresh(): void {
    const { prompt } = this.store.state.session;
    if (isQuestion(prompt) && !prompt.candidates) void this.decode(prompt);
    else {
      this.store.update({ isDecoding: false });
      void this.decodeOthers(prompt);
    }
  }

  private get prompt(): Prompt {
    return this.store.state.session.prompt;
  }

  private change(label: string, prompt: Prompt): void {
    this.hoverCell = null;
    this.store.updateSession({ hover: null, ...selectOnly(null) });
    this.editing.perform(label, [], prompt);
    this.refresh();
  }

  /** The preview under the pointer is the answer to a first click: it need not be computed again. */
  private answeredByHover(prompt: Prompt): Prompt {
    const { hover } = this.store.state.session;
    const [first, ...others] = prompt.points;
    const isSame = hover && first?.label === 1 && this.cellOf(first.point) === this.shownCell;
    if (!isSame || others.length > 0 || prompt.box) return prompt;
    return withCandidates(prompt, hover.candidates);
  }

  private async decode(prompt: Prompt): Promise<void> {
    const { image, embeddingState } = this.store.state;
    this.store.update({ isDecoding: true });
    if (!image || embeddingState !== "ready") return; // `refresh` comes when it is
    try {
      const answer = await this.segmentation.decode(image.embeddingKey, prompt, "click");
      if (answer && this.isCurrent(prompt)) this.answer(prompt, answer);
    } catch (error) {
      if (this.isCurrent(prompt)) this.fail(error);
    }
  }

  /**
   * A click is answered with the best mask alone, and what of it shows the image, which is the fastest: here come the
   * others, and all of the best one, whose logits may be fed back. They wait until the first one is drawn, since
   * decoding may take all the cores.
   */
  private async decodeOthers(prompt: Prompt): Promise<void> {
    const { image, embeddingState } = this.store.state;
    if (!image || embeddingState !== "ready" || !prompt.candidates || prompt.candidates.isComplete) return;
    const isWanted = (): boolean => isSameQuestion(this.prompt, prompt);
    await this.afterPaint();
    if (!isWanted()) return;
    try {
      const answer = await this.segmentation.decode(image.embeddingKey, prompt, "candidates");
      const { candidates } = this.store.state.session.prompt;
      if (!answer || !candidates || candidates.isComplete || !isWanted()) return;
      const completed = { ...candidatesOf(answer), chosen: candidates.chosen };
      this.show(withCandidates(this.store.state.session.prompt, completed));
    } catch (error) {
      if (isWanted()) this.fail(error);
    }
  }

  private async decodeHover(key: string, point: ImagePoint, cell: string): Promise<void> {
    if (this.store.state.embeddingState !== "ready") return;
    const prompt = withPoint(EMPTY_PROMPT, { point, label: 1 });
    // A hover that fails is not worth a message: the click will tell.
    const answer = await this.segmentation.decode(key, prompt, "hover").catch(() => null);
    if (!answer || this.hoverCell !== cell || !isEmptyPrompt(this.store.state.session.prompt)) return;
    this.shownCell = cell;
    this.store.updateSession({ hover: { point, candidates: candidatesOf(answer) } });
    this.noteTime(answer.decodeMs);
  }

  private answer(prompt: Prompt, answer: DecodeAnswer): void {
    const answered = withCandidates(prompt, candidatesOf(answer));
    this.show(answered);
    this.store.update({ isDecoding: false });
    this.noteTime(answer.decodeMs);
    if (this.store.state.queuedBoxes.length > 0) this.takeNextBox();
    else void this.decodeOthers(answered);
  }

  private takeNextBox(): void {
    const [box, ...queuedBoxes] = this.store.state.queuedBoxes;
    if (!box) return;
    this.store.update({ queuedBoxes });
    this.editing.accept();
    this.change(t("Draw box"), withBox(box));
  }

  private noteTime(lastDecodeMs: number): void {
    this.store.update({ decoder: { ...this.store.state.decoder, lastDecodeMs } });
  }

  private fail(error: unknown): void {
    this.store.update({ isDecoding: false });
    this.host.notify({ ...reportOf(error), level: "error" });
  }

  private show(prompt: Prompt): void {
    this.store.updateSession({ prompt });
  }

  private isCurrent(prompt: Prompt): boolean {
    return this.store.state.session.prompt === prompt;
  }

  /** Points within one pixel of what the encoder saw, the image or a region of it, give the same mask. */
  private cellOf(point: ImagePoint): string | null {
    const { embedding, region } = this.store.state;
    if (!embedding) return null;
    if (region && containsPoint(region, point)) {
      const scale = Math.max(...embedding.resize.inputHw) / Math.max(boxWidth(region), boxHeight(region));
      const [x, y] = [(point.x - region.x0) * scale, (point.y - region.y0) * scale];
      return `${region.x0},${region.y0},${boxWidth(region)} ${Math.floor(x)},${Math.floor(y)}`;
    }
    const { x, y } = imageToModel(point, embedding.resize);
    return `${Math.floor(x)},${Math.floor(y)}`;
  }
}

function candidatesOf({ candidates, isComplete }: DecodeAnswer): CandidateSet {
  return { all: candidates, chosen: 0, isComplete };
}
