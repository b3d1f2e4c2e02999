import { currentLanguage, formatNumber, t, tn } from "../words";

/** 1 image, 2 images, 1,200 images. */
export const imagesInWords = (count: number): string => tn("{count} image", "{count} images", count);
export const masksInWords = (count: number): string => tn("{count} mask", "{count} masks", count);
export const annotationsInWords = (count: number): string => tn("{count} annotation", "{count} annotations", count);

const DAY_MS = 24 * 3600 * 1000;
/** In English the day comes first, as the day of a month does in most of the world. */
const LOCALES = { en: "en-GB", de: "de" } as const;

/** today, yesterday, 12 Mar 2026 */
export function dayOf(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY_MS);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return date.toLocaleDateString(LOCALES[currentLanguage()], { day: "numeric", month: "short", year: "numeric" });
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function megabytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  const digits = bytes < 1e7 ? 1 : 0;
  return `${formatNumber(bytes / 1e6, { minimumFractionDigits: digits, maximumFractionDigits: digits })} MB`;
}
