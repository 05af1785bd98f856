import type { Page } from "@playwright/test";

// For journeys that do not depend on the language, but use something that differs in it: `--full` runs them in Arabic, too.

/** Returns the locale of times and dates in a page that is open. */
export async function localeOf(page: Page): Promise<"ar-EG" | "en-US"> {
  const shown = await page.evaluate(() => document.documentElement.lang);
  return shown.startsWith("ar") ? "ar-EG" : "en-US";
}

/** Returns the arrow key that moves on in the page's direction. */
export async function onwardKey(page: Page): Promise<"ArrowRight" | "ArrowLeft"> {
  return (await page.evaluate(() => document.documentElement.dir)) === "rtl" ? "ArrowLeft" : "ArrowRight";
}

/** Returns the digits to type into a date field for a date such as `2027-06-16`, in the order of the page's language. */
export async function digitsOf(page: Page, date: string): Promise<string> {
  const [year, month, day] = date.split("-");
  const digits: Partial<Record<string, string | undefined>> = { year, month, day };
  const order = await page.evaluate(() =>
    new Intl.DateTimeFormat(document.documentElement.lang).formatToParts().map(({ type }) => type),
  );
  return order.map((type) => digits[type] ?? "").join("");
}
