import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, expectNoSidewaysScroll, test } from "@/e2e/support/ui/fixtures";
import { getAgent, patchAgent } from "@/lib/agents/agents/contract";
import { listCapacityRules } from "@/lib/workforce/capacity/contract";

/** Roles of all controls that could change something. */
const ways = ["checkbox", "switch", "textbox", "combobox", "spinbutton", "radio", "slider"] as const;

test("a viewer sees the agent list and no way to change it", async ({ asViewer: page, make, messages }) => {
  const t = messages("agents");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  const main = page.getByRole("main");
  for (const role of ways) await expect(main.getByRole(role), role).toHaveCount(0);
  await expect(list.row(agent.name)).toContainText(messages("availability")(`status.${agent.status}`));
  await expect(list.row(agent.name).getByRole("button")).toHaveCount(0);
  await expect(main.getByRole("button", { name: t("create.open") })).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(list.bulkBar).toBeHidden();
  await expect(list.row(agent.name)).not.toHaveAttribute("aria-selected", "true");

  // The empty state must not offer to create an agent.
  await list.search.fill("nobody is called so");
  await expect(page.getByText(t("empty.noMatch"))).toBeVisible();
  await expect(main.getByRole("button", { name: t("empty.create") })).toHaveCount(0);

  await list.search.fill(agent.name);
  await page.setViewportSize({ width: 360, height: 780 });
  await expect(main.getByRole("listitem").filter({ hasText: agent.name })).toBeVisible();
  for (const role of ways) await expect(main.getByRole(role), role).toHaveCount(0);
  await expectNoSidewaysScroll(page);
});

test("a viewer sees all of an agent and no way to change it", async ({
  asViewer: page,
  make,
  api,
  messages,
}) => {
  const t = messages("profile");
  const skill = await make.skill({ values: [{ value: "Deep" }] });
  const agent = await make.agent({
    bio: "Knows the night trains by heart.",
    weeklySchedule: { monday: { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } } },
  });
  await make.team({ agentIds: [agent.id] });
  await api.call(patchAgent, {
    params: { agentId: agent.id },
    body: {
      assignedSkills: [{ id: skill.id, selectedValues: [{ id: skill.values[0]?.id ?? "" }] }],
      holidays: [{ name: "May Day", month: 5, day: 1 }],
      defaultCallerId: "+14155550123",
      forwardNumber: { enabled: true, number: "+14155550124", maskCaller: true },
    },
  });
  const main = page.getByRole("main");
  const shown = {
    profile: agent.bio ?? "",
    schedule: messages("schedule")("hours"),
    holidays: "May Day",
    skills: "Deep",
    voice: "+14155550123",
    workload: t("fields.wrapUpTime"),
  };
  await page.goto(`/w/northwind/agents/${agent.id}`);
  for (const [tab, text] of Object.entries(shown)) {
    await main.getByRole("tab", { name: t(`tabs.${tab}`) }).click();
    await expect(main.getByRole("tabpanel").getByText(text).first()).toBeVisible();
    for (const role of ways) await expect(main.getByRole(role), `${role} (${tab})`).toHaveCount(0);
  }
  // Also the availability tab, which has fields for another time and day.
  await expect(main.getByRole("tab")).toHaveCount(Object.keys(shown).length + 1);
  await expect(main.locator("input, textarea, select, [contenteditable=true]")).toHaveCount(0);
  await main.getByRole("button", { name: t("header.more", { name: agent.name }) }).click();
  await expect(page.getByRole("menuitem", { name: t("header.copyLink") })).toBeVisible();
  await expect(page.getByRole("menuitem")).toHaveCount(1);
});

