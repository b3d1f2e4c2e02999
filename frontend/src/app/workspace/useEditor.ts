import { useEffect, useRef, useState } from "react";
import type { OpenJournal } from "../../api";
import { type DeskStorage, Editor, type EditorHost } from "../../editor";
import { afterNextFrame, ImageCache } from "../../rendering";
import { createSegmentation, parseForcedRuntime } from "../../segmentation";
import { shortcutStorage } from "./shortcutStorage";
import { manifestUrlOf, workspaceSource } from "./workspaceSource";

/**
 * One editor for as long as the workspace is open, whichever images it shows: its worker keeps what it has loaded. It
 * stays when the project changes its segmenter: images bring the name of theirs.
 */
export function useEditor(segmenter: string, journal: OpenJournal, host: EditorHost, desk: DeskStorage): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  const firstSegmenter = useRef(segmenter);
  useEffect(() => {
    const images = new ImageCache();
    const created = new Editor({
      // Pixels are fetched and decoded meanwhile; whether they came is told when they are opened.
      source: workspaceSource(journal, (image) => void images.get(image).catch(() => undefined)),
      sync: journal.sync,
      segmentation: createSegmentation({
        manifestUrl: manifestUrlOf(firstSegmenter.current),
        forced: parseForcedRuntime(new URLSearchParams(location.search).get("runtime")),
      }),
      host,
      loadPixels: (files) => images.get(files),
      afterPaint: afterNextFrame,
      categories: [],
      shortcuts: shortcutStorage,
      desk,
    });
    setEditor(created);
    return () => {
      created.dispose();
      images.dispose();
      setEditor(null);
    };
  }, [journal, host, desk]);
  return editor;
}
