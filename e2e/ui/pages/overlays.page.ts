import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, pressBox, settled, test, windows } from "@/e2e/support/ui/fixtures";

test("on a phone, an error toast covers no button of a panel", async ({
  asSupervisor: page,
  guard,
  messages,
}) => {
  await page.setViewportSize(windows.phone);
  await page.goto("/w/northwind/settings/teams");
  guard.allowNoAnswer();
  await page.route("**/availability", (route) => route.abort("connectionreset"));
  await page
    .getByRole("banner")
    .getByRole("button", { name: /Maren Lindqvist/ })
    .first()
    .click();
  await page.getByRole("menuitemradio", { name: messages("availability")("status.away") }).click();
  const toast = page.getByRole("alertdialog");
  await expect(toast).toBeVisible();

  await page.getByRole("button", { name: messages("settings")("teams.new") }).click();
  const panel = page.getByRole("dialog");
  await settled(page);
  await expect(toast).toBeVisible();
  for (const button of await panel.locator("footer").getByRole("button").all())
    await button.click({ trial: true, timeout: 5_000 });
  await expect(panel.locator("footer").getByRole("button")).toHaveCount(2);
});

test("a part of the page that is needed offline appears once the browser is online", async ({
  asSupervisor: page,
  make,
  guard,
  messages,
}) => {
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  await expect(list.row(agent.name)).toBeVisible();
  guard.allowNoAnswer();
  await page.context().setOffline(true);
  await expect(page.getByText(messages("shell")("offline"))).toBeVisible();
  const failed = page.waitForEvent("requestfailed", (request) => request.resourceType() === "script");
  await pressBox(list.row(agent.name).getByRole("checkbox"));
  await failed;
  await expect(list.row(agent.name)).toBeVisible();
  await expect(list.bulkBar).toBeHidden();
  await page.context().setOffline(false);
  await expect(list.bulkBar).toBeVisible();
});
