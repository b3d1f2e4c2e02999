import { useCallback, useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";
import type { Project } from "../../api";
import type { Editor, EditorHost, WorkspacePlace } from "../../editor";
import { ButtonLink, notify, type Tab, Tabs } from "../../ui/components";
import { useMediaQuery } from "../../ui/useMediaQuery";
import {
  AnnotationList,
  AttributeForm,
  CandidateStrip,
  Canvas,
  CategoryPalette,
  CommandPalette,
  EVERYTHING,
  HistoryPanel,
  Minimap,
  ShortcutSheet,
  StageMessage,
  StatusBar,
  ToolBar,
  ToolOptions,
  TopBar,
  useSnapshot,
} from "../../ui/workspace";
import { CommentLayer, CommentsPanel } from "../../ui/workspace/comments";
import { t } from "../../words";
import { AddCategory } from "../project/AddCategory";
import { useCategories } from "../project/useCategories";
import { keys, queryClient } from "../queryClient";
import { useUser } from "../session/sessionContext";
import { AccountMenu } from "../shell/AccountMenu";
import { useEditorDecider, useJournal } from "../shell/journalContext";
import { useRememberedPlace } from "../shell/lastPlace";
import { SaveIndicator } from "../shell/SaveIndicator";
import { ThemeToggle } from "../shell/ThemeToggle";
import { HomeLink } from "./HomeLink";
import { OfflineNotice } from "./OfflineNotice";
import { SidePanel } from "./SidePanel";
import { useDesk } from "./useDesk";
import { useEditor } from "./useEditor";
import { type PanelTab, type Places, usePlaces } from "./usePlaces";
import { type Threads, useThreads } from "./useThreads";
import { useWorkspaceAttributes } from "./useWorkspaceAttributes";
import styles from "./Workspace.module.css";

export interface WorkspaceProps {
  readonly project: Project;
  readonly imageId: number;
}

export function Workspace({ project, imageId }: WorkspaceProps) {
  const journal = useJournal();
  const places = usePlaces();
  const host = useHost(project.id, places.reveal);
  const editor = useEditor(project.segmenter, journal, host, useDesk(project.id));
  useEffect(() => {
    void editor?.openImage(imageId);
  }, [editor, imageId]);
  // The grid shows how many masks each image has: what was done here must be seen there.
  useEffect(() => () => void queryClient.invalidateQueries({ queryKey: keys.project(project.id) }), [project.id]);
  return editor && <LoadedWorkspace project={project} imageId={imageId} editor={editor} places={places} />;
}

interface LoadedWorkspaceProps extends WorkspaceProps {
  readonly editor: Editor;
  readonly places: Places;
}

function LoadedWorkspace({ project, imageId, editor, places }: LoadedWorkspaceProps) {
  const { categories, create } = useCategories(project.id);
  const isNarrow = useMediaQuery("(max-width: 900px)");
  const comments = useThreads(
    imageId,
    useCallback((provisional, id) => editor.commenting.follow(provisional, id), [editor]),
  );
  const { image } = useSnapshot(editor);
  useRememberedPlace(project.id, imageId, image?.id === imageId ? image.filename : null);
  const tabs = useTabs(editor, comments);
  const attributes = useWorkspaceAttributes(editor);
  useEffect(() => editor.setCategories(categories), [editor, categories]);
  const user = useUser();
  const mayComment = project.role !== "viewer";
  useEffect(() => editor.commenting.allow(mayComment), [editor, mayComment]);
  useEffect(() => editor.setOverlapPolicy(project.overlap_policy), [editor, project.overlap_policy]);
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
        isPanelOpen={places.isPanelOpen}
        onTogglePanel={places.togglePanel}
      />
      <div className={styles.middle}>
        <ToolBar editor={editor} />
        <div className={styles.column}>
          <ToolOptions editor={editor} />
          <main className={styles.stage} aria-label={t("Image")}>
            <Canvas editor={editor} />
            <CommentLayer
              editor={editor}
              threads={comments.threads}
              actions={comments.actions}
              commenter={{ username: user.username, mayComment, isManager: mayEditCategories }}
            />
            <Minimap editor={editor} />
            <OfflineNotice />
            {isNarrow && <CandidateStrip editor={editor} isFloating />}
            <StageMessage
              editor={editor}
              home={<ButtonLink href={`/projects/${project.id}`}>{t("Back to the project")}</ButtonLink>}
              onReopen={() => void editor.openImage(imageId)}
            />
          </main>
        </div>
        <SidePanel isDrawer={isNarrow} isOpen={places.isPanelOpen} onClose={places.togglePanel}>
          <CategoryPalette
            editor={editor}
            add={mayEditCategories ? <AddCategory isBusy={create.isPending} onAdd={addCategory} /> : null}
          />
          <Tabs label={t("About this image")} tabs={tabs} current={places.tab} onChange={places.showTab} />
          {!isNarrow && <CandidateStrip editor={editor} />}
        </SidePanel>
      </div>
      <StatusBar editor={editor} saving={<SaveIndicator />} />
      {places.dialog === "shortcuts" && <ShortcutSheet editor={editor} onClose={places.closeDialog} />}
      {places.dialog === "commands" && <CommandPalette editor={editor} onClose={places.closeDialog} />}
    </div>
  );
}

function useTabs(editor: Editor, { threads, problem }: Threads): readonly Tab<PanelTab>[] {
  const [query, setQuery] = useState(EVERYTHING);
  const openCount = threads.filter(({ resolved }) => !resolved).length;
  return [
    {
      id: "annotations",
      label: t("Annotations"),
      content: (
        <>
          <AnnotationList editor={editor} query={query} onQuery={setQuery} />
          <AttributeForm editor={editor} />
        </>
      ),
    },
    { id: "history", label: t("History"), content: <HistoryPanel editor={editor} /> },
    {
      id: "comments",
      label: t("Comments"),
      badge: openCount > 0 ? openCount : undefined,
      content: <CommentsPanel editor={editor} threads={threads} problem={problem} />,
    },
  ];
}

/** What the editor asks of the page around it. */
function useHost(projectId: number, reveal: (place: WorkspacePlace) => void): EditorHost {
  const [, navigate] = useLocation();
  return useMemo(
    () => ({
      showImage: (imageId) => navigate(`/projects/${projectId}/images/${imageId}`),
      notify: ({ level, message }) => notify({ level, message }),
      reveal,
    }),
    [navigate, projectId, reveal],
  );
}
