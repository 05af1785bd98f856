import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Crop,
  firstCrop,
  maxZoom,
  move,
  type Point,
  resultEdge,
  type Size,
  sourceSquare,
  squareEdge,
  turn,
  turned,
  within,
  zoomBy,
} from "./crop";

const wide: Size = { width: 4000, height: 3000 };

type Step = { right: number; down: number } | { factor: number; point: Point } | "turn";

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      right: fc.double({ min: -2, max: 2, noNaN: true }),
      down: fc.double({ min: -2, max: 2, noNaN: true }),
    }),
    fc.record({
      factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
      point: fc.record({
        x: fc.double({ min: 0, max: 1, noNaN: true }),
        y: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    }),
    fc.constant("turn" as const),
  ),
  { maxLength: 12 },
);

function follow(size: Size, path: Step[]): Crop {
  return path.reduce<Crop>((crop, step) => {
    if (step === "turn") return turn(size, crop);
    return "factor" in step
      ? zoomBy(size, crop, step.factor, step.point)
      : move(size, crop, step.right, step.down);
  }, firstCrop(size));
}

describe("a crop", () => {
  it("starts with a centered square of the shorter side", () => {
    expect(sourceSquare(wide, firstCrop(wide))).toEqual({ x: 500, y: 0, edge: 3000 });
  });

  it("moves with the picture, but not past its edge", () => {
    const left = move(wide, firstCrop(wide), 0.1, 0);
    expect(sourceSquare(wide, left)).toEqual({ x: 200, y: 0, edge: 3000 });
    expect(sourceSquare(wide, move(wide, left, 1, 1))).toEqual({ x: 0, y: 0, edge: 3000 });
  });

  it("keeps the zoomed point in place", () => {
    const crop = zoomBy(wide, firstCrop(wide), 2, { x: 0.25, y: 0.75 });
    const { x, y, edge } = sourceSquare(wide, crop);
    expect(edge).toBe(1500);
    expect([x + 0.25 * edge, y + 0.75 * edge]).toEqual([500 + 0.25 * 3000, 0.75 * 3000]);
  });

  it("rotates with its picture", () => {
    const crop = move(wide, firstCrop(wide), 0.1, 0);
    const once = turn(wide, crop);
    expect(turned(wide, once)).toEqual({ width: 3000, height: 4000 });
    expect(sourceSquare(wide, once)).toEqual(sourceSquare(wide, crop));
    // Moving a picture that lies on its side down moves along its stored width.
    expect(sourceSquare(wide, move(wide, once, 0, -0.1)).x).toBe(500);
  });

  it("does not zoom into a small picture", () => {
    const small = { width: 80, height: 60 };
    expect(maxZoom(small)).toBe(1);
    expect(zoomBy(small, firstCrop(small), 3).zoom).toBe(1);
  });

  it("is sent at its own resolution, up to 1024 pixels", () => {
    expect(resultEdge(wide, firstCrop(wide))).toBe(1024);
    expect(resultEdge({ width: 300, height: 200 }, firstCrop({ width: 300, height: 200 }))).toBe(200);
  });

  it("stays within the picture after any steps", () => {
    fc.assert(
      fc.property(sizes, steps, (size, path) => {
        const { x, y, edge } = sourceSquare(size, follow(size, path));
        const slack = 1e-6;
        expect(edge).toBeGreaterThan(0);
        expect(x).toBeGreaterThanOrEqual(-slack);
        expect(y).toBeGreaterThanOrEqual(-slack);
        expect(x + edge).toBeLessThanOrEqual(size.width + slack);
        expect(y + edge).toBeLessThanOrEqual(size.height + slack);
      }),
    );
  });

  it("is the same after four quarter turns", () => {
    fc.assert(
      fc.property(sizes, steps, (size, path) => {
        const crop = follow(size, path);
        const round = [0, 1, 2, 3].reduce<Crop>((turning) => turn(size, turning), crop);
        expect(round.x).toBeCloseTo(crop.x, 5);
        expect(round.y).toBeCloseTo(crop.y, 5);
        expect(round.quarterTurns).toBe(crop.quarterTurns);
        expect(squareEdge(size, round)).toBeCloseTo(squareEdge(size, crop), 5);
        expect(within(size, round)).toEqual(round);
      }),
    );
  });
});
