import { expect, test } from "vitest";
import type { Segmenter } from "../../api";
import { factsInWords } from "./segmenterInWords";

const SEGMENTER: Segmenter = {
  name: "sam-vit-b",
  family: "sam",
  title: "SAM ViT-B",
  variant: "vit_b",
  parameters: 93_735_472,
  input_size: 1024,
  embedding_bytes: 871_000,
  licence: "Apache-2.0",
  exported: true,
};

test("a segmenter's size is told in few words", () => {
  expect(factsInWords(SEGMENTER)).toBe("94 M parameters · 1,024 px · 871 kB an image");
});

test("what is not known is left out", () => {
  expect(factsInWords({ ...SEGMENTER, parameters: 5_400_000, embedding_bytes: null })).toBe(
    "5.4 M parameters · 1,024 px",
  );
  expect(factsInWords({ ...SEGMENTER, parameters: null, input_size: null, embedding_bytes: null })).toBe("");
});
