import type { PointerEventLike, WheelEventLike } from "../../editor";

const BUTTONS = ["left", "middle", "right"] as const;
const LINE_HEIGHT_PX = 20;
const PAGE_HEIGHT_PX = 400;

type PointerSource = Pick<
  React.PointerEvent<HTMLElement>,
  "clientX" | "clientY" | "button" | "altKey" | "currentTarget"
>;

/** CSS pixels from the corner of the element that listens. A move has button -1, which says nothing. */
export function toPointerInput({ clientX, clientY, button, altKey, currentTarget }: PointerSource): PointerEventLike {
  const corner = currentTarget.getBoundingClientRect();
  return { x: clientX - corner.left, y: clientY - corner.top, button: BUTTONS[button] ?? "left", alt: altKey };
}

export function toWheelInput(event: WheelEvent): WheelEventLike {
  const corner = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return {
    x: event.clientX - corner.left,
    y: event.clientY - corner.top,
    deltaY: event.deltaY * pixelsPerUnit(event.deltaMode),
    zooms: event.ctrlKey || event.metaKey,
  };
}

function pixelsPerUnit(deltaMode: number): number {
  switch (deltaMode) {
    case WheelEvent.DOM_DELTA_LINE:
      return LINE_HEIGHT_PX;
    case WheelEvent.DOM_DELTA_PAGE:
      return PAGE_HEIGHT_PX;
    default:
      return 1;
  }
}

const TYPING =
  'input:not([type="range"], [type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]';

/** Keys belong to whoever types, and to an open dialog or menu. */
export function ignoresKeys(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role="dialog"], [role="menu"]')) return true;
  return target instanceof Element && target.closest(TYPING) !== null;
}
