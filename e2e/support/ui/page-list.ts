import { expect, type Page, type Request, type ViewportSize } from "@playwright/test";
import { listAccessKeys } from "@/lib/access/access-keys/contract";
import { deleteUser, inviteUser, listUsers } from "@/lib/access/people/contract";
import { listRoles } from "@/lib/access/roles/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import { listAgents } from "@/lib/agents/agents/contract";
import { listStatuses } from "@/lib/availability/presets/contract";
import { listCapacityRules } from "@/lib/workforce/capacity/contract";
import { listSenderProfiles } from "@/lib/workforce/senders/contract";
import { listSkills } from "@/lib/workforce/skills/contract";
import { listTeams } from "@/lib/workforce/teams/contract";
import type { DemoRole } from "@/scripts/testing/demo-accounts";
import type { Api } from "./api";
import type { Guard } from "./guard";
import type { Makers } from "./people";

/** What a page's address may depend on. */
interface Given {
  api: Api;
  make: Makers;
}

/** A page that the page tests cover. */
export interface ListedPage {
  name: string;
  /** Role to sign in with; signed out if omitted. */
  as?: DemoRole;
  path: string | ((given: Given) => Promise<string>);
  /** Expected status other than 200. */
  status?: 404;
  /** Whether the page is English and left to right in every language, like the API reference. */
  isEnglish?: true;
  /** Whether it is one long document, which may be higher than its window. */
  isDocument?: boolean;
}

/** Opens a page in a window of this size, and waits until it has loaded and rendered. */
export async function openListed(
  { as, path, status }: ListedPage,
  viewport: ViewportSize,
  { openAs, guard, ...given }: Given & { openAs: (who?: DemoRole) => Promise<Page>; guard: Guard },
): Promise<Page> {
  const address = typeof path === "string" ? path : await path(given);
  if (status) guard.allowStatus(status);
  const page = await openAs(as);
  await page.setViewportSize(viewport);
  const quiet = watchRequests(page);
  await page.goto(address);
  // All data has loaded; the next refetch is seconds later.
  await quiet();
  await expect(page.locator("[data-skeleton]"), "places that are still held").toHaveCount(0);
  return page;
}

/** Milliseconds without a request after which a page has loaded. Playwright's `networkidle` waits for 500. */
const quietTime = 150;

/** Returns a function that waits until nothing is being requested. Call it before the page is opened. */
function watchRequests(page: Page): () => Promise<void> {
  const running = new Set<Request>();
  let since = Date.now();
  page.on("request", (request) => {
    // A stream of events never ends.
    if (request.resourceType() !== "eventsource") running.add(request);
  });
  const end = (request: Request) => {
    running.delete(request);
    since = Date.now();
  };
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  return () =>
    expect
      .poll(() => running.size === 0 && Date.now() - since >= quietTime, { intervals: [50], timeout: 30_000 })
      .toBe(true);
}

const home = "/w/northwind";
const first = { limit: "1" };
const tabs = ["profile", "availability", "schedule", "holidays", "skills", "voice", "workload"] as const;

/** Returns the path of Tomás Ferreira in the demo data, whose profile is complete. */
async function agentPath({ api }: Given, tab: string): Promise<string> {
  const { results } = await api.call(listAgents, { query: { email: "agent@northwind.example" } });
  return `${home}/agents/${results[0]?.id}?tab=${tab}`;
}

/** Returns the path of a new invitation. */
export async function invitationPath({ api, make }: Given): Promise<string> {
  const roleIds = managedRoles.slice(-1).map(({ id }) => id);
  const email = `${make.uniqueName("new").replace(" ", "-")}@people.example`;
  const { id, inviteUrl = "" } = await api.call(inviteUser, { body: { email, roleIds } });
  make.removeLater(() => api.call(deleteUser, { params: { userId: id } }));
  return new URL(inviteUrl).pathname;
}

