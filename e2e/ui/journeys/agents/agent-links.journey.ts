import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/support/ui/fixtures";
import { managedRoles } from "@/lib/access/roles/rules";
import { patchAgent } from "@/lib/agents/agents/contract";

// Each link to the agents of a team, skill or role opens the list with exactly these agents.

const settings = "/w/northwind/settings";

/** Expects the list to show exactly these agents. */
async function expectAgents(page: Page, names: readonly string[]) {
  await expect(page).toHaveURL(/\/w\/northwind\/agents\?/);
  for (const name of names) await expect(page.getByRole("row", { name })).toBeVisible();
  // One row is the header.
  await expect(page.getByRole("row")).toHaveCount(names.length + 1);
}

test("a team links to its agents from its menu, its count and the palette", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("settings");
  const agents = await make.agents([{}, {}]);
  const team = await make.team({ agentIds: agents.map(({ id }) => id) });
  const names = agents.map(({ name }) => name);
  await page.goto(`${settings}/teams`);
  await page.getByRole("button", { name: t("common.actionsFor", { name: team.name }) }).click();
  await page.getByRole("menuitem", { name: t("teams.showAgents") }).click();
  await expectAgents(page, names);

  await page.goto(`${settings}/teams`);
  await page.getByRole("link", { name: t("teams.agentsOf", { name: team.name, count: 2 }) }).click();
  await expectAgents(page, names);

  await page.goto(`${settings}/teams`);
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog").getByRole("searchbox").fill(team.name);
  await page.getByRole("option", { name: team.name }).click();
  await expectAgents(page, names);
});

test("a skill links to the agents who have it", async ({ asSupervisor: page, make, api, messages }) => {
  const t = messages("settings");
  const [agent, skill] = [await make.agent(), await make.skill()];
  await api.call(patchAgent, {
    params: { agentId: agent.id },
    body: { assignedSkills: [{ id: skill.id, selectedValues: [] }] },
  });
  await page.goto(`${settings}/skills`);
  await page.getByRole("button", { name: t("common.actionsFor", { name: skill.name }) }).click();
  await page.getByRole("menuitem", { name: t("skills.showAgents") }).click();
  await expectAgents(page, [agent.name]);
});

test("a role links to exactly the agents who have it", async ({ asSupervisor: page, make, messages }) => {
  const t = messages("settings");
  const [viewer, agent] = [await make.member({ role: "Viewer" }), await make.member({ role: "Agent" })];
  const role = managedRoles.find(({ name }) => name === "Viewer");
  await page.goto(`${settings}/roles`);
  await page
    .getByRole("button", { name: t("common.actionsFor", { name: t("roles.managed.viewer") }) })
    .click();
  await page.getByRole("menuitem", { name: t("roles.showAgents") }).click();
  await expect(page).toHaveURL(new RegExp(`[?&]role=${role?.id}`));
  await expect(page.getByRole("row", { name: viewer.name })).toBeVisible();
  await expect(page.getByRole("row", { name: agent.name })).toHaveCount(0);
});
