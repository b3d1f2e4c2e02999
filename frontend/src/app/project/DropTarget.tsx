import { ImageUp } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { notify } from "../../ui/components";
import { t } from "../../words";
import styles from "./DropTarget.module.css";
import { filesOf } from "./droppedFiles";

export interface DropTargetProps {
  readonly isEnabled: boolean;
  readonly onFiles: (files: File[]) => void;
  readonly children: ReactNode;
}

/** Takes files and folders that are dropped anywhere on the page. */
export function DropTarget({ isEnabled, onFiles, children }: DropTargetProps) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // dragleave comes for each element that is left: only leaving as many as were entered leaves the page.
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    // Without this the browser would leave the page and show the file.
    const over = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (!isEnabled) {
        notify({ level: "error", message: t("You may look at this project, but not upload to it. Ask its owner.") });
        return;
      }
      void filesOf(event.dataTransfer).then(onFiles);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [type, listener] of Object.entries(listeners)) window.addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        window.removeEventListener(type, listener as EventListener);
      }
    };
  }, [isEnabled, onFiles]);

  return (
    <>
      {children}
      {isOver && isEnabled && (
        <div className={styles.overlay} aria-hidden="true">
          <div className={styles.sign}>
            <ImageUp />
            {t("Drop images or folders to upload")}
          </div>
        </div>
      )}
    </>
  );
}
