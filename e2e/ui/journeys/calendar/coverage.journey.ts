import { expect, expectAccessible, expectNoLayoutShift, tabTo, test } from "@/e2e/support/ui/fixtures";
import { patchAgent } from "@/lib/agents/agents/contract";
import {
  createCoverageNeed,
  deleteCoverageNeed,
  listCoverageNeeds,
} from "@/lib/agents/coverage/needs-contract";

/** A Wednesday. */
const date = "2027-06-16";

test("a supervisor adds a need by keyboard, sees the gap, and deletes the need", {
  tag: "@language",
}, async ({ asSupervisor: page, api, make, messages }) => {
  const t = messages("calendar");
  const team = await make.team();
  await page.goto(`/w/northwind/coverage?date=${date}&length=day&by=team`);
  const row = page.getByRole("row").filter({ hasText: team.name });
  await expect(row).toBeVisible();
  await expectNoLayoutShift(page);
  await expectAccessible(page);

  await tabTo(page, page.getByRole("button", { name: t("coverage.needs.add"), exact: true }), 60);
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: t("coverage.needs.new") });
  await tabTo(page, panel.getByRole("button", { name: t("coverage.needs.team") }));
  await page.keyboard.press("Enter");
  // What is typed before the list is open would go to the button.
  const option = page.getByRole("option", { name: team.name });
  await expect(option).toBeVisible();
  await page.keyboard.type(team.name);
  await expect(option).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(option).toBeHidden();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();
  const own = async () =>
    (await api.call(listCoverageNeeds, { query: { limit: "100" } })).results.filter(
      ({ teamId }) => teamId === team.id,
    );
  await expect.poll(async () => (await own()).map(({ minimum }) => minimum)).toEqual([1]);

  // Nobody is in the team, so one agent is missing from 9 to 17.
  const risks = page.getByRole("region", { name: t("coverage.risks.title") });
  await expect(risks.getByRole("listitem").filter({ hasText: team.name })).toContainText(
    t("coverage.risks.belowMinimum", { scheduled: 0, needed: 1 }),
  );
  await expect(
    row.getByRole("cell", { name: t("coverage.cellNeeded", { scheduled: 0, needed: 1 }) }),
  ).toHaveCount(8);

  const need = page
    .getByRole("region", { name: t("coverage.needs.title") })
    .getByRole("button", { name: team.name });
  await need.press("Enter");
  const edited = page.getByRole("dialog").filter({ hasText: team.name });
  await edited.getByRole("button", { name: t("coverage.needs.delete") }).press("Enter");
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("coverage.needs.delete") })
    .press("Enter");
  await expect(need).toBeHidden();
  await expect.poll(own).toEqual([]);
});

test("the heat map follows the schedules", async ({ asSupervisor: page, api, make, messages }) => {
  const t = messages("calendar");
  const agent = await make.agent({ timezone: "Etc/UTC", weeklySchedule: {} });
  const team = await make.team({ agentIds: [agent.id] });
  const need = await api.call(createCoverageNeed, {
    body: {
      teamId: team.id,
      days: date,
      from: { hour: 0, minute: 0 },
      to: { hour: 0, minute: 0 },
      minimum: 1,
    },
  });
  await page.goto(`/w/northwind/coverage?date=${date}&length=day&by=team`);
  const row = page.getByRole("row").filter({ hasText: team.name });
  await expect(
    row.getByRole("cell", { name: t("coverage.cellNeeded", { scheduled: 0, needed: 1 }) }),
  ).toHaveCount(24);
  await api.call(patchAgent, { params: { agentId: agent.id }, body: { weeklySchedule: null } });
  await expect(
    row.getByRole("cell", { name: t("coverage.cellNeeded", { scheduled: 1, needed: 1 }) }),
  ).toHaveCount(24);
  await api.call(deleteCoverageNeed, { params: { coverageNeedId: need.id } });
});
