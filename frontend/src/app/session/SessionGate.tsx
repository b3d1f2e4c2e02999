import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ServerOff } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { getSession, onSessionExpired, type SessionInfo, sentenceOf, type User } from "../../api";
import { Button, Dialog, EmptyState, Rich, Spinner } from "../../ui/components";
import { t } from "../../words";
import { keys } from "../queryClient";
import { SignInForm } from "./SignInForm";
import { SignInPage } from "./SignInPage";
import { SessionContext } from "./sessionContext";

/** Shows its children to whoever is signed in, and asks everybody else to sign in. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery({ queryKey: keys.session, queryFn: getSession, staleTime: Number.POSITIVE_INFINITY });
  const [lastUser, setLastUser] = useState<User | null>(null);

  useEffect(() => onSessionExpired(() => void client.invalidateQueries({ queryKey: keys.session })), [client]);
  const user = session.data?.user ?? null;
  useEffect(() => {
    if (!user) return;
    // Somebody else has signed in: what the pages hold of the one before must go.
    if (lastUser && lastUser.id !== user.id) window.location.assign("/");
    setLastUser(user);
    // Signed in again, here or elsewhere: what was refused meanwhile is asked for once more.
    void client.invalidateQueries({
      predicate: ({ queryKey, state }) => state.status === "error" && queryKey[0] !== keys.session[0],
    });
  }, [user, lastUser, client]);

  const onSignedIn = async (info: SessionInfo): Promise<void> => {
    // What was asked before this sign-in is still answered with "nobody", and must not be believed.
    await client.cancelQueries({ queryKey: keys.session });
    client.setQueryData(keys.session, info);
  };

  if (session.isPending) return <Centered icon={<Spinner size={20} />} title={t("Loading…")} />;
  if (session.isError && !session.data) {
    return (
      <Centered
        icon={<ServerOff />}
        title={t("The server does not answer")}
        text={sentenceOf(session.error)}
        action={
          <Button variant="primary" isBusy={session.isFetching} onClick={() => void session.refetch()}>
            {t("Try again")}
          </Button>
        }
      />
    );
  }
  const shown = user ?? lastUser;
  if (!shown || !session.data) return <SignInPage onSignedIn={onSignedIn} />;
  return (
    <SessionContext value={{ ...session.data, user: shown, isSignedIn: user !== null }}>
      {children}
      {!user && (
        // The page stays as it is behind the dialog, so that a session that ends in the middle costs no work.
        <Dialog
          title={t("You have been signed out")}
          onClose={() => void session.refetch()}
          footer={
            <Button isBusy={session.isFetching} onClick={() => void session.refetch()}>
              {t("I have signed in elsewhere")}
            </Button>
          }
        >
          <p style={{ marginBottom: 14 }}>
            <Rich
              sentence="Nothing is lost. Sign in here, or open a new link from {command} in another tab and come back."
              values={{ command: <code>python manage.py sign_in_link</code> }}
            />
          </p>
          <SignInForm onSignedIn={onSignedIn} username={shown.username} />
        </Dialog>
      )}
    </SessionContext>
  );
}

interface CenteredProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}

function Centered({ icon, title, text, action }: CenteredProps) {
  return (
    <main style={{ display: "grid", height: "100%" }}>
      <EmptyState icon={icon} title={title} action={action}>
        {text}
      </EmptyState>
    </main>
  );
}
