import type { Command } from "./command";
import { type KeyEventLike, shortcutOf } from "./shortcuts";
import type { Store } from "./store";

/** The shortcuts that the user chose, by command id; commands that are not named keep their own. */
export type ChosenShortcuts = Readonly<Record<string, readonly string[]>>;

/** Where they are kept between visits. */
export interface ShortcutStorage {
  load(): ChosenShortcuts;
  save(chosen: ChosenShortcuts): void;
}

/** Which key runs which command. A key runs one command at most: who takes a key takes it from the other. */
export class Keymap {
  constructor(
    private readonly store: Store,
    private readonly commands: ReadonlyMap<string, Command>,
    private readonly storage: ShortcutStorage | undefined,
  ) {
    store.update({ chosenShortcuts: storage?.load() ?? {} });
  }

  shortcutsOf(id: string): readonly string[] {
    return this.store.state.chosenShortcuts[id] ?? this.commands.get(id)?.shortcuts ?? [];
  }

  isChanged(id: string): boolean {
    return id in this.store.state.chosenShortcuts;
  }

  find(event: KeyEventLike): Command | null {
    return this.ownerOf(shortcutOf(event));
  }

  /** The command that this shortcut runs now. */
  ownerOf(shortcut: string): Command | null {
    for (const command of this.commands.values()) {
      if (this.shortcutsOf(command.id).includes(shortcut)) return command;
    }
    return null;
  }

  /** The shortcut runs this command from now on, beside the command's others, and no other command. */
  add(id: string, shortcut: string): void {
    const owner = this.ownerOf(shortcut);
    if (owner?.id === id) return;
    const without = owner ? { [owner.id]: this.shortcutsOf(owner.id).filter((each) => each !== shortcut) } : {};
    this.choose({ ...this.store.state.chosenShortcuts, ...without, [id]: [...this.shortcutsOf(id), shortcut] });
  }

  remove(id: string, shortcut: string): void {
    const left = this.shortcutsOf(id).filter((each) => each !== shortcut);
    this.choose({ ...this.store.state.chosenShortcuts, [id]: left });
  }

  /** All commands have their own shortcuts again. */
  reset(): void {
    this.choose({});
  }

  private choose(chosenShortcuts: ChosenShortcuts): void {
    this.store.update({ chosenShortcuts });
    this.storage?.save(chosenShortcuts);
  }
}
