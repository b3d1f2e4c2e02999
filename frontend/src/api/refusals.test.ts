import { afterEach, expect, test } from "vitest";
import { speak } from "../words";
import { jobErrorInWords, refusalInWords } from "./refusals";

afterEach(() => speak("en"));

const SERVER = "3 annotations have the category cat. Give them another category first.";

test("in English the server is quoted", () => {
  expect(refusalInWords("category_in_use", SERVER, { annotation_count: 3 })).toBe(SERVER);
});

test("in another language the page says it, with what the server told", () => {
  speak("de");
  expect(refusalInWords("category_in_use", SERVER, { annotation_count: 3 })).toContain(": 3.");
  expect(refusalInWords("sign_in_failed", "No account.", {})).not.toBe("No account.");
});

test("a code that is not known keeps the server's sentence", () => {
  speak("de");
  expect(refusalInWords("brand_new", "Do this.", {})).toBe("Do this.");
});

test("a failed job says why in the page's language", () => {
  speak("de");
  expect(jobErrorInWords({ code: "image_gone", message: "The image a.jpg was deleted." })).toContain("gelöscht");
});

test("a reason inside of a refusal is told, too", () => {
  speak("de");
  const told = refusalInWords("embedding_failed", "It failed.", { reason: "image_truncated" });
  expect(told).toContain(refusalInWords("image_truncated", "", {}));
});
