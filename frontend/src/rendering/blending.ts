import type { Rgb } from "./colours";

/** A colour as one 32-bit word of ImageData, not premultiplied; alpha 0 to 255. Every browser's machine is little-endian. */
export function packRgba([red, green, blue]: Rgb, alpha: number): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Lays a colour over pixels start .. end - 1 ("source over"; Porter & Duff 1984). Empty pixels, the most, just take it. */
export function layOver(words: Uint32Array, start: number, end: number, color: number): void {
  for (let at = start; at < end; at++) {
    const below = words[at] ?? 0;
    words[at] = below === 0 ? color : over(color, below);
  }
}

function over(color: number, below: number): number {
  const alpha = color >>> 24;
  const rest = ((below >>> 24) * (255 - alpha)) / 255;
  const total = alpha + rest;
  const mix = (shift: number): number =>
    Math.round((((color >>> shift) & 255) * alpha + ((below >>> shift) & 255) * rest) / total) << shift;
  return ((Math.round(total) << 24) | mix(16) | mix(8) | mix(0)) >>> 0;
}
