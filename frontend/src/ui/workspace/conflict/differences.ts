import type { Annotation, AttributeValue } from "../../../document";
import { rleIou } from "../../../masks";
import { formatNumber, t } from "../../../words";

/** One thing in which two versions of an annotation differ, as words. */
export interface Difference {
  readonly what: string;
  readonly mine: string;
  readonly theirs: string;
}

/** In what the versions differ besides their masks, for people. `categoryName` of an id. */
export function differencesOf(
  mine: Annotation,
  theirs: Annotation,
  categoryName: (id: number) => string,
): Difference[] {
  const compared: Difference[] = [
    { what: t("Category"), mine: categoryName(mine.categoryId), theirs: categoryName(theirs.categoryId) },
    ...attributeNames(mine, theirs).map((name) => ({
      what: name,
      mine: valueInWords(mine.attributes[name]),
      theirs: valueInWords(theirs.attributes[name]),
    })),
    { what: t("Lock"), mine: lockInWords(mine.locked), theirs: lockInWords(theirs.locked) },
    {
      what: t("Place in the drawing order"),
      mine: formatNumber(mine.position),
      theirs: formatNumber(theirs.position),
    },
  ];
  return compared.filter((difference) => difference.mine !== difference.theirs);
}

/** How far the masks agree, as a sentence. */
export function agreementInWords(mine: Annotation, theirs: Annotation): string {
  if (mine.rle.counts === theirs.rle.counts) return t("The masks are the same.");
  const share = formatNumber(rleIou(mine.rle, theirs.rle), { style: "percent", maximumFractionDigits: 1 });
  return t("The masks agree in {share} of their pixels (IoU).", { share });
}

function attributeNames(mine: Annotation, theirs: Annotation): string[] {
  return [...new Set([...Object.keys(mine.attributes), ...Object.keys(theirs.attributes)])];
}

function valueInWords(value: AttributeValue | undefined): string {
  if (value === undefined) return "–";
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  return typeof value === "number" ? formatNumber(value, { maximumFractionDigits: 20 }) : value;
}

const lockInWords = (isLocked: boolean): string => (isLocked ? t("locked") : t("not locked"));
