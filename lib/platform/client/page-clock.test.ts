import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { observeServerDate, pageNow, pageTime } from "./page-clock";

const own = Date.parse("2026-11-28T12:00:00.000Z");

beforeEach(() => {
  vi.useFakeTimers({ now: own });
});
afterEach(() => {
  vi.useRealTimers();
});

const answer = (server: string | null, sent = own, received = own + 200) =>
  observeServerDate(server && new Date(server).toUTCString(), sent, received);

it("does not adjust while the server's date agrees within one second", () => {
  for (const server of ["2026-11-28T11:59:59Z", "2026-11-28T12:00:00Z"]) {
    answer(server);
    expect(pageNow()).toBe(own);
  }
});

it.each([
  ["behind by two hours", "2026-11-28T14:00:00Z", 2 * 3_600_000],
  ["ahead by a day", "2026-11-27T12:00:00Z", -86_400_000],
])("follows the server when the local clock is %s", (_, server, distance) => {
  answer(server);
  expect(Math.abs(pageNow() - own - distance)).toBeLessThanOrEqual(500);
  expect(pageTime(5_000) - 5_000).toBe(pageNow() - own);
  const first = pageNow();
  answer(server, own, own + 900);
  expect(pageNow(), "and keeps still while later answers agree").toBe(first);
});

it("ignores a missing or invalid date and a clock that was set back", () => {
  const before = pageNow();
  answer(null);
  observeServerDate("yesterday", own, own);
  answer("2030-01-01T00:00:00Z", own, own - 1);
  expect(pageNow()).toBe(before);
});
