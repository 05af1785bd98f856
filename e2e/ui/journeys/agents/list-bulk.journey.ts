import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import type { Api } from "@/e2e/support/ui/api";
import {
  expect,
  failFirst,
  pressBox,
  pressInToast,
  pressUntilFocused,
  tabTo,
  test,
} from "@/e2e/support/ui/fixtures";
import type { Makers } from "@/e2e/support/ui/people";
import { type Agent, deleteAgent } from "@/lib/agents/agents/contract";
import { listAgents } from "@/lib/agents/agents/list-contract";

/** Creates agents for this test, numbered in order of name. */
async function makeMany(make: Makers, count: number) {
  const unique = make.uniqueName("Bulk");
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1).padStart(2, "0"));
  return { unique, agents: await make.agents(numbers.map((number) => ({ name: `${unique} ${number}` }))) };
}

/** Returns the availability of these agents by name. */
async function readAll(api: Api, unique: string): Promise<Map<string, Agent["availability"]>> {
  const { results } = await api.call(listAgents, { query: { name: unique, limit: "100" } });
  return new Map(results.map(({ name, availability }) => [name, availability]));
}

const doing = (all: Map<string, Agent["availability"]>) =>
  [...all].map(([name, { status, activity, activityText }]) => ({ name, status, activity, activityText }));

test("forty agents are changed at once; failures are listed and retried, and all changes are undone", async ({
  asSupervisor: page,
  make,
  api,
  guard,
  messages,
}) => {
  test.slow();
  const t = messages("agents");
  const words = messages("availability");
  const problems = messages("errors");
  const list = new AgentListPage(page, messages);
  const { unique, agents } = await makeMany(make, 40);
  const [gone, unlucky] = agents as [Agent, Agent];
  await page.goto(listPath(unique));
  await list.expectRange(1, 40, 40);
  await pressBox(list.table.getByRole("columnheader").getByRole("checkbox"));
  await expect(list.bulkBar).toContainText(t("bulk.selected", { count: 40 }));

  // One agent is deleted by someone else, and the request for another one fails.
  await api.call(deleteAgent, { params: { agentId: gone.id } });
  const before = await readAll(api, unique);
  guard.allowStatus(404);
  guard.allowNoAnswer();
  await failFirst(page, `**/agents/${unlucky.id}/availability`);
  await list.bulkBar.getByRole("button", { name: t("bulk.activity") }).click();
  const form = page.getByRole("dialog", { name: t("bulk.forms.activity") });
  await expect(form).toContainText(t("bulk.others", { count: 37 }));
  await form.getByRole("button", { name: words("activityLabel") }).click();
  await page.getByRole("option", { name: words("activity.inMeeting") }).click();
  await form.getByRole("textbox", { name: words("textLabel") }).fill("All hands");
  await form.getByRole("button", { name: t("bulk.apply", { count: 40 }) }).click();

  const result = page.getByRole("dialog", { name: t("bulk.forms.activity") });
  await expect(result.getByText(t("bulk.result", { done: 38, failed: 2, cancelled: 0 }))).toBeVisible();
  const line = (agent: Agent) => result.getByRole("listitem").filter({ hasText: agent.name });
  await expect(line(gone)).toContainText(problems("gone"));
  await expect(line(gone)).toContainText(t("bulk.states.failed"));
  await expect(line(unlucky)).toContainText(problems("offline"));
  const changed = await readAll(api, unique);
  expect(changed.get(unlucky.name)).toMatchObject({ activity: before.get(unlucky.name)?.activity });
  expect(changed.get(agents[39]?.name ?? "")).toMatchObject({
    activity: "inMeeting",
    activityText: "All hands",
  });

  await result.getByRole("button", { name: t("bulk.retry", { count: 2 }) }).click();
  await expect(result.getByText(t("bulk.result", { done: 39, failed: 1, cancelled: 0 }))).toBeVisible();
  await expect(line(unlucky)).toContainText(t("bulk.states.done"));
  await expect(line(gone)).toContainText(problems("gone"));

  await result.getByRole("button", { name: t("bulk.undoDone", { count: 39 }) }).click();
  await expect(
    page.getByText(t("bulk.undone", { title: t("bulk.forms.activity") }), { exact: true }),
  ).toBeVisible();
  expect(doing(await readAll(api, unique))).toEqual(doing(before));
});

/** A toolbar is a single tab stop; arrow keys move along it. */
async function pressInBar(list: AgentListPage, first: string, name: string, onward: string) {
  const { page, bulkBar } = list;
  await tabTo(page, bulkBar.getByRole("button", { name: first }));
  await pressUntilFocused(page, onward, bulkBar.getByRole("button", { name, exact: true }));
  await page.keyboard.press("Enter");
}

