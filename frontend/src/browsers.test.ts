import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompatData, CompatStatement, Identifier, SupportStatement } from "@mdn/browser-compat-data";
import ts from "typescript";
import { expect, test } from "vitest";

/**
 * What every engine has to have is decided by `browsers.json`, for which the front end is built. What one of them
 * lacks may be used only where there is another way; the list says which.
 */
const HAS_ANOTHER_WAY: Record<string, string> = {
  "CanvasRenderingContext2D.imageSmoothingQuality": "elsewhere pictures are made smaller as the browser likes",
  "OffscreenCanvasRenderingContext2D.imageSmoothingQuality": "the same",
  "HTMLElement.showPopover": "without it a menu is fixed to the window: ui/components/useAnchored.ts",
  "KeyboardEvent.isComposing": "Safari ends a composition before the key: a comment is sent with the second Enter",
  "PointerEvent.getCoalescedEvents": "without it a stroke has fewer points: ui/workspace/inputEvents.ts",
  "Window.devicePixelRatio": "in Safari it does not follow the zoom of the page: pictures are then less fine",
};

const FRONTEND = join(import.meta.dirname, "..");
type Engine = "chrome" | "firefox" | "safari";
const OLDEST: Record<Engine, string> = JSON.parse(readFileSync(join(FRONTEND, "browsers.json"), "utf8"));
const COMPAT = JSON.parse(
  readFileSync(join(FRONTEND, "node_modules/@mdn/browser-compat-data/data.json"), "utf8"),
) as CompatData;

/** Of features behind a flag, with a prefix or in part nobody may rely on. */
function versionOf(support: SupportStatement | undefined): string | null {
  const statements = Array.isArray(support) ? support : support ? [support] : [];
  const whole = statements.find(
    (statement) =>
      !statement.flags && !statement.prefix && !statement.alternative_name && !statement.partial_implementation,
  );
  return whole && typeof whole.version_added === "string" && !whole.version_removed ? whole.version_added : null;
}

function isAtMost(version: string, limit: string): boolean {
  const [a, b] = [version, limit].map((text) => text.replace("≤", "").split(".").map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function lackedBy({ support }: CompatStatement): Engine[] {
  return (Object.keys(OLDEST) as Engine[]).filter((engine) => {
    const version = versionOf(support[engine]);
    return version === null || !isAtMost(version, OLDEST[engine]);
  });
}

/** Where the interfaces of the browser, and those of the language, stand in the data. */
const TABLES: readonly Identifier[] = [COMPAT.api, COMPAT.javascript.builtins as Identifier];
const namesInData = (name: string): string[] => [name, name.replace(/^Readonly/, ""), name.replace(/Constructor$/, "")];

function findFeature(path: readonly string[]): CompatStatement | undefined {
  for (const table of TABLES) {
    const found = path.reduce<Identifier | undefined>((at, name) => at?.[name], table);
    if (found?.__compat) return found.__compat;
  }
  return undefined;
}

const settings = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(FRONTEND, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  FRONTEND,
);
const shipped = settings.fileNames.filter((name) => name.includes("/src/") && !/\.test\.tsx?$|\/testing\//.test(name));
const program = ts.createProgram(shipped, settings.options);
const checker = program.getTypeChecker();

/** Declared by TypeScript's own description of the browser and the language. */
function isBuiltIn(symbol: ts.Symbol | undefined): boolean {
  return !!symbol?.declarations?.some((declaration) => program.isSourceFileDefaultLibrary(declaration.getSourceFile()));
}

/** The interface of a value, and those that it extends. */
function interfacesOf(type: ts.Type): string[] {
  if (type.isUnionOrIntersection()) return type.types.flatMap(interfacesOf);
  const apparent = checker.getApparentType(type);
  const bases = apparent.isClassOrInterface() ? checker.getBaseTypes(apparent) : [];
  return [apparent.symbol?.name ?? "", ...bases.flatMap(interfacesOf)];
}

/** Paths in the data that a node of the source may stand for. */
function featuresAt(node: ts.Node): string[][] {
  if (ts.isPropertyAccessExpression(node) && isBuiltIn(checker.getSymbolAtLocation(node.name))) {
    const owners = interfacesOf(checker.getTypeAtLocation(node.expression)).flatMap(namesInData);
    return owners.map((owner) => [owner, node.name.text]);
  }
  const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  if (ts.isIdentifier(node) && !isMember && isBuiltIn(checker.getSymbolAtLocation(node))) return [[node.text]];
  return [];
}

/** By their names in the data: where they are used, and who lacks them. */
function lackingFeatures(): Map<string, string[]> {
  const lacking = new Map<string, string[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    for (const path of featuresAt(node)) {
      const feature = findFeature(path);
      const engines = feature ? lackedBy(feature) : [];
      const file = node.getSourceFile().fileName.slice(FRONTEND.length + 1);
      const name = path.join(".");
      if (engines.length > 0) lacking.set(name, [...(lacking.get(name) ?? []), `${file} (not in ${engines})`]);
    }
    ts.forEachChild(node, visit);
  };
  for (const name of shipped) {
    const source = program.getSourceFile(name);
    if (source) ts.forEachChild(source, visit);
  }
  return lacking;
}

test("what one of the engines lacks is used only where there is another way", { timeout: 240_000 }, () => {
  const lacking = lackingFeatures();
  expect([...lacking].filter(([name]) => !(name in HAS_ANOTHER_WAY))).toEqual([]);
  expect(Object.keys(HAS_ANOTHER_WAY).filter((name) => !lacking.has(name))).toEqual([]);
});
