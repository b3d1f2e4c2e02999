import { expect, test } from "vitest";
import { definitionOf, problemsOf, type WrittenAttribute, writtenOf } from "./writtenAttributes";

const row = (patch: Partial<WrittenAttribute>): WrittenAttribute => ({ ...writtenOf(), ...patch });

test("what is stored comes back as it was", () => {
  const pose = { name: "pose", kind: "choice", required: true, options: ["sits", "lies"], formerly: ["posture"] };
  expect(definitionOf(writtenOf({ ...pose, kind: "choice" }))).toEqual(pose);
});

test("names and options lose the spaces around them, empty lines count for nothing", () => {
  expect(definitionOf(row({ name: " pose ", kind: "choice", options: " sits \n\nlies" }))).toEqual({
    name: "pose",
    kind: "choice",
    required: false,
    options: ["sits", "lies"],
    formerly: [],
  });
});

test("only a choice keeps options", () => {
  expect(definitionOf(row({ name: "age", kind: "number", options: "1\n2" })).options).toEqual([]);
});

test("answers follow an attribute that gets another name, and back", () => {
  const known = writtenOf({ name: "pose", kind: "text", required: false, formerly: ["posture"] });
  expect(definitionOf({ ...known, name: "stance" }).formerly).toEqual(["pose", "posture"]);
  expect(definitionOf({ ...known, name: "posture" }).formerly).toEqual(["pose"]);
});

test.each([
  ["no name", [row({ name: " " })], 0],
  ["a name twice", [row({ name: "age" }), row({ name: "age " })], 1],
  ["a name that another one had", [{ ...row({ name: "stance" }), known: ["pose"] }, row({ name: "pose" })], 1],
  ["a choice without options", [row({ name: "pose", kind: "choice" })], 0],
  ["an option twice", [row({ name: "pose", kind: "choice", options: "sits\nsits" })], 0],
])("%s is a problem", (_what, rows, wrong) => {
  expect([...problemsOf(rows).keys()]).toEqual([rows[wrong]?.key]);
});

test("rows that make sense have no problem", () => {
  expect(problemsOf([row({ name: "age", kind: "number" }), row({ name: "pose" })]).size).toBe(0);
});
