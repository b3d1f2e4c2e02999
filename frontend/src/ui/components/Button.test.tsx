// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Button, IconButton } from "./Button";

afterEach(cleanup);

it("does nothing while there is a reason against it, and stays reachable to tell it", () => {
  const onClick = vi.fn();
  render(
    <Button disabledReason="Write a name first." onClick={onClick}>
      Create
    </Button>,
  );
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Create" });
  fireEvent.click(button);
  expect(onClick).not.toHaveBeenCalled();
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(button.disabled).toBe(false);
});

it("is named for screen readers when it shows only an icon", () => {
  const onClick = vi.fn();
  render(<IconButton label="Undo" icon={<svg aria-hidden="true" />} onClick={onClick} />);
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(onClick).toHaveBeenCalledOnce();
});
