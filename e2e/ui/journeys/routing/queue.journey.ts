import type { Locator, Page } from "@playwright/test";
import type { Api } from "@/e2e/support/ui/api";
import {
  expect,
  expectAccessible,
  expectNoLayoutShift,
  expectNoSidewaysScroll,
  tabTo,
  test,
} from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import { makeDesk } from "@/e2e/support/ui/routing";
import { patchAvailability } from "@/lib/availability/declared/contract";
import { assignConversation, closeConversation } from "@/lib/routing/conversations/contract";

const address = "/w/northwind/queue";

const setAway = (api: Api, agentId: string) =>
  api.call(patchAvailability, { params: { agentId }, body: { status: "away" } });

const heightOf = async (element: Locator) => (await element.boundingBox())?.height;

/** Elements of the queue page. */
class QueueView {
  readonly panel: Locator;

  constructor(
    readonly page: Page,
    private readonly messages: (area: string) => Messages,
  ) {
    this.panel = page.getByRole("dialog");
  }

  get t(): Messages {
    return this.messages("routing");
  }

  /** Opens the page and waits until its event stream is connected. */
  async open(search: string): Promise<void> {
    const stream = this.page.waitForResponse(
      (response) => response.request().resourceType() === "eventsource",
    );
    await this.page.goto(`${address}${search}`);
    await stream;
  }

  strip(name: string): Locator {
    return this.page
      .getByRole("region", { name: this.t("queues") })
      .getByRole("listitem")
      .filter({ hasText: name });
  }

  row(subject: string): Locator {
    return this.page.getByRole("row").filter({ hasText: subject });
  }

  link(subject: string): Locator {
    return this.page.getByRole("rowheader").getByRole("link", { name: subject });
  }

  panelOf(subject: string): Locator {
    return this.page.getByRole("dialog", { name: subject });
  }

  part(name: string): Locator {
    return this.panel.getByRole("region", { name: this.t(`panel.${name}`), exact: true });
  }
}

test("a supervisor learns why a conversation waits", { tag: "@language" }, async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const desk = await makeDesk({ api, make }, { workers: 2, targetSeconds: 3600 });
  const skill = await make.skill();
  for (const { agent } of desk.workers) await setAway(api, agent.id);
  const queue = new QueueView(page, messages);
  const waiting = await desk.report();
  const skilled = await desk.report({ requiredSkills: [{ skillId: skill.id }] });
  await queue.open(`?queue=${desk.queue.id}`);
  const away = queue.t("closed.away", { count: 2 });
  await expect(queue.row(waiting.subject)).toContainText(
    queue.t("reason.closed", { matching: 2, reasons: away }),
  );
  await expect(queue.row(skilled.subject)).toContainText(
    queue.t("reason.nobodySkills", { count: 1, skills: skill.name }),
  );
  await expectNoLayoutShift(page);

  await queue.link(waiting.subject).click();
  const why = queue.part("why");
  await expect(why).toContainText(queue.t("panel.position", { position: 1 }));
  await expect(why).toContainText(queue.t("panel.match", { matching: 2, open: 0 }));
  await expect(why).toContainText(away);
  await expect(queue.panel.getByText(queue.t("panel.noCandidates"))).toBeVisible();
  await expectAccessible(page);

  // When an agent becomes available, they get the conversation, and the panel explains why.
  await api.call(patchAvailability, { params: { agentId: desk.agentId }, body: { status: "active" } });
  await expect(queue.part("whyAssigned")).toContainText(
    queue.t("decision.automatic", { rank: 1, considered: 1 }),
  );
  await expect(queue.row(waiting.subject)).toBeHidden();
});

test("j and k move between conversations as soon as the panel is open", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const desk = await makeDesk({ api, make });
  await setAway(api, desk.agentId);
  const first = await desk.report();
  const second = await desk.report();
  const queue = new QueueView(page, messages);
  await queue.open(`?queue=${desk.queue.id}`);
  await expect(queue.row(second.subject)).toBeVisible();
  await page.keyboard.press("j");
  await expect(queue.link(first.subject)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(queue.panelOf(first.subject)).toBeVisible();
  await page.keyboard.press("j");
  await expect(queue.panelOf(second.subject)).toBeVisible();
  await page.keyboard.press("k");
  await expect(queue.panelOf(first.subject)).toBeVisible();
});

