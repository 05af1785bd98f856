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
    .getByRole("button", { name: /^Status of Maren Lindqvist/ })
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

test("a part of the page that fails to load is asked for again", async ({
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
  let failures = 0;
  await page.route("**/_next/static/**/*.js", async (route) => {
    failures += 1;
    await (failures <= 2 ? route.abort() : route.continue());
  });
  await pressBox(list.row(agent.name).getByRole("checkbox"));
  await expect(list.bulkBar).toBeVisible();
  expect(failures).toBeGreaterThan(2);
});

test("the offline notice and a toast don't cover each other on a phone", async ({
  make,
  openAs,
  guard,
  messages,
}) => {
  const t = messages("availability");
  const shell = messages("shell");
  const member = await make.member({ role: "Agent" });
  const page = await openAs(member.account);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/me");
  const away = page
    .getByRole("button", { name: t("statusOf", { name: member.name, status: t("status.away") }) })
    .first();
  await expect(away).toBeVisible();
  guard.allowNoAnswer();
  await page.context().setOffline(true);
  await away.click();
  await page.getByRole("menuitemradio", { name: t("status.active") }).click();
  const boxes = [page.getByText(shell("offline")), page.getByRole("alertdialog").first()].map(
    async (part) => {
      await expect(part).toBeVisible();
      return await part.boundingBox();
    },
  );
  const [notice, toast] = await Promise.all(boxes);
  if (!notice || !toast) throw new Error("Neither has a place");
  expect(toast.y + toast.height).toBeLessThanOrEqual(notice.y);
});
