import type { Editor } from "../../../editor";
import { GAMMA_RANGE } from "../../../session";
import { formatNumber, t } from "../../../words";
import { Slider } from "../../components";
import { useSnapshot } from "../useSnapshot";

const EIGHT_BITS = [0, 255] as const;
/** As fine as the slider is wide, and as the values are. */
const MAX_STEPS = 4096;

/** Brightness, contrast, gamma, and the window of values that is stretched to black and white. */
export function ToneSliders({ editor }: { readonly editor: Editor }) {
  const { display, image } = useSnapshot(editor);
  const { brightness, contrast, gamma, window } = display.tone;
  const [black, white] = image?.values?.range ?? EIGHT_BITS;
  const step = 1 / Math.min(Math.max(white - black, EIGHT_BITS[1]), MAX_STEPS);
  const [low, high] = window;
  const signed = (value: number): string => formatNumber(Math.round(value * 100), { signDisplay: "exceptZero" });
  const level = (value: number): string => formatNumber(Math.round(black + value * (white - black)));
  return (
    <>
      <Slider
        label={t("Brightness")}
        min={-1}
        max={1}
        step={0.02}
        value={brightness}
        shown={signed(brightness)}
        onChange={(value) => editor.look.setTone({ brightness: value })}
      />
      <Slider
        label={t("Contrast")}
        min={-1}
        max={1}
        step={0.02}
        value={contrast}
        shown={signed(contrast)}
        onChange={(value) => editor.look.setTone({ contrast: value })}
      />
      <Slider
        label={t("Gamma")}
        min={Math.log2(GAMMA_RANGE[0])}
        max={Math.log2(GAMMA_RANGE[1])}
        step={0.01}
        value={Math.log2(gamma)}
        shown={formatNumber(gamma, { maximumFractionDigits: 2 })}
        // Whoever goes back to the middle means 1, not 1.003.
        onChange={(value) => editor.look.setTone({ gamma: Math.abs(value) < 0.02 ? 1 : 2 ** value })}
      />
      <Slider
        label={t("Black from")}
        min={0}
        max={1}
        step={step}
        value={low}
        shown={level(low)}
        onChange={(value) => editor.look.setTone({ window: [value, high] })}
      />
      <Slider
        label={t("White from")}
        min={0}
        max={1}
        step={step}
        value={high}
        shown={level(high)}
        onChange={(value) => editor.look.setTone({ window: [Math.min(low, value), value] })}
      />
    </>
  );
}
