import { useId } from "react";
import type { Editor } from "../../../editor";
import { SETTING_RANGES } from "../../../session";
import { useSnapshot } from "../useSnapshot";
import styles from "./SettingSlider.module.css";

export interface SettingSliderProps {
  readonly editor: Editor;
  readonly setting: keyof typeof SETTING_RANGES;
  readonly label: string;
  /** After the number. */
  readonly unit?: string;
  /** "ratio": every step to the right is so many times more, for settings from 1 to thousands. */
  readonly scale?: "even" | "ratio";
}

const STEPS = 200;

/** One number of the tool settings, as a slider and as digits. */
export function SettingSlider({ editor, setting, label, unit, scale = "even" }: SettingSliderProps) {
  const value = useSnapshot(editor).toolSettings[setting];
  const { min, max } = SETTING_RANGES[setting];
  const id = useId();
  const change = (next: number): void => {
    if (Number.isFinite(next)) editor.tools.change({ [setting]: next });
  };
  const toStep = (of: number): number =>
    scale === "ratio" ? (STEPS * Math.log(of / min)) / Math.log(max / min) : (STEPS * (of - min)) / (max - min);
  const fromStep = (step: number): number =>
    Math.round(scale === "ratio" ? min * (max / min) ** (step / STEPS) : min + (step * (max - min)) / STEPS);
  return (
    <span className={styles.setting}>
      <label htmlFor={id}>{label}</label>
      <input
        type="range"
        className={styles.range}
        aria-label={label}
        aria-valuetext={`${Math.round(value)} ${unit ?? ""}`}
        min={0}
        max={STEPS}
        value={toStep(value)}
        onChange={(event) => change(fromStep(Number(event.target.value)))}
      />
      <input
        id={id}
        type="number"
        className={styles.number}
        min={min}
        max={max}
        value={Math.round(value)}
        onChange={(event) => change(event.target.valueAsNumber)}
      />
      {unit && <span className={styles.unit}>{unit}</span>}
    </span>
  );
}
