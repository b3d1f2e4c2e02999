import type { Editor } from "../../../editor";
import type { PromptDrag, ShapeMode, ToolId } from "../../../session";
import { t } from "../../../words";
import { Segmented } from "../../components";
import { useSnapshot } from "../useSnapshot";
import { SettingSlider } from "./SettingSlider";
import styles from "./ToolOptions.module.css";

/** How the tool in the hand works. Tools without choices show nothing. */
export function ToolOptions({ editor }: { readonly editor: Editor }) {
  const { tool, imageState } = useSnapshot(editor);
  const options = imageState === "ready" ? optionsFor(tool, editor) : null;
  if (!options) return null;
  return (
    <section className={styles.options} aria-label={t("Tool settings")}>
      {options}
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

function PromptOptions({ editor }: { readonly editor: Editor }) {
  const options: readonly { value: PromptDrag; label: string }[] = [
    { value: "box", label: t("Box") },
    { value: "boxes", label: t("Boxes in a row") },
    { value: "scribble", label: t("Scribble") },
  ];
  return (
    <Segmented
      label={t("What a drag makes")}
      options={options}
      value={editor.tools.settings.promptDrag}
      onChange={(promptDrag) => editor.tools.change({ promptDrag })}
    />
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
