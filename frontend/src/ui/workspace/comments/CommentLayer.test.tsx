// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ShownThread } from "../../../api";
import { TestEditor } from "../../../editor/testing/testEditor";
import { CommentLayer } from "./CommentLayer";
import type { CommentActions, Commenter } from "./commentActions";

afterEach(cleanup);

const comment = (id: number, author: string, text: string) => ({
  id,
  author,
  text,
  key: null,
  created_at: "2026-11-21T18:00:00Z",
});
const thread: ShownThread = {
  id: 7,
  image: 1,
  x: 40,
  y: 30,
  resolved: false,
  resolved_by: null,
  comments: [comment(1, "anna", "One object or two?"), comment(2, "bert", "Two.")],
  created_at: "2026-11-21T18:00:00Z",
};

async function open(threads: readonly ShownThread[], who: Partial<Commenter> = {}) {
  const test = await TestEditor.open();
  const actions = {
    start: vi.fn<CommentActions["start"]>(async () => thread.id),
    reply: vi.fn<CommentActions["reply"]>(async () => undefined),
    resolve: vi.fn<CommentActions["resolve"]>(async () => undefined),
    remove: vi.fn<CommentActions["remove"]>(async () => undefined),
    retry: vi.fn<CommentActions["retry"]>(async () => undefined),
  };
  const commenter = { username: "anna", mayComment: true, isManager: false, ...who };
  test.editor.commenting.allow(commenter.mayComment);
  render(<CommentLayer editor={test.editor} threads={threads} actions={actions} commenter={commenter} />);
  return { test, actions };
}

const openPin = () => fireEvent.click(screen.getByRole("button", { name: "Comment by anna: One object or two?" }));

test("a pin opens its thread, and closes it again", async () => {
  await open([thread]);
  openPin();
  expect(screen.getByText("Two.")).toBeTruthy();
  openPin();
  expect(screen.queryByText("Two.")).toBeNull();
});

test("one deletes what one has said; a manager whatever is said", async () => {
  const { actions } = await open([thread]);
  openPin();
  const buttons = screen.getAllByRole("button", { name: "Delete this comment" });
  expect(buttons).toHaveLength(1);
  buttons.forEach((button) => void fireEvent.click(button));
  expect(actions.remove).toHaveBeenCalledWith(thread.comments[0]);
  cleanup();
  await open([thread], { isManager: true });
  openPin();
  expect(screen.getAllByRole("button", { name: "Delete this comment" })).toHaveLength(2);
});

test("whoever may only look reads, and says nothing", async () => {
  await open([thread], { mayComment: false, username: "vera" });
  openPin();
  expect(screen.getByText("Two.")).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button", { name: "Resolve" })).toBeNull();
});

test("Enter sends, and what could not be sent stays in the field", async () => {
  const { actions } = await open([thread]);
  actions.reply.mockRejectedValueOnce(new Error("offline"));
  openPin();
  const field = screen.getByRole("textbox", { name: "Reply" }) as HTMLTextAreaElement;
  fireEvent.change(field, { target: { value: " Three. " } });
  await act(async () => void fireEvent.keyDown(field, { key: "Enter" }));
  expect(actions.reply).toHaveBeenCalledWith(thread, "Three.");
  expect(field.value).toBe(" Three. ");
  await act(async () => void fireEvent.keyDown(field, { key: "Enter" }));
  expect(field.value).toBe("");
});

test("resolved threads have no pin; they open from the list", async () => {
  const { test } = await open([{ ...thread, resolved: true, resolved_by: "bert" }]);
  expect(screen.queryByRole("button", { name: /Comment by/ })).toBeNull();
  act(() => test.editor.commenting.open(7));
  expect(screen.getByText("Resolved by bert")).toBeTruthy();
});

test("a new comment is written where the place was chosen", async () => {
  const { test, actions } = await open([]);
  act(() => test.editor.commenting.startPlacing());
  fireEvent.click(screen.getByRole("button", { name: /Click where the comment belongs/ }), { detail: 1 });
  const field = screen.getByRole("textbox", { name: "What is to be said here?" });
  fireEvent.change(field, { target: { value: "Here." } });
  await act(async () => void fireEvent.keyDown(field, { key: "Enter" }));
  expect(actions.start).toHaveBeenCalledWith({ x: 0, y: 0 }, "Here.");
  expect(test.editor.state.commenting.openThreadId).toBe(7);
});

test("what is not sent yet says so, and what was refused can be tried again", async () => {
  const unsent = (problem: string | null): ShownThread => ({
    ...thread,
    comments: [{ ...comment(-3, "anna", "One object or two?"), unsent: { entryId: 3, problem } }],
  });
  await open([unsent(null)]);
  openPin();
  expect(screen.getByText("Not sent yet; kept in this browser.")).toBeTruthy();
  cleanup();
  const { actions } = await open([unsent("Your role does not allow this.")]);
  openPin();
  expect(screen.getByRole("alert").textContent).toContain("Your role does not allow this.");
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(actions.retry).toHaveBeenCalledWith({ entryId: 3, problem: "Your role does not allow this." });
});
