import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, tabTo, test } from "@/e2e/support/ui/fixtures";

// Tests the UI parts on the page that shows each one in every state.

const sections = [
  "buttons",
  "fields",
  "choices",
  "dates",
  "overlays",
  "feedback",
  "structure",
  "tables",
  "mirrored",
] as const;

type SectionId = (typeof sections)[number];

async function open(page: Page, section: SectionId): Promise<void> {
  await page.goto(`/dev/ui?only=${section}`);
  await expect(page.locator("main > section")).toHaveCount(1);
}

/** Returns the texts of a picker's tags. */
const tagsOf = (page: Page, label: string) =>
  page.getByRole("grid", { name: `${label}: selected` }).getByRole("row");

/** Runs in the page: scrolls a box back and forth by one pixel per frame. */
async function keepScrolling(box: Element): Promise<void> {
  const step = (by: number) => {
    box.scrollTop += by;
    if (box.isConnected) requestAnimationFrame(() => step(-by));
  };
  step(1);
  for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}

/** Clicks the center of an element without Playwright's actionability checks. */
async function pressAt(page: Page, target: Locator): Promise<void> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await target.boundingBox()) ?? {};
  await page.mouse.click(x + width / 2, y + height / 2);
}

for (const section of sections)
  test(`${section}: is accessible, also on a phone`, async ({ page }) => {
    await open(page, section);
    // Messages show all color tokens.
    await expectAccessible(page, { byChoice: section === "feedback" });
    await expectNoSidewaysScroll(page);
  });

