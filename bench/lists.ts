import { randomUUID } from "node:crypto";
import type { Browser } from "@playwright/test";
import { acceptInvitation, inviteUser } from "@/lib/access/people/contract";
import { listRoles } from "@/lib/access/roles/contract";
import { createClient } from "@/lib/platform/client/client";
import { listWorkspaces } from "@/lib/workforce/workspaces/contract";
import type { Lifetime } from "../scripts/lifetime";
import { freePort } from "../scripts/ports";
import { Problem } from "../scripts/problem";
import { startServer } from "../scripts/server/server";
import { signInByRequest } from "../scripts/testing/browser-session";
import { browserTestSettings } from "../scripts/testing/browser-tests";
import { newSecret } from "../scripts/testing/demo-server";
import { openBenchServer } from "./databases";
import { subjectOf } from "./dataset";
import { type ListUse, workThroughList } from "./interactions";

/** An agent list to open in a browser, with the account to sign in. */
export interface ListPlace {
  origin: string;
  path: string;
  account: { email: string; password: string };
}

/** Serves a generated workspace with an additional supervisor who can sign in. */
export async function openList(agents: number, lifetime: Lifetime): Promise<ListPlace> {
  const size = { agents, workspaces: 1 };
  const databaseUrl = await (await openBenchServer(lifetime, console.log)).open(size);
  const { workspaceId, key } = subjectOf(size);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await startServer({
    product: "pages",
    host: "127.0.0.1",
    port,
    env: {
      ...browserTestSettings,
      ROLLCALL_CHECK_RESPONSES: "0",
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      ROLLCALL_SECRET: newSecret(),
      PUBLIC_URL: origin,
      NEXTAUTH_URL: origin,
    },
    onOutput: () => undefined,
    signal: lifetime.signal,
  });
  lifetime.onEnd(server.stop, server.kill);

  const request = createClient({ origin, headers: { Authorization: `AccessKey ${key}` } });
  const params = { workspaceId };
  const { data: roles } = await request(listRoles, { params, query: { limit: "100" } });
  const [most] = [...roles.results].sort((one, other) => other.permissions.length - one.permissions.length);
  const { data: own } = await request(listWorkspaces, { params: {} });
  const slug = own.results.find(({ id }) => id === workspaceId)?.slug;
  if (!most || !slug) throw new Problem("The data set has no role or no workspace to sign in with.");
  const account = { email: `${randomUUID()}@people.example`, password: randomUUID() };
  const body = { email: account.email, name: "Supervisor", roleIds: [most.id] };
  const { data: invited } = await request(inviteUser, { params, body });
  const token = invited.inviteUrl?.split("/").at(-1) ?? "";
  await request(acceptInvitation, {
    params: {},
    body: { token, name: "Supervisor", password: account.password },
  });
  return { origin, path: `/w/${slug}/agents`, account };
}

/** Uses the list in a new browser context and reports its measurements. */
export async function benchList(browser: Browser, { origin, path, account }: ListPlace): Promise<string[]> {
  const context = await browser.newContext({
    locale: "en-US",
    reducedMotion: "reduce",
    viewport: { width: 1440, height: 900 },
  });
  try {
    const cookies = await signInByRequest(origin, account);
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin })));
    const page = await context.newPage();
    await page.goto(origin + path);
    return describe(await workThroughList(page));
  } finally {
    await context.close();
  }
}

function describe({ interactions, scroll, heap }: ListUse): string[] {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return [
    ...interactions.map(({ name, times }) => {
      const sorted = [...times].sort((one, other) => one - other);
      const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
      return `${name}: ${median.toFixed(0)} ms from the press to the frame after (at most ${Math.max(...times).toFixed(0)})`;
    }),
    `scrolling: ${scroll.drawn} of ${scroll.possible} frames that 60 Hz have room for`,
    `heap: ${megabytes(heap.before)} MB, after ${heap.pages} pages ${megabytes(heap.after)} MB`,
  ];
}
