import type { Locator, Page } from "@playwright/test";
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
import { explainAvailability } from "@/lib/availability/effective/contract";
import { assignConversation } from "@/lib/routing/conversations/contract";
import { listOffers } from "@/lib/routing/offers/contract";

// Agents take conversations on a phone.
test.use({ viewport: { width: 360, height: 780 } });

const address = "/w/northwind/my-work";

/** Elements of the My work page. */
class WorkPage {
  readonly slot: Locator;
  readonly accept: Locator;
  readonly decline: Locator;
  readonly ready: Locator;

  constructor(
    readonly page: Page,
    private readonly messages: (area: string) => Messages,
  ) {
    const t = this.t;
    this.slot = page.getByRole("region", { name: t("now"), exact: true });
    this.accept = this.slot.getByRole("button", { name: t("accept"), exact: true });
    this.decline = this.slot.getByRole("button", { name: t("decline"), exact: true });
    this.ready = this.slot.getByRole("button", { name: t("ready"), exact: true });
  }

  get t(): Messages {
    const t = this.messages("routing");
    return (key, values) => t(`myWork.${key}`, values);
  }

  /** Opens the page and waits until its event stream is connected. */
  async open(): Promise<void> {
    const stream = this.page.waitForResponse(
      (response) => response.request().resourceType() === "eventsource",
    );
    await this.page.goto(address);
    await stream;
    await expect(this.slot).toBeVisible();
  }

  offer(subject: string): Locator {
    return this.slot.getByRole("article", { name: subject });
  }

  row(subject: string): Locator {
    return this.page
      .getByRole("list", { name: this.t("open") })
      .getByRole("listitem")
      .filter({ hasText: subject });
  }

  close(subject: string): Locator {
    return this.page.getByRole("button", { name: this.t("closeNamed", { title: subject }) });
  }

  handBack(subject: string): Locator {
    return this.page.getByRole("button", { name: this.t("handBackNamed", { title: subject }) });
  }

  /** The confirm button of a dialog. */
  confirm(label: string): Locator {
    return this.page.getByRole("alertdialog").getByRole("button", { name: this.t(label), exact: true });
  }
}

test("an agent takes a call, closes it, wraps up and is ready again", { tag: "@language" }, async ({
  api,
  make,
  openAs,
  messages,
}) => {
  const words = messages("availability");
  const desk = await makeDesk({ api, make }, { offerMode: "accept", offerTimeout: 120, wrapUpTime: 600 });
  const work = new WorkPage(await openAs(desk.account), messages);
  await work.open();
  await expect(work.page.getByText(work.t("noneOpen"), { exact: true })).toBeVisible();
  const call = await desk.report({ channel: "voice" });
  await expect(work.offer(call.subject)).toContainText(desk.queue.name);
  await expect(work.slot.getByRole("timer")).toHaveText(/[0-9\u0660-\u0669]:[0-9\u0660-\u0669]{2}/);
  await expect(work.page).toHaveTitle(/^\(.\) /);
  await expectNoLayoutShift(work.page);
  await expectNoSidewaysScroll(work.page);
  await expectAccessible(work.page);

  await work.accept.click();
  await expect(work.row(call.subject)).toBeVisible();
  await expect(work.offer(call.subject)).toBeHidden();
  await expect.poll(async () => (await desk.read(call.id)).state).toBe("assigned");
  // On phones, the reasons are collapsed.
  const main = work.page.getByRole("main");
  await main.getByRole("button", { name: words("answer.count", { count: 2 }) }).click();
  await expect(main.getByText(words("codes.inCall"))).toBeVisible();
  const { channels } = await api.call(explainAvailability, {
    params: { agentId: desk.agentId },
    query: {},
  });
  expect([channels.messaging?.closedBy, channels.email?.closedBy]).toEqual([["inCall"], ["inCall"]]);

  // Closing a call lets the next one in, so it asks for confirmation.
  await work.close(call.subject).click();
  await work.confirm("confirmClose.action").click();
  await expect(work.row(call.subject)).toBeHidden();
  await expect(work.slot.getByText(work.t("wrapUpText"))).toBeVisible();
  await expect.poll(async () => (await desk.read(call.id)).state).toBe("closed");
  await expectNoSidewaysScroll(work.page);
  await work.ready.click();
  await expect(work.slot.getByText(work.t("wrapUpText"))).toBeHidden();

  const next = await desk.report();
  await expect(work.offer(next.subject)).toBeVisible();
});