test("a supervisor assigns a conversation past availability, by keyboard alone, and sees it marked", async ({
  asSupervisor: page,
  api,
  make,
  messages,
  conventions,
}) => {
  const desk = await makeDesk({ api, make });
  await setAway(api, desk.agentId);
  const { id, subject } = await desk.report({ channel: "email" });
  const queue = new QueueView(page, messages);
  await queue.open(`?queue=${desk.queue.id}`);
  await expect(queue.row(subject)).toBeVisible();
  await page.keyboard.press("j");
  await expect(queue.link(subject)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`conversation=${id}`));
  const panel = queue.panelOf(subject);
  const search = panel.getByRole("searchbox", { name: queue.t("panel.search") });
  const [worker] = desk.workers;
  const name = worker?.agent.name ?? "";
  await tabTo(page, search);
  await page.keyboard.type(name);
  const others = panel.getByRole("list", { name: queue.t("panel.others") });
  // Until the search has answered, the list may show others.
  await expect(others.getByRole("listitem").filter({ hasText: name })).toContainText(
    messages("availability")("status.away"),
  );
  const anyway = panel.getByRole("button", { name: queue.t("panel.assignAnywayTo", { name }) });
  await tabTo(page, anyway);
  await page.keyboard.press("Enter");
  // After the action, the panel closes and the toast offers undo.
  await expect(panel).toBeHidden();
  await expect(queue.row(subject)).toBeHidden();
  await expect
    .poll(() => desk.read(id))
    .toMatchObject({ state: "assigned", agentId: desk.agentId, forced: true });

  await tabTo(page, page.getByRole("radio", { name: queue.t("views.waiting") }));
  await page.keyboard.press(conventions.onwardKey);
  await expect(queue.row(subject)).toContainText(queue.t("forced"));
  await expect(queue.row(subject)).toContainText(name);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(queue.part("whyAssigned")).toContainText(messages("availability")("status.away"));
  await expect(panel.getByText(queue.t("forced"), { exact: true })).toBeVisible();
  await tabTo(page, panel.getByRole("button", { name: queue.t("panel.requeue"), exact: true }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(queue.part("why")).toBeVisible();
  // The pressed button is gone, but Escape still closes the panel.
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await api.call(assignConversation, {
    params: { conversationId: id },
    body: { agentId: desk.agentId, force: true },
  });

  // The agent's page also shows it, with what was overridden.
  await page.goto(`/w/northwind/agents/${desk.agentId}?tab=workload`);
  const open = page.getByRole("region", { name: queue.t("agentPage.open"), exact: true });
  await expect(open.getByRole("listitem")).toContainText(queue.t("forced"));
  const decisions = page.getByRole("region", { name: queue.t("agentPage.decisions"), exact: true });
  await expect(decisions.getByRole("listitem").first()).toContainText(
    messages("availability")("status.away"),
  );
  await open.getByRole("button", { name: queue.t("agentPage.requeue", { name: subject }) }).click();
  await expect(open.getByRole("listitem")).toBeHidden();
  await expect.poll(async () => (await desk.read(id)).state).toBe("queued");
});

test("a supervisor assigns one of the candidates, and undoes it", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const desk = await makeDesk({ api, make }, { offerMode: "accept", offerTimeout: 300 });
  const helper = await make.agent();
  await api.call(patchAvailability, { params: { agentId: helper.id }, body: { status: "active" } });
  const { id, subject } = await desk.report();
  const queue = new QueueView(page, messages);
  await queue.open(`?queue=${desk.queue.id}`);
  const [worker] = desk.workers;
  // Offered to the only agent of the queue, with a countdown.
  await expect(queue.row(subject)).toContainText(worker?.agent.name ?? "");
  await queue.link(subject).click();
  await expect(queue.panel.getByText(queue.t("states.offered")).first()).toBeVisible();
  await queue.panel.getByRole("searchbox").fill(helper.name);
  await queue.panel
    .getByRole("button", { name: queue.t("panel.assignTo", { name: helper.name }), exact: true })
    .click();
  await expect.poll(async () => (await desk.read(id)).agentId).toBe(helper.id);
  expect((await desk.read(id)).forced).toBeUndefined();
  await page.getByRole("button", { name: messages("ui")("undo") }).click();
  await expect.poll(async () => (await desk.read(id)).state).not.toBe("assigned");
});

