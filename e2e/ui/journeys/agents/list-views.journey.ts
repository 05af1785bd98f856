import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";

test("a view is saved, opened, changed and renamed", async ({ openAs, make, messages }) => {
  const t = messages("agents");
  const ui = messages("ui");
  const member = await make.member({ role: "Supervisor", agent: false });
  const page = await openAs(member.account);
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  const [name, renamed] = [make.uniqueName("View"), make.uniqueName("View")];
  const views = page.getByRole("navigation", { name: t("views.label") });
  const view = (title: string) => views.getByRole("link", { name: title, exact: true });

  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  await page.getByRole("button", { name: t("views.save"), exact: true }).click();
  const dialog = page.getByRole("dialog", { name: t("views.saveTitle") });
  await dialog.getByRole("button", { name: ui("save") }).click();
  const field = dialog.getByRole("textbox", { name: t("views.name") });
  await expect(field).toHaveAccessibleDescription(new RegExp(messages("errors")("required")));
  await field.fill(name);
  await dialog.getByRole("button", { name: ui("save") }).click();
  await expect(view(name)).toHaveAttribute("aria-current", "page");

  await view(t("views.all")).click();
  await expect(list.search).toHaveValue("");
  await page.reload();
  await view(name).click();
  await expect(list.search).toHaveValue(agent.name);
  await list.expectRange(1, 1, 1);

  // A change is indicated and saved to the view.
  await list.head("agent").click();
  const changed = views.getByRole("img", { name: t("views.changed") });
  await expect(changed).toBeVisible();
  const menu = (title: string) => page.getByRole("button", { name: t("views.actions", { name: title }) });
  await menu(name).click();
  await page.getByRole("menuitem", { name: t("views.update") }).click();
  await expect(changed).toBeHidden();
  await expect(page.getByRole("alertdialog", { name: t("views.updated", { name }) })).toBeVisible();

  await menu(name).click();
  await page.getByRole("menuitem", { name: t("views.rename") }).click();
  const rename = page.getByRole("dialog", { name: t("views.renameTitle") });
  await rename.getByRole("textbox", { name: t("views.name") }).fill(renamed);
  await rename.getByRole("button", { name: ui("save") }).click();
  await expect(rename).toBeHidden();
  await expect(view(renamed)).toHaveAttribute("aria-current", "page");
  await page.reload();
  await expect(view(renamed)).toHaveAttribute("aria-current", "page");
  await expect(list.head("agent")).toHaveAttribute("aria-sort", "descending");
});

test("a view is visible only to its owner, and its deletion is undone", async ({
  openAs,
  make,
  messages,
}) => {
  const t = messages("agents");
  const member = await make.member({ role: "Viewer", agent: false });
  const page = await openAs(member.account);
  const name = make.uniqueName("View");
  await page.goto(`${listPath()}?status=active`);
  const views = page.getByRole("navigation", { name: t("views.label") });
  const view = views.getByRole("link", { name, exact: true });
  await page.getByRole("button", { name: t("views.save"), exact: true }).click();
  await page.getByRole("textbox", { name: t("views.name") }).fill(name);
  await page.keyboard.press("Enter");
  await expect(view).toBeVisible();

  const colleague = await openAs("supervisor");
  const answer = colleague.waitForResponse(/\/views$/);
  await colleague.goto(listPath());
  await answer;
  await expect(colleague.getByRole("grid").getByRole("row").nth(5)).toBeVisible();
  await expect(colleague.getByRole("link", { name: t("views.all") })).toBeVisible();
  await expect(colleague.getByRole("link", { name, exact: true })).toHaveCount(0);

  await page.getByRole("button", { name: t("views.actions", { name }) }).click();
  await page.getByRole("menuitem", { name: t("views.delete") }).click();
  await page
    .getByRole("alertdialog", { name: t("views.deleted", { name }) })
    .getByRole("button", { name: messages("ui")("undo") })
    .click();
  await expect(view).toHaveAttribute("aria-current", "page");
  await page.reload();
  await expect(view).toBeVisible();
});

test("by keyboard alone: saves, opens and deletes a view", async ({ openAs, make, messages }) => {
  const t = messages("agents");
  const member = await make.member({ role: "Viewer", agent: false });
  const page = await openAs(member.account);
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  const name = make.uniqueName("View");
  const views = page.getByRole("navigation", { name: t("views.label") });
  const view = views.getByRole("link", { name, exact: true });

  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  await tabTo(page, page.getByRole("button", { name: t("views.save"), exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: t("views.name") })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(view).toHaveAttribute("aria-current", "page");

  await page.goto(listPath());
  await tabTo(page, view);
  await page.keyboard.press("Enter");
  await expect(list.search).toHaveValue(agent.name);
  await list.expectRange(1, 1, 1);

  await tabTo(page, page.getByRole("button", { name: t("views.actions", { name }) }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: t("views.delete") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(view).toBeHidden();
  await expect(page.getByRole("alertdialog", { name: t("views.deleted", { name }) })).toBeVisible();
  await page.reload();
  await expect(views.getByRole("link", { name: t("views.all") })).toBeVisible();
  await expect(list.table.getByRole("row").nth(5)).toBeVisible();
  await expect(view).toBeHidden();
});
