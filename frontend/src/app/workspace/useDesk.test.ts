import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import type { Desk } from "../../editor";
import { TestEditor } from "../../editor/testing/testEditor";
import { INITIAL_TOOL_SETTINGS } from "../../session";
import { deskStorage } from "./useDesk";

const desk = (brushDiameter: number): Desk => ({
  toolSettings: { ...INITIAL_TOOL_SETTINGS, brushDiameter },
  copied: [],
});

test("the last of quick changes is kept, for its own project", async () => {
  const storage = deskStorage("3f0c 1 7");
  for (const diameter of [10, 20, 30]) storage.save(desk(diameter));
  await vi.waitFor(async () => expect(await deskStorage("3f0c 1 7").load()).toEqual(desk(30)));
  expect(await deskStorage("3f0c 1 8").load()).toBeNull();
});

test("a brush and a copied mask are there again after a reload", async () => {
  const storage = deskStorage("3f0c 1 9");
  const before = new TestEditor({}, undefined, storage);
  await before.editor.openImage(1);
  await before.click(40, 30);
  await before.press("Enter");
  before.editor.select(before.snapshot.annotations[0]?.id ?? null);
  await before.press("Mod+C");
  before.editor.tools.change({ brushDiameter: 77 });
  await vi.waitFor(async () => expect((await storage.load())?.toolSettings.brushDiameter).toBe(77));
  before.editor.dispose();

  const after = new TestEditor({}, undefined, storage);
  await vi.waitFor(() => expect(after.editor.tools.settings.brushDiameter).toBe(77));
  await after.editor.openImage(2);
  await after.press("Mod+V");
  expect(after.snapshot.annotations).toHaveLength(1);
});

test("what is changed before the desk is laid out is not changed back", async () => {
  const editor = new TestEditor({}, undefined, { load: async () => desk(77), save: () => undefined }).editor;
  editor.tools.change({ brushDiameter: 5 });
  await new Promise((resolve) => setTimeout(resolve));
  expect(editor.tools.settings.brushDiameter).toBe(5);
});