/** A settings page, and the same page with the panel of its first item open. */
const settings = (section: string, find: (given: Given) => Promise<string | undefined>): ListedPage[] => [
  { name: `settings: ${section}`, as: "supervisor", path: `${home}/settings/${section}` },
  { name: `settings: new in ${section}`, as: "supervisor", path: `${home}/settings/${section}?new=1` },
  {
    name: `settings: one of ${section}`,
    as: "supervisor",
    path: async (given) => `${home}/settings/${section}?edit=${await find(given)}`,
  },
];

/** All pages of the product; add new pages here. Lists are filtered, because more rows add nothing. */
export const listedPages: readonly ListedPage[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "a forgotten password", path: "/forgot" },
  {
    name: "a link for a new password that is not good any more",
    path: "/reset/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  },
  { name: "an invitation", path: invitationPath },
  {
    name: "an invitation that is not good any more",
    path: "/invite/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  },
  { name: "board", as: "supervisor", path: `${home}/board` },
  { name: "board for a viewer, about email", as: "viewer", path: `${home}/board?channel=email` },
  { name: "board on a full screen", as: "supervisor", path: `${home}/board?screen=full` },
  { name: "agents", as: "supervisor", path: `${home}/agents?q=ma` },
  { name: "agents for a viewer", as: "viewer", path: `${home}/agents?q=ma` },
  {
    name: "agents, densely",
    as: "supervisor",
    path: `${home}/agents?q=ma&density=compact&status=active,away&sort=statusAssignedCount`,
  },
  { name: "agents of whom nobody matches", as: "supervisor", path: `${home}/agents?q=nobody+is+called+so` },
  ...[...tabs, "history"].map(
    (tab): ListedPage => ({
      name: `an agent: ${tab}`,
      as: "supervisor",
      path: (given) => agentPath(given, tab),
    }),
  ),
  ...tabs.map(
    (tab): ListedPage => ({
      name: `an agent for a viewer: ${tab}`,
      as: "viewer",
      path: (given) => agentPath(given, tab),
    }),
  ),
  {
    name: "an agent who is not there",
    as: "supervisor",
    path: `${home}/agents/01890000-0000-7000-8000-000000000000`,
    status: 404,
  },
  ...tabs.map((tab): ListedPage => ({ name: `my profile: ${tab}`, as: "agent", path: `/me?tab=${tab}` })),
  { name: "my profile without an agent", as: "viewer", path: "/me" },
  ...settings("teams", async ({ api }) => (await api.call(listTeams, { query: first })).results[0]?.id),
  ...settings("skills", async ({ api }) => (await api.call(listSkills, { query: first })).results[0]?.id),
  ...settings(
    "capacity",
    async ({ api }) => (await api.call(listCapacityRules, { query: first })).results[0]?.id,
  ),
  ...settings(
    "senders",
    async ({ api }) => (await api.call(listSenderProfiles, { query: first })).results[0]?.id,
  ),
  ...settings("presets", async ({ api }) => (await api.call(listStatuses, { query: first })).results[0]?.id),
  { name: "settings: availability", as: "supervisor", path: `${home}/settings/availability` },
  { name: "settings: availability for a viewer", as: "viewer", path: `${home}/settings/availability` },
  ...settings("roles", async ({ api }) => (await api.call(listRoles, { query: first })).results[0]?.id),
  ...settings("people", async ({ api }) => (await api.call(listUsers, { query: first })).results[0]?.id),
  ...settings(
    "access-keys",
    async ({ api }) => (await api.call(listAccessKeys, { query: first })).results[0]?.id,
  ),
  { name: "settings: audit", as: "supervisor", path: `${home}/settings/audit` },
  { name: "settings: audit, narrowed", as: "supervisor", path: `${home}/settings/audit?kind=exports` },
  { name: "settings that are not for a viewer", as: "viewer", path: `${home}/settings/people` },
  { name: "nothing at all", path: "/nothing-is-here", status: 404 },
  { name: "a workspace that one is not in", as: "supervisor", path: "/w/globex/agents", status: 404 },
  { name: "the reference of the API", path: "/docs", isEnglish: true, isDocument: true },
];
