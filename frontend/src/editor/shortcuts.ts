/** What a keyboard event says. */
export interface KeyEventLike {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly shiftKey?: boolean;
  readonly altKey?: boolean;
}

/**
 * "Mod+Shift+Z": Mod is Ctrl, or Cmd on a Mac. Letters count without regard to case. Shift is part of the name
 * only where it does not already decide which character is typed ("+" and "?" name themselves).
 */
export function shortcutOf(event: KeyEventLike): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const isShiftNamed = event.key.length > 1 || /[A-Z]/.test(key);
  return [
    event.ctrlKey || event.metaKey ? "Mod" : null,
    event.altKey ? "Alt" : null,
    event.shiftKey && isShiftNamed ? "Shift" : null,
    key,
  ]
    .filter((part) => part !== null)
    .join("+");
}
