import type { ImagePoint } from "../../geometry";
import type { Paint } from "../../session";
import { nearestWithin } from "../nearest";
import { panning, startsPanning } from "../panning";
import { GRAB_RADIUS_PX, type PointerInput, type ToolHost, type ToolState, toolState } from "../tool";

export interface Trace {
  /** Where the user clicked; the next line starts from the last one. */
  readonly anchors: readonly ImagePoint[];
  /** The lines between one anchor and the next. */
  readonly lines: readonly (readonly ImagePoint[])[];
  readonly paint: Paint;
  /** The state when it is closed or given up. */
  readonly idle: ToolState;
}

export function tracing(host: ToolHost, trace: Trace): ToolState {
  const { anchors, lines, paint, idle } = trace;
  const [first, last] = [anchors[0], anchors.at(-1)];
  if (!first || !last) return giveUp(host, idle);
  const lineTo = host.masks.edgesFrom(last);
  const draw = (line: readonly ImagePoint[]): void =>
    host.draft({ kind: "outline", rings: [[...lines.flat(), ...line]], isClosed: false, handles: anchors, paint });
  const close = (): ToolState => {
    host.draft(null);
    host.masks.shape([[...lines.flat(), ...lineTo(first)]], paint);
    return idle;
  };
  const canClose = anchors.length > 1;
  const state: ToolState = toolState("tracing", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, state);
      if (canClose && isOn([first, last], input)) return close();
      const anchor = host.clampToImage(input.image);
      return tracing(host, { ...trace, anchors: [...anchors, anchor], lines: [...lines, lineTo(anchor)] });
    },
    pointerMove: (input) => {
      draw(lineTo(canClose && isOn([first], input) ? first : host.clampToImage(input.image)));
      return state;
    },
    cancel: () => giveUp(host, idle),
    confirm: canClose ? close : null,
    resume: () => tracing(host, trace),
    stepBack: () => tracing(host, { ...trace, anchors: anchors.slice(0, -1), lines: lines.slice(0, -1) }),
  });
  draw([]);
  return state;
}

function giveUp(host: ToolHost, idle: ToolState): ToolState {
  host.draft(null);
  return idle;
}

function isOn(points: readonly ImagePoint[], { image, imagePerPixel }: PointerInput): boolean {
  return nearestWithin(points, image, GRAB_RADIUS_PX * imagePerPixel) !== null;
}
