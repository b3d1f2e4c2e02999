import { HardDrive } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { openJournal } from "../../api";
import { Banner } from "../../ui/components";
import { t } from "../../words";
import { useIsSignedIn, useSession, useUser } from "../session/sessionContext";
import { JournalContext, type JournalContextValue } from "./journalContext";
import { StorageBanner } from "./StorageBanner";
import { UndecidedChanges } from "./UndecidedChanges";

/** Opens the journal of whoever is signed in, which sends at once what earlier pages left behind. */
export function JournalProvider({ children }: { readonly children: ReactNode }) {
  const { id: userId } = useUser();
  const { installation } = useSession();
  const isSignedIn = useIsSignedIn();
  const [opened, setOpened] = useState<JournalContextValue | null>(null);
  useEffect(() => {
    let isWanted = true;
    let current: JournalContextValue | null = null;
    void openJournal({ installation, userId }).then((journal) => {
      if (!isWanted) return journal.close();
      current = { ...journal, editorDecider: { current: null } };
      setOpened(current);
    });
    return () => {
      isWanted = false;
      current?.close();
      setOpened(null);
    };
  }, [installation, userId]);
  useEffect(() => {
    if (isSignedIn) opened?.wake();
  }, [isSignedIn, opened]);
  if (!opened) return null;
  return (
    <JournalContext value={opened}>
      {opened.storageProblem && (
        <Banner tone="warning" icon={<HardDrive />}>
          {t(
            "This browser window keeps no data, so masks that are not saved yet are lost when it closes. ({problem})",
            {
              problem: opened.storageProblem,
            },
          )}
        </Banner>
      )}
      <StorageBanner />
      {children}
      <UndecidedChanges />
    </JournalContext>
  );
}
