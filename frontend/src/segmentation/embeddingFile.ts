import type { SizeHw } from "../geometry";
import { SegmentationError } from "./errors";
import { halvesToFloats } from "./halfFloat";
import { parseSafetensors, type RawTensor, type SafetensorsFile } from "./safetensors";
import type { FloatTensor } from "./tensors";

/** An image embedding, ready for the decoder. */
export interface ImageEmbedding {
  readonly originalHw: SizeHw;
  readonly inputHw: SizeHw;
  readonly checkpointSha256: string;
  readonly tensors: ReadonlyMap<string, FloatTensor>;
}

const FORMAT = "1";
const SCALE_SUFFIX = ".scale";

/** Reads the embedding file (ARCHITECTURE 3.3). Throws SegmentationError `embedding_unreadable`. */
export function parseEmbedding(buffer: ArrayBuffer): ImageEmbedding {
  const file = parseSafetensors(buffer);
  if (file.metadata.format !== FORMAT) throw unreadable(`its format is ${file.metadata.format}, not ${FORMAT}`);
  const tensors = new Map<string, FloatTensor>();
  for (const [name, raw] of file.tensors) {
    if (!name.endsWith(SCALE_SUFFIX)) tensors.set(name, { dims: raw.dims, data: toFloats(name, raw, file) });
  }
  return {
    originalHw: parseHw(file, "original_hw"),
    inputHw: parseHw(file, "input_hw"),
    checkpointSha256: file.metadata.checkpoint_sha256 ?? "",
    tensors,
  };
}

function toFloats(name: string, raw: RawTensor, file: SafetensorsFile): Float32Array<ArrayBuffer> {
  // The data of a tensor need not start at a multiple of its element size: copies are aligned.
  const bytes = raw.bytes.slice();
  switch (raw.dtype) {
    case "F32":
      return new Float32Array(bytes.buffer);
    case "F16":
      return halvesToFloats(new Uint16Array(bytes.buffer));
    case "I8":
      return scaled(new Int8Array(bytes.buffer), raw.dims, channelScales(name, file));
    default:
      throw unreadable(`tensor "${name}" has the unknown type ${raw.dtype}`);
  }
}

function channelScales(name: string, file: SafetensorsFile): Float32Array {
  const scales = file.tensors.get(name + SCALE_SUFFIX);
  if (scales?.dtype !== "F32") throw unreadable(`tensor "${name}" has no scales`);
  return new Float32Array(scales.bytes.slice().buffer);
}

/** value = int8 * scale of its channel; channels are axis 1 of (1, C, h, w). */
function scaled(values: Int8Array, dims: readonly number[], scales: Float32Array): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(values.length);
  const perChannel = dims.slice(2).reduce((product, dim) => product * dim, 1);
  for (let start = 0, block = 0; start < values.length; start += perChannel, block++) {
    const scale = scales[block % scales.length] ?? 0;
    for (let index = start; index < start + perChannel; index++) floats[index] = (values[index] ?? 0) * scale;
  }
  return floats;
}

function parseHw(file: SafetensorsFile, name: string): SizeHw {
  const [height, width] = (file.metadata[name] ?? "").match(/\d+/g)?.map(Number) ?? [];
  if (!height || !width) throw unreadable(`it does not say its ${name}`);
  return [height, width];
}

function unreadable(detail: string): SegmentationError {
  return new SegmentationError(
    "embedding_unreadable",
    `The image embedding cannot be used: ${detail}. Reload the page; if that does not help, the server needs an update.`,
  );
}
