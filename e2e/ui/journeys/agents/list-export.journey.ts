import { readFile } from "node:fs/promises";
import type { Download } from "@playwright/test";
import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, pressBox, tabTo, test } from "@/e2e/support/ui/fixtures";

/** Returns the lines of a downloaded file without the byte order mark. */
async function linesOf(download: Download): Promise<string[]> {
  const text = await readFile(await download.path(), "utf8");
  expect(text.charCodeAt(0), "the byte order mark").toBe(0xfeff);
  expect(text.endsWith("\r\n")).toBe(true);
  return text.slice(1).trimEnd().split("\r\n");
}

test("the filtered and sorted list is exported, and names are escaped against formula injection", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("agents");
  const list = new AgentListPage(page, messages);
  const unique = make.uniqueName("Export");
  const formula = `=HYPERLINK("http://example.com","${unique}")`;
  const [one, two] = await make.agents([{ name: `${unique} A, "the first"` }, { name: `${unique} B` }]);
  const three = await make.agent({ name: formula });
  await page.goto(listPath(unique));
  await list.expectRange(1, 3, 3);
  await list.head("agent").click();
  await list.expectNames([two?.name ?? "", one?.name ?? "", formula]);

  await page.getByRole("button", { name: t("export.open") }).click();
  const dialog = page.getByRole("dialog", { name: t("export.title") });
  await expect(dialog).toContainText(t("export.hint", { count: 3 }));
  await pressBox(dialog.getByRole("checkbox", { name: t("export.columns.lastStatusSet") }));
  const coming = page.waitForEvent("download");
  await dialog.getByRole("button", { name: t("export.submit", { count: 3 }) }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^northwind-agents-\d{4}-\d{2}-\d{2}\.csv$/);

  const [head = "", ...rows] = await linesOf(download);
  const columns = ["name", "email", "type", "status", "activity"].map((id) => t(`export.columns.${id}`));
  expect(head.startsWith(`${columns.join(",")},`)).toBe(true);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(new RegExp(`^${unique} B,,bot,${two?.status},available,`));
  expect(rows[1]?.startsWith(`"${unique} A, ""the first""",,bot,`)).toBe(true);
  expect(rows[2]?.startsWith(`"'=HYPERLINK(""http://example.com"",""${unique}"")",,bot,`)).toBe(true);
  expect(rows.map((row) => row.split(",").at(-1))).toEqual([two?.id, one?.id, three.id]);
  await expect(page.getByText(t("export.done", { count: 3 }))).toBeVisible();
  await expect(dialog).toBeHidden();
});

test("by keyboard alone: a viewer exports the list", async ({ asViewer: page, make, messages }) => {
  const t = messages("agents");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  await tabTo(page, page.getByRole("button", { name: t("export.open") }));
  await page.keyboard.press("Enter");
  const submit = page.getByRole("button", { name: t("export.submit", { count: 1 }) });
  await tabTo(page, submit);
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const [, ...rows] = await linesOf(await coming);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.startsWith(`${agent.name},`)).toBe(true);
  await expect(page.getByRole("dialog")).toBeHidden();
});
