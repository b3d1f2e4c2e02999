import { expect, test } from "vitest";
import fixtures from "../../../tests/fixtures/coordinates.json";
import { imageToModel, modelToImage } from "./modelSpace";
import { imagePoint, modelPoint, type SizeHw } from "./points";

test.each(fixtures.points)("image points of $original_hw become model points of $input_hw, and back", (fixture) => {
  const resize = {
    originalHw: fixture.original_hw as unknown as SizeHw,
    inputHw: fixture.input_hw as unknown as SizeHw,
  };
  fixture.image_xy.forEach(([x = 0, y = 0], index) => {
    const [modelX = 0, modelY = 0] = fixture.model_xy[index] ?? [];
    const model = imageToModel(imagePoint(x, y), resize);
    expect(model).toEqual({ x: expect.closeTo(modelX, 3), y: expect.closeTo(modelY, 3) });
    expect(modelToImage(model, resize)).toEqual({ x: expect.closeTo(x), y: expect.closeTo(y) });
    const back = modelToImage(modelPoint(modelX, modelY), resize);
    expect(Math.abs(back.x - x) + Math.abs(back.y - y)).toBeLessThan(0.1);
  });
});
