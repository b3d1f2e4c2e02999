/**
 * The compressed string of COCO's RLE: the format of `rleToString` / `rleFrString` in the official cocoapi
 * (common/maskApi.c). Each count is written in groups of 5 bits, lowest first, bit 6 says that more follow, and 48 is
 * added to make it printable. From the fourth count on, the difference to the count two places before is written.
 */

const BITS = 5;
const MORE = 0x20;
const SIGN = 0x10;
const PRINTABLE = 48;

/** An RLE that no encoder writes. It should never come from our server, which checks every one. */
export class InvalidRle extends Error {
  readonly code = "rle_malformed";
  override readonly name = "InvalidRle";
}

/** A run length has at most this many groups: 32 bits. */
const MAX_GROUPS = 7;

/** Run lengths, first the background's, to the compressed string. */
export function encodeCounts(counts: readonly number[]): string {
  const characters = new Uint8Array(counts.length * MAX_GROUPS);
  let end = 0;
  for (let index = 0; index < counts.length; index++) {
    let rest = counts[index] ?? 0;
    if (index > 2) rest -= counts[index - 2] ?? 0;
    for (let more = true; more; ) {
      let group = rest & (MORE - 1);
      rest >>= BITS;
      more = group & SIGN ? rest !== -1 : rest !== 0;
      if (more) group |= MORE;
      characters[end++] = group + PRINTABLE;
    }
  }
  return new TextDecoder().decode(characters.subarray(0, end));
}

/** The compressed string to run lengths. Throws InvalidRle for what no encoder writes. */
export function decodeCounts(text: string): number[] {
  const counts: number[] = [];
  let [last, beforeLast] = [0, 0];
  for (let at = 0; at < text.length; ) {
    let value = 0;
    let shift = 0;
    for (let more = true; more; shift += BITS) {
      const group = text.charCodeAt(at++) - PRINTABLE;
      if (!(group >= 0 && group < 2 * MORE) || shift > 30)
        throw new InvalidRle(`The RLE is damaged at character ${at}.`);
      value |= (group & (MORE - 1)) << shift;
      more = (group & MORE) !== 0;
      if (!more && group & SIGN && shift + BITS < 32) value |= -1 << (shift + BITS);
    }
    if (counts.length > 2) value += beforeLast;
    if (value < 0) throw new InvalidRle(`The RLE is damaged: run ${counts.length} has a negative length.`);
    counts.push(value);
    beforeLast = last;
    last = value;
  }
  return counts;
}
