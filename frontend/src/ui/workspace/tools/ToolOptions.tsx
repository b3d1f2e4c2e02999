import { BadgePlus, Check, X } from "lucide-react";
import type { Editor } from "../../../editor";
import { isDrawingTool, type PromptDrag, type ShapeMode, type ToolId } from "../../../session";
import { t } from "../../../words";
import { Segmented } from "../../components";
import { useMediaQuery } from "../../useMediaQuery";
import { CommandButton } from "../CommandButton";
import { useSnapshot } from "../useSnapshot";
import { CategoryPicker } from "./CategoryPicker";
import { MaskActions } from "./MaskActions";
import { SettingSlider } from "./SettingSlider";
import styles from "./ToolOptions.module.css";

/** How the tool in the hand works, and what can be done to the masks that are selected. */
export function ToolOptions({ editor }: { readonly editor: Editor }) {
  const { tool, imageState, selectedId, gesture } = useSnapshot(editor);
  const hidesPalette = useMediaQuery("(max-width: 900px)");
  const options = optionsFor(tool, editor);
  const isEmpty = imageState !== "ready" || (!options && !selectedId);
  if (isEmpty) return <div className={styles.strip} />;
  return (
    <section className={styles.strip} aria-label={t("Tool settings")}>
      <div className={styles.options}>
        {hidesPalette && <CategoryPicker editor={editor} />}
        {options}
        {OPEN_SHAPES.has(gesture) && <ShapeActions editor={editor} />}
        {selectedId && isDrawingTool(tool) && <NextMask editor={editor} />}
        {selectedId && <MaskActions editor={editor} />}
        {selectedId && tool === "select" && <ShapeNumbers editor={editor} />}
      </div>
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

/** Gestures that go on between two taps. */
const OPEN_SHAPES: ReadonlySet<string> = new Set(["drawing_polygon", "tracing"]);

/** What Enter and Escape do, for those who have no keys. */
function ShapeActions({ editor }: { readonly editor: Editor }) {
  return (
    <div className={styles.group}>
      <CommandButton editor={editor} command="mask.accept" icon={<Check />} label={t("Close the shape")} />
      <CommandButton editor={editor} command="mask.cancel" icon={<X />} label={t("Give up the shape")} />
    </div>
  );
}

function NextMask({ editor }: { readonly editor: Editor }) {
  return (
    <div className={styles.group}>
      <CommandButton editor={editor} command="mask.accept" icon={<BadgePlus />} label={t("Begin the next mask")} />
    </div>
  );
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
