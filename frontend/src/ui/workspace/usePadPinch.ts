import { type RefObject, useEffect } from "react";
import type { Editor } from "../../editor";

/** https://developer.apple.com/documentation/webkitjs/gestureevent; `scale` is 1 when the fingers come down. */
type GestureEvent = Event & { readonly scale: number; readonly clientX: number; readonly clientY: number };

/**
 * Two fingers on the touch pad of a Mac. Other browsers tell of a wheel with Ctrl; Safari has events of its own, and
 * would zoom the page. It sends them for fingers on a screen too, which the tools follow by themselves.
 */
export function usePadPinch(root: RefObject<HTMLElement | null>, editor: Editor): void {
  useEffect(() => {
    const element = root.current;
    let lastScale = 1;
    const start = (event: Event): void => {
      event.preventDefault();
      lastScale = 1;
    };
    const change = (event: Event): void => {
      event.preventDefault();
      const { scale, clientX, clientY } = event as GestureEvent;
      const corner = element?.getBoundingClientRect();
      if (corner && editor.state.gesture !== "pinching") {
        editor.gestures.zoomBy(scale / lastScale, clientX - corner.left, clientY - corner.top);
      }
      lastScale = scale;
    };
    element?.addEventListener("gesturestart", start);
    element?.addEventListener("gesturechange", change);
    return () => {
      element?.removeEventListener("gesturestart", start);
      element?.removeEventListener("gesturechange", change);
    };
  }, [root, editor]);
}
