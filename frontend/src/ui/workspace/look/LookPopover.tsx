import { SlidersHorizontal } from "lucide-react";
import type { Editor } from "../../../editor";
import { isNeutral } from "../../../session";
import { formatNumber, t } from "../../../words";
import { Button, IconButton, Popover, Segmented, Slider } from "../../components";
import { useSnapshot } from "../useSnapshot";
import styles from "./LookPopover.module.css";
import { ToneSliders } from "./ToneSliders";

/** How image and masks are shown. */
export function LookPopover({ editor }: { readonly editor: Editor }) {
  const { display, image } = useSnapshot(editor);
  const label = t("Brightness, contrast and masks");
  return (
    <Popover
      label={label}
      trigger={(props) => (
        <IconButton
          label={label}
          icon={<SlidersHorizontal />}
          isPressed={!isNeutral(display.tone)}
          disabledReason={image ? null : t("No image is open.")}
          {...props}
        />
      )}
    >
      <div className={styles.panel}>
        <h3 className={styles.title}>{t("Masks")}</h3>
        <Segmented
          label={t("Masks are shown")}
          options={[
            { value: "fill", label: t("Filled") },
            { value: "outline", label: t("As outlines") },
          ]}
          value={display.maskStyle}
          onChange={(style) => editor.look.setMaskStyle(style)}
        />
        <MaskOpacity editor={editor} />
        <h3 className={styles.title}>{t("Image")}</h3>
        <ToneSliders editor={editor} />
        <Button
          variant="quiet"
          disabledReason={isNeutral(display.tone) ? t("The image is shown as it is.") : null}
          onClick={() => editor.look.resetTone()}
        >
          {t("Reset the image")}
        </Button>
      </div>
    </Popover>
  );
}

/** Of the selected mask where one is selected, else of all. */
function MaskOpacity({ editor }: { readonly editor: Editor }) {
  const { display, selectedId } = useSnapshot(editor);
  const own = selectedId === null ? undefined : display.opacityOf.get(selectedId);
  const value = own ?? display.opacity;
  const percent = (share: number): string => formatNumber(share, { style: "percent" });
  return (
    <>
      <Slider
        label={t("Opacity of all masks")}
        min={0}
        max={1}
        step={0.05}
        value={display.opacity}
        shown={percent(display.opacity)}
        onChange={(opacity) => editor.look.setOpacity(opacity)}
      />
      {selectedId !== null && (
        <Slider
          label={t("Opacity of the selected mask")}
          min={0}
          max={1}
          step={0.05}
          value={value}
          shown={own === undefined ? t("as all") : percent(own)}
          onChange={(opacity) => editor.look.setOpacityOf(selectedId, opacity)}
        />
      )}
    </>
  );
}
