const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next attempt after `failures` failures in a row: doubling, up to half a minute. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  // Spread, so that many pages do not return at the same moment when a server comes back.
  return full * (0.75 + 0.25 * random());
}
