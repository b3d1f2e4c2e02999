import { expect, test } from "vitest";
import fixtures from "../../../tests/fixtures/coordinates.json";
import type { SizeHw } from "../geometry";
import { type LowResLogits, validHw } from "./logits";
import { encodeLogits, rasterise } from "./rasterise";
import { rleArea } from "./rle";
import { encodeMask } from "./rleEncoder";

function logitsOf(rows: readonly (readonly number[])[], extentHw?: readonly [number, number]): LowResLogits {
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  return { height, width, data: Float32Array.from(rows.flat()), extentHw: extentHw ?? [height, width], threshold: 0 };
}

function wavy(height: number, width: number): LowResLogits {
  const data = Float32Array.from({ length: height * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return Math.sin(row / 3) + Math.cos(column / 4) + Math.sin((row * column) / 50) / 2;
  });
  return { height, width, data, extentHw: [height, width], threshold: 0 };
}

/** The definition, pixel by pixel and without short cuts. */
function reference(logits: LowResLogits, height: number, width: number): Uint8Array {
  const [rows, columns] = validHw(logits);
  const axis = (at: number, extent: number, cells: number, size: number): [number, number, number] => {
    const position = Math.min(Math.max(((at + 0.5) * extent) / size - 0.5, 0), cells - 1);
    const before = Math.floor(position);
    return [before, Math.min(before + 1, cells - 1), position - before];
  };
  return Uint8Array.from({ length: height * width }, (_, at) => {
    const [top, bottom, v] = axis(Math.floor(at / width), logits.extentHw[0], rows, height);
    const [left, right, u] = axis(at % width, logits.extentHw[1], columns, width);
    const score = (row: number, column: number): number => logits.data[row * logits.width + column] ?? 0;
    const upper = score(top, left) * (1 - u) + score(top, right) * u;
    const lower = score(bottom, left) * (1 - u) + score(bottom, right) * u;
    return upper * (1 - v) + lower * v > logits.threshold ? 1 : 0;
  });
}

test.each([
  [97, 131],
  [24, 32],
  [10, 9],
])("bilinear interpolation to %i x %i agrees with the definition", (height, width) => {
  const logits = wavy(24, 32);
  const mask = rasterise(logits, [height, width]);
  const expected = reference(logits, height, width);
  const different = mask.data.reduce((sum, pixel, at) => sum + Math.abs(pixel - (expected[at] ?? 0)), 0);
  expect(different).toBeLessThanOrEqual(1);
});

test.each(fixtures.upsampling)("$name gives the mask that Python gives", (fixture) => {
  const [[inputHeight = 0, inputWidth = 0], stride] = [fixture.input_hw, fixture.mask_stride];
  const logits: LowResLogits = {
    ...logitsOf(fixture.low_res_logits, [inputHeight / stride, inputWidth / stride]),
    threshold: fixture.mask_threshold,
  };
  const mask = rasterise(logits, fixture.original_hw as unknown as SizeHw);
  const rows = Array.from({ length: mask.height }, (_, row) =>
    mask.data.subarray(row * mask.width, (row + 1) * mask.width).join(""),
  );
  expect(rows).toEqual(fixture.mask_rows);
});

test("padding right of and below the image has no influence", () => {
  const logits = logitsOf(
    [
      [-1, -1, 9],
      [-1, 3, 9],
      [9, 9, 9],
    ],
    [2, 1.75],
  );
  expect(Array.from(rasterise(logits, [8, 7]).data)).toEqual(Array.from(reference(logits, 8, 7)));
  expect(rasterise(logits, [8, 7]).data[0]).toBe(0);
});

test("the encoded mask is the one that is shown", () => {
  const logits = wavy(24, 32);
  expect(encodeLogits(logits, [97, 131])).toEqual(encodeMask(rasterise(logits, [97, 131])));
});

test.each([
  [2, 3, 7, 9],
  [0, 0, 3, 4],
  [18, 25, 24, 32],
  [0, 31, 24, 32],
])("an object in cells %i, %i to %i, %i is made as in the whole image", (top, left, bottom, right) => {
  const logits = wavy(24, 32);
  const data = logits.data.map((_, at) => {
    const [row, column] = [Math.floor(at / 32), at % 32];
    const isInside = row >= top && row < bottom && column >= left && column < right;
    return isInside ? 1 + Math.sin(at) / 2 : -2;
  });
  for (const [height, width] of [[97, 131] as const, [10, 9] as const, [24, 32] as const]) {
    const mask = { height, width, data: reference({ ...logits, data }, height, width) };
    expect(encodeLogits({ ...logits, data }, [height, width])).toEqual(encodeMask(mask));
    expect(rasterise({ ...logits, data }, [height, width])).toEqual(mask);
  }
});

test("without foreground the mask is empty", () => {
  const logits = { ...wavy(24, 32), threshold: 9 };
  expect(encodeLogits(logits, [97, 131])).toEqual(encodeMask(rasterise(logits, [97, 131])));
  expect(encodeLogits(logits, [97, 131])).toMatchObject({ area: 0, bboxXywh: [0, 0, 0, 0] });
});

test("logits of a part of the image are background around it, and exact inside", () => {
  const data = Float32Array.from({ length: 64 }, (_, at) => ((at * 7919) % 13) - 6);
  const part = { height: 8, width: 8, data, extentHw: [8, 8] as const, threshold: 0 };
  const inside = rasterise(part, [40, 60]);
  const whole = rasterise({ ...part, within: { x0: 0.25, y0: 0.2, x1: 0.75, y1: 0.6 } }, [100, 120]);
  for (let row = 0; row < 100; row++) {
    for (let column = 0; column < 120; column++) {
      const isInside = row >= 20 && row < 60 && column >= 30 && column < 90;
      const expected = isInside ? inside.data[(row - 20) * 60 + column - 30] : 0;
      if (whole.data[row * 120 + column] !== expected) throw new Error(`differs at row ${row}, column ${column}`);
    }
  }
  expect(rleArea(encodeLogits({ ...part, within: { x0: 0.25, y0: 0.2, x1: 0.75, y1: 0.6 } }, [100, 120]).rle)).toBe(
    inside.data.reduce((sum, pixel) => sum + pixel, 0),
  );
});
