/** What an annotation's attribute may be. A choice is the option's text; a checkbox is true or false. */
export type AttributeValue = string | number | boolean;

/** Values by the attribute's name. What has no value is not in it. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

export type AttributeKind = "text" | "number" | "choice" | "checkbox";

/** One thing that is asked of each annotation of a category. */
export interface AttributeDefinition {
  /** Unique in its category. */
  readonly name: string;
  readonly kind: AttributeKind;
  readonly required: boolean;
  /** For "choice" only: what can be chosen, in order. */
  readonly options?: readonly string[];
  /** Names that it had before: answers under them are answers to it. */
  readonly formerly?: readonly string[];
}

/** Characters. */
export const MAX_TEXT = 1000;
const MAX_NUMBER = 1e15;

export const NO_ATTRIBUTES: AttributeValues = {};

/** Whether the value is one that the attribute can have. The server checks by the same rule. */
export function fits({ kind, options }: AttributeDefinition, value: AttributeValue): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string" && value.trim() !== "" && value.length <= MAX_TEXT;
    case "number":
      return typeof value === "number" && Math.abs(value) <= MAX_NUMBER;
    case "choice":
      return typeof value === "string" && (options ?? []).includes(value);
    case "checkbox":
      return typeof value === "boolean";
    default:
      return kind satisfies never;
  }
}

/** What was answered, under the attribute's name or one that it had before; undefined: nothing that fits. */
export function answerTo(definition: AttributeDefinition, values: AttributeValues): AttributeValue | undefined {
  return [definition.name, ...(definition.formerly ?? [])]
    .map((name) => values[name])
    .find((value) => value !== undefined && fits(definition, value));
}

/** The values that the definitions know, under their names: what another category asked for is left behind. */
export function fittingValues(definitions: readonly AttributeDefinition[], values: AttributeValues): AttributeValues {
  const fitting = definitions.flatMap((definition) => {
    const value = answerTo(definition, values);
    return value === undefined ? [] : [[definition.name, value] as const];
  });
  const fitted = Object.fromEntries(fitting);
  return sameValues(fitted, values) ? values : fitted;
}

/** Names of the required attributes without a value. */
export function missingAttributes(definitions: readonly AttributeDefinition[], values: AttributeValues): string[] {
  return definitions
    .filter((definition) => definition.required && answerTo(definition, values) === undefined)
    .map(({ name }) => name);
}

/** Equal names and values, in any order. */
export function sameValues(a: AttributeValues, b: AttributeValues): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
