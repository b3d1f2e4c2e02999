const IS_MAC = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const WORDS: Readonly<Record<string, string>> = {
  Mod: IS_MAC ? "⌘" : "Ctrl",
  Escape: "Esc",
  Delete: "Del",
  ArrowLeft: "←",
  ArrowRight: "→",
  PageUp: "Page Up",
  PageDown: "Page Down",
};

/** "Mod+Shift+Z" as it is printed on this machine's keys. */
export function shortcutInWords(shortcut: string): string {
  // "Mod++" ends with the plus key itself.
  const parts = shortcut.endsWith("++") ? [...shortcut.slice(0, -2).split("+"), "+"] : shortcut.split("+");
  return parts.map((part) => WORDS[part] ?? part).join("+");
}