/** Sooner than the next refetch, so that only a live event can cause the change. */
const sooner = 9_000;

test("what others report and close shows by live events", async ({ openAs, api, make, messages }) => {
  const desk = await makeDesk({ api, make });
  await setAway(api, desk.agentId);
  const page = await openAs("viewer");
  const queue = new QueueView(page, messages);
  await queue.open(`?queue=${desk.queue.id}`);
  await expect(page.getByRole("heading", { name: queue.t("empty.noMatches"), exact: true })).toBeVisible();
  const strip = queue.strip(desk.queue.name);
  await expect(strip).toContainText(queue.t("nothingWaits"));
  const height = await heightOf(strip);
  const { id, subject } = await desk.report();
  await expect(queue.row(subject)).toBeVisible({ timeout: sooner });
  // Otherwise everything below would move.
  await expect(strip).not.toContainText(queue.t("nothingWaits"));
  expect(await heightOf(strip)).toBe(height);
  // A viewer sees the explanation, but no actions.
  await queue.link(subject).click();
  await expect(queue.part("why")).toBeVisible();
  await expect(queue.part("others")).toBeHidden();
  await expect(queue.panel.getByRole("button", { name: queue.t("panel.close") })).toBeHidden();
  await page.keyboard.press("Escape");
  await api.call(closeConversation, { params: { conversationId: id } });
  await expect(queue.row(subject)).toBeHidden({ timeout: sooner });
});

test("filters, pages and the open conversation are in the URL, also on a phone", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const desk = await makeDesk({ api, make });
  await setAway(api, desk.agentId);
  const mail = await desk.report({ channel: "email" });
  const call = await desk.report({ channel: "voice" });
  await page.setViewportSize({ width: 360, height: 780 });
  const queue = new QueueView(page, messages);
  await queue.open(`?queue=${desk.queue.id}&channel=voice`);
  await expect(queue.row(call.subject)).toBeVisible();
  await expect(queue.row(mail.subject)).toBeHidden();
  await expectNoSidewaysScroll(page);
  await page.getByRole("radio", { name: messages("availability")("channels.email") }).check({ force: true });
  await expect(page).toHaveURL(/channel=email/);
  await expect(queue.row(mail.subject)).toBeVisible();
  await queue.link(mail.subject).click();
  await expect(queue.panelOf(mail.subject)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.goBack();
  await expect(queue.panel).toBeHidden();
  await page.goBack();
  await expect(queue.row(call.subject)).toBeVisible();
});

test("a supervisor changes the priority, then closes the conversation after a question", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const desk = await makeDesk({ api, make });
  await setAway(api, desk.agentId);
  const { id, subject, priority: priorityBefore } = await desk.report();
  const queue = new QueueView(page, messages);
  const ui = messages("ui");
  const errors = messages("errors");
  await queue.open(`?queue=${desk.queue.id}&conversation=${id}`);
  const panel = queue.panelOf(subject);
  await panel.getByRole("button", { name: queue.t("panel.change"), exact: true }).click();
  const change = page.getByRole("dialog", { name: queue.t("panel.change"), exact: true });
  const priority = change.getByRole("textbox", { name: queue.t("panel.priority") });
  await priority.fill("900");
  await page.keyboard.press("Tab");
  await expect(priority).toHaveValue("900");
  await change.getByRole("button", { name: ui("save") }).click();
  await expect(priority).toBeFocused();
  await expect(change.getByText(errors("outOfRange", { min: 0, max: 100 }))).toBeVisible();
  await priority.fill("");
  await page.keyboard.press("Enter");
  await expect(change.getByText(errors("required"))).toBeVisible();
  expect((await desk.read(id)).priority).toBe(priorityBefore);
  await priority.fill("90");
  await page.keyboard.press("Enter");
  await expect(change).toBeHidden();
  await expect.poll(async () => (await desk.read(id)).priority).toBe(90);
  await panel.getByRole("button", { name: queue.t("panel.close") }).click();
  const question = page.getByRole("alertdialog", { name: queue.t("panel.closeTitle") });
  await question.getByRole("button", { name: queue.t("panel.close") }).click();
  await expect(panel).toBeHidden();
  await expect.poll(async () => (await desk.read(id)).state).toBe("closed");
  await queue.open(`?conversation=${id}`);
  await expect(panel.getByRole("term").filter({ hasText: queue.t("panel.closed") })).toBeVisible();
});
