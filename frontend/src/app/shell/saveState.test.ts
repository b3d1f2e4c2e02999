import { expect, it } from "vitest";
import type { JournalEntry } from "../../api";
import type { SavingStatus } from "./journalContext";
import { describeSaving } from "./saveState";

const calm: SavingStatus = { waiting: 0, undecided: [], obstacle: null, storageProblem: null, refusedComments: 0 };

it("says saved only when nothing waits", () => {
  expect(describeSaving(calm).state).toBe("saved");
  expect(describeSaving({ ...calm, waiting: 2 })).toMatchObject({ state: "saving", label: "Saving 2" });
});

it("says how many changes wait when the server is away", () => {
  const offline = describeSaving({ ...calm, waiting: 3, obstacle: "The server does not answer." });
  expect(offline).toMatchObject({ state: "offline", label: "Offline, 3 waiting" });
  expect(offline.detail).toContain("3 changes are kept in this browser");
});

it("puts a decision of the user before everything else", () => {
  const undecided = [{} as JournalEntry];
  expect(describeSaving({ ...calm, waiting: 1, undecided, obstacle: "Away." }).state).toBe("conflict");
});

it("never says saved when the browser could not keep a change", () => {
  expect(describeSaving({ ...calm, storageProblem: "Quota exceeded." }).state).not.toBe("saved");
});

it("never says saved while a comment was refused", () => {
  expect(describeSaving({ ...calm, refusedComments: 1 })).toMatchObject({ label: "1 comment not sent" });
});
