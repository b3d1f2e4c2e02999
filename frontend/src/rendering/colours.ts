/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

export const DEFAULT_COLOR = "#3b82f6";

/** "#rrggbb"; anything else gives the default colour. */
export function parseColor(color: string): Rgb {
  const valid = /^#[0-9a-f]{6}$/i.test(color) ? color : DEFAULT_COLOR;
  const value = Number.parseInt(valid.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}
