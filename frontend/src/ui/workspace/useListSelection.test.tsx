// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Annotation } from "../../document";
import { small } from "../../editor/testing/masks";
import { TestEditor } from "../../editor/testing/testEditor";
import { useListSelection } from "./useListSelection";
import { useSnapshot } from "./useSnapshot";

afterEach(cleanup);

const ANNOTATIONS = ["a", "b", "c", "d"].map(small);

function List({ editor, rows }: { readonly editor: TestEditor["editor"]; readonly rows: readonly Annotation[] }) {
  const { onSelect, onKeyDown } = useListSelection(editor, rows);
  const { selectedIds } = useSnapshot(editor);
  return (
    <ul onKeyDown={onKeyDown} aria-label={[...selectedIds].join("")}>
      {rows.map(({ id }) => (
        <li key={id}>
          <button type="button" data-row={id} onClick={(event) => onSelect(id, event)}>
            {id}
          </button>
        </li>
      ))}
    </ul>
  );
}

async function open(): Promise<TestEditor> {
  const test = await TestEditor.open({ 1: ANNOTATIONS });
  // In another order than they are drawn.
  render(<List editor={test.editor} rows={[...ANNOTATIONS].reverse()} />);
  return test;
}

const click = (id: string, keys: object = {}) => fireEvent.click(screen.getByText(id), keys);
const selected = () => screen.getByRole("list").getAttribute("aria-label");

test("a click selects one, a second click none", async () => {
  await open();
  click("b");
  expect(selected()).toBe("b");
  click("b");
  expect(selected()).toBe("");
});

test("Ctrl adds one, Shift all between in the order of the list", async () => {
  await open();
  click("d");
  click("b", { ctrlKey: true });
  expect(selected()).toBe("db");
  click("d");
  click("b", { shiftKey: true });
  expect(selected()).toBe("dcb");
});

test("arrow keys go on in the order of the list, and stop at its end", async () => {
  await open();
  fireEvent.keyDown(screen.getByText("b"), { key: "ArrowDown" });
  expect(selected()).toBe("a");
  fireEvent.keyDown(screen.getByText("a"), { key: "ArrowDown" });
  expect(selected()).toBe("a");
});
