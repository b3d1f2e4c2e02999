/** Runs `task` while no other tab runs one under the same name. */
export type Exclusive = (task: () => Promise<void>) => Promise<void>;

/**
 * With the Web Locks API across all tabs of this browser; without it (plain http on a host other than localhost)
 * within this tab only. Two tabs may then send the same entry, which is harmless: sending is idempotent.
 */
export function exclusiveFor(name: string): Exclusive {
  const locks = globalThis.navigator?.locks;
  if (!locks) return exclusiveHere();
  return async (task) => {
    await locks.request(name, task);
  };
}

export function exclusiveHere(): Exclusive {
  let tail: Promise<void> = Promise.resolve();
  return (task) => {
    const run = tail.then(task);
    tail = run.catch(() => undefined);
    return run;
  };
}
