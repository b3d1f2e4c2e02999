import { useVirtualizer } from "@tanstack/react-virtual";
import { MousePointerClick, SearchX } from "lucide-react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { Annotation } from "../../document";
import type { Editor } from "../../editor";
import { formatNumber, t, tn } from "../../words";
import styles from "./AnnotationList.module.css";
import { AnnotationRow } from "./AnnotationRow";
import { BulkBar } from "./BulkBar";
import { ListFilters } from "./ListFilters";
import { ListToolbar } from "./ListToolbar";
import { isFiltering, type ListQuery, listed } from "./listQuery";
import { OpacitySlider } from "./OpacitySlider";
import { useListSelection } from "./useListSelection";
import { useRowDrag } from "./useRowDrag";
import { useSnapshot } from "./useSnapshot";

const ROW_HEIGHT = 44;

export interface AnnotationListProps {
  readonly editor: Editor;
  /** Kept by the parent, so that it stays while another tab is shown. */
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
}

/** The annotations of the image: found, sorted, selected and hidden. Only the rows in sight are made. */
export function AnnotationList({ editor, query, onQuery }: AnnotationListProps) {
  const { annotations, categories, selectedIds, display, imageState } = useSnapshot(editor);
  const [areFiltersOpen, setFiltersOpen] = useState(false);
  const rows = useMemo(() => listed(annotations, query, categories), [annotations, query, categories]);
  return (
    <section className={styles.section} aria-label={t("Annotations")}>
      <ListToolbar
        editor={editor}
        query={query}
        onChange={onQuery}
        areAnnotationsVisible={display.annotationsVisible}
        areFiltersOpen={areFiltersOpen}
        onToggleFilters={() => setFiltersOpen(!areFiltersOpen)}
      />
      {areFiltersOpen && <ListFilters query={query} onChange={onQuery} categories={categories} />}
      {selectedIds.size > 1 && <BulkBar editor={editor} count={selectedIds.size} categories={categories} />}
      {rows.length === 0 && imageState === "ready" && <Nothing isFiltered={annotations.length > 0} />}
      <Rows editor={editor} rows={rows} isInDrawingOrder={query.order === "drawing"} />
      <footer className={styles.footer}>
        <span className={styles.count} role="status">
          {isFiltering(query)
            ? t("{shown} of {total}", { shown: formatNumber(rows.length), total: formatNumber(annotations.length) })
            : tn("{count} annotation", "{count} annotations", annotations.length)}
        </span>
        <OpacitySlider editor={editor} opacity={display.opacity} />
      </footer>
    </section>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <p className={styles.empty}>
      {isFiltered ? <SearchX aria-hidden="true" /> : <MousePointerClick aria-hidden="true" />}
      {isFiltered
        ? t("No annotation is like that.")
        : t("No masks yet. Click on an object in the image, then press Enter.")}
    </p>
  );
}

interface RowsProps {
  readonly editor: Editor;
  readonly rows: readonly Annotation[];
  readonly isInDrawingOrder: boolean;
}

function Rows({ editor, rows, isInDrawingOrder }: RowsProps) {
  const { categories, selectedId, selectedIds, highlightedId, display } = useSnapshot(editor);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const drag = useRowDrag(editor, rows, list, ROW_HEIGHT, isInDrawingOrder);
  const { onSelect, onKeyDown } = useListSelection(editor, rows);
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
  useFocusOnSelected(scroller, selectedId);
  const byId = useMemo(() => new Map(categories.map((category) => [category.id, category])), [categories]);
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul
        ref={list}
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={t("Annotations")}
        onKeyDown={onKeyDown}
        {...drag.handlers}
      >
        {drag.gap !== null && (
          <li className={styles.gap} style={{ translate: `0 ${drag.gap * ROW_HEIGHT}px` }} aria-hidden="true" />
        )}
        {virtualizer.getVirtualItems().map((item) => {
          const annotation = rows[item.index];
          return annotation ? (
            <li
              key={item.key}
              className={styles.row}
              style={{ translate: `0 ${item.start}px`, height: ROW_HEIGHT }}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
            >
              <AnnotationRow
                editor={editor}
                annotation={annotation}
                category={byId.get(annotation.categoryId) ?? null}
                pixels={editor.state.pixels}
                isSelected={selectedIds.has(annotation.id)}
                isHighlighted={annotation.id === highlightedId}
                isHidden={display.hiddenIds.has(annotation.id)}
                onSelect={onSelect}
              />
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
}

/** Arrow keys move the selection: the focus follows it from row to row, once that row is there. */
function useFocusOnSelected(scroller: RefObject<HTMLElement | null>, selectedId: string | null): void {
  useEffect(() => {
    const focused = document.activeElement;
    if (selectedId === null || !scroller.current?.contains(focused) || !focused?.matches("[data-row]")) return;
    const frame = requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(selectedId)}"]`)?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [scroller, selectedId]);
}
