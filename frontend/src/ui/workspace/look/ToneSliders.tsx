import type { Editor } from "../../../editor";
import { GAMMA_RANGE } from "../../../session";
import { formatNumber, t } from "../../../words";
import { Slider } from "../../components";
import { useSnapshot } from "../useSnapshot";

const VALUES = 255;

/** Brightness, contrast, gamma, and the window of values that is stretched to black and white. */
export function ToneSliders({ editor }: { readonly editor: Editor }) {
  const { brightness, contrast, gamma, window } = useSnapshot(editor).display.tone;
  const [low, high] = window;
  const signed = (value: number): string => formatNumber(Math.round(value * 100), { signDisplay: "exceptZero" });
  const level = (value: number): string => formatNumber(Math.round(value * VALUES));
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
        step={1 / VALUES}
        value={low}
        shown={level(low)}
        onChange={(value) => editor.look.setTone({ window: [value, high] })}
      />
      <Slider
        label={t("White from")}
        min={0}
        max={1}
        step={1 / VALUES}
        value={high}
        shown={level(high)}
        onChange={(value) => editor.look.setTone({ window: [Math.min(low, value), value] })}
      />
    </>
  );
}
