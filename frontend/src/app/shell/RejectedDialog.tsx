import { Button, Dialog, Rich } from "../../ui/components";
import { t } from "../../words";

export interface RejectedDialogProps {
  readonly filename: string;
  /** `attributes`: those that the category no longer takes. */
  readonly problem: { readonly message: string; readonly attributes?: readonly string[] };
  readonly onRetry: () => void;
  readonly onKeepWithout: (attributes: readonly string[]) => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** A change that the server will not take as it is: the image or the category is gone, or the role has changed. */
export function RejectedDialog(props: RejectedDialogProps) {
  const { filename, problem, onRetry, onKeepWithout, onDiscard, onClose } = props;
  const { attributes } = problem;
  return (
    <Dialog
      title={t("A change could not be saved")}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t("Decide later")}
          </Button>
          <Button variant="danger" onClick={onDiscard}>
            {t("Give the change up")}
          </Button>
          <Button variant={attributes ? "secondary" : "primary"} onClick={onRetry}>
            {t("Try again")}
          </Button>
          {attributes && (
            <Button variant="primary" onClick={() => onKeepWithout(attributes)}>
              {t("Save without these attributes")}
            </Button>
          )}
        </>
      }
    >
      <p>
        <Rich
          sentence="An annotation in {filename} was refused by the server: {problem}"
          values={{ filename: <strong>{filename}</strong>, problem: problem.message }}
        />
      </p>
      <p style={{ marginTop: 8, color: "var(--text-muted)" }}>{t("It is kept in this browser until you decide.")}</p>
    </Dialog>
  );
}
