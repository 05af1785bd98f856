import { expect, test } from "vitest";
import { raw } from "@/e2e/support/api/client";
import { everywhere, policyOf } from "@/e2e/support/api/header-expectations";
import { startOwnServer } from "@/e2e/support/api/own-server";

test("next-auth's responses have the headers of the API", async () => {
  const { headers } = await raw("/api/auth/csrf");
  for (const [name, value] of Object.entries(everywhere)) expect(headers.get(name), name).toBe(value);
  expect(policyOf(headers)).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
});

test.each(["/sign-in", "/docs", "/invite/x", "/nowhere", "/"])(
  "%s has the headers of a page",
  async (path) => {
    const { headers, body } = await raw(path);
    for (const [name, value] of Object.entries(everywhere)) expect(headers.get(name), name).toBe(value);
    const policy = policyOf(headers);
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|https?:/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).toMatch(/object-src 'none'/);
    expect(policy).toMatch(/base-uri 'none'/);
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1];
    expect(nonce).toMatch(/^[A-Za-z0-9+/=]{24}$/);
    for (const [tag] of String(body.text ?? "").matchAll(/<script\b[^>]*>/g))
      expect(tag).toContain(`nonce="${nonce}"`);
    const again = await raw(path);
    expect(policyOf(again.headers)).not.toBe(policy);
  },
);

test("a nonce sent by the client is ignored", async () => {
  const { headers, body } = await raw("/sign-in", {
    headers: { "Content-Security-Policy": "script-src 'nonce-mine'", "x-nonce": "mine" },
  });
  expect(policyOf(headers)).not.toContain("nonce-mine");
  expect(String(body.text)).not.toContain('nonce="mine"');
});

test("static files have the security headers", async () => {
  const page = await raw("/sign-in");
  const script = /\/_next\/static\/[^"]+\.js/.exec(String(page.body.text))?.[0] ?? "";
  const { status, headers } = await raw(script);
  expect(status).toBe(200);
  for (const [name, value] of Object.entries(everywhere)) expect(headers.get(name), name).toBe(value);
  expect(headers.get("cache-control")).toContain("immutable");
});

test("behind TLS, pages upgrade insecure requests", async () => {
  const server = await startOwnServer({ PUBLIC_URL: "https://rollcall.example.com" });
  try {
    const { headers } = await server.send("GET", "/sign-in");
    expect(policyOf(headers)).toContain("upgrade-insecure-requests");
  } finally {
    await server.stop();
  }
});
