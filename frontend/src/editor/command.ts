export type CommandGroup = "mask" | "tool" | "annotation" | "view" | "image" | "workspace";

/** Something the user can do. Buttons, menus and keys all run commands. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** For people ("Ctrl+Z"), and for the keyboard: see `shortcuts.ts`. Several, when several keys do it. */
  readonly shortcuts: readonly string[];
  run(): void;
  /** Why it cannot be done now, as a sentence; null when it can. */
  disabledReason(): string | null;
}
