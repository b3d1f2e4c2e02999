import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Project } from "../../api";
import { Spinner } from "../../ui/components";
import { t } from "../../words";
import styles from "./ImageGrid.module.css";
import { ImageTile } from "./ImageTile";
import type { useImages } from "./useImages";

const TILE_MIN_WIDTH = 190;
const GAP = 12;
const PADDING = 16;
/** Name and facts below the picture. */
const CAPTION_HEIGHT = 52;

export interface ImageGridProps {
  readonly project: Project;
  readonly query: ReturnType<typeof useImages>;
}

/** Only the rows in sight are in the DOM, so that a project of any size scrolls alike. */
export function ImageGrid({ project, query }: ImageGridProps) {
  const { images, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const inner = Math.max(0, width - 2 * PADDING);
  const columns = Math.max(1, Math.floor((inner + GAP) / (TILE_MIN_WIDTH + GAP)));
  const tileWidth = (inner - GAP * (columns - 1)) / columns;
  const rowHeight = Math.round((tileWidth * 3) / 4 + CAPTION_HEIGHT);
  const rows = Math.ceil(images.length / columns);
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    gap: GAP,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    overscan: 3,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights are estimates by `rowHeight`, kept until measured again.
  useLayoutEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  const shownRows = virtualizer.getVirtualItems();
  const lastShown = shownRows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows - 4) void fetchNextPage();
  }, [lastShown, rows, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it.
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={t("Image grid")}>
      <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }} aria-label={t("Images")}>
        {width > 0 &&
          shownRows.flatMap((row) =>
            images.slice(row.index * columns, (row.index + 1) * columns).map((image, column) => (
              <li
                key={image.id}
                className={styles.cell}
                style={{
                  width: tileWidth,
                  height: rowHeight,
                  translate: `${PADDING + column * (tileWidth + GAP)}px ${row.start}px`,
                }}
                aria-setsize={project.image_count}
                aria-posinset={row.index * columns + column + 1}
              >
                <ImageTile image={image} role={project.role} />
              </li>
            )),
          )}
      </ul>
      {isFetchingNextPage && (
        <p className={styles.more} role="status">
          <Spinner /> {t("Loading more images")}
        </p>
      )}
    </section>
  );
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => setWidth(target.clientWidth));
    observer.observe(target);
    setWidth(target.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