test("an option among hundreds is found by typing", async ({ page }) => {
  await open(page, "choices");
  const field = page.getByRole("combobox", { name: "Time zone" });
  await field.click();
  // The list is virtualized, so it renders only visible options.
  await expect(page.getByRole("option").first()).toBeVisible();
  expect(await page.getByRole("option").count()).toBeLessThan(60);
  await page.keyboard.type("hobart");
  await expect(page.getByRole("option")).toHaveText(["Australia/Hobart"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("Australia/Hobart");
  await field.click();
  await page.keyboard.type("nowhere");
  await expect(page.getByText("No matches")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field).toHaveValue("Australia/Hobart");
});

test("by keyboard alone: selects and removes several options", async ({ page }) => {
  await open(page, "choices");
  const field = page.getByRole("combobox", { name: "Teams" }).first();
  await field.focus();
  await page.keyboard.type("night");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tagsOf(page, "Teams")).toHaveText([/Support/, /Billing/, /Night shift/]);
  await page.keyboard.press("Backspace");
  await expect(tagsOf(page, "Teams")).toHaveText([/Support/, /Billing/]);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Delete");
  await expect(tagsOf(page, "Teams")).toHaveText([/Support/]);
});

test("an option from a remote search can be selected", async ({ page }) => {
  await open(page, "choices");
  const field = page.getByRole("combobox", { name: "Searched elsewhere" });
  await field.click();
  await page.keyboard.type("person 299");
  await expect(page.getByRole("option")).toHaveText([/Person 299/]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(tagsOf(page, "Searched elsewhere")).toHaveText([/Person 42/, /Person 299/]);
});

test("a time is typed or picked", async ({ page }) => {
  await open(page, "dates");
  const field = page.getByRole("group", { name: "To", exact: true });
  await field.getByRole("spinbutton").first().focus();
  await page.keyboard.type("915a");
  await expect(field).toHaveText(/09:15\W*AM/);
  await page.getByRole("button", { name: "Choose a time" }).first().click();
  await page.getByRole("menuitemradio", { name: "10:30 AM" }).click();
  await expect(field).toHaveText(/10:30\W*AM/);
});

test("by keyboard: a time or date is null while a segment is empty, and keeps the others", async ({
  page,
}) => {
  await open(page, "dates");
  const group = (name: string) => page.getByRole("group", { name, exact: true }).first();
  const empty = async (name: string) => {
    await group(name).getByRole("spinbutton").first().focus();
    for (const _ of "00") await page.keyboard.press("Backspace");
  };
  // The others hold the same value.
  const sameTime = group("24 hours");
  await expect(sameTime).toHaveText(/17:30/);
  await empty("To");
  await expect(group("To")).toHaveText(/––:30\W*PM/);
  await expect(sameTime).toHaveText(/––:––/);
  await page.keyboard.type("5");
  await expect(sameTime).toHaveText(/17:30/);
  await empty("To");
  await page.keyboard.type("7");
  await expect(group("To")).toHaveText(/07:30\W*PM/);
  await expect(sameTime).toHaveText(/19:30/);
  await empty("To");
  await page.keyboard.press("Tab");
  for (const _ of "00") await page.keyboard.press("Backspace");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Backspace");
  await expect(group("To")).toHaveText(/––:––\W*AM/);

  const sameDate = page.getByRole("group", { name: "Invalid", exact: true }).last();
  await empty("From");
  await expect(group("From")).toHaveText(/mm\/31\/2026/);
  await expect(sameDate).toHaveText(/mm\/dd\/yyyy/);
  await page.keyboard.type("8");
  await expect(sameDate).toHaveText(/08\/31\/2026/);

  // A form that needs a time ignores null.
  await empty("Never empty");
  await expect(group("Never empty")).toHaveText(/––:15\W*AM/);
  for (const _ of "123") await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(group("Never empty")).toHaveText(/08:15\W*AM/);
});

test("by keyboard: a day is chosen in a month", async ({ page }) => {
  await open(page, "dates");
  const field = page.getByRole("group", { name: "From", exact: true }).first();
  await field.getByRole("spinbutton").last().focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("grid")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(field).toHaveText(/05\/30\/2026/);
});

test("by keyboard: a table of hundreds is navigated, selected, sorted and opened", async ({ page }) => {
  await open(page, "tables");
  const grid = page.getByRole("grid", { name: "Agents", exact: true });
  expect(await grid.getByRole("row").count()).toBeLessThan(40);
  await page.getByRole("radio", { name: "Comfortable" }).last().focus();
  await tabTo(page, grid.getByRole("row", { name: "Barb 2", exact: true }));
  await page.keyboard.press("j");
  await expect(grid.getByRole("row", { name: "Chris 3", exact: true })).toBeFocused();
  await page.keyboard.press("x");
  await expect(grid.locator("[role=row][aria-selected=true]")).toHaveCount(2);
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await expect(grid.locator("[role=row][aria-selected=true]")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("x");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Opened row-2")).toBeVisible();
  await page.keyboard.press("Control+End");
  await expect(grid.getByRole("row", { name: "Ella 500", exact: true })).toBeFocused();
  await grid.getByRole("columnheader", { name: "Workload" }).click();
  await expect(grid.getByRole("columnheader", { name: "Workload" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
});

test("a table accepts presses on headers and row controls while it scrolls", async ({ page }) => {
  await open(page, "tables");
  const grid = page.getByRole("grid", { name: "Agents", exact: true });
  await grid.evaluate(keepScrolling);
  const head = grid.getByRole("columnheader", { name: "Workload" });
  await pressAt(page, head);
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const key = await grid.getByRole("row").nth(6).getAttribute("data-key");
  const row = grid.locator(`[data-key="${key}"]`);
  await expect(row).toHaveAttribute("aria-selected", "false");
  await pressAt(page, row.locator("label").first());
  await expect(row).toHaveAttribute("aria-selected", "true");
});

test("an open dialog is accessible", async ({ page }) => {
  await open(page, "overlays");
  await page.getByRole("button", { name: "Dialog", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});

test("an open menu and a toast are accessible", async ({ page }) => {
  await open(page, "overlays");
  await page.getByRole("button", { name: "Error", exact: true }).click();
  await expect(page.getByText("The status was not changed")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page);
});

for (const [section, role, name] of [
  ["dates", "button", "Choose a time"],
  ["choices", "combobox", "Time zone"],
] as const)
  test(`a list of ${section} opens upwards near the bottom edge`, async ({ page }) => {
    await page.setViewportSize({ width: 1024, height: 500 });
    await open(page, section);
    const control = page.getByRole(role, { name }).first();
    const top = await control.evaluate(async (each) => {
      // Only part of the list fits below the field.
      document.body.style.paddingBlock = "600px";
      each.scrollIntoView({ block: "end", behavior: "instant" });
      window.scrollBy({ top: 120, behavior: "instant" });
      // A scroll is reported in the next frame and would close an open list.
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      return each.getBoundingClientRect().top;
    });
    expect(top).toBeGreaterThan(300);
    await control.click();
    const list = page.locator("[role=menu], [role=listbox]").first();
    await expect(list).toBeVisible();
    await expect
      .poll(async () => {
        const box = await list.boundingBox();
        return box !== null && box.y + box.height <= top + 1 && box.height > 200;
      })
      .toBe(true);
  });
