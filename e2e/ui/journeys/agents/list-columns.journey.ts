import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, test } from "@/e2e/support/ui/fixtures";
import { patchAvailability } from "@/lib/availability/declared/contract";

test("on a laptop, workload and local time are visible, and names stay in place on horizontal scrolling", {
  tag: "@language",
}, async ({ asSupervisor: page, make, messages, conventions }) => {
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  await expect(list.head("workload")).toBeInViewport({ ratio: 1 });
  await expect(list.head("localTime")).toBeInViewport({ ratio: 1 });
  const link = list.link(agent.name);
  const before = await link.boundingBox();
  await list.table.evaluate((table, by) => table.scrollBy({ left: by }), 400 * conventions.onward);
  await expect(list.head("lastChange")).toBeInViewport();
  await expect(link).toBeInViewport({ ratio: 1 });
  expect((await link.boundingBox())?.x).toBe(before?.x);
  // Fails if another element covers the link.
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: agent.name })).toBeVisible();
});

test("an offline agent is not shown as “available”", async ({ asSupervisor: page, make, api, messages }) => {
  const words = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await api.call(patchAvailability, { params: { agentId: agent.id }, body: { status: "offline" } });
  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  await expect(list.row(agent.name)).toContainText(words("noActivity"));
  await expect(list.row(agent.name)).not.toContainText(words("activity.available"));
});
