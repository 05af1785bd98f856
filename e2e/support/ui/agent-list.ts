import { expect, type Locator, type Page } from "@playwright/test";
import type { AgentStatus } from "@/lib/availability/declared/contract";
import { listTeams } from "@/lib/workforce/teams/contract";
import type { Api } from "./api";
import { pressUntilFocused } from "./keyboard";
import type { Messages } from "./messages";

/** Returns the path of Northwind's agent list, filtered by name if `text` is given. */
export const listPath = (text?: string) =>
  `/w/northwind/agents${text ? `?q=${encodeURIComponent(text)}` : ""}`;

/** Returns the path of a long list that no other test changes: the members of the demo teams. */
export async function longList(api: Api): Promise<string> {
  const { results } = await api.call(listTeams, { query: { limit: "5" } });
  return `${listPath()}?team=${results.map(({ id }) => id).join(",")}`;
}

/** Page object of the agent list. Finds elements by their accessible names. */
export class AgentListPage {
  readonly search: Locator;
  readonly table: Locator;
  readonly bulkBar: Locator;
  private readonly t: Messages;
  private readonly words: Messages;

  constructor(
    readonly page: Page,
    messages: (area: string) => Messages,
  ) {
    this.t = messages("agents");
    this.words = messages("availability");
    this.search = page.getByRole("searchbox", { name: this.t("search"), exact: true });
    this.table = page.getByRole("grid", { name: this.t("title"), exact: true });
    this.bulkBar = page.getByRole("toolbar", { name: this.t("bulk.label") });
  }

  row(name: string): Locator {
    return this.table.getByRole("row").filter({ has: this.link(name) });
  }

  /** Returns the link to an agent's page. */
  link(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }

  /** Returns the button that shows and sets an agent's status. */
  status(name: string, status: AgentStatus): Locator {
    return this.page.getByRole("button", {
      name: this.words("statusOf", { name, status: this.words(`status.${status}`) }),
    });
  }

  /**
   * Moves the focus by keyboard to the button of an agent's status, on a page that was just opened. A table is one tab
   * stop, so one focuses the row first: focus that a script sets in it moves to the row a moment later.
   */
  async moveToStatus(name: string, status: AgentStatus, onward: string): Promise<void> {
    await expect(this.row(name)).toBeVisible();
    await this.page.keyboard.press("j");
    await expect(this.row(name)).toBeFocused();
    await pressUntilFocused(this.page, onward, this.status(name, status));
  }

  /** Returns the sort button in a column header. */
  head(column: string): Locator {
    return this.table.getByRole("columnheader", { name: this.t(`columns.${column}`), exact: true });
  }

  /** Returns the button to the previous or next page. */
  pageButton(which: "back" | "next"): Locator {
    return this.page.getByRole("button", { name: this.t(`paging.${which}`) });
  }

  /**
   * Returns the first names on the page. The virtualizer renders rows in no particular DOM order, so they are
   * sorted by position.
   */
  async names(): Promise<string[]> {
    const rows = this.table.getByRole("row").filter({ has: this.page.getByRole("rowheader") });
    const names = await rows.evaluateAll((all) =>
      all
        .map((row) => ({
          at: Number(row.getAttribute("aria-rowindex")),
          name: row.querySelector("[role=rowheader] a")?.textContent ?? "",
        }))
        .sort((one, other) => one.at - other.at)
        .map(({ name }) => name),
    );
    return names.slice(0, 8);
  }

  /** Expects the footer to show this range and total. */
  async expectRange(from: number, to: number, total: number): Promise<void> {
    const text = this.t("paging.range", { from, to, total });
    await expect(this.page.getByText(text, { exact: true })).toBeVisible();
    await expect(this.table).not.toHaveAttribute("aria-busy", "true");
  }

  /** Expects exactly these agents in this order. */
  async expectNames(names: string[]): Promise<void> {
    await expect(this.table.getByRole("rowheader").getByRole("link")).toHaveText(names);
  }
}
