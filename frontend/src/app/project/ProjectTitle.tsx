import { Pencil } from "lucide-react";
import { useState } from "react";
import type { Project } from "../../api";
import { IconButton } from "../../ui/components";
import { t } from "../../words";
import { ProjectNameDialog } from "../projects/ProjectNameDialog";
import { useRenameProject } from "../projects/useRenameProject";
import styles from "./ProjectPage.module.css";

export function ProjectTitle({ project }: { readonly project: Project }) {
  const [isRenaming, setRenaming] = useState(false);
  const rename = useRenameProject(project.id);
  const mayRename = project.role === "owner" || project.role === "manager";
  return (
    <div className={styles.breadcrumb}>
      <h1 className={styles.name} title={project.name}>
        {project.name}
      </h1>
      {mayRename && <IconButton label={t("Rename project")} icon={<Pencil />} onClick={() => setRenaming(true)} />}
      {isRenaming && (
        <ProjectNameDialog
          title={t("Rename project")}
          submitLabel={t("Rename")}
          name={project.name}
          onSubmit={rename}
          onClose={() => setRenaming(false)}
        />
      )}
    </div>
  );
}
