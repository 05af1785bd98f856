import type { Page } from "@playwright/test";
import { AgentListPage, listPath, longList } from "@/e2e/support/ui/agent-list";
import type { Api } from "@/e2e/support/ui/api";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import type { Makers } from "@/e2e/support/ui/people";
import { patchAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";

/** Creates four agents that differ in every property the list can be filtered by. */
async function makeFour(make: Makers, api: Api) {
  const unique = make.uniqueName("");
  const [ana, bea, cleo, dora] = ["Ana", "Bea", "Cleo", "Dora"].map((first) => `${first} ${unique}`) as [
    string,
    string,
    string,
    string,
  ];
  const skill = await make.skill();
  const one = await make.agent({ name: ana });
  const two = await make.agent({ name: bea });
  await make.agent({ name: cleo, weeklySchedule: {} });
  await make.member({ role: "Supervisor", agent: { name: dora } });
  const team = await make.team({ agentIds: [two.id] });
  const params = { agentId: one.id };
  await api.call(patchAvailability, { params, body: { status: "active" } });
  await api.call(patchAvailability, { params: { agentId: two.id }, body: { status: "offline" } });
  await api.call(patchAgent, { params, body: { assignedSkills: [{ id: skill.id }] } });
  return { unique: unique.trim(), ana, bea, cleo, dora, team, skill };
}

/** Filters the list by one value in the menu, which shows the values already `chosen` next to the filter. */
async function filterBy(page: Page, t: Messages, field: string, value: string, chosen = ""): Promise<void> {
  await page.getByRole("button", { name: t("filters.title"), exact: true }).click();
  await page
    .getByRole("menuitem", { name: `${t(`filters.fields.${field}`)} ${chosen}`.trim(), exact: true })
    .click();
  await page.getByRole("option", { name: value, exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
}

test("each filter narrows the list, and removing it restores the list", { tag: "@time" }, async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("agents");
  const words = messages("availability");
  const { unique, ana, bea, cleo, dora, team, skill } = await makeFour(make, api);
  const supervisor = messages("settings")("roles.managed.supervisor");
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectNames([ana, bea, cleo, dora]);

  const clear = page.getByRole("button", { name: t("filters.clearAll") });
  for (const [field, value, names] of [
    ["status", words("status.active"), [ana]],
    ["teams", team.name, [bea]],
    ["skills", skill.name, [ana]],
    ["roles", supervisor, [dora]],
    ["hours", t("filters.hours.out"), [cleo]],
    ["changed", t("filters.changed.hour"), [ana, bea, cleo, dora]],
  ] as const) {
    await filterBy(page, t, field, value);
    const remove = page.getByRole("button", {
      name: t("filters.remove", { field: t(`filters.fields.${field}`) }),
    });
    await list.expectNames([...names]);
    await remove.click();
    await expect(remove).toBeHidden();
    await list.expectNames([ana, bea, cleo, dora]);
  }

  // Several values of a filter are combined with OR, several filters with AND.
  await filterBy(page, t, "status", words("status.active"));
  await filterBy(page, t, "status", words("status.offline"), words("status.active"));
  await filterBy(page, t, "teams", team.name);
  await list.expectNames([bea]);
  await page.reload();
  await list.expectNames([bea]);
  await clear.click();
  await expect(list.search).toHaveValue("");
  await expect(page).toHaveURL(new RegExp(`${listPath()}$`));
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();
});

test("by keyboard alone: filters the list", async ({ asSupervisor: page, make, api, messages }) => {
  const t = messages("agents");
  const { unique, ana, bea, cleo, dora } = await makeFour(make, api);
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectNames([ana, bea, cleo, dora]);

  await page.keyboard.press("f");
  await expect(page.getByRole("menuitem", { name: t("filters.fields.canTake"), exact: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: t("filters.fields.status"), exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  const active = page.getByRole("option", { name: messages("availability")("status.active") });
  await tabTo(page, active);
  await page.keyboard.press("Enter");
  await list.expectNames([ana]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  const remove = page.getByRole("button", {
    name: t("filters.remove", { field: t("filters.fields.status") }),
  });
  await tabTo(page, remove);
  await page.keyboard.press("Enter");
  await list.expectNames([ana, bea, cleo, dora]);
  await tabTo(page, page.getByRole("button", { name: t("filters.clearAll") }));
  await page.keyboard.press("Enter");
  await expect(list.search).toHaveValue("");
});

test("the list is sorted in both directions, by mouse and keyboard", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const { unique, ana, bea, cleo, dora } = await makeFour(make, api);
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectNames([ana, bea, cleo, dora]);
  await expect(list.head("agent")).toHaveAttribute("aria-sort", "ascending");

  await list.head("agent").click();
  await expect(list.head("agent")).toHaveAttribute("aria-sort", "descending");
  await list.expectNames([dora, cleo, bea, ana]);
  await page.reload();
  await list.expectNames([dora, cleo, bea, ana]);

  await list.head("status").click();
  await expect(list.head("status")).toHaveAttribute("aria-sort", "ascending");
  await expect(async () => {
    const names = await list.names();
    expect([names[0], names.at(-1)]).toEqual([ana, bea]);
  }).toPass();
  await list.head("status").focus();
  await page.keyboard.press("Enter");
  await expect(list.head("status")).toHaveAttribute("aria-sort", "descending");
  await expect(async () => {
    const names = await list.names();
    expect([names[0], names.at(-1)]).toEqual([bea, ana]);
  }).toPass();
});

test("paging forward and back keeps the position", async ({ asSupervisor: page, api, messages }) => {
  const t = messages("agents");
  const list = new AgentListPage(page, messages);
  await page.goto(await longList(api));
  await expect(page.getByText(beginning(t, 1, 100))).toBeVisible();
  const first = await list.names();
  await expect(list.pageButton("back")).toBeDisabled();
  await list.pageButton("next").click();
  const second = page.getByRole("button", { name: t("paging.back"), disabled: false });
  await expect(second).toBeVisible();
  await expect(list.table).not.toHaveAttribute("aria-busy", "true");
  await expect.poll(() => list.names()).not.toEqual(first);
  const names = await list.names();

  await page.reload();
  await expect(second).toBeVisible();
  await expect.poll(() => list.names()).toEqual(names);
  await page.keyboard.press("[");
  await expect.poll(() => list.names()).toEqual(first);
  await page.keyboard.press("]");
  await expect.poll(() => list.names()).toEqual(names);
  await page.goBack();
  await expect.poll(() => list.names()).toEqual(first);
});

test("the URL of a page shows the same rows to others", async ({
  asSupervisor: page,
  openAs,
  api,
  messages,
}) => {
  const list = new AgentListPage(page, messages);
  await page.goto(`${await longList(api)}&status=active,away&reverse=true`);
  await list.pageButton("next").click();
  await expect(page).toHaveURL(/after=/);
  await expect(list.pageButton("back")).toBeEnabled();
  await expect(list.table).not.toHaveAttribute("aria-busy", "true");
  const names = await list.names();
  const other = await openAs("viewer");
  await other.goto(page.url());
  await expect.poll(() => new AgentListPage(other, messages).names()).toEqual(names);
});

test("an expired page token leads to the first page", async ({
  asSupervisor: page,
  make,
  guard,
  messages,
}) => {
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  guard.allowStatus(400);
  await page.goto(`${listPath(agent.name)}&page=3&after=nonsense`);
  await list.expectRange(1, 1, 1);
  await expect(list.link(agent.name)).toBeVisible();
  await expect(page).not.toHaveURL(/after=|page=/);
  await expect(page.getByText(messages("agents")("failed"))).toBeHidden();
});

/** Returns a pattern for the start of the footer's range, with any total. */
function beginning(t: Messages, from: number, to: number): RegExp {
  const [range = ""] = t("paging.range", { from, to, total: 0 }).split(" ");
  return new RegExp(`^${range} `);
}
