import { useQuery } from "@tanstack/react-query";
import { FolderPlus, Plus, ServerOff } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { createProject, listProjects, type Project, sentenceOf } from "../../api";
import { Button, EmptyState } from "../../ui/components";
import { t } from "../../words";
import { keys, queryClient } from "../queryClient";
import { Page } from "../shell/Page";
import { ContinueLink } from "./ContinueLink";
import { DeleteProjectDialog } from "./DeleteProjectDialog";
import { ProjectCard } from "./ProjectCard";
import { ProjectNameDialog } from "./ProjectNameDialog";
import styles from "./ProjectsPage.module.css";
import { useRenameProject } from "./useRenameProject";

export function ProjectsPage() {
  const projects = useQuery({ queryKey: keys.projects, queryFn: ({ signal }) => listProjects(signal) });
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const close = (): void => setDialog(null);
  return (
    <Page title={t("Projects")}>
      <div className={styles.page}>
        <header className={styles.header}>
          <h1 className={styles.title}>{t("Projects")}</h1>
          <div className={styles.actions}>
            {projects.data && <ContinueLink projects={projects.data} />}
            <Button variant="primary" icon={<Plus />} onClick={() => setDialog({ kind: "create" })}>
              {t("New project")}
            </Button>
          </div>
        </header>
        {projects.isPending && <Skeletons />}
        {projects.isError && !projects.data && (
          <EmptyState
            icon={<ServerOff />}
            tone="danger"
            title={t("The projects could not be loaded")}
            action={<Button onClick={() => void projects.refetch()}>{t("Try again")}</Button>}
          >
            {sentenceOf(projects.error)}
          </EmptyState>
        )}
        {projects.data?.length === 0 && (
          <EmptyState
            icon={<FolderPlus />}
            title={t("No projects yet")}
            action={
              <Button variant="primary" icon={<Plus />} onClick={() => setDialog({ kind: "create" })}>
                {t("New project")}
              </Button>
            }
          >
            {t("A project holds images, the categories that you tell apart, and the masks that you make.")}
          </EmptyState>
        )}
        {projects.data && projects.data.length > 0 && (
          <ul className={styles.grid} aria-label={t("Projects")}>
            {projects.data.map((project) => (
              <ProjectCard
                key={project.id}
                project={project}
                onRename={() => setDialog({ kind: "rename", project })}
                onDelete={() => setDialog({ kind: "delete", project })}
              />
            ))}
          </ul>
        )}
      </div>
      {dialog?.kind === "create" && <CreateProjectDialog onClose={close} />}
      {dialog?.kind === "rename" && <RenameProjectDialog project={dialog.project} onClose={close} />}
      {dialog?.kind === "delete" && <DeleteProjectDialog project={dialog.project} onClose={close} />}
    </Page>
  );
}

type OpenDialog = { readonly kind: "create" } | { readonly kind: "rename" | "delete"; readonly project: Project };

function CreateProjectDialog({ onClose }: { readonly onClose: () => void }) {
  const [, navigate] = useLocation();
  const create = async (name: string): Promise<void> => {
    const project = await createProject(name);
    void queryClient.invalidateQueries({ queryKey: keys.projects });
    navigate(`/projects/${project.id}`);
  };
  return (
    <ProjectNameDialog title={t("New project")} submitLabel={t("Create project")} onSubmit={create} onClose={onClose} />
  );
}

function RenameProjectDialog({ project, onClose }: { readonly project: Project; readonly onClose: () => void }) {
  const rename = useRenameProject(project.id);
  return (
    <ProjectNameDialog
      title={t("Rename project")}
      submitLabel={t("Rename")}
      name={project.name}
      onSubmit={rename}
      onClose={onClose}
    />
  );
}

function Skeletons() {
  return (
    <div className={styles.grid} role="status" aria-label={t("Loading the projects")}>
      {["one", "two", "three"].map((key) => (
        <div key={key} className={styles.skeleton} />
      ))}
    </div>
  );
}
