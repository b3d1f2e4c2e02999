import { describe, expect, test } from "vitest";
import { decodeRle, emptyMask, encodeMask } from "../masks";
import { addAnnotation, applyChanges, removeAnnotation, replaceMask, setCategory, setLocked } from "./actions";
import { type Annotation, completed } from "./annotation";
import { fits, fittingValues, missingAttributes } from "./attributes";
import { type AnnotationDocument, documentOf } from "./document";
import { moveTo } from "./drawingOrder";
import { withLocksKept } from "./locking";
import { resolveOverlaps, withMasksApart } from "./overlap";

const [HEIGHT, WIDTH] = [6, 12];

/** A mask of full columns, from `left` up to `right`. */
function columns(left: number, right: number) {
  const mask = emptyMask(HEIGHT, WIDTH);
  for (let row = 0; row < HEIGHT; row++) mask.data.fill(1, row * WIDTH + left, row * WIDTH + right);
  return encodeMask(mask);
}

function annotation(id: string, left: number, right: number, more: Partial<Annotation> = {}): Annotation {
  const of = { id, imageId: 1, categoryId: 1, ...columns(left, right), source: "manual", provenance: {} } as const;
  return completed({ ...of, ...more }, id.charCodeAt(0));
}

/** Which columns each annotation has, by id. */
function columnsOf(document: AnnotationDocument): Record<string, number[]> {
  const entries = [...document.annotations].map(([id, { rle }]) => {
    const { data } = decodeRle(rle);
    return [id, Array.from({ length: WIDTH }, (_, column) => column).filter((column) => data[column] === 1)] as const;
  });
  return Object.fromEntries(entries);
}

const orderOf = (document: AnnotationDocument): string => [...document.annotations.keys()].join("");
const three = documentOf([annotation("a", 0, 4), annotation("b", 3, 7), annotation("c", 8, 10)]);

describe("drawing order", () => {
  test.each([
    ["a", 2, "bca"],
    ["c", 0, "cab"],
    ["b", 1, "abc"],
    ["a", 1, "bac"],
    ["a", 99, "bca"],
  ])("moving %s over %i others gives %s", (id, below, order) => {
    expect(orderOf(moveTo(id, below)(three))).toBe(order);
  });

  test("only the moved annotation changes", () => {
    const moved = moveTo("a", 1)(three);
    expect(moved.annotations.get("b")).toBe(three.annotations.get("b"));
    expect(moveTo("b", 1)(three)).toBe(three);
  });

  test("a hundred moves into the same gap keep the order, although numbers between two numbers run out", () => {
    let document = three;
    for (let move = 0; move < 100; move++) {
      const before = [...document.annotations.keys()];
      document = moveTo(before[2] ?? "", 1)(document);
      expect(orderOf(document)).toBe([before[0], before[2], before[1]].join(""));
      expect(orderOf(documentOf([...document.annotations.values()].reverse()))).toBe(orderOf(document));
    }
  });

  test("what comes back returns to its place", () => {
    const a = three.annotations.get("a") as Annotation;
    const without = removeAnnotation("a")(three);
    expect(orderOf(applyChanges([{ id: "a", before: null, after: a }])(without))).toBe("abc");
  });
});

describe("a locked annotation", () => {
  const locked = setLocked("b", true)(three);

  test("keeps its mask and category, and is not deleted", () => {
    const edits = [replaceMask("b", { ...columns(0, 1), provenance: {} }), setCategory("b", 2), removeAnnotation("b")];
    for (const edit of edits) {
      expect(withLocksKept(locked, edit(locked)).annotations.get("b")).toEqual(locked.annotations.get("b"));
      expect(orderOf(withLocksKept(locked, edit(locked)))).toBe("abc");
    }
  });

  test("can be unlocked and moved", () => {
    expect(withLocksKept(locked, setLocked("b", false)(locked)).annotations.get("b")?.locked).toBe(false);
    expect(orderOf(withLocksKept(locked, moveTo("b", 0)(locked)))).toBe("bac");
  });
});

describe("masks that may not overlap", () => {
  const edited = addAnnotation(annotation("d", 2, 9))(three);

  test("a new mask takes the pixels of the others", () => {
    const apart = withMasksApart(three, edited, "take");
    expect(columnsOf(apart)).toEqual({ a: [0, 1], c: [9], d: [2, 3, 4, 5, 6, 7, 8] });
  });

  test("or leaves them", () => {
    const apart = withMasksApart(three, edited, "yield");
    expect(columnsOf(apart)).toEqual({ a: [0, 1, 2, 3], b: [3, 4, 5, 6], c: [8, 9], d: [7] });
  });

  test("a locked one gives nothing away", () => {
    const locked = setLocked("b", true)(three);
    const apart = withMasksApart(locked, addAnnotation(annotation("d", 2, 9))(locked), "take");
    expect(columnsOf(apart)).toEqual({ a: [0, 1, 3], b: [3, 4, 5, 6], c: [9], d: [2, 7, 8] });
  });

  test("a new mask of which nothing is left is not made", () => {
    const apart = withMasksApart(three, addAnnotation(annotation("d", 4, 6))(three), "yield");
    expect(orderOf(apart)).toBe("abc");
  });

  test("a changed mask of which nothing would be left stays as it was", () => {
    const change = replaceMask("c", { ...columns(4, 6), provenance: {} });
    expect(columnsOf(withMasksApart(three, change(three), "yield"))).toEqual(columnsOf(three));
  });

  test("free masks are left alone", () => {
    expect(withMasksApart(three, edited, "free")).toBe(edited);
  });

  test("old overlaps go to the mask on top", () => {
    expect(columnsOf(resolveOverlaps(edited))).toEqual({ a: [0, 1], c: [9], d: [2, 3, 4, 5, 6, 7, 8] });
    expect(resolveOverlaps(documentOf([annotation("x", 0, 3), annotation("y", 3, 5)])).annotations.size).toBe(2);
  });
});

describe("attributes", () => {
  test("answers follow an attribute that has another name now", () => {
    const stance = { name: "stance", kind: "text", required: true, formerly: ["pose"] } as const;
    expect(fittingValues([stance], { pose: "sits" })).toEqual({ stance: "sits" });
    expect(fittingValues([stance], { pose: "sits", stance: "lies" })).toEqual({ stance: "lies" });
    expect(missingAttributes([stance], { pose: "sits" })).toEqual([]);
  });

  const asked = [
    { name: "pose", kind: "choice", required: true, options: ["sits", "lies"] },
    { name: "legs", kind: "number", required: false, options: [] },
  ] as const;

  test("values that are not asked for, or do not fit, are left behind", () => {
    expect(fittingValues(asked, { pose: "flies", legs: 4, age: 3 })).toEqual({ legs: 4 });
    const fitting = { pose: "sits" };
    expect(fittingValues(asked, fitting)).toBe(fitting);
  });

  test("required ones are named while they have no value", () => {
    expect(missingAttributes(asked, { legs: 4 })).toEqual(["pose"]);
    expect(missingAttributes(asked, { pose: "lies" })).toEqual([]);
  });

  test("numbers are finite, texts not empty", () => {
    expect(fits(asked[1], Number.NaN)).toBe(false);
    expect(fits({ name: "note", kind: "text", required: false, options: [] }, " ")).toBe(false);
    expect(fits({ name: "seen", kind: "checkbox", required: false, options: [] }, false)).toBe(true);
  });
});
