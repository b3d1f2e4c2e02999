import type { Editor } from "../../../editor";
import type { PromptDrag, ShapeMode, ToolId } from "../../../session";
import { t } from "../../../words";
import { Segmented } from "../../components";
import { useSnapshot } from "../useSnapshot";
import { MaskActions } from "./MaskActions";
import { SettingSlider } from "./SettingSlider";
import styles from "./ToolOptions.module.css";

/** How the tool in the hand works, and what can be done to the masks that are selected. */
export function ToolOptions({ editor }: { readonly editor: Editor }) {
  const { tool, imageState, selectedId } = useSnapshot(editor);
  const options = optionsFor(tool, editor);
  if (imageState !== "ready" || (!options && !selectedId)) return null;
  return (
    <section className={styles.options} aria-label={t("Tool settings")}>
      {options}
      {selectedId && <MaskActions editor={editor} />}
      {selectedId && tool === "select" && <ShapeNumbers editor={editor} />}
    </section>
  );
}

function optionsFor(tool: ToolId, editor: Editor) {
  switch (tool) {
    case "prompt":
      return <PromptOptions editor={editor} />;
    case "brush":
    case "eraser":
      return <SettingSlider editor={editor} setting="brushDiameter" label={t("Size")} unit="px" scale="ratio" />;
    case "polygon":
    case "lasso":
    case "scissors":
      return <ShapeOptions editor={editor} />;
    case "wand":
      return (
        <>
          <ShapeOptions editor={editor} />
          <SettingSlider editor={editor} setting="wandTolerance" label={t("Tolerance")} />
        </>
      );
    case "split":
    case "select":
      return null;
    default:
      return tool satisfies never;
  }
}

/** By how much the commands of "Change shape" change it. */
function ShapeNumbers({ editor }: { readonly editor: Editor }) {
  return (
    <>
      <SettingSlider editor={editor} setting="reach" label={t("Grow, shrink, smooth by")} unit="px" scale="ratio" />
      <SettingSlider editor={editor} setting="speckSize" label={t("Specks below")} unit="px²" scale="ratio" />
    </>
  );
}

function PromptOptions({ editor }: { readonly editor: Editor }) {
  const options: readonly { value: PromptDrag; label: string }[] = [
    { value: "box", label: t("a box") },
    { value: "boxes", label: t("boxes in a row") },
    { value: "scribble", label: t("a scribble") },
  ];
  return (
    <>
      <span className={styles.label} aria-hidden="true">
        {t("A drag makes")}
      </span>
      <Segmented
        label={t("A drag makes")}
        options={options}
        value={editor.tools.settings.promptDrag}
        onChange={(promptDrag) => editor.tools.change({ promptDrag })}
      />
    </>
  );
}

function ShapeOptions({ editor }: { readonly editor: Editor }) {
  const options: readonly { value: ShapeMode; label: string }[] = [
    { value: "add", label: t("Add") },
    { value: "subtract", label: t("Take away") },
    { value: "new", label: t("New mask") },
  ];
  return (
    <Segmented
      label={t("What a shape does")}
      options={options}
      value={editor.tools.settings.shapeMode}
      onChange={(shapeMode) => editor.tools.change({ shapeMode })}
    />
  );
}
