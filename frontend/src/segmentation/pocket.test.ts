import { readFile } from "node:fs/promises";
import * as ort from "onnxruntime-web";
import { beforeAll, expect, test } from "vitest";
import { decodeRle, emptyMask, encodeLogits, encodeMask, rleIou } from "../masks";
import type { Candidate } from "../session";
import { Decoder, type PreparedImage } from "./decoder";
import { wrapOrt } from "./ortRuntime";
import type { WirePrompt } from "./protocol";
import type { FloatTensor } from "./tensors";

/** The segmenter that is shipped, in the runtime that is shipped: its graphs answer to what the page feeds them. */
const FILES = new URL("../../../segmentation/segmenters/pocket/files/", import.meta.url);
const [HEIGHT, WIDTH] = [288, 384];
const DISC = { x: 250, y: 120, radius: 60 };

let decoder: Decoder;
let image: PreparedImage;

async function readBytes(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(new URL(name, FILES));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** As the server answers: the manifest with a `url` for each graph. */
async function serve(url: string): Promise<ArrayBuffer> {
  const name = new URL(url).pathname.slice(1);
  const bytes = await readBytes(name);
  if (name !== "manifest.json") return bytes;
  const manifest = JSON.parse(new TextDecoder().decode(bytes));
  for (const graph of Object.values<{ file: string; url?: string }>(manifest.graphs)) graph.url = `/${graph.file}`;
  return new TextEncoder().encode(JSON.stringify(manifest)).buffer as ArrayBuffer;
}

const isInDisc = (x: number, y: number): boolean => Math.hypot(x + 0.5 - DISC.x, y + 0.5 - DISC.y) < DISC.radius;

/** An orange disc on a blue ground, channels first. */
function drawDisc(): ort.Tensor {
  const pixels = new Uint8Array(3 * HEIGHT * WIDTH);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const color = isInDisc(x, y) ? [240, 150, 40] : [40, 80, 160];
      for (const [channel, value] of color.entries()) pixels[(channel * HEIGHT + y) * WIDTH + x] = value;
    }
  }
  return new ort.Tensor("uint8", pixels, [1, 3, HEIGHT, WIDTH]);
}

async function encode(checkpointSha256: string) {
  // The encoder's graph reads its weights from the checkpoint beside it.
  const weights = { path: "pocket.safetensors", data: new Uint8Array(await readBytes("pocket.safetensors")) };
  const encoder = await ort.InferenceSession.create(await readBytes("encoder.onnx"), { externalData: [weights] });
  const outputs = await encoder.run({ image: drawDisc() });
  const tensors = new Map<string, FloatTensor>();
  for (const [name, { dims, data }] of Object.entries(outputs)) {
    tensors.set(name, { dims, data: data as Float32Array<ArrayBuffer> });
  }
  return { originalHw: [HEIGHT, WIDTH], inputHw: [HEIGHT, WIDTH], checkpointSha256, tensors } as const;
}

const click = (...points: readonly (readonly [number, number, 0 | 1])[]): WirePrompt => ({
  key: "disc",
  pointsXy: points.map(([x, y]) => [x, y] as const),
  labels: points.map(([, , label]) => label),
  boxXyxy: null,
  previousLogits: null,
});

function iouWithDisc(candidate: Candidate | undefined): number {
  const truth = emptyMask(HEIGHT, WIDTH);
  for (let at = 0; at < truth.data.length; at++) truth.data[at] = isInDisc(at % WIDTH, Math.floor(at / WIDTH)) ? 1 : 0;
  return candidate ? rleIou(encodeLogits(candidate.lowResLogits, [HEIGHT, WIDTH]).rle, encodeMask(truth).rle) : 0;
}

const decode = async (prompt: WirePrompt): Promise<Candidate[]> =>
  (await decoder.decode(image, prompt, "best")).candidates;

beforeAll(async () => {
  ort.env.wasm.numThreads = 1;
  decoder = await Decoder.load("http://files/manifest.json", Promise.resolve(wrapOrt(ort, "wasm")), serve);
  image = await decoder.prepare(await encode(decoder.manifest.checkpointSha256));
}, 60_000);

test("one click on a disc gives the disc among three candidates", async () => {
  const candidates = await decode(click([DISC.x, DISC.y, 1]));
  expect(candidates).toHaveLength(3);
  expect(Math.max(...candidates.map(iouWithDisc))).toBeGreaterThan(0.8);
  const scores = candidates.map(({ predictedIou }) => predictedIou);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  for (const { stabilityScore } of candidates) expect(stabilityScore).toBeLessThanOrEqual(1);
});

test("a box around the disc gives the disc", async () => {
  const { x, y, radius } = DISC;
  const prompt: WirePrompt = { ...click(), boxXyxy: [x - radius, y - radius, x + radius, y + radius] };
  const [best] = await decode(prompt);
  expect(iouWithDisc(best)).toBeGreaterThan(0.8);
});

test("earlier logits are fed back, and change the answer", async () => {
  const [first] = await decode(click([DISC.x, DISC.y, 1]));
  const both = click([DISC.x, DISC.y, 1], [20, 20, 0]);
  const [without] = await decode(both);
  const [refined] = await decode({ ...both, previousLogits: first?.lowResLogits ?? null });
  expect(iouWithDisc(refined)).toBeGreaterThan(0.8);
  expect(refined?.lowResLogits.data).not.toEqual(without?.lowResLogits.data);
});

test("a point outside of the disc does not give the disc", async () => {
  const [best] = await decode(click([40, 250, 1]));
  const mask = best && decodeRle(encodeLogits(best.lowResLogits, [HEIGHT, WIDTH]).rle);
  expect(mask?.data[DISC.y * WIDTH + DISC.x]).toBe(0);
});

test("an embedding of another checkpoint does not fit", async () => {
  expect(decoder.fits(await encode("another"))).toBe(false);
});
