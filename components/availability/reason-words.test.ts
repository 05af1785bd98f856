import { expect, it } from "vitest";
import { nextChangeOf, openChannels } from "./reason-words";

const open = { open: true, closedBy: [] };
const closed = { open: false, closedBy: ["away" as const] };
const at = (time: string) => ({ nextChangeAt: `2026-11-30T${time}:00.000Z` });

it("lists the open channels in the order of every answer", () => {
  expect(openChannels({ channels: { voice: open, email: closed, messaging: open } })).toEqual([
    "messaging",
    "voice",
  ]);
});

it("names the first change, and all channels that take part in it", () => {
  expect(
    nextChangeOf({
      channels: {
        messaging: { ...open, ...at("16:00") },
        email: { ...closed, ...at("14:00") },
        voice: { ...open, ...at("14:00") },
      },
    }),
  ).toEqual({ at: "2026-11-30T14:00:00.000Z", opening: ["email"], closing: ["voice"] });
});

it("knows no change if none comes by itself", () => {
  expect(nextChangeOf({ channels: { messaging: open, email: closed } })).toBeUndefined();
});