test("by keyboard alone: sets a status for several agents and undoes it", { tag: "@language" }, async ({
  asSupervisor: page,
  make,
  api,
  messages,
  conventions,
}) => {
  const t = messages("agents");
  const words = messages("availability");
  const list = new AgentListPage(page, messages);
  const { unique, agents } = await makeMany(make, 3);
  const [first, second, third] = agents as [Agent, Agent, Agent];
  const before = await readAll(api, unique);
  await page.goto(listPath(unique));
  await list.expectRange(1, 3, 3);
  await page.keyboard.press("j");
  await expect(list.row(first.name)).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(list.bulkBar).toContainText(t("bulk.selected", { count: 2 }));

  await pressInBar(list, t("bulk.clear"), t("bulk.status"), conventions.onwardKey);
  await expect(page.getByRole("menu")).toBeVisible();
  const offline = page.getByRole("menuitem", { name: words("status.offline") });
  // Presets come after the statuses in the menu.
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(offline).toBeFocused();
  await page.keyboard.press("Enter");
  const title = t("bulk.setStatus", { status: words("status.offline") });
  const note = page.getByRole("alertdialog", { name: title });
  await expect(note).toContainText(t("bulk.changed", { count: 2 }));
  // The toast must not cover the bar.
  await expect(async () => {
    const [over, bar] = [await note.boundingBox(), await list.bulkBar.boundingBox()];
    expect(over && bar && over.y + over.height <= bar.y).toBe(true);
  }).toPass();
  const changed = await readAll(api, unique);
  expect([first, second, third].map(({ name }) => changed.get(name)?.status)).toEqual([
    "offline",
    "offline",
    third.status,
  ]);

  await pressInToast(page, note, messages("ui")("undo"));
  await expect(page.getByRole("alertdialog", { name: t("bulk.undone", { title }) })).toBeVisible();
  expect(doing(await readAll(api, unique))).toEqual(doing(before));
});

test("by keyboard alone: selects all agents on the page and retries the failures", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, guard, messages, conventions }) => {
  const t = messages("agents");
  const words = messages("availability");
  const list = new AgentListPage(page, messages);
  const { unique, agents } = await makeMany(make, 12);
  const [unlucky] = agents as [Agent, ...Agent[]];
  await page.goto(listPath(unique));
  await list.expectRange(1, 12, 12);
  await page.keyboard.press("j");
  await expect(list.row(unlucky.name)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await expect(list.bulkBar).toContainText(t("bulk.selected", { count: 12 }));

  guard.allowNoAnswer();
  await failFirst(page, `**/agents/${unlucky.id}/availability`);
  const press = async (name: string) => {
    await tabTo(page, page.getByRole("button", { name, exact: true }), 60);
    await page.keyboard.press("Enter");
  };
  await pressInBar(list, t("bulk.clear"), t("bulk.activity"), conventions.onwardKey);
  const form = page.getByRole("dialog", { name: t("bulk.forms.activity") });
  await tabTo(page, form.getByRole("textbox", { name: words("textLabel") }));
  await page.keyboard.type("All hands");
  await press(t("bulk.apply", { count: 12 }));
  await expect(form.getByText(t("bulk.result", { done: 11, failed: 1, cancelled: 0 }))).toBeVisible();
  await press(t("bulk.retry", { count: 1 }));
  // A run this short may finish before its dialog opens.
  const texts = async () => [...(await readAll(api, unique)).values()].map((each) => each.activityText);
  await expect.poll(texts).toEqual(Array(12).fill("All hands"));
});

test("deleting several agents asks for confirmation and shows their number", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("agents");
  const list = new AgentListPage(page, messages);
  const { unique, agents } = await makeMany(make, 4);
  const [kept, ...others] = agents as [Agent, ...Agent[]];
  await page.goto(listPath(unique));
  await list.expectRange(1, 4, 4);
  await pressBox(list.table.getByRole("columnheader").getByRole("checkbox"));
  await pressBox(list.row(kept.name).getByRole("checkbox"));
  await expect(list.bulkBar).toContainText(t("bulk.selected", { count: 3 }));

  const openQuestion = async () => {
    await list.bulkBar.getByRole("button", { name: t("bulk.more") }).click();
    await page.getByRole("menuitem", { name: t("bulk.delete") }).click();
  };
  const question = page.getByRole("alertdialog", { name: t("bulk.deleteTitle", { count: 3 }) });
  await openQuestion();
  for (const { name } of others) await expect(question).toContainText(name);
  await question.getByRole("button", { name: messages("ui")("cancel") }).click();
  await expect(question).toBeHidden();
  expect((await readAll(api, unique)).size).toBe(4);

  await openQuestion();
  await question.getByRole("button", { name: t("bulk.deleteAction", { count: 3 }) }).click();
  await list.expectNames([kept.name]);
  await expect(list.bulkBar).toBeHidden();
  expect([...(await readAll(api, unique)).keys()]).toEqual([kept.name]);
});
