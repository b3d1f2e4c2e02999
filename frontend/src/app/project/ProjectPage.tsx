import { useQuery } from "@tanstack/react-query";
import { FolderX } from "lucide-react";
import { useEffect, useState } from "react";
import { ApiError, getProject, type Project, sentenceOf } from "../../api";
import { Button, ButtonLink, EmptyState, Spinner } from "../../ui/components";
import { t } from "../../words";
import { keys } from "../queryClient";
import { Page } from "../shell/Page";
import { preloadWorkspace } from "../workspaceRoute";
import { CategoriesPanel } from "./CategoriesPanel";
import { DropTarget } from "./DropTarget";
import { ImagesSection } from "./ImagesSection";
import { OverlapSection } from "./OverlapSection";
import styles from "./ProjectPage.module.css";
import { ProjectTitle } from "./ProjectTitle";
import { SegmenterSection } from "./SegmenterSection";
import { UploadPanel } from "./UploadPanel";
import { useUploads } from "./useUploads";

export function ProjectPage({ projectId }: { readonly projectId: number }) {
  const project = useQuery({
    queryKey: keys.project(projectId),
    queryFn: ({ signal }) => getProject(projectId, signal),
  });
  if (project.data) return <LoadedProject project={project.data} />;
  if (project.isPending) {
    return (
      <Page title={t("Project")}>
        <EmptyState icon={<Spinner size={20} />} title={t("Loading the project…")} />
      </Page>
    );
  }
  const isMissing = project.error instanceof ApiError && project.error.status === 404;
  return (
    <Page title={t("Project")}>
      <EmptyState
        icon={<FolderX />}
        tone="danger"
        title={isMissing ? t("No such project") : t("The project could not be loaded")}
        action={
          isMissing ? (
            <ButtonLink href="/">{t("All projects")}</ButtonLink>
          ) : (
            <Button onClick={() => void project.refetch()}>{t("Try again")}</Button>
          )
        }
      >
        {sentenceOf(project.error)}
      </EmptyState>
    </Page>
  );
}

function LoadedProject({ project }: { readonly project: Project }) {
  const uploads = useUploads(project.id);
  const [isPanelOpen, setPanelOpen] = useState(false);
  const mayUpload = project.role !== "viewer";
  // An image is probably opened next.
  useEffect(preloadWorkspace, []);
  return (
    <Page title={project.name} breadcrumb={<ProjectTitle project={project} />}>
      <DropTarget isEnabled={mayUpload} onFiles={uploads.add}>
        <div className={styles.columns}>
          <ImagesSection
            project={project}
            onFiles={mayUpload ? uploads.add : null}
            isPanelOpen={isPanelOpen}
            onTogglePanel={() => setPanelOpen(!isPanelOpen)}
          />
          <CategoriesPanel project={project} isOpen={isPanelOpen}>
            <SegmenterSection project={project} />
            <OverlapSection project={project} />
          </CategoriesPanel>
        </div>
      </DropTarget>
      <UploadPanel queue={uploads} />
    </Page>
  );
}
