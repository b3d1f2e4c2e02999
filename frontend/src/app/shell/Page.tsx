import type { ReactNode } from "react";
import { Link } from "wouter";
import { t } from "../../words";
import { AccountMenu } from "./AccountMenu";
import { Logo } from "./Logo";
import styles from "./Page.module.css";
import { SaveIndicator } from "./SaveIndicator";
import { ThemeToggle } from "./ThemeToggle";
import { usePageTitle } from "./usePageTitle";

export interface PageProps {
  /** Of the browser's tab. */
  readonly title: string;
  /** Where one is, after the logo. */
  readonly breadcrumb?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page but the workspace: a bar on top, the content below it. */
export function Page({ title, breadcrumb, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Link href="/" className={styles.home} aria-label={t("Maskwright: all projects")}>
          <Logo />
          <span className={styles.name}>Maskwright</span>
        </Link>
        {breadcrumb && (
          <>
            <span className={styles.slash} aria-hidden="true">
              /
            </span>
            {breadcrumb}
          </>
        )}
        <span className={styles.space} />
        <SaveIndicator isQuiet />
        <ThemeToggle />
        <AccountMenu />
      </header>
      <main className={styles.content}>{children}</main>
    </div>
  );
}
