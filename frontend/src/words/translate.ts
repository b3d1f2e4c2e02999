import i18next from "i18next";
import german from "./de.json";

/** What the interface can speak. English sentences are the keys of the other catalogues. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof LANGUAGES;

const catalogue = i18next.createInstance();
void catalogue.init({
  lng: "en",
  // The keys are sentences: they hold dots and colons.
  keySeparator: false,
  nsSeparator: false,
  fallbackLng: false,
  interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
  resources: { de: { translation: german } },
  initAsync: false,
});

/** For the whole page, before anything of it is made: labels are taken once. */
export function speak(language: Language): void {
  void catalogue.changeLanguage(language);
}

/**
 * A sentence of the interface in its language. `{name}` in it is replaced by the value of that name. A sentence that a
 * catalogue lacks stays English.
 */
export function t(sentence: string, values: Record<string, string | number> = {}): string {
  return catalogue.t(sentence, values);
}
