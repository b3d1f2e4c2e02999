import { t } from "../../words";

const IS_MAC = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const WORDS: Readonly<Record<string, string>> = {
  Mod: IS_MAC ? "⌘" : t("Ctrl"),
  Shift: t("Shift"),
  Enter: t("Enter"),
  Backspace: t("Backspace"),
  Escape: "Esc",
  Delete: t("Del"),
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: t("Page Up"),
  PageDown: t("Page Down"),
};

/** "Mod+Shift+Z" as it is printed on this machine's keys. */
export function shortcutInWords(shortcut: string): string {
  // "Mod++" ends with the plus key itself.
  const parts = shortcut.endsWith("++") ? [...shortcut.slice(0, -2).split("+"), "+"] : shortcut.split("+");
  return parts.map((part) => WORDS[part] ?? part).join("+");
}
