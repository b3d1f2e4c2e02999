/**
 * Where a row goes that is dropped into the list, as `AnnotationFields.moveTo` takes it: how many of the others lie under it.
 *
 * @param drawn all ids in drawing order, the last on top
 * @param shown ids as the list shows them, the topmost first; filters may have left some out
 * @param moved the id that is dropped
 * @param gap before which shown row, 0 to their number
 */
export function placeOfDrop(drawn: readonly string[], shown: readonly string[], moved: string, gap: number): number {
  const others = drawn.filter((id) => id !== moved);
  const under = shown.slice(gap).find((id) => id !== moved);
  if (under !== undefined) return others.indexOf(under) + 1;
  const over = shown.findLast((id) => id !== moved);
  return over === undefined ? 0 : others.indexOf(over);
}
