import type { PointerEventLike, WheelEventLike } from "../../editor";

const BUTTONS = ["left", "middle", "right"] as const;
const LINE_HEIGHT_PX = 20;
const PAGE_HEIGHT_PX = 400;

type PointerSource = Pick<
  React.PointerEvent<HTMLElement>,
  "clientX" | "clientY" | "button" | "altKey" | "shiftKey" | "pressure" | "pointerId" | "pointerType" | "currentTarget"
>;

/**
 * CSS pixels from the corner of the element that listens. A move has button -1, which says nothing. Only pens tell how
 * hard they press: a mouse says 0.5 whatever it does, and fingers mostly do.
 */
export function toPointerInput(event: PointerSource): PointerEventLike {
  const corner = event.currentTarget.getBoundingClientRect();
  return {
    x: event.clientX - corner.left,
    y: event.clientY - corner.top,
    button: BUTTONS[event.button] ?? "left",
    alt: event.altKey,
    shift: event.shiftKey,
    pressure: event.pointerType === "pen" ? event.pressure : 1,
    pointerId: event.pointerId,
    pointerType: kindOf(event.pointerType),
  };
}

/** A move, and the places between it and the last one that the browser had no time to report. */
export function toPointerPath(event: React.PointerEvent<HTMLElement>): PointerEventLike[] {
  const { currentTarget, nativeEvent } = event;
  const path = nativeEvent.getCoalescedEvents?.() ?? [];
  if (path.length < 2) return [toPointerInput(event)];
  const { altKey, shiftKey, pointerId, pointerType, button } = event;
  return path.map(({ clientX, clientY, pressure }) =>
    toPointerInput({ clientX, clientY, pressure, altKey, shiftKey, pointerId, pointerType, button, currentTarget }),
  );
}

function kindOf(pointerType: string): "mouse" | "touch" | "pen" {
  return pointerType === "touch" || pointerType === "pen" ? pointerType : "mouse";
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

const SLIDER_KEYS = /^(Arrow|Page|Home|End)/;

/**
 * Keys belong to whoever types and to an open dialog or menu; Enter and space to a button that the keyboard reached;
 * arrows to a slider.
 */
export function ignoresKey({ key, target }: Pick<KeyboardEvent, "key" | "target">): boolean {
  if (document.querySelector('dialog[open], [role="dialog"], [role="menu"]')) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING)) return true;
  if (target.matches('input[type="range"]')) return SLIDER_KEYS.test(key);
  return (key === "Enter" || key === " ") && target.closest("button, a[href], summary") !== null;
}

/** A button that was clicked with the pointer must not keep the focus: Enter would press it again. */
export function letGoOfButton({ detail, target }: Pick<MouseEvent, "detail" | "target">): void {
  const isPointerClick = detail > 0;
  const button = target instanceof Element ? target.closest<HTMLElement>("button") : null;
  if (isPointerClick && button === document.activeElement) button?.blur();
}
