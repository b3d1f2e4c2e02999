import { useQuery } from "@tanstack/react-query";
import { FolderX } from "lucide-react";
import { getProject, sentenceOf } from "../../api";
import { Button, ButtonLink, EmptyState, Spinner } from "../../ui/components";
import { t } from "../../words";
import { keys } from "../queryClient";
import { Page } from "../shell/Page";
import { Workspace } from "./Workspace";

export interface WorkspacePageProps {
  readonly projectId: number;
  readonly imageId: number;
}

export default function WorkspacePage({ projectId, imageId }: WorkspacePageProps) {
  const project = useQuery({
    queryKey: keys.project(projectId),
    queryFn: ({ signal }) => getProject(projectId, signal),
    staleTime: 60_000,
  });
  if (project.data) return <Workspace project={project.data} imageId={imageId} />;
  return (
    <Page title={t("Image")}>
      {project.isPending ? (
        <EmptyState icon={<Spinner size={20} />} title={t("Loading…")} />
      ) : (
        <EmptyState
          icon={<FolderX />}
          tone="danger"
          title={t("The project could not be loaded")}
          action={
            <>
              <Button onClick={() => void project.refetch()}>{t("Try again")}</Button>
              <ButtonLink href="/">{t("All projects")}</ButtonLink>
            </>
          }
        >
          {sentenceOf(project.error)}
        </EmptyState>
      )}
    </Page>
  );
}
