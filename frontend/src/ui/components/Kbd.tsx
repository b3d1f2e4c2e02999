import styles from "./Kbd.module.css";

/** A key or a chord as people know it: "Ctrl+Z". */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className={styles.kbd}>{keys}</kbd>;
}