test("a declined offer goes to the next agent", async ({ api, make, openAs, messages }) => {
  const desk = await makeDesk({ api, make }, { workers: 2, offerMode: "accept", offerTimeout: 120 });
  const [, second] = desk.workers;
  const [mine, theirs] = [
    new WorkPage(await openAs(desk.account), messages),
    new WorkPage(await openAs(second?.account), messages),
  ];
  await mine.open();
  await theirs.open();
  const { id, subject } = await desk.report({ preferredAgentId: desk.agentId });
  await expect(mine.offer(subject)).toBeVisible();
  await expect(theirs.offer(subject)).toBeHidden();
  await mine.decline.click();
  await expect(mine.offer(subject)).toBeHidden();
  await expect(theirs.offer(subject)).toBeVisible();
  await theirs.accept.click();
  await expect(theirs.row(subject)).toBeVisible();
  await expect.poll(async () => (await desk.read(id)).agentId).toBe(second?.agent.id);
});

test("a conversation that is handed back goes to another agent", async ({ api, make, openAs, messages }) => {
  const desk = await makeDesk({ api, make }, { workers: 2 });
  const [, second] = desk.workers;
  const [mine, theirs] = [
    new WorkPage(await openAs(desk.account), messages),
    new WorkPage(await openAs(second?.account), messages),
  ];
  await mine.open();
  await theirs.open();
  const { id, subject } = await desk.report({ preferredAgentId: desk.agentId });
  await expect(mine.row(subject)).toContainText(desk.queue.name);
  await mine.handBack(subject).click();
  const dialog = mine.page.getByRole("alertdialog");
  await expect(dialog).toContainText(mine.t("confirmHandBack.text", { queue: desk.queue.name }));
  await expect(dialog).toContainText(mine.t("confirmHandBack.exclude"));
  await expectAccessible(mine.page);
  await mine.confirm("handBack").click();
  await expect(mine.row(subject)).toBeHidden();
  await expect(theirs.row(subject)).toBeVisible();
  await expect.poll(async () => (await desk.read(id)).agentId).toBe(second?.agent.id);
});

test("by keyboard alone: accept, close, and be ready", async ({ api, make, openAs, messages }) => {
  const desk = await makeDesk({ api, make }, { offerMode: "accept", offerTimeout: 120, wrapUpTime: 600 });
  const work = new WorkPage(await openAs(desk.account), messages);
  const { page } = work;
  await work.open();
  const declined = await desk.report();
  await expect(work.offer(declined.subject)).toBeVisible();
  await page.keyboard.press("d");
  await expect(work.offer(declined.subject)).toBeHidden();
  const { id, subject } = await desk.report();
  await expect(work.offer(subject)).toBeVisible();
  await page.keyboard.press("a");
  await expect(work.row(subject)).toBeVisible();
  await tabTo(page, work.close(subject));
  await page.keyboard.press("Enter");
  await expect(work.row(subject)).toBeHidden();
  await expect.poll(async () => (await desk.read(id)).state).toBe("closed");
  // The focus stays near the removed row.
  await expect(page.getByRole("heading", { name: work.t("open") })).toBeFocused();
  await expect(work.ready).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await tabTo(page, work.ready);
  await page.keyboard.press("Enter");
  await expect(work.ready).toBeHidden();
});

test("an offer that expires disappears and says so, and after two the agent comes back by themselves", {
  tag: "@language",
}, async ({ api, make, openAs, messages }) => {
  const desk = await makeDesk({ api, make }, { offerMode: "accept", offerTimeout: 5 });
  const work = new WorkPage(await openAs(desk.account), messages);
  await work.open();
  const first = await desk.report();
  await expect(work.offer(first.subject)).toBeVisible();
  await expect(work.offer(first.subject)).toBeHidden();
  await expect(work.slot.getByText(work.t("goneText.expired"))).toBeVisible();

  const second = await desk.report();
  await expect(work.offer(second.subject)).toBeVisible();
  await expect(work.slot.getByText(work.t("missed"), { exact: true })).toBeVisible();
  await work.ready.click();
  await expect(work.slot.getByText(work.t("missed"), { exact: true })).toBeHidden();
  const third = await desk.report({ channel: "voice" });
  await expect(work.offer(third.subject)).toBeVisible();
});

