import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";

/** A name as displayed and as typed. */
const named = (unique: string) => ({ shown: `Zoë Łukaszewska-Ñandú ${unique}`, typed: `zoe lukasz` });

test("an agent is found by part of the name, ignoring accents", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const list = new AgentListPage(page, messages);
  const unique = make.uniqueName("");
  const { shown, typed } = named(unique.trim());
  const agent = await make.agent({ name: shown });
  await page.goto(listPath());
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();
  await list.search.fill(typed);
  await expect(list.link(shown)).toBeVisible();
  await list.search.fill(unique.trim());
  await list.expectRange(1, 1, 1);
  await list.link(shown).click();
  await expect(page).toHaveURL(new RegExp(`/w/northwind/agents/${agent.id}`));
  await expect(page.getByRole("heading", { level: 1, name: shown })).toBeVisible();

  await page.goBack();
  await list.expectRange(1, 1, 1);
  await expect(list.search).toHaveValue(unique.trim());
});

test("an agent is found by email address", async ({ asSupervisor: page, make, messages }) => {
  const list = new AgentListPage(page, messages);
  const member = await make.member();
  await page.goto(listPath());
  await list.search.fill(member.account.email);
  await list.expectRange(1, 1, 1);
  await expect(list.link(member.name)).toBeVisible();
  await expect(list.table.getByText(member.account.email)).toBeVisible();
});

test("by keyboard alone: finds agents, moves through them and opens one", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const list = new AgentListPage(page, messages);
  const unique = make.uniqueName("");
  const [first, second, third] = [`Ana ${unique}`, `Bea ${unique}`, `Cleo ${unique}`];
  const agent = await make.agent({ name: first });
  await make.agent({ name: second });
  await make.agent({ name: third });
  await page.goto(listPath());
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();

  await page.keyboard.press("/");
  await expect(list.search).toBeFocused();
  await page.keyboard.type(unique.trim());
  await list.expectRange(1, 3, 3);
  await tabTo(page, list.row(first));
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(list.row(third)).toBeFocused();
  await page.keyboard.press("k");
  await expect(list.row(second)).toBeFocused();
  await page.keyboard.press("k");
  await expect(list.row(first)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/w/northwind/agents/${agent.id}`));
  await expect(page.getByRole("heading", { level: 1, name: first })).toBeVisible();

  await page.goBack();
  await list.expectRange(1, 3, 3);
});

test("by keyboard alone: a search without matches says so, and is cleared", async ({
  asSupervisor: page,
  messages,
}) => {
  const t = messages("agents");
  const list = new AgentListPage(page, messages);
  const nobody = "nobody is called so";
  await page.goto(listPath(nobody));
  await expect(page.getByText(t("empty.noMatch"))).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: t("empty.clear") }));
  await page.keyboard.press("Enter");
  await expect(list.search).toHaveValue("");
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type(nobody);
  await expect(page.getByText(t("empty.noMatch"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list.search).toHaveValue("");
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();
});

test("j focuses the rows from anywhere on the page", async ({ asSupervisor: page, make, messages }) => {
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  await page.keyboard.press("j");
  await expect(list.row(agent.name)).toBeFocused();
});

test("words match in any order, in name or email, and Enter moves to the matches", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const list = new AgentListPage(page, messages);
  const member = await make.member();
  const [first = "", last = ""] = member.name.split(" ");
  await page.goto(listPath());
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type(`${last} ${member.account.email.split("@")[0]} ${first}`);
  await page.keyboard.press("Enter");
  await expect(list.row(member.name)).toBeFocused();
  await list.expectRange(1, 1, 1);
  await page.keyboard.press("/");
  await expect(list.search).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(list.row(member.name)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: member.name })).toBeFocused();
});

test("a word typed without a pause sends one request", async ({ asSupervisor: page, messages }) => {
  const list = new AgentListPage(page, messages);
  await page.goto(listPath());
  await expect(list.table.getByRole("row").nth(10)).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => {
    const search = new URL(request.url()).searchParams.get("search");
    if (search) asked.push(search);
  });
  // Types all letters in one task, so that a busy machine cannot exceed the debounce delay.
  await list.search.evaluate((field: HTMLInputElement) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    for (const text of ["n", "no", "nob", "nobo", "nobod", "nobody"]) {
      set?.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await expect(page.getByText(messages("agents")("empty.noMatch"))).toBeVisible();
  // Events from other tests make the list refetch the same query.
  expect([...new Set(asked)]).toEqual(["nobody"]);
});

test("offline, the list shows one notice and keeps its rows", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const agent = await make.agent();
  await page.goto(listPath(agent.name));
  const row = page.getByRole("link", { name: agent.name, exact: true });
  await expect(row).toBeVisible();
  const place = await row.boundingBox();
  await page.context().setOffline(true);
  await expect(page.getByText(messages("shell")("offline"))).toBeVisible();
  await expect(page.getByText(messages("errors")("offline"))).toBeHidden();
  expect(await row.boundingBox()).toEqual(place);
  await page.context().setOffline(false);
  await expect(page.getByText(messages("shell")("offline"))).toBeHidden();
});
