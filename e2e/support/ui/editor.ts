import { type APIResponse, expect, type Locator, type Page, type Request } from "@playwright/test";
import { sentBody } from "./firefox";
import type { Messages } from "./messages";

type Tab = "profile" | "availability" | "schedule" | "holidays" | "skills" | "voice" | "workload" | "history";

/** A change that the page has sent: of the agent, or of the weekly hours. */
export interface Sent {
  body: Record<string, unknown>;
  ifMatch: string | undefined;
  /** The last ETag that the page had read before. */
  read: string | undefined;
}

/** Page object of the profile editor. Finds elements by their accessible names. */
export class Editor {
  readonly saveBar: Locator;
  readonly saveButton: Locator;
  /** The changes to the agent that the page has sent, oldest first. */
  readonly sent: Sent[] = [];
  /** The changes to the weekly hours, saved by requests of their own. */
  readonly sentSchedules: Sent[] = [];
  private etag: string | undefined;
  private scheduleEtag: string | undefined;
  private readonly t: Messages;
  /** Whether a URL is the agent in the API, not its page. */
  private readonly isAgent = ({ pathname }: URL) =>
    pathname.startsWith("/api/") && pathname.endsWith(`/agents/${this.agentId}`);

  constructor(
    readonly page: Page,
    readonly messages: (area: string) => Messages,
    private readonly agentId: string,
  ) {
    this.t = messages("profile");
    this.saveBar = page.getByRole("region", { name: this.t("save.label") });
    this.saveButton = this.saveBar.getByRole("button", { name: this.t("save.save") });
    const isAvailability = ({ pathname }: URL) =>
      pathname.startsWith("/api/") && pathname.endsWith(`/agents/${agentId}/availability`);
    const isSchedule = ({ pathname }: URL) =>
      pathname.startsWith("/api/") && pathname.endsWith(`/agents/${agentId}/schedule`);
    page.on("request", (request: Request) => {
      if (request.method() === "PUT" && isSchedule(new URL(request.url())))
        this.sentSchedules.push({
          body: sentBody(request),
          ifMatch: request.headers()["if-match"],
          read: this.scheduleEtag,
        });
      if (request.method() !== "PATCH" || !this.isAgent(new URL(request.url()))) return;
      this.sent.push({
        body: sentBody(request),
        ifMatch: request.headers()["if-match"],
        read: this.etag,
      });
    });
    page.on("response", (response) => {
      const { etag } = response.headers();
      const url = new URL(response.url());
      if (etag && isSchedule(url)) this.scheduleEtag = etag;
      if (etag && (this.isAgent(url) || isAvailability(url))) this.etag = etag;
    });
  }

  async open(tab?: Tab, at = `/w/northwind/agents/${this.agentId}`): Promise<void> {
    await this.page.goto(tab ? `${at}?tab=${tab}` : at);
    await expect(this.tab("profile")).toBeVisible();
  }

  /**
   * Freezes the agent as the page reads it next, until the page saves. Otherwise a refetch, every 30 seconds,
   * could show others' changes to a slow test.
   */
  async readOnce(): Promise<void> {
    const already = this.sent.length;
    let answer: APIResponse | undefined;
    await this.page.unroute(this.isAgent);
    await this.page.route(this.isAgent, async (route) => {
      if (route.request().method() !== "GET" || this.sent.length > already) return route.continue();
      answer ??= await route.fetch();
      await route.fulfill({ response: answer });
    });
  }

  tab(tab: Tab): Locator {
    return this.page.getByRole("tab", { name: new RegExp(`^${this.t(`tabs.${tab}`)}`) });
  }

  async openTab(tab: Tab): Promise<void> {
    await this.tab(tab).click();
    await expect(this.tab(tab)).toHaveAttribute("aria-selected", "true");
  }

  text(field: string): Locator {
    return this.page.getByRole("textbox", { name: this.t(`fields.${field}`), exact: true });
  }

  choice(field: string): Locator {
    return this.page.getByRole("combobox", { name: this.t(`fields.${field}`), exact: true });
  }

  /**
   * Searches for an option and chooses it by keyboard. `shown` is its label, if it differs from the typed
   * text.
   */
  async choose(box: Locator, words: string, shown = words): Promise<void> {
    await box.press("ControlOrMeta+a");
    await box.pressSequentially(words);
    await expect(this.page.getByRole("option", { name: shown }).first()).toBeVisible();
    await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByRole("listbox")).toBeHidden();
  }

  /** Expects the save bar to list exactly these fields. */
  async expectChanged(...fields: string[]): Promise<void> {
    // The effect on coverage is another status.
    const changed = this.t("save.changed", { fields: await this.list(fields) });
    await expect(
      this.saveBar.getByRole("status").and(this.page.getByText(changed, { exact: true })),
    ).toBeVisible();
  }

  /** Saves by shortcut and waits for the message that exactly these fields are saved. */
  async save(...fields: string[]): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+s");
    await this.expectSaved(...fields);
  }

  async expectSaved(...fields: string[]): Promise<void> {
    const note = this.page.getByText(this.t("save.saved", { fields: await this.list(fields) }), {
      exact: true,
    });
    await expect(note.first()).toBeVisible();
    await expect(this.saveBar).toBeHidden();
  }

  /** Returns the last change that was sent. */
  lastSent(): Sent {
    const last = this.sent.at(-1);
    if (!last) throw new Error("Nothing was sent.");
    return last;
  }

  /** Returns the weekly hours that were sent last, with the tag that the page had read. */
  lastSchedule(): Record<string, unknown> {
    const last = this.sentSchedules.at(-1);
    if (!last) throw new Error("No weekly hours were sent.");
    expect(last.ifMatch).toMatch(/^"/);
    expect(last.ifMatch).toBe(last.read);
    return last.body;
  }

  /** Joins field names like the page does. */
  private async list(fields: readonly string[]): Promise<string> {
    return this.page.evaluate(
      (names) => new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names),
      fields.map((field) => this.t(`fields.${field}`)),
    );
  }
}
