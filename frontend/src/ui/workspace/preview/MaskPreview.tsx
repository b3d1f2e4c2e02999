import { useEffect, useRef } from "react";
import { type PreviewContent, paintPreview } from "./paint";

export interface MaskPreviewProps extends PreviewContent {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** For screen readers; empty when the words are beside it. */
  readonly label: string;
  readonly className?: string;
  /** It takes the width that there is, and keeps its shape; `width` and `height` say how fine it is painted. */
  readonly isFluid?: boolean;
}

/** A mask on its part of the image. */
export function MaskPreview({ width, height, label, className, isFluid = false, ...content }: MaskPreviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { pixels, imageHw, region, mask, color } = content;
  const [imageHeight, imageWidth] = imageHw;
  const [x, y, regionWidth, regionHeight] = region;
  const of = mask?.kind === "rle" ? mask.rle : mask?.logits;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of `content` are named, since it is new each time.
  useEffect(() => {
    if (canvas.current) paintPreview(canvas.current, content);
  }, [pixels, imageHeight, imageWidth, x, y, regionWidth, regionHeight, of, color, width, height]);
  const ratio = window.devicePixelRatio || 1;
  return (
    <canvas
      ref={canvas}
      className={className}
      width={Math.round(width * ratio)}
      height={Math.round(height * ratio)}
      style={isFluid ? { width: "100%", height: "auto" } : { width, height }}
      role={label ? "img" : undefined}
      aria-label={label || undefined}
      aria-hidden={label ? undefined : true}
    />
  );
}
