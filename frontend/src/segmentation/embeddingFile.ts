import type { SizeHw } from "../geometry";
import { t } from "../words";
import { fromDifferences } from "./differences";
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
const FAR_SUFFIX = ".far";

/** Reads the embedding file (ARCHITECTURE 3.3). Throws SegmentationError `embedding_unreadable`. */
export function parseEmbedding(buffer: ArrayBuffer): ImageEmbedding {
  const file = parseSafetensors(buffer);
  if (file.metadata.format !== FORMAT) throw unreadable(`its format is ${file.metadata.format}, not ${FORMAT}`);
  const tensors = new Map<string, FloatTensor>();
  for (const [name, raw] of file.tensors) {
    if (!isCompanion(name)) tensors.set(name, { dims: raw.dims, data: toFloats(name, raw, file) });
  }
  return {
    originalHw: parseHw(file, "original_hw"),
    inputHw: parseHw(file, "input_hw"),
    checkpointSha256: file.metadata.checkpoint_sha256 ?? "",
    tensors,
  };
}

const isCompanion = (name: string): boolean => name.endsWith(SCALE_SUFFIX) || name.endsWith(FAR_SUFFIX);

function toFloats(name: string, raw: RawTensor, file: SafetensorsFile): Float32Array<ArrayBuffer> {
  // The data of a tensor need not start at a multiple of its element size: copies are aligned.
  const bytes = raw.bytes.slice();
  switch (raw.dtype) {
    case "F32":
      return new Float32Array(bytes.buffer);
    case "F16":
      return halvesToFloats(new Uint16Array(bytes.buffer));
    case "I8":
      return fromDifferences(
        new Int8Array(bytes.buffer),
        new Int16Array(companion(name, FAR_SUFFIX, "I16", file)),
        new Float32Array(companion(name, SCALE_SUFFIX, "F32", file)),
        raw.dims,
      );
    default:
      throw unreadable(`tensor "${name}" has the unknown type ${raw.dtype}`);
  }
}

/** A companion of a tensor: `x.scale` of `x`. Its bytes are copied, since they need not be aligned. */
function companion(name: string, suffix: string, dtype: string, file: SafetensorsFile): ArrayBuffer {
  const raw = file.tensors.get(name + suffix);
  if (raw?.dtype !== dtype) throw unreadable(`tensor "${name}" has no ${suffix}`);
  return raw.bytes.slice().buffer as ArrayBuffer;
}

function parseHw(file: SafetensorsFile, name: string): SizeHw {
  const [height, width] = (file.metadata[name] ?? "").match(/\d+/g)?.map(Number) ?? [];
  if (!height || !width) throw unreadable(`it does not say its ${name}`);
  return [height, width];
}

function unreadable(detail: string): SegmentationError {
  return new SegmentationError(
    "embedding_unreadable",
    t(
      "The image embedding cannot be used: {detail}. Reload the page; if that does not help, the server needs an update.",
      { detail },
    ),
  );
}
