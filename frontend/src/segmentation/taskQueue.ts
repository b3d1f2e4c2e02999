import type { Urgency } from "./port";

/** Clicks and images that are opened first, then the latest hover, then what only saves time later. */
export type TaskUrgency = Urgency | "idle";

interface Task {
  run(): Promise<void>;
  /** A later hover took its place. */
  supersede(): void;
}

/** Gives the event loop a turn, so that messages that came during a run are seen before the next one starts. */
export type TakeBreath = () => Promise<void>;

/**
 * One task at a time. Clicks are never dropped and never wait for a hover that has not started; of waiting hovers only
 * the latest survives; a task that fails fails alone.
 */
export class TaskQueue {
  private readonly clicks: Task[] = [];
  private hover: Task | null = null;
  private readonly idle: Task[] = [];
  private isRunning = false;

  constructor(private readonly breathe: TakeBreath) {}

  /** Null when superseded, which happens to hovers only. */
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
    const click = this.clicks.shift();
    if (click) return click;
    const hover = this.hover;
    this.hover = null;
    return hover ?? this.idle.shift() ?? null;
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
