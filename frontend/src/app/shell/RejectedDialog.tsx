import { Button, Dialog } from "../../ui/components";

export interface RejectedDialogProps {
  readonly filename: string;
  readonly problem: { readonly message: string };
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** A change that the server will not take as it is: the image or the category is gone, or the role has changed. */
export function RejectedDialog({ filename, problem, onRetry, onDiscard, onClose }: RejectedDialogProps) {
  return (
    <Dialog
      title="A change could not be saved"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Decide later
          </Button>
          <Button variant="danger" onClick={onDiscard}>
            Give the change up
          </Button>
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
        </>
      }
    >
      <p>
        An annotation in <strong>{filename}</strong> was refused by the server: {problem.message}
      </p>
      <p style={{ marginTop: 8, color: "var(--text-muted)" }}>It is kept in this browser until you decide.</p>
    </Dialog>
  );
}
