import { describe, expect, it } from "vitest";
import { isSameOrigin } from "@/lib/platform/http/server/same-origin";

const publicUrl = "https://rollcall.example";
const from = (headers: Record<string, string>, url = "https://rollcall.example/api/x") =>
  isSameOrigin(new Request(url, { method: "POST", headers }), publicUrl);

describe("isSameOrigin", () => {
  it("accepts Sec-Fetch-Site: same-origin", () => {
    expect(from({ "Sec-Fetch-Site": "same-origin" })).toBe(true);
  });

  it.each(["cross-site", "same-site", "none", "", "Same-Origin"])(
    "rejects Sec-Fetch-Site: %s with any origin",
    (site) => {
      expect(from({ "Sec-Fetch-Site": site })).toBe(false);
      expect(from({ "Sec-Fetch-Site": site, Origin: publicUrl })).toBe(false);
    },
  );

  it("accepts our Origin from a browser without Sec-Fetch-Site", () => {
    expect(from({ Origin: publicUrl })).toBe(true);
  });

  it("accepts the host name by which the browser reached the server", () => {
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
  ])("rejects the origin %s", (origin) => {
    expect(from({ Origin: origin, Host: "rollcall.example" })).toBe(false);
  });

  it("rejects a request without either header", () => {
    expect(from({})).toBe(false);
    expect(from({ Host: "rollcall.example", Referer: `${publicUrl}/agents` })).toBe(false);
  });
});
