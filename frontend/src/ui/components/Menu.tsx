import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Kbd } from "./Kbd";
import styles from "./Menu.module.css";
import { useAnchored } from "./useAnchored";

export interface MenuItem {
  readonly label: string;
  /** Of the label, where it is not the page's: a language is called by its own name. */
  readonly lang?: string;
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  /** The keys that do the same. */
  readonly shortcut?: string | undefined;
  readonly disabledReason?: string | null;
  run(): void;
}

export interface MenuProps {
  readonly items: readonly MenuItem[];
  /** Draws the button that opens the menu. */
  readonly trigger: (props: MenuTriggerProps) => ReactNode;
  readonly align?: "start" | "end";
  /** Shown above the items. */
  readonly heading?: ReactNode;
}

export interface MenuTriggerProps {
  readonly "aria-haspopup": "menu";
  readonly "aria-expanded": boolean;
  readonly "aria-controls": string;
  onClick(event: { preventDefault(): void; stopPropagation(): void }): void;
}

export function Menu({ items, trigger, align = "end", heading }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  useAnchored(panel, root, isOpen, align);

  useEffect(() => {
    if (!isOpen) return;
    itemsOf(list.current)[0]?.focus();
    const closeOutside = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [isOpen]);

  const close = (): void => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    event.stopPropagation();
    if (event.key === "Escape") close();
    else if (event.key === "Tab") setOpen(false);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      moveFocus(list.current, event.key === "ArrowDown" ? 1 : -1);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the keys of the items inside.
    <div ref={root} className={styles.root} onKeyDown={onKeyDown}>
      {trigger({
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        "aria-controls": id,
        onClick: (event) => {
          // The menu may stand inside a link.
          event.preventDefault();
          event.stopPropagation();
          setOpen(!isOpen);
        },
      })}
      {isOpen && (
        <div ref={panel} id={id} className={styles.menu}>
          {heading && <div className={styles.heading}>{heading}</div>}
          <div ref={list} role="menu">
            {items.map((item) => (
              <MenuButton key={item.label} item={item} close={close} />
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function MenuButton({ item, close }: { readonly item: MenuItem; readonly close: () => void }) {
  const isDisabled = Boolean(item.disabledReason);
  return (
    <button
      type="button"
      role="menuitem"
      lang={item.lang}
      className={styles.item}
      data-danger={item.isDanger || undefined}
      aria-disabled={isDisabled || undefined}
      title={item.disabledReason ?? undefined}
      onClick={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (isDisabled) return;
        close();
        item.run();
      }}
    >
      {item.icon}
      {item.label}
      {item.shortcut && (
        <span className={styles.shortcut}>
          <Kbd keys={item.shortcut} />
        </span>
      )}
    </button>
  );
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return Array.from(list?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []);
}

function moveFocus(list: HTMLElement | null, step: number): void {
  const items = itemsOf(list);
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
