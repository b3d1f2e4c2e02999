import { Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../ui/components";
import { t } from "../../words";

export interface UploadButtonProps {
  /** Null when the user may not upload. */
  readonly onFiles: ((files: File[]) => void) | null;
}

export function UploadButton({ onFiles }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="primary"
        icon={<Upload />}
        disabledReason={onFiles ? null : t("You may look at this project, but not upload to it.")}
        onClick={() => input.current?.click()}
      >
        {t("Upload images")}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        // No `accept`: the server says of each file why it cannot be taken, the picker would only hide it.
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t("Images to upload")}
        onChange={(event) => {
          onFiles?.(Array.from(event.target.files ?? []));
          // The same files may be chosen again.
          event.target.value = "";
        }}
      />
    </>
  );
}
