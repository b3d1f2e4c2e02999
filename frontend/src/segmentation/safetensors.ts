import { t } from "../words";
import { SegmentationError } from "./errors";

/** A tensor as it lies in the file. */
export interface RawTensor {
  readonly dtype: string;
  readonly dims: readonly number[];
  readonly bytes: Uint8Array;
}

export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, RawTensor>;
}

const HEADER_LENGTH_BYTES = 8;

/**
 * Reads the safetensors container (huggingface/safetensors): 8 bytes little-endian length of the header, the header as
 * JSON (name -> dtype, shape, data_offsets; `__metadata__` holds texts), then the data. Nothing is copied.
 */
export function parseSafetensors(buffer: ArrayBuffer): SafetensorsFile {
  const dataStart = HEADER_LENGTH_BYTES + headerLength(buffer);
  const header = parseHeader(new Uint8Array(buffer, HEADER_LENGTH_BYTES, dataStart - HEADER_LENGTH_BYTES));
  const tensors = new Map<string, RawTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets } = entry as { dtype: string; shape: number[]; data_offsets: [number, number] };
    const [start, end] = data_offsets;
    if (!(start >= 0 && end >= start && dataStart + end <= buffer.byteLength)) throw damaged();
    tensors.set(name, { dtype, dims: shape, bytes: new Uint8Array(buffer, dataStart + start, end - start) });
  }
  return { metadata: (header.__metadata__ ?? {}) as Record<string, string>, tensors };
}

function headerLength(buffer: ArrayBuffer): number {
  if (buffer.byteLength < HEADER_LENGTH_BYTES) throw damaged();
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (length > buffer.byteLength - HEADER_LENGTH_BYTES) throw damaged();
  return length;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause?: unknown): SegmentationError {
  return new SegmentationError(
    "embedding_unreadable",
    t("The image embedding arrived damaged. Open the image again to load it once more."),
    { cause },
  );
}
