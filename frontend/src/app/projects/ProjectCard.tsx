import { useQuery } from "@tanstack/react-query";
import { Ellipsis, ImageIcon, Pencil, Trash2 } from "lucide-react";
import { Link } from "wouter";
import { listImages, type Project } from "../../api";
import { IconButton, Menu } from "../../ui/components";
import { t } from "../../words";
import { annotationsInWords, dayOf, imagesInWords } from "../quantities";
import { keys } from "../queryClient";
import styles from "./ProjectCard.module.css";

const SHOWN = 4;

export interface ProjectCardProps {
  readonly project: Project;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

export function ProjectCard({ project, onRename, onDelete }: ProjectCardProps) {
  const { id, name, role } = project;
  const mayRename = role === "owner" || role === "manager";
  return (
    <li className={styles.card}>
      <Link href={`/projects/${id}`} className={styles.link} aria-label={name}>
        <Previews project={project} />
      </Link>
      <div className={styles.foot}>
        <div className={styles.words}>
          <h2 className={styles.name} title={name}>
            {name}
          </h2>
          <p className={styles.facts}>
            {imagesInWords(project.image_count)} · {annotationsInWords(project.annotation_count)} ·{" "}
            {t("created {day}", { day: dayOf(project.created_at) })}
          </p>
        </div>
        <Menu
          trigger={(props) => <IconButton {...props} label={t("Actions for {name}", { name })} icon={<Ellipsis />} />}
          items={[
            {
              label: t("Rename"),
              icon: <Pencil />,
              disabledReason: mayRename ? null : t("Only managers and the owner may rename it."),
              run: onRename,
            },
            {
              label: t("Delete"),
              icon: <Trash2 />,
              isDanger: true,
              disabledReason: role === "owner" ? null : t("Only the owner may delete it."),
              run: onDelete,
            },
          ]}
        />
      </div>
    </li>
  );
}

function Previews({ project }: { readonly project: Project }) {
  const first = useQuery({
    queryKey: [...keys.project(project.id), "previews", project.image_count],
    queryFn: ({ signal }) => listImages(project.id, { state: null, search: "", limit: SHOWN }, null, signal),
    enabled: project.image_count > 0,
    staleTime: 60_000,
  });
  const images = first.data?.results.slice(0, SHOWN) ?? [];
  if (project.image_count === 0) {
    return (
      <div className={styles.none}>
        <ImageIcon aria-hidden="true" />
        {t("No images yet")}
      </div>
    );
  }
  return (
    <div className={styles.previews} data-count={images.length}>
      {images.map((image) => (
        <img key={image.id} src={image.thumbnail_url} alt="" loading="lazy" draggable={false} />
      ))}
    </div>
  );
}
