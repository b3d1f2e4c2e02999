import { createContext, useContext } from "react";
import type { SessionInfo, User } from "../../api";

export const SessionContext = createContext<(SessionInfo & { readonly user: User }) | null>(null);

function useSession() {
  const session = useContext(SessionContext);
  if (!session) throw new Error("There is no SessionGate around this component.");
  return session;
}

export const useUser = (): User => useSession().user;
export const useLimits = (): SessionInfo["limits"] => useSession().limits;
