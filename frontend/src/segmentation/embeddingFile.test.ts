import { describe, expect, test } from "vitest";
import fixture from "../../../tests/fixtures/embedding.json";
import { parseEmbedding } from "./embeddingFile";
import { SegmentationError } from "./errors";
import { halvesToFloats } from "./halfFloat";

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const METADATA = { format: "1", checkpoint_sha256: "abc", original_hw: "[480, 640]", input_hw: "[288, 384]" };
const fromBase64 = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

function safetensors(entries: Readonly<Record<string, Entry>>, metadata: Readonly<Record<string, string>> = METADATA) {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { dtype, shape, bytes }] of Object.entries(entries)) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    parts.push(bytes);
    offset += bytes.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  let at = 8 + text.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file.buffer;
}

describe("the embedding file", () => {
  test("gives its sizes and its checkpoint", () => {
    expect(parseEmbedding(safetensors({}))).toMatchObject({
      originalHw: [480, 640],
      inputHw: [288, 384],
      checkpointSha256: "abc",
    });
  });

  test("in int8 is read as the server wrote it", () => {
    const embedding = parseEmbedding(fromBase64(fixture.file));
    expect(embedding.originalHw).toEqual(fixture.original_hw);
    expect(embedding.inputHw).toEqual(fixture.input_hw);
    expect(embedding.checkpointSha256).toBe(fixture.checkpoint_sha256);
    expect([...embedding.tensors.keys()].sort()).toEqual(Object.keys(fixture.tensors).sort());
    for (const [name, { dims, values }] of Object.entries(fixture.tensors)) {
      expect(embedding.tensors.get(name)).toEqual({ dims, data: Float32Array.from(values) });
    }
  });

  test("in int8 takes differences that do not fit into 8 bits from their own list", () => {
    const embedding = parseEmbedding(
      safetensors({
        x: { dtype: "I8", shape: [1, 2, 2, 2], bytes: bytesOf(Int8Array.of(1, -128, 5, 0, 3, 3, -1, -1)) },
        "x.far": { dtype: "I16", shape: [1], bytes: bytesOf(Int16Array.of(-300)) },
        "x.scale": { dtype: "F32", shape: [2], bytes: bytesOf(Float32Array.of(0.5, 2)) },
      }),
    );
    expect(embedding.tensors.get("x")?.data).toEqual(Float32Array.of(0.5, -149.5, 3, 3, 6, 12, 4, 2));
  });

  test("in fp16, at an odd place in the file, is read exactly", () => {
    const embedding = parseEmbedding(
      safetensors({
        odd: { dtype: "I8", shape: [1, 1, 1, 1], bytes: bytesOf(Int8Array.of(3)) },
        "odd.scale": { dtype: "F32", shape: [1], bytes: bytesOf(Float32Array.of(1)) },
        "odd.far": { dtype: "I16", shape: [0], bytes: new Uint8Array(0) },
        x: { dtype: "F16", shape: [1, 3], bytes: bytesOf(Uint16Array.of(0x3c00, 0xc100, 0x0001)) },
      }),
    );
    expect(embedding.tensors.get("x")?.data).toEqual(Float32Array.of(1, -2.5, 2 ** -24));
  });

  test.each([
    ["is cut off", safetensors({ x: { dtype: "F32", shape: [4], bytes: new Uint8Array(16) } }).slice(0, -3)],
    ["is empty", new ArrayBuffer(0)],
    ["is a web page", new TextEncoder().encode("<html><body>Bad gateway</body></html>").buffer],
    ["has another format", safetensors({}, { ...METADATA, format: "2" })],
    ["has no size", safetensors({}, { format: "1" })],
    ["lacks a scale", safetensors({ x: { dtype: "I8", shape: [1, 1], bytes: new Uint8Array(1) } })],
    [
      "lacks the list of far differences",
      safetensors({
        x: { dtype: "I8", shape: [1, 1, 1, 1], bytes: new Uint8Array(1) },
        "x.scale": { dtype: "F32", shape: [1], bytes: new Uint8Array(4) },
      }),
    ],
    ["has an unknown type", safetensors({ x: { dtype: "BF16", shape: [1], bytes: new Uint8Array(2) } })],
  ])("is refused when it %s", (_, buffer) => {
    expect(() => parseEmbedding(buffer)).toThrow(SegmentationError);
  });
});

test.each([
  [0x0000, 0],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x0400, 2 ** -14],
  [0x83ff, -(2 ** -14) * (1023 / 1024)],
])("half precision %i is %d", (bits, value) => {
  expect(halvesToFloats(Uint16Array.of(bits))[0]).toBeCloseTo(value, 12);
});
