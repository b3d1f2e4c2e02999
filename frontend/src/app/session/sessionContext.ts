import { createContext, useContext } from "react";
import type { SessionInfo, User } from "../../api";

export interface SessionContextValue extends SessionInfo {
  /** Whoever is signed in, or was until the session ended. */
  readonly user: User;
  readonly isSignedIn: boolean;
}

export const SessionContext = createContext<SessionContextValue | null>(null);

export function useSession(): SessionContextValue {
  const session = useContext(SessionContext);
  if (!session) throw new Error("There is no SessionGate around this component.");
  return session;
}

export const useIsSignedIn = (): boolean => useSession().isSignedIn;
export const useUser = (): User => useSession().user;
export const useLimits = (): SessionInfo["limits"] => useSession().limits;
