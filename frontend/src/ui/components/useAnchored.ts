import { type RefObject, useLayoutEffect } from "react";

/** CSS pixels between the two, and to the edges of the window. */
const GAP = 4;

type Align = "start" | "end";

/**
 * Shows `panel` over everything, whatever clips or moves the boxes that it stands in: below `anchor`, or above it where
 * there is more room. It belongs to the top layer of the browser (Popover API); without one it is fixed to the window.
 */
export function useAnchored(
  panel: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  isOpen: boolean,
  align: Align,
): void {
  useLayoutEffect(() => {
    const [shown, beside] = [panel.current, anchor.current];
    if (!isOpen || !shown || !beside) return;
    if ("showPopover" in shown) {
      shown.setAttribute("popover", "manual");
      shown.showPopover();
    }
    const follow = (): void => place(shown, beside.getBoundingClientRect(), align);
    follow();
    window.addEventListener("resize", follow);
    window.addEventListener("scroll", follow, true);
    return () => {
      window.removeEventListener("resize", follow);
      window.removeEventListener("scroll", follow, true);
    };
  }, [panel, anchor, isOpen, align]);
}

function place({ style, offsetWidth, offsetHeight }: HTMLElement, beside: DOMRect, align: Align): void {
  const { innerWidth, innerHeight } = window;
  const left = align === "start" ? beside.left : beside.right - offsetWidth;
  const below = innerHeight - beside.bottom - GAP;
  const goesAbove = offsetHeight > below && beside.top > below;
  const top = goesAbove ? beside.top - GAP - offsetHeight : beside.bottom + GAP;
  style.left = `${Math.max(Math.min(left, innerWidth - offsetWidth - GAP), GAP)}px`;
  style.top = `${Math.max(top, GAP)}px`;
  style.maxHeight = `${(goesAbove ? beside.top : innerHeight - beside.bottom) - 2 * GAP}px`;
}
