import { afterAll, beforeAll, expect, it } from "vitest";
import { makePerson, makeWorkspace, managedRole, sessionCookie } from "@/e2e/support/api/fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";
import { byWayOf, portOf, startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";

const databaseUrl = process.env.DATABASE_URL ?? "";

let proxy: TcpProxy;
let server: OwnServer;
let cookie: string;
let pages: string[];

beforeAll(async () => {
  proxy = await startTcpProxy(portOf(databaseUrl));
  const [{ id }, started] = await Promise.all([
    makeWorkspace(),
    startOwnServer({ DATABASE_URL: byWayOf(databaseUrl, proxy.port), DATABASE_PATIENCE: "2" }),
  ]);
  server = started;
  cookie = await sessionCookie(await makePerson(id, { roles: [managedRole("Supervisor")] }));
  pages = [`/w/${id}/agents`, `/w/${id}/settings/people`, "/me", "/", "/sign-in", "/reset/none"];
});
afterAll(async () => {
  await server?.stop();
  await proxy?.close();
});

const open = (path: string, headers: Record<string, string> = {}) =>
  server.send("GET", path, { headers: { Cookie: cookie, "Accept-Language": "en", ...headers } });

async function expectOutage(headers: Record<string, string> = {}): Promise<void> {
  for (const page of await Promise.all(pages.map((path) => open(path, headers)))) {
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("2");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(page.body.text).toContain("<h1>Rollcall is temporarily unavailable</h1>");
    expect(page.body.text).toContain('http-equiv="refresh"');
  }
}

async function expectPages(): Promise<void> {
  for (const path of pages) expect((await open(path)).status, path).toBeLessThan(400);
}

it("pages answer 503 with a readable page while the database does not respond, and work again afterwards", async () => {
  await expectPages();
  proxy.silence("all");
  await expectOutage();
  await expectOutage({ "Accept-Encoding": "gzip" });
  expect((await server.send("HEAD", "/me", { headers: { Cookie: cookie } })).status).toBe(503);
  expect((await open("/me", { "Accept-Language": "de" })).body.text).toContain(
    "Die Datenbank antwortet nicht.",
  );
  // Neither needs the database.
  expect((await open("/docs")).status).toBe(200);
  expect((await open("/nowhere")).status).toBe(404);
  proxy.resume();
  await expect.poll(async () => (await open(pages[0] ?? "")).status).toBe(200);
  await expectPages();
});

it("a page that is loaded by the router tells the browser the reason", async () => {
  proxy.silence("all");
  const url = await open("/me", { rsc: "1" });
  const page = await open(url.headers.get("location") ?? "", { rsc: "1" });
  expect(page.headers.get("content-type")).toContain("text/x-component");
  expect(page.body.text).toContain('{"digest":"DatabaseUnavailable"}');
  proxy.resume();
  await expect.poll(async () => (await open("/me")).status).toBe(200);
});

it("pages answer 503 immediately while the database refuses connections", async () => {
  await proxy.close();
  await expectOutage();
});
