import { expect, test } from "vitest";
import {
  addressGroup,
  createWindowCounter,
  limitHeaders,
  standing,
  windowLength,
} from "@/lib/records/limits/rules";

test("a key is limited until its window ends", () => {
  const counter = createWindowCounter(100);
  const standings = [0, 1, 2].map((at) => counter.count("a", 2, 1_000 + at));
  expect(standings.map((each) => [each.remaining, each.exceeded])).toEqual([
    [1, false],
    [0, false],
    [0, true],
  ]);
  expect(counter.count("a", 2, 1_000 + windowLength - 1).exceeded).toBe(true);
  expect(counter.count("a", 2, 1_000 + windowLength)).toMatchObject({ remaining: 1, exceeded: false });
});

test("keys have separate counts", () => {
  const counter = createWindowCounter(100);
  counter.count("a", 1, 0);
  expect(counter.count("a", 1, 0).exceeded).toBe(true);
  expect(counter.count("b", 1, 0).exceeded).toBe(false);
});

test("a running window survives the change of generations", () => {
  const counter = createWindowCounter(100);
  counter.count("early", 9, 0);
  counter.count("late", 1, windowLength - 1);
  counter.count("other", 9, windowLength);
  expect(counter.count("late", 1, windowLength + 5).exceeded).toBe(true);
  expect(counter.count("late", 1, 2 * windowLength - 2).exceeded).toBe(true);
  expect(counter.count("late", 1, 2 * windowLength - 1).exceeded).toBe(false);
});

test("the number of keys is bounded", () => {
  const counter = createWindowCounter(1_000);
  for (let key = 0; key < 10_000; key++) counter.count(`made up ${key}`, 1, key);
  expect(counter.size).toBeLessThanOrEqual(1_000);
});

test("the remaining seconds are whole and at least 1", () => {
  expect(standing(1, 5, 60_000, 1).resetSeconds).toBe(60);
  expect(standing(1, 5, 60_000, 59_999).resetSeconds).toBe(1);
  expect(standing(1, 5, 60_000, 60_500).resetSeconds).toBe(1);
  expect(limitHeaders("actor", standing(3, 5, 30_000, 0))).toEqual({
    "RateLimit-Policy": '"actor";q=5;w=60',
    RateLimit: '"actor";r=2;t=30',
  });
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:0001:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unknown", "unknown"],
])("%s counts as %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});
