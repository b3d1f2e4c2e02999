// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { Tabs } from "./Tabs";

afterEach(cleanup);

function Example() {
  const [current, setCurrent] = useState<"one" | "two">("one");
  const tabs = [
    { id: "one" as const, label: "One", content: "first" },
    { id: "two" as const, label: "Two", content: "second" },
  ];
  return <Tabs label="Example" tabs={tabs} current={current} onChange={setCurrent} />;
}

it("shows the current tab's content, named by its tab", () => {
  render(<Example />);
  expect(screen.getByRole("tabpanel", { name: "One" }).textContent).toBe("first");
});

it("goes from tab to tab with the arrow keys, around the ends", () => {
  render(<Example />);
  const list = screen.getByRole("tablist");
  fireEvent.keyDown(list, { key: "ArrowRight" });
  expect(screen.getByRole("tab", { selected: true })).toBe(document.activeElement);
  expect(screen.getByRole("tabpanel").textContent).toBe("second");
  fireEvent.keyDown(list, { key: "ArrowRight" });
  expect(screen.getByRole("tabpanel").textContent).toBe("first");
});
