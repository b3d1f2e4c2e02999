import type { CategoryDto } from "../../api";
import type { AttributeDefinition, AttributeKind } from "../../document";
import { t } from "../../words";

/** An attribute as it stands in the form. */
export interface WrittenAttribute {
  /** Tells rows apart while names are being typed. */
  readonly key: string;
  readonly name: string;
  readonly kind: AttributeKind;
  readonly required: boolean;
  /** One a line. */
  readonly options: string;
  /** The names that it has and had; none while it is new. */
  readonly known: readonly string[];
}

/** As the server's. */
const MAX_FORMER_NAMES = 20;

let lastKey = 0;

export function writtenOf(definition?: AttributeDefinition): WrittenAttribute {
  lastKey += 1;
  const { name = "", kind = "text", required = false, options = [], formerly = [] } = definition ?? {};
  const known = name ? [name, ...formerly] : [];
  return { key: String(lastKey), name, kind, required, options: options.join("\n"), known };
}

/** Answers under the names that it had are kept. */
export function definitionOf(row: WrittenAttribute): CategoryDto["attributes"][number] {
  const { kind, required, options, known } = row;
  const name = row.name.trim();
  const formerly = known.filter((each) => each !== name).slice(0, MAX_FORMER_NAMES);
  return { name, kind, required, options: kind === "choice" ? linesOf(options) : [], formerly };
}

/** What is wrong with each row, by key; rows without a problem are not in it. */
export function problemsOf(rows: readonly WrittenAttribute[]): Map<string, string> {
  const names = rows.map(({ name }) => name.trim());
  const problems = rows.map((row, place): [string, string | null] => {
    const name = names[place] ?? "";
    if (!name) return [row.key, t("Write a name first.")];
    if (names.indexOf(name) < place) return [row.key, t("Another attribute has this name.")];
    if (rows.some((other) => other !== row && other.known.includes(name) && other.name.trim() !== name)) {
      return [row.key, t("Another attribute had this name before: its answers would be taken for this one's.")];
    }
    if (row.kind !== "choice") return [row.key, null];
    const options = linesOf(row.options);
    if (options.length === 0) return [row.key, t("Name at least one option.")];
    return [row.key, new Set(options).size < options.length ? t("Each option may be there once.") : null];
  });
  return new Map(problems.filter((problem): problem is [string, string] => problem[1] !== null));
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
