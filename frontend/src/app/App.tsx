import { QueryClientProvider } from "@tanstack/react-query";
import { MapPinOff } from "lucide-react";
import { Suspense } from "react";
import { Route, Switch } from "wouter";
import { ButtonLink, EmptyState, Notifier, Spinner } from "../ui/components";
import { t } from "../words";
import { ProjectPage } from "./project/ProjectPage";
import { ProjectsPage } from "./projects/ProjectsPage";
import { queryClient } from "./queryClient";
import { SessionGate } from "./session/SessionGate";
import { Crash } from "./shell/Crash";
import { JournalProvider } from "./shell/JournalProvider";
import { Page } from "./shell/Page";
import { WorkspaceRoute } from "./workspaceRoute";

export function App() {
  return (
    <Crash>
      <QueryClientProvider client={queryClient}>
        <SessionGate>
          <JournalProvider>
            <Suspense fallback={<Loading />}>
              <Routes />
            </Suspense>
          </JournalProvider>
        </SessionGate>
        <Notifier />
      </QueryClientProvider>
    </Crash>
  );
}

function Routes() {
  return (
    <Switch>
      <Route path="/" component={ProjectsPage} />
      <Route path="/projects/:project">
        {({ project }) => (isId(project) ? <ProjectPage key={project} projectId={Number(project)} /> : <NoSuchPage />)}
      </Route>
      <Route path="/projects/:project/images/:image">
        {({ project, image }) =>
          isId(project) && isId(image) ? (
            <WorkspaceRoute key={project} projectId={Number(project)} imageId={Number(image)} />
          ) : (
            <NoSuchPage />
          )
        }
      </Route>
      <Route component={NoSuchPage} />
    </Switch>
  );
}

const isId = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text);

function NoSuchPage() {
  return (
    <Page title={t("Not found")}>
      <EmptyState
        icon={<MapPinOff />}
        title={t("There is nothing at this address")}
        action={<ButtonLink href="/">{t("All projects")}</ButtonLink>}
      />
    </Page>
  );
}

function Loading() {
  return (
    <Page title={t("Loading")}>
      <EmptyState icon={<Spinner size={20} />} title={t("Loading…")} />
    </Page>
  );
}
