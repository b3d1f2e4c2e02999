import { expect, test } from "vitest";
import { contenders, firstChoice, isWorthChanging, parseForcedRuntime, type Surroundings } from "./runtimeChoice";

const surroundings = (more: Partial<Surroundings> = {}): Surroundings => ({
  isCrossOriginIsolated: true,
  hasSharedMemory: true,
  cores: 8,
  hasGpuDevice: async () => false,
  ...more,
});

test("threads are used where the browser allows them, four at most", () => {
  expect(firstChoice(surroundings(), null)).toMatchObject({ runtime: "wasm", threads: 4 });
  expect(firstChoice(surroundings({ cores: 3 }), null)).toMatchObject({ threads: 3 });
});

test("without cross-origin isolation one thread is used, and the reason says what to do", () => {
  const choice = firstChoice(surroundings({ isCrossOriginIsolated: false }), null);
  expect(choice.threads).toBe(1);
  expect(choice.reason).toMatch(/https or localhost/);
});

test("an isolated page without shared memory, as WebKit may have it, uses one thread and says why", async () => {
  const alone = surroundings({ hasSharedMemory: false, cores: 2 });
  const choice = firstChoice(alone, null);
  expect(choice.threads).toBe(1);
  expect(choice.reason).toMatch(/this browser/);
  expect(firstChoice(alone, "wasm4").threads).toBe(1);
  expect(await contenders(alone, null)).toEqual([]);
});

test("the address may force a runtime, and nothing is compared then", async () => {
  expect(firstChoice(surroundings(), parseForcedRuntime("webgpu"))).toMatchObject({ runtime: "webgpu" });
  expect(firstChoice(surroundings(), parseForcedRuntime("wasm1"))).toMatchObject({ runtime: "wasm", threads: 1 });
  expect(firstChoice(surroundings(), parseForcedRuntime("wasm2"))).toMatchObject({ runtime: "wasm", threads: 2 });
  expect(firstChoice(surroundings(), parseForcedRuntime("wasm"))).toMatchObject({ runtime: "wasm", threads: 4 });
  expect(parseForcedRuntime("nonsense")).toBeNull();
  const everything = surroundings({ cores: 2, hasGpuDevice: async () => true });
  expect(await contenders(everything, "wasm")).toEqual([]);
});

test("few cores are shared with others: one thread, until two are measured to be faster", async () => {
  const few = surroundings({ cores: 2 });
  expect(firstChoice(few, null)).toMatchObject({ runtime: "wasm", threads: 1 });
  expect(await contenders(few, null)).toMatchObject([{ runtime: "wasm", threads: 2 }]);
  expect(await contenders({ ...few, isCrossOriginIsolated: false }, null)).toEqual([]);
});

test("a GPU competes where there is one", async () => {
  expect(await contenders(surroundings({ hasGpuDevice: async () => true }), null)).toMatchObject([
    { runtime: "webgpu" },
  ]);
  expect(await contenders(surroundings(), null)).toEqual([]);
});

test("a rival has to be clearly faster", () => {
  expect(isWorthChanging(30, 29)).toBe(false);
  expect(isWorthChanging(30, 20)).toBe(true);
});
