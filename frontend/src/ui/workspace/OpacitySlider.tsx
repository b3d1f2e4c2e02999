import { Blend } from "lucide-react";
import type { Editor } from "../../editor";
import { t } from "../../words";
import styles from "./OpacitySlider.module.css";

export function OpacitySlider({ editor, opacity }: { readonly editor: Editor; readonly opacity: number }) {
  return (
    <label className={styles.label} title={t("Opacity of the masks")}>
      <Blend aria-hidden="true" />
      <span className="visually-hidden">{t("Opacity of the masks")}</span>
      <input
        type="range"
        className={styles.slider}
        min={0}
        max={1}
        step={0.05}
        value={opacity}
        onChange={(event) => editor.look.setOpacity(Number(event.target.value))}
      />
    </label>
  );
}
