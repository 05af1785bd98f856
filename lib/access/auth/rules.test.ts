import { describe, expect, it } from "vitest";
import { nextPage, signInAddress } from "./rules";

const elsewhere = [
  "https://evil.example/",
  "//evil.example/",
  "\\\\evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/./\\evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/me/..//evil.example",
  "/%2e%2e//evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "mailto:a@evil.example",
  "evil.example",
  "?next=//evil.example",
  "",
];

describe("nextPage", () => {
  it.each<[wanted: string | undefined, page: string]>([
    ["/w/northwind/agents?status=away#x", "/w/northwind/agents?status=away#x"],
    ["/me", "/me"],
    ["/w/northwind/agents?q=//evil.example", "/w/northwind/agents?q=//evil.example"],
    // Encoded characters stay encoded: these are nonexistent paths of this product.
    ["/%2f/evil.example", "/%2f/evil.example"],
    ["/%5cevil.example", "/%5cevil.example"],
    ["/%09/evil.example", "/%09/evil.example"],
    [undefined, "/"],
    // Not pages, or not useful after signing in.
    ["/api/auth/signout", "/"],
    ["/sign-in?next=/me", "/"],
    ...elsewhere.map((wanted): [string, string] => [wanted, "/"]),
  ])("maps %j to %s", (wanted, page) => {
    expect(nextPage(wanted)).toBe(page);
    // As a browser resolves it, the origin stays the same.
    expect(new URL(nextPage(wanted), "https://ours.example").origin).toBe("https://ours.example");
  });
});

describe("signInAddress", () => {
  it.each(["/w/northwind/agents?q=anna&team=1,2", "/me?tab=voice", "/w/a/agents/1?tab=voice#x"])(
    "returns to %s",
    (page) => {
      const address = new URL(signInAddress(page), "https://ours.example");
      expect(address.pathname).toBe("/sign-in");
      expect(nextPage(address.searchParams.get("next") ?? undefined)).toBe(page);
    },
  );

  it.each([undefined, "/", "/sign-in", ...elsewhere])("has no next page for %j", (page) => {
    expect(signInAddress(page)).toBe("/sign-in");
  });

  it("drops a query that is too long", () => {
    expect(signInAddress(`/w/northwind/agents?q=${"x".repeat(9_000)}`)).toBe(
      `/sign-in?next=${encodeURIComponent("/w/northwind/agents")}`,
    );
  });
});
