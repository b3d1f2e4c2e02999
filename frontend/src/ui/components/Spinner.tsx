import styles from "./Spinner.module.css";

/** Something is under way. Decoration only: say it in words beside it. */
export function Spinner({ size = 14 }: { readonly size?: number }) {
  return <span className={styles.spinner} style={{ width: size, height: size }} aria-hidden="true" />;
}
