import { Fragment, type ReactNode } from "react";
import { sentencePattern } from "../../words";

export interface RichProps {
  /** English, the key of the catalogues, as for `t`. */
  readonly sentence: string;
  /** What stands where the sentence says {name}. */
  readonly values: Readonly<Record<string, ReactNode>>;
}

/** A sentence of the interface with elements in it, wherever its language puts them. */
export function Rich({ sentence, values }: RichProps) {
  const parts = sentencePattern(sentence).split(/\{(\w+)\}/);
  // Every second part is a name.
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change places.
    <Fragment key={index}>{index % 2 === 0 ? part : values[part]}</Fragment>
  ));
}
