import { AgentListPage, listPath, longList } from "@/e2e/support/ui/agent-list";
import { expect, test } from "@/e2e/support/ui/fixtures";

test("shortcuts lead from an agent to the next one and back to its row", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("profile");
  const list = new AgentListPage(page, messages);
  const unique = make.uniqueName("").trim();
  const names = ["Ana", "Bea", "Cleo"].map((name) => `${name} ${unique}`);
  const [first = "", second = "", third = ""] = names;
  for (const name of names) await make.agent({ name });
  const heading = (name: string) => page.getByRole("heading", { level: 1, name });

  await page.goto(listPath(unique));
  await list.expectRange(1, 3, 3);
  await page.keyboard.press("j");
  await expect(list.row(first)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(first)).toBeFocused();
  await expect(page.getByRole("button", { name: t("ways.previous") })).toBeDisabled();
  await page.getByRole("tab", { name: t("tabs.schedule") }).click();
  await page.keyboard.press("j");
  await expect(heading(second)).toBeFocused();
  await expect(page.getByRole("tab", { name: t("tabs.schedule") })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("j");
  await expect(heading(third)).toBeFocused();
  await page.keyboard.press("k");
  await expect(heading(second)).toBeFocused();
  await page.goBack();
  await list.expectRange(1, 3, 3);
  await expect(list.row(second)).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(heading(second)).toBeFocused();
  await page
    .getByRole("navigation", { name: t("ways.label") })
    .getByRole("link", { name: t("ways.list") })
    .click();
  await list.expectRange(1, 3, 3);
  await expect(list.search).toHaveValue(unique);
  await expect(list.row(second)).toBeFocused();
});

test("the back button restores the list's scroll position", async ({ asSupervisor: page, api, messages }) => {
  const list = new AgentListPage(page, messages);
  // Use a list of this test's own agents: agents of other tests would shift the rows.
  await page.goto(await longList(api));
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();
  await list.table.evaluate((table) => table.scrollTo({ top: 1900 }));
  // The first fully visible row; rows are 48 px high.
  const row = list.table.getByRole("row", { includeHidden: false }).and(page.locator("[aria-rowindex='44']"));
  await expect(row).toBeInViewport();
  const link = row.getByRole("rowheader").getByRole("link");
  const name = (await link.textContent()) ?? "";
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
  await page.goBack();
  await expect(list.row(name)).toBeFocused();
  await expect(list.row(name)).toBeInViewport();
  expect(await list.table.evaluate((table) => table.scrollTop)).toBe(1900);
});

test("a profile opened by a direct link links to the list, but has no previous or next agent", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("profile");
  const agent = await make.agent({});
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await expect(page.getByRole("heading", { level: 1, name: agent.name })).toBeVisible();
  await expect(page.getByRole("button", { name: t("ways.next") })).toBeHidden();
  await page
    .getByRole("navigation", { name: t("ways.label") })
    .getByRole("link", { name: t("ways.list") })
    .click();
  await expect(page.getByRole("grid", { name: messages("agents")("title") })).toBeVisible();
});
