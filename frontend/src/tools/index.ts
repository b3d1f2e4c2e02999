import type { ToolId } from "../session";
import { brushTool } from "./brush";
import { lassoTool } from "./lasso";
import { polygonTool } from "./polygon";
import { promptTool } from "./prompt";
import { scissorsTool } from "./scissors";
import { selectTool } from "./select";
import { splitTool } from "./split";
import type { ToolHost, ToolState } from "./tool";
import { wandTool } from "./wand";

export * from "./tool";

export function toolFor(id: ToolId, host: ToolHost): ToolState {
  switch (id) {
    case "prompt":
      return promptTool(host);
    case "select":
      return selectTool(host);
    case "brush":
      return brushTool(host, "add");
    case "eraser":
      return brushTool(host, "erase");
    case "polygon":
      return polygonTool(host);
    case "lasso":
      return lassoTool(host);
    case "wand":
      return wandTool(host);
    case "scissors":
      return scissorsTool(host);
    case "split":
      return splitTool(host);
    default:
      return id satisfies never;
  }
}
