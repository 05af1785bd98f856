import { describe, expect, it } from "vitest";
import { isSameOrigin } from "@/lib/platform/http/server/same-origin";

const publicUrl = "https://rollcall.example";
const from = (headers: Record<string, string>, url = "https://rollcall.example/api/x") =>
  isSameOrigin(new Request(url, { method: "POST", headers }), publicUrl);

describe("a write by session cookie", () => {
  it("comes from the product's own page when the browser says so", () => {
    expect(from({ "Sec-Fetch-Site": "same-origin" })).toBe(true);
  });

  it.each(["cross-site", "same-site", "none", "", "Same-Origin"])(
    "is foreign when the browser says %s, whatever its origin",
    (site) => {
      expect(from({ "Sec-Fetch-Site": site })).toBe(false);
      expect(from({ "Sec-Fetch-Site": site, Origin: publicUrl })).toBe(false);
    },
  );

  it("comes from the product's own page when an older browser names its origin", () => {
    expect(from({ Origin: publicUrl })).toBe(true);
  });

  it("comes from its own page under the name the browser reached it by", () => {
    const url = "http://127.0.0.1:3000/api/x";
    expect(from({ Origin: "http://localhost:3000", Host: "localhost:3000" }, url)).toBe(true);
    expect(from({ Origin: "https://localhost:3000", Host: "localhost:3000" }, url)).toBe(false);
    expect(from({ Origin: "http://localhost:3001", Host: "localhost:3000" }, url)).toBe(false);
  });

  it.each([
    "null",
    "https://evil.example",
    "https://rollcall.example.evil.example",
    "https://rollcall.example/",
    "http://rollcall.example",
    "https://rollcall.example:8443",
    "",
  ])("is foreign when its origin is %s", (origin) => {
    expect(from({ Origin: origin, Host: "rollcall.example" })).toBe(false);
  });

  it("is foreign when neither header says where it comes from", () => {
    expect(from({})).toBe(false);
    expect(from({ Host: "rollcall.example", Referer: `${publicUrl}/agents` })).toBe(false);
  });
});
