/** What the interface speaks. English sentences are the keys of the other catalogues. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof LANGUAGES;

const KEY = "maskwright-language";

/** The user's choice, else the first of the browser's languages that the interface speaks. */
export function preferredLanguage(): Language {
  return storedLanguage() ?? browserLanguages().find(isLanguage) ?? "en";
}

/** Kept in this browser. Labels are taken once: the page speaks the language after it was loaded again. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be forbidden: then the browser's language stays.
  }
}

function storedLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored !== null && isLanguage(stored) ? stored : null;
  } catch {
    return null;
  }
}

/** "de-AT" is "de". Tests without a browser have no page, and speak English. */
function browserLanguages(): readonly string[] {
  return typeof document === "undefined" ? [] : navigator.languages.map((tag) => tag.split("-")[0] ?? tag);
}

function isLanguage(code: string): code is Language {
  return Object.hasOwn(LANGUAGES, code);
}
