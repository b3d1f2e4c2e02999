import type { JournalStatus } from "../../api";

export type SaveState = "saved" | "saving" | "offline" | "conflict";

export interface SavingInWords {
  readonly state: SaveState;
  readonly label: string;
  readonly detail: string;
}

/** What the status bar says about saving: the most urgent thing first. */
export function describeSaving({ waiting, undecided, obstacle, storageProblem }: JournalStatus): SavingInWords {
  if (undecided.length > 0) {
    const label = undecided.length === 1 ? "1 needs a decision" : `${undecided.length} need a decision`;
    return {
      state: "conflict",
      label,
      detail: "The server refused a change. Nothing is lost: you decide what to keep.",
    };
  }
  if (storageProblem !== null) {
    const detail = `The browser could not keep a change: ${storageProblem} Free some disk space, then change it again.`;
    return { state: "offline", label: "Not kept", detail };
  }
  if (waiting === 0) return { state: "saved", label: "Saved", detail: "Everything is on the server." };
  if (obstacle === null) {
    return {
      state: "saving",
      label: `Saving ${waiting}`,
      detail: "On the way to the server; kept in this browser until then.",
    };
  }
  const detail = `${obstacle} ${waiting === 1 ? "One change is" : `${waiting} changes are`} kept in this browser and sent as soon as possible.`;
  return { state: "offline", label: `Offline, ${waiting} waiting`, detail };
}
