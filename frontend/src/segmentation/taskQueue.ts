import type { Urgency } from "./port";

/** Clicks and images that are opened, then the other candidates of a click, the latest hover, what saves time later. */
export type TaskUrgency = Urgency | "idle";

interface Task {
  run(): Promise<void>;
  /** A later request took its place. */
  supersede(): void;
}

/** Gives the event loop a turn, so that messages that came during a run are seen before the next one starts. */
export type TakeBreath = () => Promise<void>;

/**
 * One task at a time. Clicks are never dropped and never wait for anything that has not started; of waiting hovers, and
 * of waiting requests for candidates, only the latest survives, and these not beyond the next click, which changes the
 * prompt; a task that fails fails alone.
 */
export class TaskQueue {
  private readonly clicks: Task[] = [];
  /** At most one of each. */
  private candidates: Task | null = null;
  private hover: Task | null = null;
  private readonly idle: Task[] = [];
  private isRunning = false;

  constructor(private readonly breathe: TakeBreath) {}

  /** Null when superseded, which happens to hovers and requests for candidates only. */
  add<T>(urgency: TaskUrgency, work: () => Promise<T>): Promise<T | null> {
    return new Promise<T | null>((resolve, reject) => {
      const run = (): Promise<void> => work().then(resolve, reject);
      this.enqueue(urgency, { run, supersede: () => resolve(null) });
      void this.drain();
    });
  }

  private enqueue(urgency: TaskUrgency, task: Task): void {
    switch (urgency) {
      case "click":
        this.clicks.push(task);
        this.candidates?.supersede();
        this.candidates = null;
        break;
      case "candidates":
        this.candidates?.supersede();
        this.candidates = task;
        break;
      case "hover":
        this.hover?.supersede();
        this.hover = task;
        break;
      case "idle":
        this.idle.push(task);
        break;
    }
  }

  private async drain(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    for (let task = this.next(); task; task = this.next()) {
      await task.run();
      await this.breathe();
    }
    this.isRunning = false;
  }

  private next(): Task | null {
    const task = this.clicks.shift() ?? this.candidates ?? this.hover ?? this.idle.shift() ?? null;
    if (task === this.candidates) this.candidates = null;
    if (task === this.hover) this.hover = null;
    return task;
  }
}

/** A turn of the event loop without the 4 ms that nested timers wait. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
