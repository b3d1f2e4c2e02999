import { Lock, LockOpen } from "lucide-react";
import type { Annotation } from "../../document";
import type { Editor } from "../../editor";
import { t } from "../../words";
import { IconButton } from "../components";

export interface LockButtonProps {
  readonly editor: Editor;
  readonly annotation: Pick<Annotation, "id" | "locked">;
  readonly className?: string;
}

/** Guards one annotation against change by mistake, or frees it. */
export function LockButton({ editor, annotation: { id, locked }, className }: LockButtonProps) {
  return (
    <IconButton
      label={locked ? t("Unlock this annotation") : t("Lock this annotation")}
      icon={locked ? <Lock /> : <LockOpen />}
      isPressed={locked}
      className={className}
      tooltipSide="left"
      onClick={() => editor.fields.setLocked([id], !locked)}
    />
  );
}
