import { expect, type Page, type ViewportSize } from "@playwright/test";
import { listAccessKeys } from "@/lib/access/access-keys/contract";
import { deleteUser, inviteUser, listUsers } from "@/lib/access/people/contract";
import { listRoles } from "@/lib/access/roles/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import { listAgents } from "@/lib/agents/agents/list-contract";
import { patchAvailability } from "@/lib/availability/declared/contract";
import { listStatuses } from "@/lib/availability/presets/contract";
import { listTimeOffTypes } from "@/lib/hours/time-off/types-contract";
import { assignConversation } from "@/lib/routing/conversations/contract";
import { listOffers } from "@/lib/routing/offers/contract";
import { listCapacityRules } from "@/lib/workforce/capacity/contract";
import { listSenderProfiles } from "@/lib/workforce/senders/contract";
import { listSkills } from "@/lib/workforce/skills/contract";
import { listTeams } from "@/lib/workforce/teams/contract";
import type { DemoRole } from "@/scripts/testing/demo-accounts";
import { watchRequests } from "@/scripts/testing/quiet-page";
import type { Api } from "./api";
import type { Account } from "./environment";
import type { Guard } from "./guard";
import type { Makers } from "./people";
import { type Desk, makeDesk } from "./routing";

/** Values that a page's path may depend on. */
interface Given {
  api: Api;
  make: Makers;
}

/** A page that the page tests cover. */
export interface ListedPage {
  name: string;
  /** The user: a role or an account of the test. Signed out if omitted. */
  as?: DemoRole | ((given: Given) => Promise<Account>);
  path: string | ((given: Given) => Promise<string>);
  /** Expected status other than 200. */
  status?: 404;
  /** Whether the page is English and left to right in every language, like the API reference. */
  isEnglish?: true;
  /** Whether it is also loaded at phone size. Other pages are only resized. */
  isForPhones?: true;
  /** Whether it is one long document, which may be taller than the window. */
  isDocument?: boolean;
}

/** Opens a page in a window of this size, and waits until it has loaded and rendered. */
export async function openListed(
  { as, path, status }: ListedPage,
  viewport: ViewportSize,
  { openAs, guard, ...given }: Given & { openAs: (who?: DemoRole | Account) => Promise<Page>; guard: Guard },
): Promise<Page> {
  const address = typeof path === "string" ? path : await path(given);
  if (status) guard.allowStatus(status);
  const page = await openAs(typeof as === "function" ? await as(given) : as);
  await page.setViewportSize(viewport);
  const quiet = watchRequests(page, quietTime);
  await page.goto(address);
  // All data has loaded; the next refetch is seconds later.
  await quiet();
  await expect(page.locator("[data-skeleton]"), "places that are still held").toHaveCount(0);
  return page;
}

/** Milliseconds without a request after which a page has loaded. */
const quietTime = 150;

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

/** The My work page of a new agent who has a queue and conversations. */
const myWork = (state: string, prepare?: (desk: Desk, given: Given) => Promise<unknown>): ListedPage => ({
  name: `my work: ${state}`,
  as: async (given) => {
    const desk = await makeDesk(given, { offerMode: "accept", offerTimeout: 600 });
    await prepare?.(desk, given);
    return desk.account;
  },
  path: `${home}/my-work`,
  isForPhones: true,
});

/** Gives the agent of a desk a conversation. */
async function assign(desk: Desk, { api }: Given, draft: Parameters<Desk["report"]>[0]): Promise<void> {
  const { id } = await desk.report(draft);
  const body = { agentId: desk.agentId, force: true };
  await api.call(assignConversation, { params: { conversationId: id }, body });
}

/** The queue page, with a queue whose only agent is away, so that reported conversations wait. */
const queuePage = (name: string, search: (desk: Desk, given: Given) => Promise<string>): ListedPage => ({
  name: `queue: ${name}`,
  as: "supervisor",
  isForPhones: true,
  async path(given) {
    const desk = await makeDesk(given);
    const params = { agentId: desk.agentId };
    await given.api.call(patchAvailability, { params, body: { status: "away" } });
    return `${home}/queue${await search(desk, given)}`;
  },
});

