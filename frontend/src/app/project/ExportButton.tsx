import { Download } from "lucide-react";
import { useState } from "react";
import type { Project } from "../../api";
import { Button } from "../../ui/components";
import { t } from "../../words";
import { ExportDialog } from "./ExportDialog";

export function ExportButton({ project }: { readonly project: Project }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<Download />}
        disabledReason={project.image_count === 0 ? t("There are no images to export yet.") : null}
        onClick={() => setOpen(true)}
      >
        {t("Export")}
      </Button>
      {isOpen && <ExportDialog project={project} onClose={() => setOpen(false)} />}
    </>
  );
}