test("an offer that a supervisor gives to someone else is withdrawn, and an answer comes too late", async ({
  api,
  make,
  openAs,
  messages,
  guard,
}) => {
  const desk = await makeDesk({ api, make }, { workers: 2, offerMode: "accept", offerTimeout: 120 });
  const [, second] = desk.workers;
  const work = new WorkPage(await openAs(desk.account), messages);
  await work.open();
  const withdrawn = await desk.report({ preferredAgentId: desk.agentId });
  await expect(work.offer(withdrawn.subject)).toBeVisible();
  const body = { agentId: second?.agent.id ?? "", force: true };
  await api.call(assignConversation, { params: { conversationId: withdrawn.id }, body });
  await expect(work.slot.getByText(work.t("goneText.withdrawn"))).toBeVisible();

  // The page still shows the deleted conversation.
  const late = await desk.report({ preferredAgentId: desk.agentId });
  await expect(work.offer(late.subject)).toBeVisible();
  guard.allowStatus(409);
  await work.page.route("**/offers/*/accept", async (route) => {
    await api.call(assignConversation, { params: { conversationId: late.id }, body });
    await route.continue();
  });
  await work.accept.click();
  await expect(work.slot.getByText(work.t("goneText.tooLate"))).toBeVisible();
  await expect(work.row(late.subject)).toBeHidden();
  expect((await desk.read(late.id)).agentId).toBe(second?.agent.id);
});

test("an offer shows on every page, as a notification in a hidden tab, and leads to My work", async ({
  api,
  make,
  openAs,
  messages,
}) => {
  const desk = await makeDesk({ api, make }, { offerMode: "accept", offerTimeout: 120 });
  const page = await openAs(desk.account);
  await page.addInitScript(() => {
    const shown: string[] = [];
    class Shown {
      static permission = "default";
      static async requestPermission() {
        Shown.permission = "granted";
        return "granted";
      }
      constructor(title: string, { body }: { body: string }) {
        shown.push(`${title}|${body}`);
      }
      close() {}
    }
    Object.assign(window, { Notification: Shown, shown });
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => ("isAway" in window ? "hidden" : "visible"),
    });
  });
  const work = new WorkPage(page, messages);
  await work.open();
  await work.slot.getByRole("button", { name: work.t("ask.yes") }).click();
  await expect(work.slot.getByText(work.t("ask.text"))).toBeHidden();
  await page.getByRole("button", { name: messages("shell")("nav.open") }).click();
  await page.getByRole("link", { name: messages("shell")("nav.me") }).click();
  await expect(page.getByRole("tab").first()).toBeVisible();

  await page.evaluate(() => {
    Object.assign(window, { isAway: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const { subject } = await desk.report();
  const shown = () => page.evaluate(() => (window as { shown?: string[] }).shown ?? []);
  await expect.poll(shown).toHaveLength(2);
  expect((await shown())[1]).toContain(subject);
  const banner = page.getByRole("complementary", { name: work.t("banner"), exact: true });
  await expect(banner).toContainText(subject);
  await expect(banner.getByRole("timer")).toBeVisible();
  await expectNoSidewaysScroll(page);
  await banner.getByRole("link", { name: work.t("answer") }).click();
  await expect(work.offer(subject)).toBeVisible();
  await expect(banner).toBeHidden();
  await work.accept.click();
  await expect(work.row(subject)).toBeVisible();
  await expect(page).not.toHaveTitle(/^\(/);
  const params = { agentId: desk.agentId };
  await expect.poll(async () => (await api.call(listOffers, { params })).results).toEqual([]);
});

test("someone without an agent reads what to do", async ({ make, openAs, messages }) => {
  const member = await make.member({ agent: false });
  const page = await openAs(member.account);
  await page.goto(address);
  await expect(
    page.getByRole("heading", { level: 1, name: messages("routing")("myWork.noAgent.title") }),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: messages("shell")("nav.myWork") })).toHaveCount(0);
});
