import type { Command, CommandGroup } from "../../editor";
import { t } from "../../words";

/** In the order in which they are listed. */
export const COMMAND_GROUPS: readonly { readonly id: CommandGroup; readonly title: string }[] = [
  { id: "mask", title: t("Masks") },
  { id: "tool", title: t("Tools") },
  { id: "annotation", title: t("Annotations") },
  { id: "view", title: t("View") },
  { id: "image", title: t("Images") },
  { id: "workspace", title: t("Workspace") },
];

/**
 * Commands whose label has all the words that were typed, each at the start of a word or, failing that, anywhere.
 * Better matches come first; among equals the order stays.
 */
export function searchCommands(commands: readonly Command[], text: string): Command[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const ranked = commands.map((command) => ({ command, rank: rankOf(fold(command.label), words) }));
  return ranked
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}

const NO_MATCH = Number.POSITIVE_INFINITY;

function rankOf(label: string, words: readonly string[]): number {
  return words.reduce((rank, word) => {
    if (label.startsWith(word)) return rank;
    if (label.includes(` ${word}`)) return rank + 1;
    return label.includes(word) ? rank + 2 : NO_MATCH;
  }, 0);
}

/** Without case and accents: "uberlagerung" finds "Überlagerung". */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
