import { useVirtualizer } from "@tanstack/react-virtual";
import { Eye, EyeOff, ListFilter, MousePointerClick, SearchX } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Editor } from "../../editor";
import { IconButton } from "../components";
import styles from "./AnnotationList.module.css";
import { AnnotationRow } from "./AnnotationRow";
import { CommandButton } from "./CommandButton";
import { ScoreFilterBar } from "./ScoreFilterBar";
import { passesFilter, type ScoreFilter } from "./scoreFilter";
import { useSnapshot } from "./useSnapshot";

const ROW_HEIGHT = 44;
const FIRST_FILTER: ScoreFilter = { score: "predicted_iou", max: 0.8 };

/** The annotations of the image, the newest on top. */
export function AnnotationList({ editor }: { readonly editor: Editor }) {
  const { annotations, categories, selectedId, highlightedId, display, imageState } = useSnapshot(editor);
  const [filter, setFilter] = useState<ScoreFilter | null>(null);
  const rows = useMemo(
    () => annotations.filter((annotation) => passesFilter(annotation, filter)).reverse(),
    [annotations, filter],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  });
  const selectedIndex = rows.findIndex(({ id }) => id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex);
  }, [selectedIndex, virtualizer]);

  return (
    <section className={styles.section} aria-label="Annotations">
      <header className={styles.header}>
        <h2 className={styles.title}>Annotations</h2>
        <span className={styles.count}>{filter ? `${rows.length} of ${annotations.length}` : annotations.length}</span>
        <span className={styles.space} />
        <input
          type="range"
          className={styles.opacity}
          aria-label="Opacity of the masks"
          min={0}
          max={1}
          step={0.05}
          value={display.opacity}
          onChange={(event) => editor.setOpacity(Number(event.target.value))}
        />
        <IconButton
          label={filter ? "Show masks of any score" : "Show unsure masks only"}
          icon={<ListFilter />}
          isPressed={filter !== null}
          onClick={() => setFilter(filter ? null : FIRST_FILTER)}
        />
        <CommandButton
          editor={editor}
          command="view.toggleAnnotations"
          label={display.annotationsVisible ? "Hide all annotations" : "Show all annotations"}
          icon={display.annotationsVisible ? <Eye /> : <EyeOff />}
        />
      </header>
      {filter && <ScoreFilterBar filter={filter} onChange={setFilter} />}
      {filter && rows.length === 0 && annotations.length > 0 && (
        <p className={styles.empty}>
          <SearchX aria-hidden="true" />
          No mask is scored so low.
        </p>
      )}
      {annotations.length === 0 && imageState === "ready" && (
        <p className={styles.empty}>
          <MousePointerClick aria-hidden="true" />
          No masks yet. Click on an object in the image, then press Enter.
        </p>
      )}
      <div ref={scroller} className={styles.scroller}>
        <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }} aria-label="Annotations">
          {virtualizer.getVirtualItems().map((item) => {
            const annotation = rows[item.index];
            return annotation ? (
              <li key={item.key} className={styles.row} style={{ translate: `0 ${item.start}px`, height: ROW_HEIGHT }}>
                <AnnotationRow
                  editor={editor}
                  annotation={annotation}
                  category={categories.find(({ id }) => id === annotation.categoryId) ?? null}
                  pixels={editor.state.pixels}
                  isSelected={annotation.id === selectedId}
                  isHighlighted={annotation.id === highlightedId}
                  isHidden={display.hiddenIds.has(annotation.id)}
                />
              </li>
            ) : null;
          })}
        </ul>
      </div>
    </section>
  );
}
