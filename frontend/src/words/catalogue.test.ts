import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import german from "./de.json";
import { sentencesIn } from "./testing/sentences";

const SOURCE = resolve(import.meta.dirname, "..");

/** Not the interface: tests, what they are made with, the benchmark page, what is generated; masks speak to developers. */
const NOT_SHOWN = /\.test\.tsx?$|\.gen\.ts$|\/testing\/|^app\/bench\/|fakeServer\.ts$|^(masks|imaging)\//;

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !NOT_SHOWN.test(name))
  .map((name) => join(SOURCE, name));
const said = files.map((file) => ({ file: relative(SOURCE, file), ...sentencesIn(file, readFileSync(file, "utf8")) }));

const catalogue: Readonly<Record<string, string>> = german;
const wanted = new Map(
  said
    .flatMap(({ keys }) => keys)
    .flatMap(({ sentence, isPlural }) =>
      isPlural
        ? [`${sentence}_one`, `${sentence}_other`].map((key) => [key, sentence] as const)
        : [[sentence, sentence] as const],
    ),
);

test("nothing that people see goes without t()", () => {
  expect(said.flatMap(({ file, untranslated }) => untranslated.map((text) => `${file}:${text}`))).toEqual([]);
});

test("every sentence has a German one", () => {
  expect([...wanted.keys()].filter((key) => !catalogue[key])).toEqual([]);
});

test("every German sentence is still said", () => {
  expect(Object.keys(catalogue).filter((key) => !wanted.has(key))).toEqual([]);
});

test("a German sentence has the values of the English one", () => {
  const valuesIn = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([value]) => value).sort();
  const different = [...wanted].filter(([key, sentence]) => {
    const translated = catalogue[key];
    return translated !== undefined && valuesIn(translated).join() !== valuesIn(sentence).join();
  });
  expect(different.map(([key]) => key)).toEqual([]);
});
