import { type BinaryMask, emptyMask } from "./binaryMask";

/** Whole numbers below a bound, the same ones for the same seed. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Reproducible noise: a mask of random rectangles, so that runs of all lengths occur. */
export function randomMask(height: number, width: number, seed: number): BinaryMask {
  const mask = emptyMask(height, width);
  const random = randomNumbers(seed);
  for (let count = 0; count < 12; count++) {
    const [top, left] = [random(height), random(width)];
    const [bottom, right, value] = [top + 1 + random(height - top), left + 1 + random(width - left), random(2)];
    for (let row = top; row < bottom; row++) mask.data.fill(value, row * width + left, row * width + right);
  }
  return mask;
}

/** Noise in which every pixel is foreground with the given chance: many specks, holes and touching corners. */
export function speckledMask(height: number, width: number, seed: number, chance = 0.5): BinaryMask {
  const mask = emptyMask(height, width);
  const random = randomNumbers(seed);
  for (let at = 0; at < mask.data.length; at++) mask.data[at] = random(1000) < chance * 1000 ? 1 : 0;
  return mask;
}

/** A mask drawn with characters: "." and "0" are background. */
export function drawnMask(rows: readonly string[]): BinaryMask {
  const mask = emptyMask(rows.length, rows[0]?.length ?? 0);
  mask.data.set([...rows.join("")].map((pixel) => (pixel === "." || pixel === "0" ? 0 : 1)));
  return mask;
}

/** The inverse of `drawnMask`, for reading what a test found. */
export function drawing({ width, data }: BinaryMask): string[] {
  const pixels = Array.from(data, (pixel) => (pixel ? "#" : ".")).join("");
  return Array.from({ length: Math.ceil(pixels.length / width) }, (_, row) =>
    pixels.slice(row * width, (row + 1) * width),
  );
}

/** Masks of many sizes and kinds, for what must hold of any mask. */
export function manyMasks(): BinaryMask[] {
  const sizes = [
    [37, 41],
    [1, 17],
    [23, 1],
    [50, 6],
    [8, 64],
  ] as const;
  return sizes.flatMap(([height, width]) =>
    Array.from({ length: 12 }, (_, seed) =>
      seed % 2 ? randomMask(height, width, seed + 1) : speckledMask(height, width, seed + 1, 0.15 + seed * 0.07),
    ),
  );
}
