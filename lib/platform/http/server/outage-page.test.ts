import { describe, expect, it } from "vitest";
import { DatabaseUnavailableError } from "@/lib/platform/database/errors";
import { outagePage } from "@/lib/platform/http/server/outage-page";

const error = new DatabaseUnavailableError("The database is not available.");

describe("the page for an unavailable database", () => {
  it("is a 503 that is not cached and loads again", () => {
    const page = outagePage(error, {});
    expect(page?.status).toBe(503);
    expect(page?.headers).toMatchObject({ "Retry-After": "2", "Cache-Control": "no-store" });
    expect(page?.body).toContain("<h1>Rollcall is temporarily unavailable</h1>");
    expect(page?.body).toContain('<meta http-equiv="refresh" content="10">');
    expect(page?.body).toContain("every 10 seconds");
    // The content security policy blocks scripts without a nonce.
    expect(page?.body).not.toContain("<script");
  });

  it("is in the language and theme of the request", () => {
    const german = outagePage(error, { "accept-language": "de-CH, en;q=0.5" })?.body;
    expect(german).toContain('<html lang="de-CH" dir="ltr">');
    expect(german).toContain("Die Datenbank antwortet nicht.");
    const arabic = outagePage(error, { cookie: "a=b; rollcall-locale=ar; rollcall-theme=dark" })?.body;
    expect(arabic).toContain('dir="rtl"');
    expect(arabic).toContain("color-scheme: dark;");
  });

  it("contains nothing that the request chooses", () => {
    const page = outagePage(error, {
      cookie: 'rollcall-locale="><script>; rollcall-theme=red}</style><script>',
      "accept-language": 'de-"><script>alert(1)</script>, en-<b>',
    });
    expect(page?.body).not.toMatch(/script|red|<b>/);
  });

  it("is for errors of the database only", () => {
    expect(outagePage(new Error("broken", { cause: error }), {})).toBeUndefined();
    expect(outagePage(Object.assign(new Error("x"), { code: "ECONNREFUSED" }), {})).toBeUndefined();
    expect(outagePage("broken", {})).toBeUndefined();
    expect(outagePage({ ...error, name: "DatabaseUnavailableError" }, {})).toBeUndefined();
    const other = Object.assign(new Error("Can't reach"), {
      name: "PrismaClientKnownRequestError",
      code: "P1001",
    });
    expect(outagePage(other, {})?.status).toBe(503);
  });
});
