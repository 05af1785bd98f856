import { expect, hydrated, test } from "@/e2e/support/ui/fixtures";
import { getPresence, listPresenceSessions } from "@/lib/availability/presence/contract";

test("an agent's browser is present once for all its tabs, until the last one is left", async ({
  openAs,
  make,
  api,
  messages,
}) => {
  const shell = messages("shell");
  const member = await make.member();
  const agentId = member.agent?.id ?? "";
  const presence = () => api.call(getPresence, { params: { agentId } });
  const sessions = async () => (await api.call(listPresenceSessions, { params: { agentId } })).results;

  const page = await openAs(member.account);
  const heartbeats: string[] = [];
  page.context().on("request", (request) => {
    if (request.method() === "PUT") heartbeats.push(request.url());
  });
  await page.goto("/me");
  await hydrated(page);
  await expect.poll(presence).toMatchObject({ state: "present", sessions: 1 });
  const [opened] = await sessions();

  const second = await page.context().newPage();
  await second.goto("/me");
  await hydrated(second);
  await page.goto("/me?tab=schedule");
  await hydrated(page);
  await expect.poll(async () => (await sessions())[0]?.lastSeenAt).not.toBe(opened?.lastSeenAt);
  expect((await sessions()).map(({ id }) => id)).toEqual([opened?.id]);
  expect(new Set(heartbeats.map((url) => url.split("/").at(-1)))).toEqual(new Set([opened?.id]));

  await page
    .getByRole("button", { name: shell("account.label", { name: member.name }) })
    .first()
    .click();
  await page.getByRole("menuitem", { name: shell("account.sessions") }).click();
  const list = page.getByRole("list", { name: shell("presence.title") });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(list.getByText(shell("presence.current"))).toBeVisible();

  await page.goto("about:blank");
  await second.goto("about:blank");
  const left = async () => {
    const [session] = await sessions();
    return Date.parse(session?.endsAt ?? "") - Date.parse(session?.lastSeenAt ?? "");
  };
  await expect.poll(left).toBeLessThan(90_000);
});

test("presence ends at sign-out, and not only when heartbeats stay away", async ({
  openAs,
  make,
  api,
  messages,
}) => {
  const shell = messages("shell");
  const member = await make.member();
  const agentId = member.agent?.id ?? "";
  const params = { agentId };
  const session = async () => (await api.call(listPresenceSessions, { params })).results[0];
  const page = await openAs(member.account);
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() === 401) refused.push(response.url());
  });
  await page.goto("/me");
  await expect.poll(() => api.call(getPresence, { params })).toMatchObject({ state: "present" });
  const before = await session();
  await page
    .getByRole("button", { name: shell("account.label", { name: member.name }) })
    .first()
    .click();
  await page.getByRole("menuitem", { name: shell("account.signOut") }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  const after = await session();
  expect(Date.parse(after?.endsAt ?? "")).toBeLessThan(Date.parse(before?.endsAt ?? ""));
  // A beacon of the page that is left would be refused.
  expect(refused.filter((url) => url.includes("/presence/"))).toEqual([]);
});

test("a viewer's browser sends no heartbeats", async ({ asViewer: page }) => {
  const heartbeats: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") heartbeats.push(request.url());
  });
  await page.goto("/w/northwind/agents?q=nobody+is+called+so");
  await hydrated(page);
  await page.waitForTimeout(1_000);
  expect(heartbeats).toEqual([]);
});
