import { expect, test } from "vitest";
import { sentencesIn } from "./testing/sentences";

const untranslatedIn = (text: string): readonly string[] => sentencesIn("Some.tsx", text).untranslated;

test("it finds text between tags, in attributes and in properties", () => {
  expect(untranslatedIn("<p>Hello you</p>")).toEqual(["1: Hello you"]);
  expect(untranslatedIn('<p title="Hello">{on ? "yes" : t("no")}</p>')).toEqual(["1: Hello", "1: yes"]);
  expect(untranslatedIn(`const row = { label: \`Row \${n}\`, id: 'row' };`)).toEqual(["1: Row"]);
});

test("it finds whole sentences wherever they stand, but for errors that only developers see", () => {
  expect(untranslatedIn('const why = () => "Draw a mask first.";')).toEqual(["1: Draw a mask first."]);
  expect(untranslatedIn('throw new Error("There is no SessionGate around it.");')).toEqual([]);
});

test("names, units and what t() says are fine", () => {
  expect(untranslatedIn('<p aria-label={t("Size")}>Maskwright: {n} × 3 px</p>')).toEqual([]);
});

test("it reads keys from t, from both arms of a choice, and the plural from tn", () => {
  const { keys } = sentencesIn(
    "Some.ts",
    't(on ? "Hide" : "Show"); tn("{count} file", "{count} files", 3, { a: t("x") });',
  );
  expect(keys).toEqual([
    { sentence: "Hide", isPlural: false },
    { sentence: "Show", isPlural: false },
    { sentence: "{count} files", isPlural: true },
    { sentence: "x", isPlural: false },
  ]);
});
