/** CIE L*a*b* of the D65 white: L 0 to 100, a and b about -128 to 127. */
export type Lab = readonly [l: number, a: number, b: number];

/** Linear light of each sRGB byte (IEC 61966-2-1). */
const LINEAR = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** The cube root of CIE 15 with its straight start, tabled for 0 to 1: a cube root for each pixel would be slow. */
const STEPS = 1 << 14;
const CUBE_ROOT = Float32Array.from({ length: STEPS + 2 }, (_, step) => {
  const share = step / STEPS;
  return share > (6 / 29) ** 3 ? Math.cbrt(share) : share / (3 * (6 / 29) ** 2) + 4 / 29;
});
const cubeRoot = (share: number): number => CUBE_ROOT[Math.round(share * STEPS)] ?? 1;

/** White of D65 in XYZ, with Y = 1. */
const [WHITE_X, WHITE_Z] = [0.95047, 1.08883];

export function labOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [LINEAR[red] ?? 0, LINEAR[green] ?? 0, LINEAR[blue] ?? 0];
  const x = cubeRoot((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE_X);
  const y = cubeRoot(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = cubeRoot((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE_Z);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How different two colours look: CIE 1976 Delta E. About 2.3 is just noticeable (Mahy et al. 1994). */
export function deltaE(p: Lab, q: Lab): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}
