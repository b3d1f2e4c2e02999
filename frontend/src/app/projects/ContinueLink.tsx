import { Play } from "lucide-react";
import type { Project } from "../../api";
import { ButtonLink } from "../../ui/components";
import { t } from "../../words";
import { useLastPlace } from "../shell/lastPlace";

/** Back to the image that was open last, as it was left; nothing when its project is gone. */
export function ContinueLink({ projects }: { readonly projects: readonly Project[] }) {
  const place = useLastPlace();
  if (!place || !projects.some(({ id }) => id === place.projectId)) return null;
  return (
    <ButtonLink href={`/projects/${place.projectId}/images/${place.imageId}`} icon={<Play />}>
      {t("Continue with {filename}", { filename: place.filename })}
    </ButtonLink>
  );
}
