import type { ToolId } from "../session";
import { promptTool } from "./promptTool";
import { selectTool } from "./selectTool";
import type { ToolHost, ToolState } from "./tool";

export * from "./tool";

export function toolFor(id: ToolId, host: ToolHost): ToolState {
  switch (id) {
    case "prompt":
      return promptTool(host);
    case "select":
      return selectTool(host);
    default:
      return id satisfies never;
  }
}
