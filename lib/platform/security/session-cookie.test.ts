import { describe, expect, it } from "vitest";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";

describe("sessionCookieName", () => {
  it("has the __Host- prefix with https only", () => {
    expect(sessionCookieName("https://rollcall.example")).toBe("__Host-rollcall.session-token");
    expect(sessionCookieName("http://127.0.0.1:3000")).toBe("rollcall.session-token");
  });
});
