/** In the place of a difference that does not fit into 8 bits: the next one of `far`. */
const FAR = -128;

/**
 * Maps (1, C, h, w) told by differences (ARCHITECTURE 3.3, "int8-2"): each value is a whole number of steps of its
 * channel, told by the difference from the one to its left, the first of a row from the first of the row above.
 */
export function fromDifferences(
  near: Int8Array,
  far: Int16Array,
  scales: Float32Array,
  dims: readonly number[],
): Float32Array<ArrayBuffer> {
  const [, , height = 1, width = 1] = dims;
  const floats = new Float32Array(near.length);
  let index = 0;
  let nextFar = 0;
  for (const scale of scales) {
    let above = 0;
    for (let row = 0; row < height; row++) {
      let steps = above;
      for (let column = 0; column < width; column++, index++) {
        const difference = near[index] as number;
        steps += difference === FAR ? (far[nextFar++] ?? 0) : difference;
        if (column === 0) above = steps;
        floats[index] = steps * scale;
      }
    }
  }
  return floats;
}
