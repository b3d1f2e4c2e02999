import { expect, test } from "vitest";
import { speak, t } from "./translate";

test("a sentence stays as it is in English, with its values put in", () => {
  expect(t("Image {position} of {total}: all saved.", { position: 2, total: 9 })).toBe("Image 2 of 9: all saved.");
});

test("a sentence that is not translated stays English", () => {
  speak("de");
  expect(t("No catalogue has this sentence.")).toBe("No catalogue has this sentence.");
  speak("en");
});
