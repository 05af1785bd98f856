import { describe, expect, it } from "vitest";
import type { Preset } from "@/lib/availability/presets/contract";
import { moved } from "./queries";

const preset = (id: string, position: number): Preset => ({
  id,
  name: id,
  status: "active",
  activity: "busy",
  position,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
});

describe("moved", () => {
  const start = [preset("a", 0), preset("b", 1), preset("c", 2)];
  const orderOf = (items: Preset[]) => items.map(({ id, position }) => `${id}${position}`).join(" ");

  it("moves one preset and renumbers all", () => {
    expect(orderOf(moved(start, "c", 0))).toBe("c0 a1 b2");
    expect(orderOf(moved(start, "a", 1))).toBe("b0 a1 c2");
    expect(orderOf(moved(start, "a", 49))).toBe("b0 c1 a2");
  });

  it("leaves the list without a position or for an unknown preset", () => {
    expect(moved(start, "a", undefined)).toBe(start);
    expect(moved(start, "x", 1)).toBe(start);
  });
});
