import { expect, test } from "vitest";
import type { Command } from "../../editor";
import { fold, searchCommands } from "./commandSearch";

const command = (label: string): Command => ({
  id: label,
  group: "view",
  label,
  shortcuts: [],
  run: () => undefined,
  disabledReason: () => null,
});
const ALL = ["Accept mask", "Zoom in", "Smooth mask", "Unmask", "Größe ändern"].map(command);
const found = (text: string): string[] => searchCommands(ALL, text).map(({ label }) => label);

test("without a word everything is listed, in order", () => {
  expect(found(" ")).toEqual(ALL.map(({ label }) => label));
});

test("starts of words come before what stands inside of them", () => {
  expect(found("mask")).toEqual(["Accept mask", "Smooth mask", "Unmask"]);
});

test("all words must be there, in any order", () => {
  expect(found("mask acc")).toEqual(["Accept mask"]);
  expect(found("zoom mask")).toEqual([]);
});

test("case and accents do not matter", () => {
  expect(fold("ÄÖÜ é")).toBe("aou e");
  expect(found("GROSSE andern")).toEqual([]);
  expect(found("ANDERN")).toEqual(["Größe ändern"]);
});
