import { expect, test } from "vitest";
import { clientAddress } from "@/lib/platform/http/server/client-address";

const headers = (forwarded?: string) =>
  new Headers({
    "x-rollcall-client-address": "192.0.2.1",
    ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }),
  });

test.each([
  [0, "198.51.100.1", "192.0.2.1"],
  [1, undefined, "192.0.2.1"],
  [1, " ", "192.0.2.1"],
  [1, "198.51.100.1", "198.51.100.1"],
  [1, "10.0.0.1, 198.51.100.1", "198.51.100.1"],
  [2, "10.0.0.1, 198.51.100.1,192.0.2.9", "198.51.100.1"],
  [3, "198.51.100.1", "198.51.100.1"],
  [1, "198.51.100.1:4711", "198.51.100.1"],
  [1, "[2001:db8::1]:4711", "2001:db8::1"],
  [1, "2001:db8::1", "2001:db8::1"],
])("returns the address behind %i proxies: X-Forwarded-For %s gives %s", (proxies, forwarded, address) => {
  expect(clientAddress(headers(forwarded), proxies)).toBe(address);
});

test("returns unknown without either header", () => {
  expect(clientAddress(new Headers(), 0)).toBe("unknown");
});
