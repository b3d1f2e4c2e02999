import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEY = "maskwright-theme";
const listeners = new Set<() => void>();

/** The user's choice, else what the system prefers. */
export function currentTheme(): Theme {
  return storedTheme() ?? (systemPrefersDark().matches ? "dark" : "light");
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be forbidden: then the choice lasts as long as the page.
  }
  apply(theme);
}

/** Before the first paint, so that no page flashes in the wrong colours. */
export function startTheme(): void {
  apply(currentTheme());
  systemPrefersDark().addEventListener("change", () => apply(currentTheme()));
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light"),
  );
}

function apply(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

function storedTheme(): Theme | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : null;
  } catch {
    return null;
  }
}

function systemPrefersDark(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}
