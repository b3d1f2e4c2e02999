import {
  type AnnotationChange,
  type AnnotationDocument,
  applyChanges,
  changesBetween,
  fittingValues,
  withLocksKept,
  withMasksApart,
} from "../document";
import { t } from "../words";
import type { Notice } from "./ports";
import type { EditorState } from "./state";

export interface AllowedChanges {
  readonly changes: readonly AnnotationChange[];
  /** What to tell the user when not everything was done that the edit said. */
  readonly notice: Notice | null;
}

type Rules = Pick<EditorState, "document" | "categories" | "overlapPolicy">;

/** What an edit of the user becomes under the rules of the project: locks, overlaps, attributes of the category. */
export function allowedChanges(rules: Rules, wanted: readonly AnnotationChange[]): AllowedChanges {
  const { document } = rules;
  if (wanted.length === 0) return { changes: wanted, notice: null };
  const edited = applyChanges(wanted)(document);
  const unlocked = withLocksKept(document, edited);
  const apart = withMasksApart(document, unlocked, rules.overlapPolicy);
  const fitting = withFittingAttributes(document, apart, rules.categories);
  return {
    changes: changesBetween(document, fitting),
    notice: unlocked === edited ? overlapNotice(document, unlocked, apart) : LOCKED(),
  };
}

const LOCKED = (): Notice => ({
  code: "annotation_locked",
  level: "info",
  message: t("A locked annotation was left as it is. Unlock it first."),
});

function overlapNotice(before: AnnotationDocument, wanted: AnnotationDocument, is: AnnotationDocument): Notice | null {
  const gone = [...wanted.annotations.keys()].filter((id) => !is.annotations.has(id));
  if (gone.length === 0) return null;
  const message = gone.some((id) => before.annotations.has(id))
    ? t("A mask was wholly covered and is removed. Undo brings it back.")
    : t("All pixels of this mask belong to others, and masks of this project may not overlap.");
  return { code: "masks_overlap", level: "info", message };
}

/** Answers that another category does not ask for stay behind with the old one. */
function withFittingAttributes(
  before: AnnotationDocument,
  after: AnnotationDocument,
  categories: Rules["categories"],
): AnnotationDocument {
  const changes = changesBetween(before, after).flatMap(({ id, before: was, after: is }): AnnotationChange[] => {
    if (!was || !is || was.categoryId === is.categoryId) return [];
    const asked = categories.find((category) => category.id === is.categoryId)?.attributes ?? [];
    const attributes = fittingValues(asked, is.attributes);
    return attributes === is.attributes ? [] : [{ id, before: is, after: { ...is, attributes } }];
  });
  return applyChanges(changes)(after);
}
