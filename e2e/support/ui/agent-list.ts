import { expect, type Locator, type Page } from "@playwright/test";
import type { AgentStatus } from "@/lib/availability/declared/contract";
import type { Messages } from "./messages";

/** Where Northwind's list of agents is; narrowed down to those whose name has this text in it. */
export const listPath = (text?: string) =>
  `/w/northwind/agents${text ? `?q=${encodeURIComponent(text)}` : ""}`;

/** The list of agents, found as somebody with a screen reader finds it. */
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

  /** The row of an agent. */
  row(name: string): Locator {
    return this.table.getByRole("row").filter({ has: this.link(name) });
  }

  /** The link in a row that leads to an agent. */
  link(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }

  /** The button that shows an agent's status and sets it. */
  status(name: string, status: AgentStatus): Locator {
    return this.page.getByRole("button", {
      name: this.words("statusOf", { name, status: this.words(`status.${status}`) }),
    });
  }

  /** The head of a column, by which the list is sorted. */
  head(column: string): Locator {
    return this.table.getByRole("columnheader", { name: this.t(`columns.${column}`), exact: true });
  }

  /** A way to the pages around this one. */
  pageButton(which: "back" | "next"): Locator {
    return this.page.getByRole("button", { name: this.t(`paging.${which}`) });
  }

  /** The first names of the page, from above. Rows out of sight are drawn or not as it comes, and in no order. */
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

  /** The list shows just these rows of so many. */
  async expectRange(from: number, to: number, total: number): Promise<void> {
    const text = this.t("paging.range", { from, to, total });
    await expect(this.page.getByText(text, { exact: true })).toBeVisible();
    await expect(this.table).not.toHaveAttribute("aria-busy", "true");
  }

  /** The list is down to these agents, in this order. */
  async expectNames(names: string[]): Promise<void> {
    await expect(this.table.getByRole("rowheader").getByRole("link")).toHaveText(names);
  }
}
