import { expect, test } from "vitest";
import { nextTurn, TaskQueue } from "./taskQueue";

/** A task that is over when told, and remembers that it ran. */
function controlled(log: string[], name: string) {
  let finish: (value: string) => void = () => undefined;
  const done = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const work = (): Promise<string> => {
    log.push(name);
    return done;
  };
  return { work, finish: () => finish(name) };
}

function busyQueue(log: string[]) {
  const queue = new TaskQueue(nextTurn);
  const first = controlled(log, "first");
  const running = queue.add("click", first.work);
  return { queue, first, running };
}
const instant = (log: string[], name: string) => async (): Promise<string> => {
  log.push(name);
  return name;
};

test("of waiting hovers only the latest runs; the others are told", async () => {
  const log: string[] = [];
  const { queue, first } = busyQueue(log);
  const hovers = ["a", "b", "c"].map((name) => queue.add("hover", instant(log, name)));
  first.finish();
  expect(await Promise.all(hovers)).toEqual([null, null, "c"]);
  expect(log).toEqual(["first", "c"]);
});

test("clicks all run, in order, before a hover that came earlier", async () => {
  const log: string[] = [];
  const { queue, first } = busyQueue(log);
  const answers = [
    queue.add("idle", instant(log, "idle")),
    queue.add("hover", instant(log, "hover")),
    queue.add("click", instant(log, "one")),
    queue.add("click", instant(log, "two")),
  ];
  first.finish();
  expect(await Promise.all(answers)).toEqual(["idle", "hover", "one", "two"]);
  expect(log).toEqual(["first", "one", "two", "hover", "idle"]);
});

test("candidates come before hovers, the latest only, and not beyond the next click", async () => {
  const log: string[] = [];
  const { queue, first } = busyQueue(log);
  const answers = [
    queue.add("hover", instant(log, "hover")),
    queue.add("candidates", instant(log, "older")),
    queue.add("candidates", instant(log, "before the click")),
    queue.add("click", instant(log, "click")),
    queue.add("candidates", instant(log, "candidates")),
  ];
  first.finish();
  expect(await Promise.all(answers)).toEqual(["hover", null, null, "click", "candidates"]);
  expect(log).toEqual(["first", "click", "candidates", "hover"]);
});

test("a task that fails fails alone", async () => {
  const log: string[] = [];
  const queue = new TaskQueue(nextTurn);
  const broken = queue.add("click", async () => {
    throw new Error("broken");
  });
  const next = queue.add("click", instant(log, "next"));
  await expect(broken).rejects.toThrow("broken");
  expect(await next).toBe("next");
  expect(await queue.add("click", instant(log, "later"))).toBe("later");
});

test("one task runs at a time", async () => {
  const log: string[] = [];
  const { queue, first, running } = busyQueue(log);
  const second = queue.add("click", instant(log, "second"));
  await nextTurn();
  expect(log).toEqual(["first"]);
  first.finish();
  await Promise.all([running, second]);
  expect(log).toEqual(["first", "second"]);
});
