import { ArrowLeft } from "lucide-react";
import { Link } from "wouter";
import type { Project } from "../../api";
import { t } from "../../words";
import styles from "./Workspace.module.css";

export function HomeLink({ project }: { readonly project: Project }) {
  return (
    <>
      <Link
        href={`/projects/${project.id}`}
        className={styles.home}
        aria-label={t("Back to {name}", { name: project.name })}
      >
        <ArrowLeft aria-hidden="true" />
        <span>{project.name}</span>
      </Link>
      <span className={styles.slash} aria-hidden="true">
        /
      </span>
    </>
  );
}
