import { ImagePlus, PanelRight, Search, SearchX, ServerOff } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { type ImageFilter, type ImageState, type Project, sentenceOf } from "../../api";
import { Button, EmptyState, IconButton, Segmented, Select, Spinner, TextField } from "../../ui/components";
import { t } from "../../words";
import { imagesInWords } from "../quantities";
import { ExportButton } from "./ExportButton";
import { ImageGrid } from "./ImageGrid";
import styles from "./ImagesSection.module.css";
import { UploadButton } from "./UploadButton";
import { useImages } from "./useImages";

export interface ImagesSectionProps {
  readonly project: Project;
  /** Null when the user may not upload. */
  readonly onFiles: ((files: File[]) => void) | null;
  readonly isPanelOpen: boolean;
  readonly onTogglePanel: () => void;
}

type Shown = ImageState | "all";

const FILTERS: readonly { value: Shown; label: string }[] = [
  { value: "all", label: t("All") },
  { value: "new", label: t("New") },
  { value: "annotated", label: t("Annotated") },
];

type Certainty = "any" | "0.9" | "0.8" | "0.6";

const CERTAINTIES: readonly { value: Certainty; label: string }[] = [
  { value: "any", label: t("Any score") },
  { value: "0.9", label: t("A mask ≤ 0.9 IoU") },
  { value: "0.8", label: t("A mask ≤ 0.8 IoU") },
  { value: "0.6", label: t("A mask ≤ 0.6 IoU") },
];

export function ImagesSection({ project, onFiles, isPanelOpen, onTogglePanel }: ImagesSectionProps) {
  const [shown, setShown] = useState<Shown>("all");
  const [search, setSearch] = useState("");
  const [certainty, setCertainty] = useState<Certainty>("any");
  const deferred = useDeferredValue(search.trim());
  const filter = useMemo<ImageFilter>(
    () => ({
      state: shown === "all" ? null : shown,
      search: deferred,
      predictedIouMax: certainty === "any" ? null : Number(certainty),
    }),
    [shown, deferred, certainty],
  );
  const query = useImages(project.id, filter);
  const isFiltered = filter.state !== null || filter.search !== "" || certainty !== "any";
  const isEmptyProject = !isFiltered && query.images.length === 0 && !query.isPending && !query.isError;
  const clear = (): void => {
    setShown("all");
    setSearch("");
    setCertainty("any");
  };
  return (
    <section className={styles.section} aria-label={t("Images")}>
      <div className={styles.toolbar}>
        <Segmented label={t("Which images")} options={FILTERS} value={shown} onChange={setShown} />
        <Select
          label={t("Least sure mask of the image, by predicted IoU")}
          hidesLabel
          options={CERTAINTIES}
          value={certainty}
          onChange={setCertainty}
        />
        <TextField
          label={t("Search file names")}
          hidesLabel
          type="search"
          icon={<Search />}
          placeholder={t("Search file names")}
          className={styles.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className={styles.count} role="status">
          {query.isFetching && !query.isFetchingNextPage && query.isPlaceholderData && <Spinner size={12} />}
          {isFiltered
            ? t("{count} found", { count: `${query.images.length}${query.hasNextPage ? "+" : ""}` })
            : imagesInWords(project.image_count)}
        </span>
        <span className={styles.space} />
        <ExportButton project={project} />
        <UploadButton onFiles={onFiles} />
        <IconButton
          className={styles.panelToggle}
          label={t("Categories")}
          icon={<PanelRight />}
          isPressed={isPanelOpen}
          onClick={onTogglePanel}
        />
      </div>
      {query.isPending && <EmptyState icon={<Spinner size={20} />} title={t("Loading the images…")} />}
      {query.isError && query.images.length === 0 && (
        <EmptyState
          icon={<ServerOff />}
          tone="danger"
          title={t("The images could not be loaded")}
          action={<Button onClick={() => void query.refetch()}>{t("Try again")}</Button>}
        >
          {sentenceOf(query.error)}
        </EmptyState>
      )}
      {isEmptyProject && (
        <EmptyState icon={<ImagePlus />} title={t("Add your first images")} action={<UploadButton onFiles={onFiles} />}>
          {t("Drop photos or whole folders anywhere on this page. JPEG, PNG, WebP, TIFF, BMP and GIF are taken.")}
        </EmptyState>
      )}
      {isFiltered && query.images.length === 0 && !query.isPending && !query.isError && (
        <EmptyState
          icon={<SearchX />}
          title={t("No image matches")}
          action={<Button onClick={clear}>{t("Show all images")}</Button>}
        />
      )}
      {query.images.length > 0 && <ImageGrid project={project} query={query} />}
    </section>
  );
}
