// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { SidePanel } from "./SidePanel";

afterEach(cleanup);

function open(isDrawer: boolean, isOpen: boolean) {
  const onClose = vi.fn();
  render(
    <SidePanel isDrawer={isDrawer} isOpen={isOpen} onClose={onClose}>
      <button type="button">Inside</button>
    </SidePanel>,
  );
  return onClose;
}

const panel = () => screen.queryByRole("complementary", { name: "Categories and annotations" });

test("beside the image it is always there, and Escape means something else", () => {
  const onClose = open(false, false);
  fireEvent.keyDown(screen.getByText("Inside"), { key: "Escape" });
  expect(panel()).not.toBeNull();
  expect(onClose).not.toHaveBeenCalled();
});

test("a closed drawer is not in the way of the keyboard", () => {
  open(true, false);
  expect(panel()).toBeNull();
});

test("an open drawer takes the focus, and Escape closes it", () => {
  const onClose = open(true, true);
  expect(document.activeElement).toBe(panel());
  fireEvent.keyDown(screen.getByText("Inside"), { key: "Escape" });
  expect(onClose).toHaveBeenCalledOnce();
});
