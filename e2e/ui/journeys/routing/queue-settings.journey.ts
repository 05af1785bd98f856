import { expect, test } from "@/e2e/support/ui/fixtures";
import { makeDesk } from "@/e2e/support/ui/routing";
import { patchAvailability } from "@/lib/availability/declared/contract";
import { closeConversation } from "@/lib/routing/conversations/contract";
import { listQueues } from "@/lib/routing/queues/contract";
import { getTeam } from "@/lib/workforce/teams/contract";

const queues = "/w/northwind/settings/queues";

test("a supervisor creates a queue with a step, and changes how it asks agents", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const t = messages("settings");
  const team = await make.team();
  const name = make.uniqueName("Queue");
  await page.goto(`${queues}?new=1`);
  const panel = page.getByRole("dialog", { name: t("queues.new") });
  await panel.getByRole("textbox", { name: t("common.name"), exact: true }).fill(name);
  await panel.getByRole("button", { name: t("queues.addStep") }).click();
  const step = panel.getByRole("group", { name: t("queues.stepNumber", { number: 1 }) });
  await panel.getByRole("button", { name: t("queues.create") }).click();
  // A step that changes nothing is refused with a message.
  await expect(step.getByText(t("queues.stepEmpty"))).toBeVisible();
  await step.getByRole("combobox", { name: t("queues.stepTeams") }).fill(team.name);
  await expect(page.getByRole("option", { name: team.name })).toBeVisible();
  // By keyboard: scrolling to the option would close the list.
  await page.keyboard.press("Enter");
  await expect(step.getByText(team.name)).toBeVisible();
  await page.keyboard.press("Escape");
  await panel.getByRole("button", { name: t("queues.create") }).click();
  await expect(panel).toBeHidden();
  const stored = async () =>
    (await api.call(listQueues, { query: { limit: "100" } })).results.find((queue) => queue.name === name);
  const queue = await stored();
  expect(queue).toMatchObject({ steps: [{ afterSeconds: 60, teamIds: [team.id] }], offerMode: "auto" });

  await page.goto(`${queues}?edit=${queue?.id}`);
  const edit = page.getByRole("dialog", { name });
  await expect(edit.getByText(t("queues.offerTimeout"))).toBeHidden();
  await edit.getByRole("radio", { name: t("queues.offerModes.accept") }).check({ force: true });
  await edit.getByRole("textbox", { name: t("queues.offerTimeout"), exact: true }).fill("45");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(edit).toBeHidden();
  expect(await stored()).toMatchObject({ offerMode: "accept", offerTimeout: 45 });

  await page.goto(`${queues}?edit=${queue?.id}`);
  await edit.getByRole("button", { name: t("common.deleteEllipsis") }).click();
  const question = page.getByRole("alertdialog", { name: t("common.deleteTitle", { name }) });
  await question.getByRole("button", { name: t("queues.delete") }).click();
  await expect(question).toBeHidden();
  await expect.poll(stored).toBeUndefined();
});

test("a queue in which conversations wait says how many, instead of being deleted", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const t = messages("settings");
  const desk = await makeDesk({ api, make });
  await api.call(patchAvailability, { params: { agentId: desk.agentId }, body: { status: "away" } });
  const { id } = await desk.report();
  await page.goto(`${queues}?edit=${desk.queue.id}`);
  const panel = page.getByRole("dialog", { name: desk.queue.name });
  await panel.getByRole("button", { name: t("common.deleteEllipsis") }).click();
  const notice = page.getByRole("alertdialog", { name: t("queues.inUseTitle", { name: desk.queue.name }) });
  await expect(notice).toContainText(t("queues.inUse", { waiting: 1 }));
  await notice.getByRole("button", { name: messages("ui")("done") }).click();
  await api.call(closeConversation, { params: { conversationId: id } });
});

test("what deletes a team, a skill or an agent says what happens to queues and conversations", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const t = messages("settings");
  const profile = messages("profile");
  const skill = await make.skill();
  const desk = await makeDesk({ api, make });
  // One waits for the skill, and the agent has another.
  await desk.report({ requiredSkills: [{ skillId: skill.id }], preferredAgentId: desk.agentId });
  await desk.report({ agentId: desk.agentId });
  const teamId = desk.queue.teams[0]?.ids[0] ?? "";
  const { name } = await api.call(getTeam, { params: { teamId } });
  for (const { part, id, title, text } of [
    { part: "teams", id: teamId, title: name, text: t("teams.usageQueues", { queues: 1, waiting: 1 }) },
    { part: "skills", id: skill.id, title: skill.name, text: t("skills.usageWaiting", { waiting: 1 }) },
  ]) {
    await page.goto(`/w/northwind/settings/${part}?edit=${id}`);
    const panel = page.getByRole("dialog", { name: title });
    await panel.getByRole("button", { name: t("common.deleteEllipsis") }).click();
    const question = page.getByRole("alertdialog", { name: t("common.deleteTitle", { name: title }) });
    await expect(question).toContainText(text.trim());
    await question.getByRole("button", { name: messages("ui")("cancel") }).click();
    await expect(question).toBeHidden();
  }
  const agent = desk.workers[0]?.agent;
  await page.goto(`/w/northwind/agents/${desk.agentId}`);
  await page.getByRole("button", { name: profile("header.more", { name: agent?.name ?? "" }) }).click();
  await page.getByRole("menuitem", { name: profile("header.delete") }).click();
  const question = page.getByRole("alertdialog", {
    name: profile("delete.title", { name: agent?.name ?? "" }),
  });
  await expect(question.getByText(profile("delete.assigned", { count: 1 }))).toBeVisible();
  await expect(question.getByText(profile("delete.preferred", { count: 1 }))).toBeVisible();
  await question.getByRole("button", { name: messages("ui")("cancel") }).click();
  await expect(question).toBeHidden();
});

test("a viewer reads a queue, and can't change it", async ({ asViewer: page, api, make, messages }) => {
  const t = messages("settings");
  const desk = await makeDesk({ api, make }, { targetSeconds: 300 });
  await page.goto(`${queues}?edit=${desk.queue.id}`);
  const panel = page.getByRole("dialog", { name: desk.queue.name });
  await expect(panel.getByText(t("queues.strategyHelps.leastLoaded"))).toBeVisible();
  await expect(panel.getByRole("textbox")).toHaveCount(0);
});
