const NUMBERS = new Intl.NumberFormat("en");

/** 1 image, 2 images, 1,200 images. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${NUMBERS.format(count)} ${count === 1 ? noun : plural}`;
}

export const number = (value: number): string => NUMBERS.format(value);

const DAY_MS = 24 * 3600 * 1000;

/** today, yesterday, 12 Mar 2026 */
export function dayOf(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY_MS);
  if (days === 0) return "today";
  if (days === 1) return "yesterday";
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function megabytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
