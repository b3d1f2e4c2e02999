export interface Notice {
  readonly id: number;
  readonly level: "info" | "success" | "error";
  readonly message: string;
  readonly action?: { readonly label: string; run(): void };
}

const LIFE_MS = { info: 5000, success: 5000, error: 12_000 } as const;
const MOST = 4;

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Tells the user something that passes. The same sentence is not shown twice at a time. */
export function notify(notice: Omit<Notice, "id">): void {
  if (notices.some((shown) => shown.message === notice.message)) return;
  lastId += 1;
  const id = lastId;
  publish([...notices, { ...notice, id }].slice(-MOST));
  setTimeout(() => dismissNotice(id), LIFE_MS[notice.level]);
}

export function dismissNotice(id: number): void {
  publish(notices.filter((notice) => notice.id !== id));
}

export function subscribeToNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentNotices = (): readonly Notice[] => notices;

function publish(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}
