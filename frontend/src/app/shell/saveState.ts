import { t, tn } from "../../words";
import type { SavingStatus } from "./journalContext";

export type SaveState = "saved" | "saving" | "offline" | "conflict";

export interface SavingInWords {
  readonly state: SaveState;
  readonly label: string;
  readonly detail: string;
}

/** What the status bar says about saving: the most urgent thing first. */
export function describeSaving(status: SavingStatus): SavingInWords {
  const { waiting, undecided, obstacle, storageProblem, refusedComments } = status;
  if (undecided.length > 0) {
    const label = tn("{count} needs a decision", "{count} need a decision", undecided.length);
    return {
      state: "conflict",
      label,
      detail: t("The server refused a change. Nothing is lost: you decide what to keep."),
    };
  }
  if (storageProblem !== null) {
    const detail = t("{problem} A change is in this page only: leave it open until it is sent.", {
      problem: storageProblem,
    });
    return { state: "offline", label: tn("{count} in this page only", "{count} in this page only", waiting), detail };
  }
  if (waiting === 0 && refusedComments > 0) {
    const label = tn("{count} comment not sent", "{count} comments not sent", refusedComments);
    const detail = t("The server refused it. It is kept in this browser: open it on its image, and decide.");
    return { state: "offline", label, detail };
  }
  if (waiting === 0) return { state: "saved", label: t("Saved"), detail: t("Everything is on the server.") };
  if (obstacle === null) {
    return {
      state: "saving",
      label: t("Saving {waiting}", { waiting }),
      detail: t("On the way to the server; kept in this browser until then."),
    };
  }
  const kept = tn(
    "One change is kept in this browser and sent as soon as possible.",
    "{count} changes are kept in this browser and sent as soon as possible.",
    waiting,
  );
  const detail = `${obstacle} ${kept}`;
  return { state: "offline", label: t("Offline, {waiting} waiting", { waiting }), detail };
}
