// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { AddCategory } from "./AddCategory";

afterEach(cleanup);

const field = () => screen.getByLabelText<HTMLInputElement>("New category");
function type(name: string): void {
  fireEvent.change(field(), { target: { value: name } });
  fireEvent.submit(field());
}

it("takes the next name while the one before is on its way", () => {
  const onAdd = vi.fn(() => new Promise(() => undefined));
  render(<AddCategory isBusy onAdd={onAdd} />);
  type("car");
  type("  person ");
  expect(onAdd.mock.calls).toEqual([["car"], ["person"]]);
});

it("gives a refused name back to be corrected", async () => {
  render(<AddCategory isBusy={false} onAdd={() => Promise.reject(new Error("Taken."))} />);
  type("car");
  expect(field().value).toBe("");
  await waitFor(() => expect(field().value).toBe("car"));
});

it("adds nothing without a name", () => {
  const onAdd = vi.fn(() => Promise.resolve());
  render(<AddCategory isBusy={false} onAdd={onAdd} />);
  type("   ");
  expect(onAdd).not.toHaveBeenCalled();
});
