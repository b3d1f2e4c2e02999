import { t } from "../words";
import { SegmentationError } from "./errors";

/** One ONNX graph of a segmenter; `url` serves its bytes. Fed by its declared names. */
export interface GraphManifest {
  readonly url: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** How corrections are answered from an embedding of the part of the image around the object. */
export interface CloserLook {
  /** Prompts of so many points and more. */
  readonly fromPoint: number;
  /** How many times the part's sides are the object's. */
  readonly margin: number;
}

export type PaddingPoint = "without_box" | "always";

/** The decoder manifest (ARCHITECTURE 3.4), as far as the page uses it. */
export interface DecoderManifest {
  readonly segmenter: string;
  readonly checkpointSha256: string;
  readonly maskStride: number;
  readonly maskThreshold: number;
  /** How many candidate masks there are for a prompt. */
  readonly candidates: number;
  /** Which prompts get a padding point at their end: those without a box, or every one. */
  readonly paddingPoint: PaddingPoint;
  /** Null: a segmenter that was not trained for it, or has no use for it. */
  readonly closerLook: CloserLook | null;
  readonly graphs: {
    /** What depends on the image alone; without it the decoder takes the embedding itself. */
    readonly prefill: GraphManifest | null;
    readonly decode: GraphManifest;
    /** The same as decode, with earlier logits; without it they are not fed back. */
    readonly refine: GraphManifest | null;
  };
}

const FORMAT = 2;

/** Checks what the server sent. Throws SegmentationError `manifest_unreadable`. */
export function parseManifest(raw: unknown): DecoderManifest {
  const manifest = asRecord(raw, "manifest");
  if (manifest.format !== FORMAT) throw unreadable(`its format is ${String(manifest.format)}, not ${FORMAT}`);
  const graphs = asRecord(manifest.graphs, "graphs");
  return {
    segmenter: asString(manifest.segmenter, "segmenter"),
    checkpointSha256: asString(manifest.checkpoint_sha256, "checkpoint_sha256"),
    maskStride: asNumber(manifest.mask_stride, "mask_stride"),
    maskThreshold: asNumber(manifest.mask_threshold, "mask_threshold"),
    candidates: asNumber(manifest.candidates, "candidates"),
    paddingPoint: asPaddingPoint(manifest.padding_point ?? "without_box"),
    closerLook: manifest.closer_look == null ? null : parseCloserLook(manifest.closer_look),
    graphs: {
      prefill: graphs.prefill === undefined ? null : parseGraph(graphs.prefill, "prefill"),
      decode: parseGraph(graphs.decode, "decode"),
      refine: graphs.refine === undefined ? null : parseGraph(graphs.refine, "refine"),
    },
  };
}

function parseCloserLook(raw: unknown): CloserLook {
  const rule = asRecord(raw, "closer_look");
  return {
    fromPoint: asNumber(rule.from_point, "closer_look.from_point"),
    margin: asNumber(rule.margin, "closer_look.margin"),
  };
}

function parseGraph(raw: unknown, name: string): GraphManifest {
  const graph = asRecord(raw, name);
  return {
    url: asString(graph.url, `${name}.url`),
    inputs: asStrings(graph.inputs, `${name}.inputs`),
    outputs: asStrings(graph.outputs, `${name}.outputs`),
  };
}

function unreadable(detail: string): SegmentationError {
  return new SegmentationError(
    "manifest_unreadable",
    t(
      "The decoder's manifest cannot be used: {detail}. Reload the page; if that does not help, the server needs an update.",
      { detail },
    ),
  );
}

function asPaddingPoint(value: unknown): PaddingPoint {
  if (value !== "without_box" && value !== "always") throw unreadable(`"padding_point" is ${String(value)}`);
  return value;
}

function asRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw unreadable(`"${name}" is missing`);
  return value as Record<string, unknown>;
}

function asString(value: unknown, name: string): string {
  if (typeof value !== "string") throw unreadable(`"${name}" is not a text`);
  return value;
}

function asNumber(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw unreadable(`"${name}" is not a number`);
  return value;
}

function asStrings(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw unreadable(`"${name}" is not a list`);
  return value.map((item) => asString(item, name));
}
