import i18next from "i18next";
import german from "./de.json";
import { type Language, preferredLanguage } from "./language";

type Values = Record<string, string | number>;

const catalogue = i18next.createInstance();
void catalogue.init({
  // Taken here rather than when the page starts: labels are made while modules are loaded.
  lng: preferredLanguage(),
  // The keys are sentences: they hold dots and colons, and underscores are letters.
  keySeparator: false,
  nsSeparator: false,
  contextSeparator: "\u0000",
  fallbackLng: false,
  interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
  resources: { de: { translation: german } },
  initAsync: false,
});

/** For tests; a page takes its language when it is loaded (`keepLanguage`). */
export function speak(language: Language): void {
  void catalogue.changeLanguage(language);
}

export function currentLanguage(): Language {
  return catalogue.language as Language;
}

/**
 * A sentence of the interface in its language. `{name}` in it is replaced by the value of that name. A sentence that a
 * catalogue lacks stays English.
 */
export function t(sentence: string, values: Values = {}): string {
  return catalogue.t(sentence, { replace: values });
}

/** The sentence in its language, with {name} still in it, for whoever puts elements there. */
export function sentencePattern(sentence: string): string {
  return catalogue.t(sentence, { skipInterpolation: true });
}

/**
 * A sentence that depends on a number: `tn("{count} image", "{count} images", 1200)` is "1,200 images". The plural is
 * the key; a catalogue has one sentence for each plural form of its language, as "{count} images_one" and so on.
 */
export function tn(one: string, other: string, count: number, values: Values = {}): string {
  return catalogue.t(other, {
    count,
    defaultValue_one: one,
    defaultValue_other: other,
    replace: { count: formatNumber(count), ...values },
  });
}

/** 1,200 in English, 1.200 in German. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(currentLanguage(), options).format(value);
}
