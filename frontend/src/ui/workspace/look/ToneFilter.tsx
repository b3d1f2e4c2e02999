import { type Tone, toneTable } from "../../../session";

/** Enough for curves; the browser draws lines between them. */
const POINTS = 256;

/** The tone as an SVG filter, for `filter: url(#id)`: the browser applies it to the canvas of the image alone. */
export function ToneFilter({ id, tone }: { readonly id: string; readonly tone: Tone }) {
  const table = toneTable(tone, POINTS)
    .map((value) => value.toFixed(4))
    .join(" ");
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      {/* Values are those of the image file: a filter works on linear light unless told otherwise. */}
      <filter id={id} colorInterpolationFilters="sRGB" x="0" y="0" width="100%" height="100%">
        <feComponentTransfer>
          <feFuncR type="table" tableValues={table} />
          <feFuncG type="table" tableValues={table} />
          <feFuncB type="table" tableValues={table} />
        </feComponentTransfer>
      </filter>
    </svg>
  );
}
