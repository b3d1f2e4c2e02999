import { type ImagePoint, imagePoint } from "../../geometry";

/**
 * Points along a line at equal distances of at least `spacing` image pixels, both ends included: at most `max` of them,
 * and one in the middle of a line that is shorter than `spacing`.
 */
export function sampleLine(line: readonly ImagePoint[], spacing: number, max: number): ImagePoint[] {
  const lengths = lengthsAlong(line);
  const total = lengths.at(-1) ?? 0;
  const count = Math.min(Math.floor(total / spacing) + 1, max);
  if (count < 2) return line.length === 0 ? [] : [pointAt(line, lengths, total / 2)];
  return Array.from({ length: count }, (_, index) => pointAt(line, lengths, (total * index) / (count - 1)));
}

/** For each point of the line, how far along it lies. */
function lengthsAlong(line: readonly ImagePoint[]): number[] {
  let total = 0;
  return line.map((point, index) => {
    const before = line[index - 1] ?? point;
    total += Math.hypot(point.x - before.x, point.y - before.y);
    return total;
  });
}

function pointAt(line: readonly ImagePoint[], lengths: readonly number[], wanted: number): ImagePoint {
  const next = Math.max(
    lengths.findIndex((length) => length >= wanted),
    0,
  );
  const [from, to] = [line[Math.max(next - 1, 0)] as ImagePoint, line[next] as ImagePoint];
  const [start, end] = [lengths[Math.max(next - 1, 0)] ?? 0, lengths[next] ?? 0];
  const part = end > start ? (wanted - start) / (end - start) : 0;
  return imagePoint(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y));
}
