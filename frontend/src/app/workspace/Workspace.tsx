import { useCallback, useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";
import type { Project } from "../../api";
import type { Editor, EditorHost } from "../../editor";
import { ButtonLink, notify } from "../../ui/components";
import { useMediaQuery } from "../../ui/useMediaQuery";
import {
  AnnotationList,
  CandidateStrip,
  Canvas,
  CategoryPalette,
  ShortcutSheet,
  StageMessage,
  StatusBar,
  TopBar,
} from "../../ui/workspace";
import { AddCategory } from "../project/AddCategory";
import { useCategories } from "../project/useCategories";
import { keys, queryClient } from "../queryClient";
import { AccountMenu } from "../shell/AccountMenu";
import { useEditorDecider, useJournal } from "../shell/journalContext";
import { SaveIndicator } from "../shell/SaveIndicator";
import { ThemeToggle } from "../shell/ThemeToggle";
import { HomeLink } from "./HomeLink";
import { OfflineNotice } from "./OfflineNotice";
import { useEditor } from "./useEditor";
import { useWorkspaceAttributes } from "./useWorkspaceAttributes";
import styles from "./Workspace.module.css";

export interface WorkspaceProps {
  readonly project: Project;
  readonly imageId: number;
}

export function Workspace({ project, imageId }: WorkspaceProps) {
  const journal = useJournal();
  const host = useHost(project.id);
  const editor = useEditor(project.segmenter, journal, host);
  useEffect(() => {
    void editor?.openImage(imageId);
  }, [editor, imageId]);
  // The grid shows how many masks each image has: what was done here must be seen there.
  useEffect(() => () => void queryClient.invalidateQueries({ queryKey: keys.project(project.id) }), [project.id]);
  return editor && <LoadedWorkspace project={project} imageId={imageId} editor={editor} />;
}

function LoadedWorkspace({ project, imageId, editor }: WorkspaceProps & { readonly editor: Editor }) {
  const { categories, create } = useCategories(project.id);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [isPanelOpen, setPanelOpen] = useState(false);
  const isNarrow = useMediaQuery("(max-width: 900px)");
  const attributes = useWorkspaceAttributes(editor);
  useEffect(() => editor.setCategories(categories), [editor, categories]);
  useEditorDecider(
    useCallback(
      (annotationId, choice) => {
        const isKnown = editor.state.conflicts.some(({ id }) => id === annotationId);
        if (isKnown) editor.resolveConflict(annotationId, choice);
        return isKnown;
      },
      [editor],
    ),
  );
  useHelpKey(() => setSheetOpen(true));
  const mayEditCategories = project.role === "owner" || project.role === "manager";
  const addCategory = async (name: string): Promise<void> => {
    const { id } = await create.mutateAsync(name);
    editor.setCategories([...categories, { id, name, color: "#888888" }]);
    editor.chooseCategory(id);
  };
  return (
    <div className={styles.workspace} {...attributes}>
      <TopBar
        editor={editor}
        home={<HomeLink project={project} />}
        end={
          <>
            <ThemeToggle />
            <AccountMenu />
          </>
        }
        onShowShortcuts={() => setSheetOpen(true)}
        isPanelOpen={isPanelOpen}
        onTogglePanel={() => setPanelOpen(!isPanelOpen)}
      />
      <div className={styles.middle}>
        <main className={styles.stage} aria-label="Image">
          <Canvas editor={editor} />
          <OfflineNotice />
          {isNarrow && <CandidateStrip editor={editor} isFloating />}
          <StageMessage
            editor={editor}
            home={<ButtonLink href={`/projects/${project.id}`}>Back to the project</ButtonLink>}
            onReopen={() => void editor.openImage(imageId)}
          />
        </main>
        <aside className={styles.panel} data-open={isPanelOpen || undefined} aria-label="Categories and annotations">
          <CategoryPalette
            editor={editor}
            add={mayEditCategories ? <AddCategory isBusy={create.isPending} onAdd={addCategory} /> : null}
          />
          <AnnotationList editor={editor} />
          {!isNarrow && <CandidateStrip editor={editor} />}
        </aside>
      </div>
      <StatusBar editor={editor} saving={<SaveIndicator />} />
      {isSheetOpen && <ShortcutSheet editor={editor} onClose={() => setSheetOpen(false)} />}
    </div>
  );
}

/** What the editor asks of the page around it. */
function useHost(projectId: number): EditorHost {
  const [, navigate] = useLocation();
  return useMemo(
    () => ({
      showImage: (imageId) => navigate(`/projects/${projectId}/images/${imageId}`),
      notify: ({ level, message }) => notify({ level, message }),
    }),
    [navigate, projectId],
  );
}

function useHelpKey(show: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key === "?" && !isTyping && !document.querySelector("dialog[open]")) show();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [show]);
}
