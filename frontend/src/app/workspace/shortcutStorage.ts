import type { ChosenShortcuts, ShortcutStorage } from "../../editor";

const KEY = "maskwright-shortcuts";

/** The user's shortcuts, in this browser: keyboards belong to places rather than to accounts. */
export const shortcutStorage: ShortcutStorage = {
  load() {
    try {
      return shortcutsIn(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
    } catch {
      // Storage may be forbidden, or hold what another version wrote: the commands keep their own shortcuts.
      return {};
    }
  },
  save(chosen) {
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // The change then lasts as long as the page.
    }
  },
};

function shortcutsIn(stored: unknown): ChosenShortcuts {
  const entries = Object.entries(stored ?? {}).filter(
    (entry): entry is [string, string[]] =>
      Array.isArray(entry[1]) && entry[1].every((shortcut) => typeof shortcut === "string"),
  );
  return Object.fromEntries(entries);
}
