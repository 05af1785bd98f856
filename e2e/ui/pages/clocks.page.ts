import type { Page } from "@playwright/test";
import { listPath } from "@/e2e/support/ui/agent-list";
import { expect, test } from "@/e2e/support/ui/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";

/**
 * Makes the API return agents in a time zone that the zone data does not include, as a database row might.
 */
async function answerInUnknownZone(page: Page): Promise<void> {
  await page.route(/\/api\/workspaces\/[^/]+\/agents/, async (route) => {
    const response = await route.fetch();
    const body: Partial<Agent> & { results?: Agent[] } = await response.json();
    if (body.timezone) body.timezone = "Mars/Olympus_Mons";
    for (const agent of body.results ?? []) agent.timezone = "Mars/Olympus_Mons";
    await route.fulfill({ response, json: body });
  });
}

test("a reload shows the remaining seconds at that time", async ({ asSupervisor: page, make, api }) => {
  const agent = await make.agent({});
  await api.call(patchAvailability, {
    params: { agentId: agent.id },
    body: { activity: "busy", activityTtl: 600 },
  });
  const read = () =>
    page.waitForResponse(
      (answer) => /\/api\/.*\/agents\/[^/]+$/.test(answer.url()) && answer.url().endsWith(agent.id),
    );
  const secondsLeft = async (answer: Awaited<ReturnType<typeof read>>) =>
    ((await answer.json()) as Agent).availability.activityTtl ?? 0;
  const [first] = await Promise.all([read(), page.goto(`/w/northwind/agents/${agent.id}`)]);
  const before = await secondsLeft(first);
  await page.waitForTimeout(2_100);
  const [second] = await Promise.all([read(), page.reload()]);
  expect(await secondsLeft(second)).toBeLessThanOrEqual(before - 2);
});

test("an agent in an unknown time zone is shown in UTC, with a note", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const agent = await make.agent({});
  await answerInUnknownZone(page);
  await page.goto(listPath(agent.name));
  await expect(page.getByText(messages("agents")("localTime.unknown")).first()).toBeVisible();
  await page.goto(`/w/northwind/agents/${agent.id}`);
  const note = messages("profile")("header.unknownZone", { zone: "Mars/Olympus_Mons" });
  await expect(page.getByText(note)).toBeVisible();
  for (const tab of ["schedule", "holidays", "profile"]) {
    await page.goto(`/w/northwind/agents/${agent.id}?tab=${tab}`);
    await expect(page.getByRole("heading", { level: 1, name: agent.name })).toBeVisible();
  }
});

test("a browser whose time zone is unknown shows times in UTC", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const agent = await make.agent({});
  await page.addInitScript(() => {
    const { resolvedOptions } = Intl.DateTimeFormat.prototype;
    Intl.DateTimeFormat.prototype.resolvedOptions = function resolved() {
      return { ...resolvedOptions.call(this), timeZone: "Etc/Unknown" };
    };
  });
  await page.goto(listPath(agent.name));
  await expect(page.getByText(agent.name).first()).toBeVisible();
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await expect(page.getByText(messages("profile")("header.unknownYours"))).toBeVisible();
});

test("the time zone field shows the release of the time zone data", async ({ asAgent: page, messages }) => {
  await page.goto("/me");
  await expect(page.getByText(messages("profile")("zoneData.release", { release: "2026f" }))).toBeVisible();
});
