import type { Segmenter } from "../../api";
import { megabytes, number } from "../words";

/** "94 M parameters · 1024 px · 0.9 MB an image", with what is known. */
export function factsInWords({ parameters, input_size, embedding_bytes }: Segmenter): string {
  return [
    parameters !== null && `${inMillions(parameters)} M parameters`,
    input_size !== null && `${number(input_size)} px`,
    embedding_bytes !== null && `${megabytes(embedding_bytes)} an image`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function inMillions(count: number): string {
  const millions = count / 1e6;
  return millions < 10 ? millions.toFixed(1) : number(Math.round(millions));
}
