import { type ComponentType, lazy, useState } from "react";
import type { WorkspacePageProps } from "./workspace/WorkspacePage";

let loaded: ComponentType<WorkspacePageProps> | null = null;

/** The editor and its decoder are half of the code, and the other pages need none of it. */
async function loadWorkspacePage(): Promise<{ default: ComponentType<WorkspacePageProps> }> {
  const module = await import("./workspace/WorkspacePage");
  loaded = module.default;
  return module;
}

const LazyWorkspacePage = lazy(loadWorkspacePage);

/** Fetches that code before somebody needs it. What fails is told when the page is opened. */
export function preloadWorkspace(): void {
  if (!loaded) void loadWorkspacePage().catch(() => undefined);
}

/** Whoever opens the address of an image needs it while the server is still asked who that is. */
export function preloadFor(path: string): void {
  if (/^\/projects\/\d+\/images\//.test(path)) preloadWorkspace();
}

/**
 * What a lazy page waits with stays for 0.3 s at least, also where the code is there already (React's throttle of
 * fallbacks): then the page itself is taken.
 */
export function WorkspaceRoute(props: WorkspacePageProps) {
  const [Page] = useState<ComponentType<WorkspacePageProps>>(() => loaded ?? LazyWorkspacePage);
  return <Page {...props} />;
}
