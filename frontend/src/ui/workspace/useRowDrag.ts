import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Annotation } from "../../document";
import type { Editor } from "../../editor";
import { placeOfDrop } from "./rowDrop";

/** CSS pixels that a pressed mouse or pen moves before it drags. */
const THRESHOLD = 6;
/** A finger that moves scrolls; one that rests this long drags. */
const LONG_PRESS_MS = 400;

interface Press {
  readonly id: string;
  readonly pointerId: number;
  readonly y: number;
  readonly isTouch: boolean;
}

export interface RowDrag {
  /** Before which row the dragged one would be dropped; null while nothing is dragged. */
  readonly gap: number | null;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(): void;
    onPointerCancel(): void;
  };
}

/**
 * Rows of the list are dragged to another place in the drawing order. Mouse and pen drag at once, a finger after a long
 * press; for the keyboard there are commands.
 *
 * @param list holds the rows, each `rowHeight` CSS pixels high, from its top on
 * @param isEnabled the rows are in drawing order
 */
export function useRowDrag(
  editor: Editor,
  rows: readonly Annotation[],
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
  isEnabled: boolean,
): RowDrag {
  const press = useRef<Press | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [gap, setGap] = useState<number | null>(null);
  useNoScrolling(list, gap !== null);

  const gapAt = (y: number): number => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    return Math.min(Math.max(Math.round((y - top) / rowHeight), 0), rows.length);
  };
  const begin = (y: number): void => {
    if (press.current) list.current?.setPointerCapture(press.current.pointerId);
    setGap(gapAt(y));
  };
  const end = (): void => {
    clearTimeout(timer.current);
    press.current = null;
    setGap(null);
  };

  return {
    gap,
    handlers: {
      onPointerDown(event) {
        const id = (event.target as Element).closest<HTMLElement>("[data-row]")?.dataset.row;
        if (!isEnabled || id === undefined || event.button !== 0) return;
        const isTouch = event.pointerType === "touch";
        const y = event.clientY;
        press.current = { id, pointerId: event.pointerId, y, isTouch };
        if (isTouch) timer.current = setTimeout(() => begin(y), LONG_PRESS_MS);
      },
      onPointerMove(event) {
        const pressed = press.current;
        if (!pressed || pressed.pointerId !== event.pointerId) return;
        if (gap !== null) setGap(gapAt(event.clientY));
        else if (Math.abs(event.clientY - pressed.y) > THRESHOLD) {
          if (pressed.isTouch) end();
          else begin(event.clientY);
        }
      },
      onPointerUp() {
        const pressed = press.current;
        if (pressed && gap !== null) {
          const drawn = [...editor.state.document.annotations.keys()];
          const shown = rows.map(({ id }) => id);
          editor.fields.moveTo(pressed.id, placeOfDrop(drawn, shown, pressed.id, gap));
        }
        end();
      },
      onPointerCancel: end,
    },
  };
}

/** While a finger drags, the browser must not take it for scrolling. React's own listeners cannot say so: they are passive. */
function useNoScrolling(list: RefObject<HTMLElement | null>, isDragging: boolean): void {
  useEffect(() => {
    const element = list.current;
    if (!isDragging || !element) return;
    const refuse = (event: TouchEvent): void => event.preventDefault();
    element.addEventListener("touchmove", refuse, { passive: false });
    return () => element.removeEventListener("touchmove", refuse);
  }, [list, isDragging]);
}
