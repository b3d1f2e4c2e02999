import type { Annotation } from "../../document";
import { type Display, isShown, opacityOf } from "../../session";
import { DEFAULT_COLOR, parseColor } from "../colours";
import type { Tint } from "../maskPixels";
import type { Scene } from "../scene";
import type { PaintedMask } from "./paintTile";

/** How much less transparent the border of a filled mask is than its inside, 0 to 255. */
const EDGE_EXTRA_ALPHA = 110;
/** More selected masks than this are painted stronger, since outlines around each would take too long to draw. */
export const MANY_SELECTED = 40;
const SELECTED_EXTRA_ALPHA = 70;

type Painted = ReadonlyMap<string, PaintedMask>;

/** The masks that are seen, from below. What looks as in `before` is the same object. */
export function paintedMasks(scene: Scene, before: Painted): Painted {
  const { display, selectedIds, colorOfCategory } = scene;
  const painted = new Map<string, PaintedMask>();
  for (const annotation of scene.annotations.values()) {
    if (annotation.area === 0 || !isShown(display, annotation.id, selectedIds)) continue;
    const isStrong = selectedIds.size > MANY_SELECTED && selectedIds.has(annotation.id);
    const tint = tintOf(annotation, display, colorOfCategory.get(annotation.categoryId) ?? DEFAULT_COLOR, isStrong);
    const known = before.get(annotation.id);
    const isSame = known?.annotation.rle === annotation.rle && isSameTint(known.tint, tint);
    painted.set(annotation.id, isSame ? known : { annotation, tint });
  }
  return painted;
}

/** The masks that differ, as they were and as they are; null when their order does, so that all have to be painted. */
export function changedMasks(before: Painted, after: Painted): Annotation[] | null {
  const changed: Annotation[] = [];
  for (const [id, was] of before) {
    const is = after.get(id);
    if (is === was) continue;
    changed.push(was.annotation);
    if (is) changed.push(is.annotation);
  }
  for (const [id, is] of after) if (!before.has(id)) changed.push(is.annotation);
  return isSameOrder(before, after) ? changed : null;
}

/** What both have is in the same order. */
function isSameOrder(before: Painted, after: Painted): boolean {
  const others = after.keys();
  for (const id of before.keys()) {
    if (!after.has(id)) continue;
    let other = others.next();
    while (!other.done && !before.has(other.value)) other = others.next();
    if (other.value !== id) return false;
  }
  return true;
}

function tintOf({ id }: Annotation, display: Display, color: string, isStrong: boolean): Tint {
  const own = Math.round(opacityOf(display, id) * 255);
  const fill = isStrong ? Math.min(own + SELECTED_EXTRA_ALPHA, 255) : own;
  const isOutline = display.maskStyle === "outline";
  return {
    color: colorsByHex(color),
    fillAlpha: isOutline ? 0 : fill,
    edgeAlpha: isOutline && fill > 0 ? 255 : Math.min(fill + EDGE_EXTRA_ALPHA, 255),
  };
}

function isSameTint(a: Tint, b: Tint): boolean {
  return a.color === b.color && a.fillAlpha === b.fillAlpha && a.edgeAlpha === b.edgeAlpha;
}

const parsed = new Map<string, Tint["color"]>();

/** The same object for the same colour, so that tints are compared at once. */
function colorsByHex(color: string): Tint["color"] {
  const known = parsed.get(color) ?? parseColor(color);
  parsed.set(color, known);
  return known;
}
