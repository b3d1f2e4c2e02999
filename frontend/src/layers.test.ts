import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** ARCHITECTURE section 4: a folder imports only from folders before it; those in one group do not know each other. */
const LAYERS = [
  ["geometry", "words"],
  ["masks"],
  ["imaging"],
  ["document"],
  ["session"],
  ["segmentation", "rendering", "tools", "api"],
  ["editor"],
  ["ui"],
  ["app"],
];
const SOURCE = dirname(fileURLToPath(import.meta.url));

/** `api` implements what the editor asks for: it takes the ports' types, which are nothing at run time. */
const TYPE_PORTS = { from: "api", to: "editor" };

function layerOf(folder: string | undefined): number {
  return LAYERS.findIndex((layer) => layer.includes(folder ?? ""));
}

function importsOf(file: string): { target: string; isType: boolean }[] {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?[^"';]*?from\s+"(\.[^"]+)"|import\("(\.[^"]+)"\)/gms);
  return [...statements].map(([, type, path, dynamic]) => ({
    target: path ?? dynamic ?? "",
    isType: type !== undefined,
  }));
}

const folderOf = (path: string): string | undefined => relative(SOURCE, path).split("/")[0];

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join(SOURCE, name));

test("every folder is in a layer", () => {
  const folders = new Set(files.map(folderOf).filter((folder) => !folder?.includes(".")));
  expect([...folders].filter((folder) => layerOf(folder) < 0)).toEqual([]);
});

test("a folder imports only from the layers before it", () => {
  const wrong = files.flatMap((file) => {
    const from = folderOf(file);
    return importsOf(file)
      .map(({ target, isType }) => ({ to: folderOf(resolve(dirname(file), target)), isType }))
      .filter(({ to, isType }) => layerOf(to) >= 0 && from !== to && !isAllowed(from, to, isType))
      .map(({ to }) => `${relative(SOURCE, file)} imports ${to}`);
  });
  expect(wrong).toEqual([]);
});

function isAllowed(from: string | undefined, to: string | undefined, isType: boolean): boolean {
  if (isType && from === TYPE_PORTS.from && to === TYPE_PORTS.to) return true;
  return layerOf(to) < layerOf(from);
}
