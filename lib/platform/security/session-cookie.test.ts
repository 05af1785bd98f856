import { describe, expect, it } from "vitest";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";

describe("the session's cookie", () => {
  it("has the prefix that browsers guard under TLS, and none without", () => {
    expect(sessionCookieName("https://rollcall.example")).toBe("__Host-rollcall.session-token");
    expect(sessionCookieName("http://127.0.0.1:3000")).toBe("rollcall.session-token");
  });
});
