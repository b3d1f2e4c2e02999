/** Row-major values with their shape, in JavaScript's memory. */
export interface FloatTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

export interface IntTensor {
  readonly dims: readonly number[];
  readonly data: Int32Array<ArrayBuffer>;
}

/** A tensor that stays where the runtime computes, so that a run need not move it. Has to be given back. */
export interface KeptTensor {
  readonly byteLength: number;
  dispose(): void;
}

export type InputTensor = FloatTensor | IntTensor | KeptTensor;
