/** How the image's values become brightness. It changes what is seen, never what is segmented or saved. */
export interface Tone {
  /** Added, -1 to 1. */
  readonly brightness: number;
  /** -1: all grey, 0: as it is, 1: black and white. */
  readonly contrast: number;
  /** The exponent is 1 / gamma: above 1 shows what is in the dark. */
  readonly gamma: number;
  /** The values, 0 to 1 of the image's range, that are shown black and white. */
  readonly window: readonly [low: number, high: number];
}

export const NEUTRAL_TONE: Tone = { brightness: 0, contrast: 0, gamma: 1, window: [0, 1] };
export const GAMMA_RANGE = [0.2, 5] as const;
/** No window is narrower: one of nothing would divide by it. */
export const MIN_WINDOW = 1 / 4096;

export function isNeutral({ brightness, contrast, gamma, window }: Tone): boolean {
  return brightness === 0 && contrast === 0 && gamma === 1 && window[0] === 0 && window[1] === 1;
}

/** The nearest tone within the ranges. */
export function clampTone({ brightness, contrast, gamma, window }: Tone): Tone {
  const low = clamp(window[0], 0, 1 - MIN_WINDOW);
  return {
    brightness: clamp(brightness, -1, 1),
    contrast: clamp(contrast, -1, 1),
    gamma: clamp(gamma, ...GAMMA_RANGE),
    window: [low, clamp(window[1], low + MIN_WINDOW, 1)],
  };
}

/** What a value of the image is shown as; both 0 to 1. First the window, then gamma, contrast and brightness. */
export function toneOf(value: number, { brightness, contrast, gamma, window: [low, high] }: Tone): number {
  const inWindow = clamp((value - low) / (high - low), 0, 1);
  const slope = Math.tan(((contrast + 1) * Math.PI) / 4);
  return clamp((inWindow ** (1 / gamma) - 0.5) * slope + 0.5 + brightness, 0, 1);
}

/** The tone for pixels that show the values `shown` black and white already: what is left of its window. */
export function toneWithin(tone: Tone, shown: Tone["window"]): Tone {
  const [low, high] = shown;
  const within = (value: number): number => (value - low) / (high - low);
  return { ...tone, window: [within(tone.window[0]), within(tone.window[1])] };
}

/** `toneOf` at `count` values from 0 to 1. */
export function toneTable(tone: Tone, count: number): number[] {
  return Array.from({ length: count }, (_, index) => toneOf(index / (count - 1), tone));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
