import { clampToImage, type ImagePoint } from "../geometry";
import { selectOnly, toggleSelected, withSettings } from "../session";
import type { ToolHost } from "../tools";
import type { Editing } from "./editing";
import { Following } from "./following";
import type { MaskEditing } from "./maskEditing";
import { AnnotationPicker } from "./picking";
import { PolygonEditing } from "./polygonEditing";
import type { EditorHost } from "./ports";
import type { Prompting } from "./prompting";
import { SeenPixels } from "./seenPixels";
import { imageHwOf } from "./state";
import type { Store } from "./store";
import type { View } from "./view";

export interface ToolHostParts {
  readonly store: Store;
  readonly view: View;
  readonly prompting: Prompting;
  readonly editing: Editing;
  readonly masks: MaskEditing;
  readonly host: EditorHost;
}

/** The editor as the tools see it. */
export function toolHostOf({ store, view, prompting, editing, masks, host }: ToolHostParts): ToolHost {
  const following = new Following(new SeenPixels(store), host);
  const polygons = new PolygonEditing(store, editing);
  const picker = new AnnotationPicker(store);
  const highlight = (highlighted: string | null): void => {
    if (highlighted !== store.state.session.highlighted) store.updateSession({ highlighted });
  };
  const clamp = (point: ImagePoint): ImagePoint => {
    const { image } = store.state;
    return image ? clampToImage(point, imageHwOf(image)) : point;
  };
  return {
    prompt: {
      preview: (point) => prompting.preview(point),
      addPoint: (point, label) => prompting.addPoint(point, label),
      addPoints: (points, label) => prompting.addPoints(points, label),
      movePoint: (index, to) => prompting.movePoint(index, to),
      removePoint: (index) => prompting.removePoint(index),
      points: () => store.state.session.prompt.points,
      isInShownMask: (point) => prompting.isInShownMask(point),
      takeBackPoint: () => prompting.takeBackPoint(),
      placeBox: (box) => prompting.placeBox(box),
    },
    masks: {
      isReadyFor: (paint) => masks.isReadyFor(paint),
      stroke: (points, paint) => masks.stroke(points, paint),
      shape: (rings, paint) => masks.shape(rings, paint),
      splitAlong: (line) => masks.splitAlong(line),
      colourRegion: (seed, onReady) => {
        const growing = following.colourRegion(seed, onReady);
        return {
          preview: (tolerance, paint) => growing.preview(tolerance, paint),
          paint: (tolerance, paint) => masks.paintColours(growing, tolerance, paint),
        };
      },
      edgesFrom: (point) => following.edgesFrom(point),
      polygon: (imagePerPixel) => polygons.current(imagePerPixel),
      replacePolygon: (label, polygon) => polygons.replace(label, polygon),
    },
    draft: (draft) => store.showDraft(draft),
    settings: () => store.state.session.toolSettings,
    changeSettings: (patch) =>
      store.updateSession({ toolSettings: withSettings(store.state.session.toolSettings, patch) }),
    panBy: (dx, dy) => view.pan(dx, dy),
    selectAt: (point, adds) => {
      const id = picker.topmostAt(point);
      if (!adds) store.updateSession(selectOnly(id));
      else if (id) store.updateSession(toggleSelected(store.state.session, id));
    },
    highlightAt: (point) => highlight(point && picker.topmostAt(point)),
    clampToImage: clamp,
  };
}
