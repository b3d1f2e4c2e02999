import type { Segmenter } from "../../api";
import { formatNumber, t } from "../../words";
import { megabytes } from "../quantities";

/** "94 M parameters · 1024 px · 0.9 MB an image", with what is known. */
export function factsInWords({ parameters, input_size, embedding_bytes }: Segmenter): string {
  return [
    parameters !== null && t("{millions} M parameters", { millions: inMillions(parameters) }),
    input_size !== null && `${formatNumber(input_size)} px`,
    embedding_bytes !== null && t("{size} an image", { size: megabytes(embedding_bytes) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function inMillions(count: number): string {
  const millions = count / 1e6;
  return formatNumber(millions, { maximumFractionDigits: millions < 10 ? 1 : 0 });
}
