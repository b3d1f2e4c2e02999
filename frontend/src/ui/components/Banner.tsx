import type { ReactNode } from "react";
import styles from "./Banner.module.css";

export interface BannerProps {
  readonly tone: "info" | "warning" | "danger";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** A sentence across the page about a state that lasts. */
export function Banner({ tone, icon, children, action }: BannerProps) {
  return (
    <div className={styles.banner} data-tone={tone} role={tone === "danger" ? "alert" : "status"}>
      {icon}
      <span className={styles.text}>{children}</span>
      {action}
    </div>
  );
}