test("a viewer sees the settings that are not secret and no way to change them", async ({
  asViewer: page,
  make,
  api,
  messages,
}) => {
  const t = messages("settings");
  const shell = messages("shell");
  const ui = messages("ui");
  const team = await make.team({ description: "Those who were there first" });
  const skill = await make.skill({ description: "What they were there for" });
  const { results: rules } = await api.call(listCapacityRules, { query: { limit: "1" } });
  const rule = rules[0];
  const main = page.getByRole("main");
  for (const [section, thing] of [
    ["teams", team],
    ["skills", skill],
    ["capacity", rule],
  ] as const) {
    await page.goto(`/w/northwind/settings/${section}`);
    await expect(main.getByRole("heading", { level: 1, name: shell(`settings.${section}`) })).toBeVisible();
    await expect(main.getByRole("link", { name: thing?.name ?? "", exact: true })).toBeVisible();
    await expect(main.getByRole("button", { name: t(`${section}.new`) })).toHaveCount(0);
    for (const role of ways) await expect(main.getByRole(role), `${role} (${section})`).toHaveCount(0);
    await expect(
      main.getByRole("button", { name: t("common.actionsFor", { name: thing?.name ?? "" }) }),
    ).toHaveCount(0);

    await main.getByRole("link", { name: thing?.name ?? "", exact: true }).click();
    const panel = page.getByRole("dialog", { name: thing?.name ?? "" });
    await expect(panel).toBeVisible();
    for (const role of ways) await expect(panel.getByRole(role), `${role} (${section})`).toHaveCount(0);
    await expect(panel.getByRole("button", { name: ui("save") })).toHaveCount(0);
    await expect(panel.getByRole("button", { name: t(`${section}.delete`) })).toHaveCount(0);

    // The form cannot be opened by URL either.
    await page.goto(`/w/northwind/settings/${section}?new=1`);
    await expect(main.getByRole("link", { name: thing?.name ?? "", exact: true })).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
  }
  const navigation = page.getByRole("navigation", { name: shell("nav.label") });
  await expect(navigation.getByRole("link", { name: shell("settings.teams") })).toBeVisible();
  await expect(navigation.getByRole("link", { name: shell("settings.people") })).toHaveCount(0);
  await expect(navigation.getByRole("link", { name: shell("settings.accessKeys") })).toHaveCount(0);
});

test("the API rejects a viewer's changes even if the page is bypassed", async ({
  asViewer: page,
  make,
  api,
  guard,
}) => {
  const agent = await make.agent({});
  const team = await make.team();
  const skill = await make.skill();
  await page.goto(listPath());
  guard.allowStatus(403);
  const base = `/api/workspaces/${api.workspaceId}`;
  const refused: [method: string, path: string, body?: unknown][] = [
    ["PATCH", `/agents/${agent.id}`, { name: "Changed" }],
    ["PATCH", `/agents/${agent.id}/availability`, { status: "offline" }],
    ["DELETE", `/agents/${agent.id}`],
    ["POST", "/agents", { name: "Made", type: "bot" }],
    ["POST", "/teams", { name: "Made" }],
    ["PATCH", `/teams/${team.id}`, { name: "Changed" }],
    ["DELETE", `/teams/${team.id}`],
    ["POST", "/inbox/skills", { name: "Made" }],
    ["DELETE", `/inbox/skills/${skill.id}`],
    ["POST", "/inbox/capacity", { name: "Made", capacity: { messaging: 1, email: 1 } }],
    ["POST", "/inbox/sender-profiles", { name: "Made", email: { username: "a", domain: "b.example" } }],
    ["POST", "/roles", { name: "Made", permissions: ["agents.read"] }],
    ["POST", "/users", { email: "made@people.example", roleIds: [] }],
    ["POST", "/access-keys", { name: "Made" }],
    ["GET", "/users"],
    ["GET", "/access-keys"],
    ["GET", "/changes"],
  ];
  const statuses = await page.evaluate(
    async ({ base, refused }) => {
      const answers: string[] = [];
      for (const [method, path, body] of refused) {
        const response = await fetch(base + path, {
          method,
          ...(body === undefined
            ? {}
            : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
        });
        answers.push(`${method} ${path}: ${response.status}`);
      }
      return answers;
    },
    { base, refused },
  );
  expect(statuses).toEqual(refused.map(([method, path]) => `${method} ${path}: 403`));
  expect(await api.call(getAgent, { params: { agentId: agent.id } })).toEqual(agent);
});
