import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { patchAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";

test("a change appears first in the history, with author, field, and values before and after", {
  tag: "@language",
}, async ({ openAs, make, api, editorOf, messages, conventions }) => {
  test.slow();
  const t = messages("profile");
  const supervisor = await make.member({ role: "Supervisor", agent: false });
  const { id } = await make.agent({ bio: "As it was" });
  await api.call(patchAgent, { params: { agentId: id }, body: { wrapUpTime: 30 } });
  const page = await openAs(supervisor.account);
  const editor = editorOf(page, id);
  const panel = page.getByRole("tabpanel");
  const entries = panel.getByRole("listitem").filter({ has: page.getByRole("time") });
  await editor.open("history");
  await expect(entries.first()).toContainText(t("fields.wrapUpTime"));
  await expect(entries.first()).toContainText(t("history.cause.api"));

  // The history is already cached, so it must be refetched after the change.
  await editor.openTab("profile");
  await editor.text("bio").fill("As it is");
  await editor.save("bio");
  await editor.openTab("history");
  const newest = entries.first();
  await expect(newest).toContainText(
    t("history.byUpdated", { name: supervisor.name, fields: t("fields.bio") }),
  );
  await expect(newest).toContainText(t("history.cause.supervisor"));
  await expect(newest.getByRole("deletion")).toHaveText("As it was");
  await expect(newest.getByRole("insertion")).toHaveText("As it is");
  await expect(entries).toHaveCount(3);
  for (const words of t("history.byCreated", { name: "|" }).split("|"))
    await expect(entries.last()).toContainText(words.trim());

  // A change saved while the history is open appears in it.
  await editor.openTab("workload");
  await editor.text("wrapUpTime").fill("60");
  await editor.openTab("history");
  await editor.save("wrapUpTime");
  const figures = new Intl.NumberFormat(conventions.locale);
  await expect(newest.getByRole("deletion")).toContainText(figures.format(30));
  await expect(newest.getByRole("insertion")).toContainText(figures.format(60));

  await panel.getByRole("button", { name: t("history.field") }).click();
  await page.getByRole("option", { name: t("fields.wrapUpTime") }).click();
  await expect(page).toHaveURL(/[?&]field=wrapUpTime/);
  // The entry for the creation lists the initial value of every field.
  await expect(entries).toHaveCount(3);
  for (const entry of [newest, entries.nth(1)]) await expect(entry).toContainText(t("fields.wrapUpTime"));
  await page.reload();
  await expect(entries).toHaveCount(3);
  await panel.getByRole("button", { name: t("history.action") }).click();
  await page.getByRole("option", { name: t("history.created"), exact: true }).click();
  await expect(entries).toHaveCount(1);
  await panel.getByRole("button", { name: t("history.action") }).click();
  await page.getByRole("option", { name: t("history.updated"), exact: true }).click();
  await expect(entries).toHaveCount(2);
  await panel.getByRole("button", { name: t("history.field") }).click();
  await page.getByRole("option", { name: t("fields.timezone"), exact: true }).click();
  await expect(entries).toHaveCount(0);
  await expect(panel.getByText(t("history.noneMatch"))).toBeVisible();
  await panel.getByRole("button", { name: t("history.showAll") }).click();
  await expect(entries).toHaveCount(4);
});

test("by keyboard alone: finds status changes with the history's filter", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const availability = messages("availability");
  const { id } = await make.agent();
  const params = { agentId: id };
  await api.call(patchAvailability, { params, body: { status: "active" } });
  await api.call(patchAgent, { params, body: { bio: "Something else" } });
  await editorOf(page, id).open("history");
  const entries = page
    .getByRole("tabpanel")
    .getByRole("listitem")
    .filter({ has: page.getByRole("time") });
  await expect(entries).toHaveCount(3);
  await tabTo(page, page.getByRole("button", { name: t("history.field") }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: t("fields.status"), exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(entries).toHaveCount(1);
  await expect(entries.getByRole("deletion")).toHaveText(availability("status.away"));
  await expect(entries.getByRole("insertion")).toHaveText(availability("status.active"));
});
