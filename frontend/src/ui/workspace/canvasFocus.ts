import type { FocusEvent, KeyboardEvent, MouseEvent } from "react";
import type { Editor } from "../../editor";

const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface CanvasFocus {
  readonly tabIndex: 0;
  onMouseDown(event: MouseEvent): void;
  onFocus(event: FocusEvent): void;
  onBlur(): void;
  onKeyDown(event: KeyboardEvent): void;
  onKeyUp(event: KeyboardEvent): void;
}

/** What makes an element the place of the keyboard's pointer: Tab goes there, arrows move, the space bar presses. */
export function keyboardPointerOf({ keyboardPointer }: Editor): CanvasFocus {
  const keep = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    tabIndex: 0,
    // The mouse has a pointer of its own, and its arrow keys go from image to image.
    onMouseDown: (event) => event.preventDefault(),
    onFocus: ({ target, currentTarget }) => target === currentTarget && keyboardPointer.appear(),
    onBlur: () => keyboardPointer.vanish(),
    onKeyDown: (event) => {
      const arrow = ARROWS[event.key];
      if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
      if (arrow) keyboardPointer.move(...arrow, event.shiftKey);
      else if (event.key === " ") keyboardPointer.press(event.shiftKey);
      else return;
      keep(event);
    },
    onKeyUp: (event) => {
      if (event.key !== " ") return;
      keyboardPointer.release();
      keep(event);
    },
  };
}
