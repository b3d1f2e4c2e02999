import { Ellipsis, ExternalLink, ImageOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import type { ImageDto, Project } from "../../api";
import { IconButton, Menu } from "../../ui/components";
import { t } from "../../words";
import { masksInWords } from "../quantities";
import { DeleteImageDialog } from "./DeleteImageDialog";
import { EmbeddingBadge } from "./EmbeddingBadge";
import styles from "./ImageTile.module.css";

export function ImageTile({ image, role }: { readonly image: ImageDto; readonly role: Project["role"] }) {
  const [isDeleting, setDeleting] = useState(false);
  const [, navigate] = useLocation();
  const href = `/projects/${image.project}/images/${image.id}`;
  const mayDelete = role === "owner" || role === "manager";
  return (
    <article className={styles.tile} data-state={image.state}>
      <Link href={href} className={styles.link} aria-label={image.filename}>
        <Thumbnail image={image} />
      </Link>
      <EmbeddingBadge embedding={image.embedding} />
      <div className={styles.caption}>
        <div className={styles.words}>
          <p className={styles.name} title={image.filename}>
            {image.filename}
          </p>
          <p className={styles.facts}>
            {image.state === "annotated" ? (
              <span className={styles.annotated}>{masksInWords(image.annotation_count)}</span>
            ) : (
              <span>{t("New")}</span>
            )}
            <span>
              {image.width} × {image.height}
            </span>
          </p>
        </div>
        <Menu
          trigger={(props) => (
            <IconButton
              {...props}
              label={t("Actions for {filename}", { filename: image.filename })}
              icon={<Ellipsis />}
            />
          )}
          items={[
            { label: t("Open"), icon: <ExternalLink />, run: () => navigate(href) },
            {
              label: t("Delete"),
              icon: <Trash2 />,
              isDanger: true,
              disabledReason: mayDelete ? null : t("Only managers and the owner may delete images."),
              run: () => setDeleting(true),
            },
          ]}
        />
      </div>
      {isDeleting && <DeleteImageDialog image={image} onClose={() => setDeleting(false)} />}
    </article>
  );
}

function Thumbnail({ image }: { readonly image: ImageDto }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <span className={styles.frame}>
      {isBroken ? (
        <span className={styles.broken}>
          <ImageOff aria-hidden="true" />
          {t("No preview")}
        </span>
      ) : (
        <img
          src={image.thumbnail_url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
}
