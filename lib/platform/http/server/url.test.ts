import fc from "fast-check";
import { expect, test } from "vitest";
import { pathOf, searchOf } from "@/lib/platform/http/server/url";

test.each([
  ["http://x", "/", ""],
  ["http://x/", "/", ""],
  ["http://x:3000/api/health", "/api/health", ""],
  ["http://x/api?a=1&b=/c", "/api", "a=1&b=/c"],
  ["http://x/api?a=1?b", "/api", "a=1?b"],
  ["http://x/api?", "/api", ""],
  ["http://x/api#part?no=query", "/api", ""],
  ["http://x/api?a=1#part", "/api", "a=1"],
])("%s has the path %s and the query %s", (url, path, search) => {
  expect([pathOf(url), searchOf(url)]).toEqual([path, search]);
});

test("returns the same path and query as URL", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
      const url = new URL(text);
      expect([pathOf(url.href), `?${searchOf(url.href)}`]).toEqual([url.pathname, url.search || "?"]);
    }),
  );
});
