import type { ReactNode } from "react";
import { Link } from "wouter";
import styles from "./Button.module.css";
import { classes } from "./classes";

export interface ButtonLinkProps {
  readonly href: string;
  readonly variant?: "primary" | "secondary";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  /** The browser saves what is behind the address, rather than going there. */
  readonly isDownload?: boolean;
}

/** Goes somewhere, and looks like a button. */
export function ButtonLink({ href, variant = "secondary", icon, children, isDownload = false }: ButtonLinkProps) {
  const className = classes(styles.button, styles.link, styles[variant]);
  const content = (
    <>
      {icon}
      {children}
    </>
  );
  if (isDownload) {
    return (
      <a href={href} className={className} download>
        {content}
      </a>
    );
  }
  return (
    <Link href={href} className={className}>
      {content}
    </Link>
  );
}
