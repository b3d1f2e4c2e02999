/** IEEE 754 binary16 to binary32 for all 65,536 values: a table is faster than arithmetic for each of a million. */
let table: Float32Array | null = null;

export function halvesToFloats(halves: Uint16Array): Float32Array<ArrayBuffer> {
  table ??= buildTable();
  const floats = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++) floats[index] = table[halves[index] ?? 0] ?? 0;
  return floats;
}

function buildTable(): Float32Array {
  return Float32Array.from({ length: 65536 }, (_, bits) => halfToFloat(bits));
}

function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
