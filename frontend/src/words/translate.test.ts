import { afterEach, expect, test } from "vitest";
import { formatNumber, speak, t, tn } from "./translate";

afterEach(() => speak("en"));

test("a sentence stays as it is in English, with its values put in", () => {
  expect(t("Image {position} of {total}: all saved.", { position: 2, total: 9 })).toBe("Image 2 of 9: all saved.");
});

test("a value is put in as it is, whatever it holds", () => {
  expect(t("Delete {name}?", { name: "a {total} <b> $t(x)" })).toBe("Delete a {total} <b> $t(x)?");
});

test("a sentence that is not translated stays English", () => {
  speak("de");
  expect(t("No catalogue has this sentence.")).toBe("No catalogue has this sentence.");
});

test("a number chooses the form of its sentence", () => {
  expect(tn("{count} image", "{count} images", 1)).toBe("1 image");
  expect(tn("{count} image", "{count} images", 0)).toBe("0 images");
  expect(tn("{count} image in {name}", "{count} images in {name}", 1200, { name: "A" })).toBe("1,200 images in A");
});

test("numbers are written as the language writes them", () => {
  expect(formatNumber(1234.5)).toBe("1,234.5");
  speak("de");
  expect(formatNumber(1234.5)).toBe("1.234,5");
});