/** All pages of the product; add new pages here. Lists are filtered, because more rows add nothing. */
export const listedPages: readonly ListedPage[] = [
  { name: "sign-in", path: "/sign-in", isForPhones: true },
  { name: "a forgotten password", path: "/forgot" },
  {
    name: "a link for a new password that is not good any more",
    path: "/reset/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  },
  { name: "an invitation", path: invitationPath, isForPhones: true },
  {
    name: "an invitation that is not good any more",
    path: "/invite/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  },
  { name: "board", as: "supervisor", path: `${home}/board`, isForPhones: true },
  { name: "board for a viewer, about email", as: "viewer", path: `${home}/board?channel=email` },
  { name: "board on a full screen", as: "supervisor", path: `${home}/board?screen=full` },
  { name: "agents", as: "supervisor", path: `${home}/agents?q=ma`, isForPhones: true },
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
  ...tabs.map(
    (tab): ListedPage => ({
      name: `my profile: ${tab}`,
      as: "agent",
      path: `/me?tab=${tab}`,
      isForPhones: true,
    }),
  ),
  { name: "my profile: time off", as: "agent", path: "/me?tab=timeOff", isForPhones: true },
  {
    name: "my profile: asking for time off",
    as: "agent",
    path: "/me?tab=timeOff&ask=true",
    isForPhones: true,
  },
  { name: "time off", as: "supervisor", path: `${home}/time-off`, isForPhones: true },
  { name: "time off for a viewer", as: "viewer", path: `${home}/time-off?month=2027-01` },
  { name: "my profile without an agent", as: "viewer", path: "/me" },
  myWork("empty"),
  myWork("an offer", async (desk, { api }) => {
    await desk.report({ channel: "email", subject: "Refund for the order that arrived twice last week" });
    const params = { agentId: desk.agentId };
    await expect.poll(async () => (await api.call(listOffers, { params })).results.length).toBe(1);
  }),
  myWork("open conversations", async (desk, given) => {
    await assign(desk, given, { channel: "voice" });
    await assign(desk, given, { channel: "email", subject: "Refund for the order that arrived twice" });
  }),
  queuePage("waiting", async ({ queue, report }) => {
    await report({ subject: "Refund for the order that arrived twice last week", priority: 80 });
    await report({ channel: "email" });
    return `?queue=${queue.id}`;
  }),
  queuePage("a conversation", async ({ queue, report }) => {
    const { id } = await report({ channel: "voice", subject: "Call back about the broken scanner" });
    return `?queue=${queue.id}&conversation=${id}`;
  }),
  queuePage("assigned", async ({ queue, report, agentId }, given) => {
    const { id } = await report();
    const body = { agentId, force: true };
    await given.api.call(assignConversation, { params: { conversationId: id }, body });
    return `?queue=${queue.id}&view=assigned&conversation=${id}`;
  }),
  queuePage("nothing waits", async ({ queue }) => `?queue=${queue.id}&channel=voice`),
  {
    ...queuePage("for a viewer", async ({ report }) => `?conversation=${(await report()).id}`),
    as: "viewer",
  },
  {
    name: "planner",
    as: "supervisor",
    path: `${home}/planner?q=ma&date=2026-11-30&zone=Etc/UTC`,
    isForPhones: true,
  },
  { name: "planner of a day", as: "supervisor", path: `${home}/planner?q=ma&date=2026-12-01&length=day` },
  { name: "planner for a viewer", as: "viewer", path: `${home}/planner?q=ma&date=2026-11-30` },
  { name: "planner of nobody", as: "supervisor", path: `${home}/planner?q=nobody+is+called+so` },
  {
    name: "coverage",
    as: "supervisor",
    path: `${home}/coverage?date=2026-11-30`,
    isForPhones: true,
  },
  { name: "coverage by team", as: "supervisor", path: `${home}/coverage?date=2026-12-01&length=day&by=team` },
  { name: "coverage for a viewer", as: "viewer", path: `${home}/coverage?date=2026-11-30&by=skill` },
  { name: "a new need", as: "supervisor", path: `${home}/coverage?date=2026-11-30&new=1` },
  { name: "my work without an agent", as: "viewer", path: `${home}/my-work` },
  ...settings("teams", async ({ api }) => (await api.call(listTeams, { query: first })).results[0]?.id),
  ...settings("skills", async ({ api }) => (await api.call(listSkills, { query: first })).results[0]?.id),
  ...settings(
    "capacity",
    async ({ api }) => (await api.call(listCapacityRules, { query: first })).results[0]?.id,
  ),
  ...settings("queues", async ({ api, make }) => {
    const team = await make.team();
    const { queue } = await makeDesk(
      { api, make },
      { steps: [{ afterSeconds: 60, teamIds: [team.id] }], offerMode: "accept" },
    );
    return queue.id;
  }),
  ...settings(
    "senders",
    async ({ api }) => (await api.call(listSenderProfiles, { query: first })).results[0]?.id,
  ),
  ...settings("presets", async ({ api }) => (await api.call(listStatuses, { query: first })).results[0]?.id),
  ...settings(
    "time-off-types",
    async ({ api }) => (await api.call(listTimeOffTypes, { query: first })).results[0]?.id,
  ),
  ...["shifts", "rotations", "holiday-calendars"].flatMap((section): ListedPage[] => [
    { name: `settings: ${section}`, as: "supervisor", path: `${home}/settings/${section}` },
    { name: `settings: new in ${section}`, as: "supervisor", path: `${home}/settings/${section}?new=1` },
  ]),
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
