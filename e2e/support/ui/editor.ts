import { type APIResponse, expect, type Locator, type Page, type Request } from "@playwright/test";
import { sentBody } from "./firefox";
import type { Messages } from "./messages";

type Tab = "profile" | "schedule" | "holidays" | "skills" | "voice" | "workload" | "history";

/** A change that the page has sent. */
export interface Sent {
  body: Record<string, unknown>;
  ifMatch: string | undefined;
  /** The tag that the page had read last before it. */
  read: string | undefined;
}

/** The profile editor, as somebody uses it: everything by the name that it is shown or read out with. */
export class Editor {
  readonly saveBar: Locator;
  readonly saveButton: Locator;
  /** What the page has sent to change this agent, the oldest first. */
  readonly sent: Sent[] = [];
  private etag: string | undefined;
  private readonly t: Messages;
  /** Whether this is the agent as the API has it, and not the page that shows it. */
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
    page.on("request", (request: Request) => {
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
      if (etag && (this.isAgent(url) || isAvailability(url))) this.etag = etag;
    });
  }

  async open(tab?: Tab, at = `/w/northwind/agents/${this.agentId}`): Promise<void> {
    await this.page.goto(tab ? `${at}?tab=${tab}` : at);
    await expect(this.tab("profile")).toBeVisible({ timeout: 20_000 });
  }

  /**
   * From the next reading on, this page reads the same again until it saves: as if it had been slower than everybody else. A
   * page reads its agent twice a minute, and a slow test would else be told what others changed.
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

  /** What somebody types into. */
  text(field: string): Locator {
    return this.page.getByRole("textbox", { name: this.t(`fields.${field}`), exact: true });
  }

  /** What somebody searches in. */
  choice(field: string): Locator {
    return this.page.getByRole("combobox", { name: this.t(`fields.${field}`), exact: true });
  }

  /** Searches for a choice and takes it, by the keyboard; `shown` is what it is called, where that is not what is typed. */
  async choose(box: Locator, words: string, shown = words): Promise<void> {
    await box.press("ControlOrMeta+a");
    await box.pressSequentially(words);
    await expect(this.page.getByRole("option", { name: shown }).first()).toBeVisible();
    await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByRole("listbox")).toBeHidden();
  }

  /** Waits until the bar names exactly these fields as changed. */
  async expectChanged(...fields: string[]): Promise<void> {
    await expect(this.saveBar.getByRole("status")).toHaveText(
      this.t("save.changed", { fields: await this.list(fields) }),
    );
  }

  /** Saves by the keys and waits until it is said that exactly these fields are saved. */
  async save(...fields: string[]): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+s");
    await this.expectSaved(...fields);
  }

  async expectSaved(...fields: string[]): Promise<void> {
    const note = this.page.getByText(this.t("save.saved", { fields: await this.list(fields) }), {
      exact: true,
    });
    await expect(note.first()).toBeVisible({ timeout: 15_000 });
    await expect(this.saveBar).toBeHidden();
  }

  /** The last change that was sent. */
  lastSent(): Sent {
    const last = this.sent.at(-1);
    if (!last) throw new Error("Nothing was sent.");
    return last;
  }

  /** Names of fields, counted up as the page does. */
  private async list(fields: readonly string[]): Promise<string> {
    return this.page.evaluate(
      (names) => new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names),
      fields.map((field) => this.t(`fields.${field}`)),
    );
  }
}
